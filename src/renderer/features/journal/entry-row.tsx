import { UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react';
import { memo } from 'react';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
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

interface EntryRowProps {
	readonly row: number;
	readonly entry: ListedEntry | undefined;
	readonly isSelected: boolean;
	readonly onSelect: (row: number) => void;
	readonly onOpen: (entry: ListedEntry) => void;
}

export const EntryRow = memo(
	function EntryRow({ row, entry, isSelected, onSelect, onOpen }: EntryRowProps) {
		const { dateFormat } = useCompany();
		return (
			// The keyboard works on the grid around it: the row is its active descendant.
			<div
				role="row"
				id={`entry-row-${row}`}
				aria-rowindex={row + 1}
				aria-selected={isSelected}
				className={`${classes.row} ${classes.line}`}
				onMouseDown={() => onSelect(row)}
				onClick={() => entry && onOpen(entry)}
			>
				<span role="gridcell">{entry ? shownDate(entry.date, dateFormat) : '…'}</span>
				<span role="gridcell" className={classes.number}>
					{entry?.no ?? ''}
				</span>
				<span role="gridcell" className={classes.long} title={entry?.description}>
					{entry?.description}
				</span>
				<span role="gridcell" className={classes.long}>
					{entry?.reference}
				</span>
				<SourceCell entry={entry} />
				<StateCell entry={entry} />
				<span role="gridcell" className={classes.number}>
					{entry && <Amount value={entry.total} />}
				</span>
			</div>
		);
	},
	(before, after) => before.row === after.row && before.entry === after.entry && before.isSelected === after.isSelected,
);

function SourceCell({ entry }: Pick<EntryRowProps, 'entry'>) {
	const text = useText();
	return (
		<span role="gridcell" className={classes.quiet}>
			{entry && entry.source !== 'MANUAL' ? text(`journal.source.${entry.source}`) : ''}
		</span>
	);
}

function StateCell({ entry }: Pick<EntryRowProps, 'entry'>) {
	const text = useText();
	if (entry?.status === 'DRAFT') {
		return (
			<span role="gridcell" className={classes.mark}>
				<IconPencil size={13} aria-hidden /> {text('journal.status.DRAFT')}
			</span>
		);
	}
	const other = entry?.reversedBy ?? entry?.reverses ?? null;
	if (!entry || other === null) return <span role="gridcell" />;
	return (
		<span role="gridcell" className={classes.mark}>
			<IconArrowBackUp size={13} aria-hidden /> {text(entry.reversedBy === null ? 'journal.reverses' : 'journal.reversedBy', { no: String(other) })}
		</span>
	);
}
