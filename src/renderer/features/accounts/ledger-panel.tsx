import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useGo } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { type DataColumn, DataTable } from '#renderer/ui/data-table.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { type LedgerAsked, type LedgerRow, useLedgerPages } from './ledger-pages.ts';
import classes from './accounts.module.css';

interface LedgerPanelProps {
	readonly title: string;
	readonly asked: LedgerAsked;
	/** What can be done with the account or party. */
	readonly actions: ReactNode;
	readonly onClose: () => void;
}

/** What a balance is made of: the lines of the period in hand with the balance after each; Enter opens the entry. */
export function LedgerPanel({ title, asked, actions, onClose }: LedgerPanelProps) {
	const text = useText();
	const go = useGo();
	const { query, first, rows } = useLedgerPages(asked);
	const columns = useLedgerColumns(asked.party !== undefined);
	return (
		<section className={classes.panel} aria-label={title}>
			<Group className={classes.panelHead} justify="space-between" wrap="nowrap">
				<Title order={2} lineClamp={1}>
					{title}
				</Title>
				<Group gap="xs" wrap="nowrap">
					{actions}
					<Tooltip label={text('frame.close')}>
						<ActionIcon variant="subtle" color="gray" aria-label={text('frame.close')} onClick={onClose}>
							<IconX size={18} aria-hidden />
						</ActionIcon>
					</Tooltip>
				</Group>
			</Group>
			{query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
			{query.isPending && <Waiting what={text('accounts.ledger.loading')} />}
			{first && (
				<>
					<Group px="md" pb="xs" justify="space-between">
						<LedgerFigure label={text('accounts.ledger.opening')} value={first.opening} currency={first.currency} />
						<LedgerFigure label={text('accounts.ledger.closing')} value={first.closing} currency={first.currency} />
					</Group>
					<div className={classes.table}>
						<DataTable
							label={text('accounts.ledger.of', { name: title })}
							columns={columns}
							rows={rows}
							rowKey={(row) => `${row.no}/${row.lineNo}`}
							onOpen={(row) => go({ place: 'journal', rest: `entry/${row.no}` })}
							empty={<Text c="dimmed">{text('accounts.ledger.empty')}</Text>}
						/>
					</div>
					{query.hasNextPage && (
						<Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
							{text('accounts.ledger.more')}
						</Button>
					)}
				</>
			)}
		</section>
	);
}

function LedgerFigure({ label, value, currency }: { readonly label: string; readonly value: string; readonly currency: string }) {
	return (
		<Text size="sm">
			{label}{' '}
			<Text span fw={600}>
				{currency} <Amount value={value} />
			</Text>
		</Text>
	);
}

/** What is cut off for want of room is shown by pointing at it. */
function Whole({ words }: { readonly words: string }) {
	return <span title={words}>{words}</span>;
}

function useLedgerColumns(isParty: boolean): readonly DataColumn<LedgerRow>[] {
	const text = useText();
	const { dateFormat } = useCompany();
	return useMemo(
		() => [
			{ id: 'date', header: text('accounts.ledger.date'), width: '84px', cell: ({ date }) => shownDate(date, dateFormat) },
			{ id: 'no', header: text('accounts.ledger.no'), width: '52px', align: 'end', cell: ({ no }) => no },
			{
				id: 'text',
				header: text('accounts.ledger.text'),
				width: 'minmax(100px, 1fr)',
				cell: (row) => <Whole words={isParty || row.party === null ? row.description : `${row.party} · ${row.description}`} />,
			},
			{ id: 'debit', header: text('accounts.debit'), width: '100px', align: 'end', cell: ({ debit }) => <Amount value={debit} side /> },
			{ id: 'credit', header: text('accounts.credit'), width: '100px', align: 'end', cell: ({ credit }) => <Amount value={credit} side /> },
			{ id: 'balance', header: text('accounts.ledger.balance'), width: '112px', align: 'end', cell: ({ balance }) => <Amount value={balance} /> },
		],
		[text, dateFormat, isParty],
	);
}
