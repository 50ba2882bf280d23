import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconFileImport, IconPencilPlus, IconUsers } from '@tabler/icons-react';
import { useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';

/** Before the first entry there is no period: says what belongs here, and offers the first step. */
export function EmptyBooks() {
	const text = useText();
	const go = useGo();
	const { name, may } = useCompany();
	return (
		<Stack p="lg" maw={640} gap="md">
			<Title order={1}>{text('close.empty.title', { company: name })}</Title>
			<Text>{text('close.empty.text')}</Text>
			<List type="ordered" spacing="xs">
				<List.Item>{text('close.empty.first')}</List.Item>
				<List.Item>{text('close.empty.second')}</List.Item>
				<List.Item>{text('close.empty.third')}</List.Item>
			</List>
			{may('PostJournal') ? (
				<Group>
					<Button leftSection={<IconPencilPlus size={16} aria-hidden />} onClick={() => go({ place: 'journal', rest: 'new' })}>
						{text('close.empty.post')}
					</Button>
					<Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => go({ place: 'journal', rest: 'import' })}>
						{text('close.empty.import')}
					</Button>
					<Button variant="default" leftSection={<IconUsers size={16} aria-hidden />} onClick={() => go({ place: 'accounts' })}>
						{text('close.empty.accounts')}
					</Button>
				</Group>
			) : (
				<Text c="dimmed">{text('close.empty.viewer')}</Text>
			)}
		</Stack>
	);
}
