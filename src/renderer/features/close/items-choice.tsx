import { Checkbox, ScrollArea, Table, Text } from '@mantine/core';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk, useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import classes from './close.module.css';

const SHOWN = 200;

/** What may explain a variance: lines that only one side has. Chosen ones count at once. */
export function ItemsChoice({ id }: { readonly id: string }) {
	const text = useText();
	const { companyId, dateFormat } = useCompany();
	const { data, error, refetch } = useAsk('reconciliation', 'reconciliationItems', { companyId, id, limit: SHOWN }, { keepPrevious: true });
	const set = useDo('reconciliation', 'setReconciliationItems');
	if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!data) return <Waiting what={text('close.items.loading')} />;
	if (data.items.length === 0) return <Text size="sm">{text('close.items.none')}</Text>;
	return (
		<div>
			<Text fw={600}>{text('close.items.title')}</Text>
			<Text size="sm">{text('close.items.text')}</Text>
			{set.error !== null && <ErrorNotice error={set.error} />}
			<ScrollArea.Autosize mah={260} mt="xs" viewportProps={{ tabIndex: 0, 'aria-label': text('close.items.title') }}>
				<Table verticalSpacing={3} horizontalSpacing="xs" aria-label={text('close.items.title')}>
					<Table.Tbody>
						{data.items.map((item) => (
							<Table.Tr key={item.ref}>
								<Table.Td w={30}>
									<Checkbox
										size="xs"
										aria-label={`${shownDate(item.date, dateFormat)} ${item.description}`}
										checked={item.chosen}
										disabled={set.isPending}
										onChange={() => set.mutate({ companyId, id, ...(item.chosen ? { remove: [item.ref] } : { add: [item.ref] }) })}
									/>
								</Table.Td>
								<Table.Td>{shownDate(item.date, dateFormat)}</Table.Td>
								<Table.Td>{text(`close.items.${item.kind}`)}</Table.Td>
								<Table.Td>
									{item.description} {item.reference ?? ''}
								</Table.Td>
								<Table.Td className={classes.number}>
									<Amount value={item.amount} />
								</Table.Td>
							</Table.Tr>
						))}
					</Table.Tbody>
				</Table>
			</ScrollArea.Autosize>
			{data.more && <Text size="sm">{text('close.items.more', { count: SHOWN })}</Text>}
		</div>
	);
}
