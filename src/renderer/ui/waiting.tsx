import { Center, Group, Loader, Text } from '@mantine/core';

/** Says what is loading. Shown as soon as it is asked for: what is fast is never seen. */
export function Waiting({ what, isPage = false }: { readonly what: string; readonly isPage?: boolean }) {
	return (
		<Center h={isPage ? '100vh' : undefined} p="xl" role="status">
			<Group gap="sm">
				<Loader size="sm" />
				<Text>{what}</Text>
			</Group>
		</Center>
	);
}
