import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { shownAmount } from '#renderer/lib/amounts.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import type { Text } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import type { ListedEntry, Order } from './entry-pages.ts';
import classes from './journal.module.css';

export const ROW_HEIGHT = 30;

const COLUMNS = [
	['journal.column.no', true],
	['journal.column.description', false],
	['journal.column.reference', false],
	['journal.column.source', false],
	['journal.column.state', false],
	['journal.column.amount', true],
] as const;

export function EntryHeader({ order, onOrder }: { readonly order: Order; readonly onOrder: () => void }) {
	const text = useText();
	const Arrow = order === 'NEWEST_FIRST' ? IconArrowDown : IconArrowUp;
	return (
		<div role="rowgroup" className={classes.headGroup}>
			<div role="row" className={`${classes.row} ${classes.head}`}>
				<span role="columnheader" aria-sort={order === 'NEWEST_FIRST' ? 'descending' : 'ascending'}>
					<UnstyledButton
						className={classes.sort}
						onClick={onOrder}
						aria-label={`${text('journal.column.date')}: ${text(order === 'NEWEST_FIRST' ? 'journal.order.newest' : 'journal.order.oldest')}`}
					>
						{text('journal.column.date')}
						<Arrow size={12} aria-hidden />
					</UnstyledButton>
				</span>
				{COLUMNS.map(([key, isNumber]) => (
					<span key={key} role="columnheader" className={isNumber ? classes.number : undefined}>
						{text(key)}
					</span>
				))}
			</div>
		</div>
	);
}

/** An entry in the words of the list. */
interface ShownEntry {
	readonly date: string;
	readonly source: string;
	readonly state: string;
	readonly total: string;
}

/** How entries are shown, worked out once for all rows. */
export function useShownEntry(): (entry: ListedEntry) => ShownEntry {
	const text = useText();
	const { dateFormat, grouping } = useCompany();
	return useMemo(
		() => (entry) => ({
			date: shownDate(entry.date, dateFormat),
			source: entry.source === 'MANUAL' ? '' : text(`journal.source.${entry.source}`),
			state: stateText(entry, text),
			total: shownAmount(entry.total, grouping),
		}),
		[text, dateFormat, grouping],
	);
}

function stateText(entry: ListedEntry, text: Text): string {
	if (entry.status === 'DRAFT') return text('journal.status.DRAFT');
	if (entry.reversedBy !== null) return text('journal.reversedBy', { no: String(entry.reversedBy) });
	return entry.reverses === null ? '' : text('journal.reverses', { no: String(entry.reverses) });
}

interface EntryRowProps {
	readonly row: number;
	readonly entry: ListedEntry | undefined;
	readonly shown: (entry: ListedEntry) => ShownEntry;
	readonly isSelected: boolean;
	readonly onSelect: (row: number) => void;
	readonly onOpen: (entry: ListedEntry) => void;
}

/** One row. The keyboard works on the grid around it: the row is its active descendant. */
export const EntryRow = memo(function EntryRow({ row, entry, shown, isSelected, onSelect, onOpen }: EntryRowProps) {
	const words = entry ? shown(entry) : null;
	return (
		<div
			role="row"
			id={`entry-row-${row}`}
			aria-rowindex={row + 1}
			aria-selected={isSelected}
			className={`${classes.row} ${classes.line}`}
			onMouseDown={() => onSelect(row)}
			onClick={() => entry && onOpen(entry)}
		>
			<span role="gridcell">{words?.date ?? '…'}</span>
			<span role="gridcell" className={classes.number}>
				{entry?.no ?? ''}
			</span>
			<span role="gridcell" className={classes.long} title={entry?.description}>
				{entry?.description}
			</span>
			<span role="gridcell" className={classes.long}>
				{entry?.reference}
			</span>
			<span role="gridcell" className={classes.quiet}>
				{words?.source}
			</span>
			<span role="gridcell" className={classes.mark}>
				{entry?.status === 'DRAFT' && <IconPencil size={13} aria-hidden />}
				{words?.state}
			</span>
			<span role="gridcell" className={classes.number}>
				{words?.total}
			</span>
		</div>
	);
});
