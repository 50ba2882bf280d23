type Status = 'OPEN' | 'CLOSING' | 'CLOSED';

interface PeriodLike {
	readonly name: string;
	readonly kind: 'DAY' | 'MONTH' | 'QUARTER' | 'YEAR' | 'OPENING';
	readonly start: string;
	readonly end: string;
	readonly status: Status;
}

/** One square of the calendar: a month, or a quarter where a company closes by quarters. */
export interface CalendarCell {
	/** The period that a click goes to; of a month of days the first that is not closed, else the last. */
	readonly period: string;
	readonly start: string;
	readonly kind: 'MONTH' | 'QUARTER';
	/** Of a month of days: CLOSED where all are, OPEN where one is open. */
	readonly status: Status;
	readonly periods: readonly string[];
	readonly closed: number;
}

export interface CalendarYear {
	/** Of the year's own period: FY2026. */
	readonly name: string;
	readonly start: string;
	readonly end: string;
	readonly status: Status;
	readonly cells: readonly CalendarCell[];
}

/** The fiscal years of the books with their months at a glance, in order. */
export function calendarOf(periods: readonly PeriodLike[]): CalendarYear[] {
	const inOrder = [...periods].sort((one, other) => one.start.localeCompare(other.start));
	const ordinary = inOrder.filter(({ kind }) => kind !== 'YEAR' && kind !== 'OPENING');
	return inOrder
		.filter(({ kind }) => kind === 'YEAR')
		.map(({ name, start, end, status }) => ({ name, start, end, status, cells: cellsOf(ordinary.filter((one) => one.start >= start && one.end <= end)) }));
}

function cellsOf(periods: readonly PeriodLike[]): CalendarCell[] {
	const cells = new Map<string, PeriodLike[]>();
	for (const period of periods) {
		const key = period.kind === 'DAY' ? period.start.slice(0, 7) : period.name;
		const cell = cells.get(key);
		if (cell) cell.push(period);
		else cells.set(key, [period]);
	}
	return [...cells.values()].flatMap(cellOf);
}

function cellOf(periods: readonly PeriodLike[]): CalendarCell[] {
	const [first] = periods;
	const last = periods.at(-1);
	if (first === undefined || last === undefined) return [];
	const statuses = new Set(periods.map(({ status }) => status));
	return [
		{
			period: (periods.find(({ status }) => status !== 'CLOSED') ?? last).name,
			start: first.start,
			kind: first.kind === 'QUARTER' ? 'QUARTER' : 'MONTH',
			status: statuses.has('OPEN') ? 'OPEN' : statuses.has('CLOSING') ? 'CLOSING' : 'CLOSED',
			periods: periods.map(({ name }) => name),
			closed: periods.filter(({ status }) => status === 'CLOSED').length,
		},
	];
}

/** The year that a period belongs to; without one, the last. */
export function yearOf(years: readonly CalendarYear[], period: { readonly start: string; readonly end: string } | null): number {
	const found = period === null ? -1 : years.findIndex(({ start, end }) => start <= period.start && period.end <= end);
	return found >= 0 ? found : years.length - 1;
}

/** The square that an arrow key goes to from one in a grid of so many columns; the same where there is none. */
export function moved(from: number, key: string, count: number, columns: number): number {
	const to = { ArrowLeft: from - 1, ArrowRight: from + 1, ArrowUp: from - columns, ArrowDown: from + columns, Home: 0, End: count - 1 }[key];
	return to === undefined || to < 0 || to >= count ? from : to;
}

/** The period of the same kind before this one. */
export function periodBefore<Period extends PeriodLike>(periods: readonly Period[], period: PeriodLike): Period | null {
	return sameKind(periods, period).findLast(({ end }) => end < period.start) ?? null;
}

/** The period of the same kind after this one. */
export function periodAfter<Period extends PeriodLike>(periods: readonly Period[], period: PeriodLike): Period | null {
	return sameKind(periods, period).find(({ start }) => start > period.end) ?? null;
}

function sameKind<Period extends PeriodLike>(periods: readonly Period[], { kind }: PeriodLike): Period[] {
	return periods.filter((other) => other.kind === kind).sort((one, other) => one.start.localeCompare(other.start));
}
