import { ScrollArea, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type ColumnDef, createSortedRowModel, rowSortingFeature, type SortingState, tableFeatures, useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { leftRow, rememberLeftRow } from '#renderer/lib/left-row.ts';
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
 * Enter opens one, a header sorts. Back to a page returns to the row that was opened there.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
	const { label, columns, rowKey, onOpen, openKey = null, empty } = props;
	const { table, sorting, shown } = useSortedRows(props);
	const viewport = useRef<HTMLDivElement>(null);
	const { virtual, active, setActive, walk } = useWalkedRows(viewport, shown, label);
	const tracks = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
	const isEmpty = shown.length === 0;
	const open = (row: Row): void => {
		rememberLeftRow(label, rowKey(row));
		onOpen?.(row);
	};
	const press = (event: KeyboardEvent): void => {
		const opened = shown[active];
		const isOnRow = event.target instanceof HTMLElement && event.target.role === 'row';
		if (event.key === 'Enter' && opened && isOnRow) open(opened.original);
		else walk(event);
	};
	return (
		<div className={classes.table}>
			<div role="grid" aria-label={label} aria-rowcount={shown.length + 1} className={classes.grid} data-empty={isEmpty || undefined}>
				<div role="rowgroup">
					<div role="row" aria-rowindex={1} className={classes.head} style={tracks}>
						{columns.map((column) => (
							<Head key={column.id} column={column} sorting={sorting} onSort={() => table.getColumn(column.id)?.toggleSorting()} />
						))}
					</div>
				</div>
				<ScrollArea
					viewportRef={viewport}
					className={classes.body}
					type="auto"
					viewportProps={isEmpty ? {} : { role: 'rowgroup', tabIndex: -1 }}
					onKeyDown={press}
				>
					<div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
						{virtual.getVirtualItems().map(({ index, start }) => {
							const row = shown[index];
							if (!row) return null;
							const place = { index, isOpen: row.id === openKey, isActive: index === active, style: { ...tracks, transform: `translateY(${start}px)` } };
							return <BodyRow key={row.id} row={row.original} columns={columns} {...place} onFocus={setActive} onOpen={onOpen && open} />;
						})}
					</div>
				</ScrollArea>
			</div>
			{isEmpty && <div className={classes.empty}>{empty}</div>}
		</div>
	);
}

function useSortedRows<Row extends object>({ rows, columns, rowKey }: DataTableProps<Row>) {
	const [sorting, setSorting] = useState<SortingState>([]);
	const table = useTable({
		features,
		data: rows,
		columns: useMemo(() => columns.map(definitionOf), [columns]),
		state: { sorting },
		onSortingChange: setSorting,
		getRowId: rowKey,
	});
	return { table, sorting, shown: table.getRowModel().rows };
}

/** One row at a time is in the order of Tab; the keys go from it to the others. */
function useWalkedRows(viewport: RefObject<HTMLDivElement | null>, shown: readonly { readonly id: string }[], label: string) {
	const [walked, setActive] = useState(0);
	const active = Math.max(0, Math.min(walked, shown.length - 1));
	const virtual = useVirtualizer({
		count: shown.length,
		getScrollElement: () => viewport.current,
		estimateSize: () => ROW_HEIGHT,
		overscan: SHOWN_BEYOND,
		// The active row stays in the document: focus that scrolls out of sight is not lost.
		rangeExtractor: (range) => [...new Set([active, ...defaultRangeExtractor(range)])].filter((index) => index < range.count).sort((one, other) => one - other),
	});
	const focusRow = useCallback(
		(index: number): void => {
			setActive(index);
			virtual.scrollToIndex(index);
			requestAnimationFrame(() => viewport.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
		},
		[virtual, viewport],
	);
	const [left, setLeft] = useState(() => leftRow(label));
	const leftAt = left === null ? -1 : shown.findIndex(({ id }) => id === left);
	useEffect(() => {
		if (leftAt < 0) return;
		setLeft(null);
		focusRow(leftAt);
	}, [leftAt, focusRow]);
	const walk = (event: KeyboardEvent): void => {
		const next = nextRow(event.key, active, shown.length);
		if (next === null) return;
		event.preventDefault();
		focusRow(next);
	};
	return { virtual, active, setActive, walk };
}

interface BodyRowProps<Row> {
	readonly row: Row;
	readonly columns: readonly DataColumn<Row>[];
	readonly index: number;
	readonly isOpen: boolean;
	readonly isActive: boolean;
	readonly style: CSSProperties;
	readonly onFocus: (index: number) => void;
	readonly onOpen: ((row: Row) => void) | undefined;
}

function BodyRow<Row>({ row, columns, index, isOpen, isActive, style, onFocus, onOpen }: BodyRowProps<Row>) {
	return (
		<div
			role="row"
			aria-rowindex={index + 2}
			aria-selected={isOpen}
			data-index={index}
			data-opens={onOpen !== undefined || undefined}
			tabIndex={isActive ? 0 : -1}
			className={classes.row}
			style={style}
			onFocus={() => onFocus(index)}
			onClick={() => onOpen?.(row)}
		>
			{columns.map(({ id, align, cell }) => (
				<div key={id} role="gridcell" className={classes.cell} data-align={align}>
					{cell(row)}
				</div>
			))}
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
