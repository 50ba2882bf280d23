import { Button, Center, Stack, Text, Title } from '@mantine/core';
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
