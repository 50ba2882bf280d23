import { Title } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

export function JournalPlace({ rest }: { readonly rest: string }) {
	const text = useText();
	return (
		<Title order={1} p="md" data-rest={rest}>
			{text('frame.place.journal')}
		</Title>
	);
}
