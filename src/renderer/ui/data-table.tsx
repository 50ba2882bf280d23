import { ScrollArea, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type ColumnDef, createSortedRowModel, rowSortingFeature, type SortingState, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { nextRow } from '#renderer/lib/row-keys.ts';
import classes from './data-table.module.css';

export interface DataColumn<Row> {
	readonly id: string;
	readonly header: string;
	/** A track of the grid: `90px`, `minmax(120px, 1fr)`. */
	readonly width: string;
	readonly align?: 'start' | 'end';
	readonly cell: (row: Row) => ReactNode;
	/** By what the column sorts; without it, it does not. */
	readonly sortBy?: (row: Row) => string | number | bigint;
}

interface DataTableProps<Row> {
	/** What the table is, for those who hear it. */
	readonly label: string;
	readonly columns: readonly DataColumn<Row>[];
	readonly rows: readonly Row[];
	readonly rowKey: (row: Row) => string;
	/** Enter, or a click on the row. */
	readonly onOpen?: (row: Row) => void;
	readonly openKey?: string | null;
	readonly empty?: ReactNode;
}

const ROW_HEIGHT = 30;
const SHOWN_BEYOND = 12;
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/**
 * A table of rows that are all at hand, however many: only those in sight are in the document. Arrow keys, Home and End walk the rows,
 * Enter opens one, a header sorts.
 */
export function DataTable<Row extends object>({ label, columns, rows, rowKey, onOpen, openKey = null, empty }: DataTableProps<Row>) {
	const [sorting, setSorting] = useState<SortingState>([]);
	const table = useTable({
		features,
		data: rows,
		columns: useMemo(() => columns.map(definitionOf), [columns]),
		state: { sorting },
		onSortingChange: setSorting,
		getRowId: rowKey,
	});
	const shown = table.getRowModel().rows;
	const viewport = useRef<HTMLDivElement>(null);
	const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => viewport.current, estimateSize: () => ROW_HEIGHT, overscan: SHOWN_BEYOND });
	const [active, setActive] = useState(0);
	const tracks = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
	const walk = (event: KeyboardEvent): void => {
		const opened = shown[active];
		if (event.key === 'Enter' && opened && event.target === event.currentTarget.querySelector('[tabindex="0"]')) onOpen?.(opened.original);
		const next = nextRow(event.key, active, shown.length);
		if (next === null) return;
		event.preventDefault();
		setActive(next);
		virtual.scrollToIndex(next);
		requestAnimationFrame(() => viewport.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
	};
	return (
		<div role="grid" aria-label={label} aria-rowcount={shown.length + 1} className={classes.table}>
			<div role="row" aria-rowindex={1} className={classes.head} style={tracks}>
				{columns.map((column) => (
					<Head key={column.id} column={column} sorting={sorting} onSort={() => table.getColumn(column.id)?.toggleSorting()} />
				))}
			</div>
			{shown.length === 0 && <div className={classes.empty}>{empty}</div>}
			<ScrollArea viewportRef={viewport} className={classes.body} type="auto" viewportProps={{ role: 'rowgroup', tabIndex: -1 }} onKeyDown={walk}>
				<div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
					{virtual.getVirtualItems().map(({ index, start }) => {
						const row = shown[index];
						if (!row) return null;
						return (
							<div
								key={row.id}
								role="row"
								aria-rowindex={index + 2}
								aria-selected={row.id === openKey}
								data-index={index}
								tabIndex={index === active ? 0 : -1}
								className={classes.row}
								style={{ ...tracks, transform: `translateY(${start}px)` }}
								onFocus={() => setActive(index)}
								onClick={() => onOpen?.(row.original)}
							>
								{columns.map(({ id, align, cell }) => (
									<div key={id} role="gridcell" className={classes.cell} data-align={align}>
										{cell(row.original)}
									</div>
								))}
							</div>
						);
					})}
				</div>
			</ScrollArea>
		</div>
	);
}

function definitionOf<Row extends object>({ id, header, sortBy }: DataColumn<Row>): ColumnDef<typeof features, Row> {
	const order = (one: Row, other: Row): number => {
		if (sortBy === undefined) return 0;
		const [a, b] = [sortBy(one), sortBy(other)];
		if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, undefined, { numeric: true });
		return a < b ? -1 : a > b ? 1 : 0;
	};
	return {
		id,
		header,
		accessorFn: (row) => row,
		enableSorting: sortBy !== undefined,
		sortFn: (one, other) => order(one.original, other.original),
		sortDescFirst: false,
	};
}

const ARROWS = { asc: IconArrowUp, desc: IconArrowDown };

function Head<Row>({ column, sorting, onSort }: { readonly column: DataColumn<Row>; readonly sorting: SortingState; readonly onSort: () => void }) {
	const by = sorting.find(({ id }) => id === column.id);
	const direction = by === undefined ? null : by.desc ? 'desc' : 'asc';
	const Arrow = direction === null ? null : ARROWS[direction];
	const sorted = direction === null ? 'none' : direction === 'asc' ? 'ascending' : 'descending';
	return (
		<div role="columnheader" className={classes.cell} data-align={column.align} aria-sort={column.sortBy ? sorted : undefined}>
			{column.sortBy ? (
				<UnstyledButton className={classes.sort} onClick={onSort}>
					{column.header}
					{Arrow && <Arrow size={12} aria-hidden />}
				</UnstyledButton>
			) : (
				column.header
			)}
		</div>
	);
}
