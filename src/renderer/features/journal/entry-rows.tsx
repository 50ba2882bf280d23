import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type Ref, type RefObject, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '#renderer/lib/texts.ts';
import { EntryHeader, EntryRow, ROW_HEIGHT, useShownEntry } from './entry-row.tsx';
import type { ListedEntry, Order } from './entry-pages.ts';
import type { ListView } from './journal-address.ts';
import { JournalEmpty } from './journal-empty.tsx';
import type { FindInput } from './list-filter.ts';
import { type RowWindow, rowWindow, scrollTo } from './row-window.ts';
import { type useEntryRows, useRowsInSight } from './use-entry-rows.ts';
import { useJournalGo } from './use-journal-go.ts';
import { useLeftRow } from './use-left-row.ts';
import classes from './journal.module.css';

const SPARE_ROWS = 12;

export interface EntryRowsHandle {
	focus(): void;
}

interface EntryRowsProps {
	readonly ref: Ref<EntryRowsHandle>;
	readonly filter: FindInput;
	readonly order: Order;
	readonly rows: ReturnType<typeof useEntryRows>;
	readonly view: ListView;
	readonly onOrder: () => void;
}

/** The rows of the list: those in sight are in the document, however many there are. */
export function EntryRows({ ref, filter, order, rows, view, onOrder }: EntryRowsProps) {
	const text = useText();
	const go = useJournalGo();
	const { total } = rows;
	const { ref: measure, height } = useElementSize<HTMLDivElement>();
	// The head of the table stays above the rows.
	const viewport = Math.max(0, height - ROW_HEIGHT);
	const box = useRef<HTMLDivElement>(null);
	const [scrollTop, setScrollTop] = useState(0);
	const [selected, setSelected] = useState(0);
	const sight = rowWindow({ rows: total, rowHeight: ROW_HEIGHT, viewport, scrollTop, spare: SPARE_ROWS });
	const entryAt = useRowsInSight(filter, order, rows, sight.first, sight.end);
	useImperativeHandle(ref, () => ({ focus: () => box.current?.focus() }), []);
	const show = useCallback(
		(row: number, where: 'nearest' | 'centre' = 'nearest') => {
			const element = box.current;
			if (!element || total === 0) return;
			const wanted = Math.max(0, Math.min(row, total - 1));
			setSelected(wanted);
			const top = scrollTo(wanted, { rows: total, rowHeight: ROW_HEIGHT, viewport: element.clientHeight - ROW_HEIGHT, scrollTop: element.scrollTop }, where);
			element.scrollTop = top;
			setScrollTop(element.scrollTop);
		},
		[total],
	);
	useReturn({ leftRow: useLeftRow(filter, order, rows, view.at), isReady: viewport > 0, isEmpty: rows.isEmpty, show, box });
	const open = (entry: ListedEntry | undefined) => {
		if (!entry) return;
		go({ page: 'list', view: { ...view, at: entry.no === null ? entry.id : String(entry.no) } }, { replace: true });
		go(entry.no === null ? { page: 'draft', id: entry.id } : { page: 'entry', no: entry.no });
	};
	const opening = useLatest(open);
	const onKeyDown = (event: KeyboardEvent) => {
		const step = stepOf(event, total, viewport);
		if (step === null) return;
		event.preventDefault();
		if (step === 'open') open(entryAt(selected));
		else show(selected + step);
	};
	if (rows.isEmpty) return <JournalEmpty view={view} />;
	return (
		<div
			ref={(element) => {
				box.current = element;
				measure(element);
			}}
			role="grid"
			tabIndex={0}
			aria-label={text('journal.list')}
			aria-rowcount={total}
			aria-activedescendant={`entry-row-${selected}`}
			className={classes.scroll}
			onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
			onKeyDown={onKeyDown}
		>
			<EntryHeader order={order} onOrder={onOrder} />
			<RowsInSight sight={sight} slots={slotsFor(viewport)} entryAt={entryAt} selected={selected} onSelect={setSelected} onOpen={opening} />
		</div>
	);
}

interface RowsInSightProps {
	readonly sight: RowWindow;
	readonly slots: number;
	readonly entryAt: (row: number) => ListedEntry | undefined;
	readonly selected: number;
	readonly onSelect: (row: number) => void;
	readonly onOpen: (entry: ListedEntry) => void;
}

function RowsInSight({ sight, slots, entryAt, selected, onSelect, onOpen }: RowsInSightProps) {
	const shown = useShownEntry();
	const rows = Array.from({ length: sight.end - sight.first }, (_, index) => sight.first + index);
	return (
		<div role="presentation" style={{ height: sight.canvas, position: 'relative' }}>
			<div role="rowgroup" style={{ position: 'absolute', top: sight.top, left: 0, right: 0 }}>
				{rows.map((row) => (
					<EntryRow key={row % slots} row={row} entry={entryAt(row)} shown={shown} isSelected={row === selected} onSelect={onSelect} onOpen={onOpen} />
				))}
			</div>
		</div>
	);
}

/** Rows leave the document at one end and come in at the other: the same elements, filled anew. */
function slotsFor(viewport: number): number {
	return Math.ceil(viewport / ROW_HEIGHT) + 2 * SPARE_ROWS + 2;
}

/** How many rows a key goes on, `open` for Enter; null where the key means nothing here. */
function stepOf(event: KeyboardEvent, total: number, viewport: number): number | 'open' | null {
	if (event.ctrlKey || event.metaKey || event.altKey) return null;
	if (event.key === 'Enter') return event.target === event.currentTarget ? 'open' : null;
	const page = Math.max(1, Math.floor(viewport / ROW_HEIGHT) - 1);
	const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
	return steps[event.key] ?? null;
}

/** A function that stays the same for the rows and does what was last meant. */
function useLatest(open: (entry: ListedEntry) => void): (entry: ListedEntry) => void {
	const latest = useRef(open);
	latest.current = open;
	return useCallback((entry) => latest.current(entry), []);
}

interface Return {
	readonly leftRow: number | null;
	readonly isReady: boolean;
	readonly isEmpty: boolean;
	readonly show: (row: number, where: 'centre') => void;
	readonly box: RefObject<HTMLDivElement | null>;
}

/** Goes back to the row that was left, and takes the keyboard where nothing else has it. */
function useReturn({ leftRow, isReady, isEmpty, show, box }: Return): void {
	const isBack = useRef(false);
	useLayoutEffect(() => {
		if (leftRow === null || !isReady || isBack.current) return;
		// Once: what others post while the list is in sight must not move it.
		isBack.current = true;
		show(leftRow, 'centre');
		box.current?.focus();
	}, [leftRow, isReady, show, box]);
	useEffect(() => {
		if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
	}, [isEmpty, box]);
}
