import { Button, Center, Modal, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

/** The program behind the page is gone: said plainly, with what is safe. */
export function LostProgram() {
	const text = useText();
	return (
		<Center h="100vh" role="alert">
			<Stack maw={440} align="start">
				<Title order={1}>{text('frame.lost.title')}</Title>
				<Text>{text('frame.lost.text')}</Text>
				<Button onClick={() => location.reload()}>{text('frame.reload')}</Button>
			</Stack>
		</Center>
	);
}

/** The line was cut and is being made again; what stands on the page stays. */
export function Reconnecting() {
	const text = useText();
	return (
		<Modal
			opened
			onClose={() => undefined}
			withCloseButton={false}
			closeOnEscape={false}
			closeOnClickOutside={false}
			centered
			title={text('frame.reconnecting.title')}
		>
			<Group gap="sm" wrap="nowrap" role="status">
				<Loader size="sm" />
				<Text size="sm">{text('frame.reconnecting.text')}</Text>
			</Group>
		</Modal>
	);
}
