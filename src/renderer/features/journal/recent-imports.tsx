import { Table, Title } from '@mantine/core';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { UndoImport } from './undo-import.tsx';

/** What was taken in before, newest first, with the way back. */
export function RecentImports() {
	const text = useText();
	const { companyId } = useCompany();
	const imports = useAsk('imports', 'list', { companyId }).data?.imports ?? [];
	if (imports.length === 0) return null;
	const newest = [...imports].sort((one, other) => other.importedAt.localeCompare(one.importedAt)).slice(0, 20);
	return (
		<section aria-label={text('journal.import.recent')}>
			<Title order={2} pt="lg" pb="xs">
				{text('journal.import.recent')}
			</Title>
			<Table fz="md" verticalSpacing={4} maw={960}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{text('journal.import.file')}</Table.Th>
						<Table.Th>{text('journal.import.when')}</Table.Th>
						<Table.Th>{text('journal.postedBy')}</Table.Th>
						<Table.Th ta="right">{text('journal.import.entries')}</Table.Th>
						<Table.Th ta="right">{text('journal.lines')}</Table.Th>
						<Table.Th aria-label={text('journal.import.undo')} />
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{newest.map((row) => (
						<Table.Tr key={row.importId}>
							<Table.Td>{row.fileName}</Table.Td>
							<Table.Td>{row.importedAt.slice(0, 16).replace('T', ' ')}</Table.Td>
							<Table.Td>{row.importedBy}</Table.Td>
							<Table.Td ta="right">{row.entries}</Table.Td>
							<Table.Td ta="right">{row.lines}</Table.Td>
							<Table.Td ta="right">{row.status === 'UNDONE' ? text('journal.import.wasUndone') : <UndoImport importId={row.importId} isSmall />}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}
