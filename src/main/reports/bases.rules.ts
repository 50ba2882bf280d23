import { addDays, addMonths, type CivilDate, type DayNumber, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { type DateSpan, periodsOfYear } from '#shared/kernel/period.ts';

/** `adjusted`: without the closing entries of the date's fiscal year. `ledger`: everything. */
export type Basis = 'adjusted' | 'ledger';

/**
 * The days whose closing entries a report as of a date leaves out; null: none. On the adjusted basis these are the days of that date's
 * fiscal year, so that income and expense show the year to date, the same before and after any close.
 */
export function closingsLeftOut(basis: Basis, asOf: CivilDate, fiscalYear: DateSpan): DateSpan | null {
	return basis === 'ledger' ? null : { start: fiscalYear.start, end: asOf };
}

/** The days that two spans share; null where they share none. A null start reaches back to the first entry. */
export function sharedDays(span: { readonly start: CivilDate | null; readonly end: CivilDate }, other: DateSpan): DateSpan | null {
	const start = span.start !== null && span.start > other.start ? span.start : other.start;
	const end = span.end < other.end ? span.end : other.end;
	return start <= end ? { start, end } : null;
}

/** What an income statement sums; null: the books hold nothing of it, or it is no fair comparison. */
export interface IncomeSpans {
	readonly asked: DateSpan | null;
	readonly yearToDate: DateSpan;
	readonly previousMonth: DateSpan | null;
	readonly sameMonthLastYear: DateSpan | null;
	readonly yearToDateLastYear: DateSpan | null;
}

/**
 * The spans of an income statement. Whole months are compared only where what is asked lies inside one month of the fiscal year.
 * Opening balances of income and expense stand on the day before the books' first day: they are the year's until then, so they count in
 * a year to date, and in what is asked where that holds their whole year so far and goes on after them; never in a month.
 */
export function incomeSpans(asked: DateSpan, booksFrom: CivilDate | null, fiscalYearAt: (date: CivilDate) => DateSpan): IncomeSpans {
	const year = fiscalYearAt(asked.end);
	const month = monthAt(year, asked.end);
	const aYearBefore = yearBefore(asked.end);
	const lastYear = fiscalYearAt(aYearBefore);
	const held = (span: DateSpan): DateSpan | null => (booksFrom !== null && span.end >= booksFrom ? span : null);
	const heldMonth = (date: CivilDate): DateSpan | null => {
		if (month === null || asked.start < month.start) return null;
		const compared = monthAt(fiscalYearAt(date), date);
		return compared && held(compared) && withoutOpening(compared, booksFrom);
	};
	const whole = booksFrom !== null && holdsOpening(asked, booksFrom, fiscalYearAt);
	return {
		asked: whole ? asked : withoutOpening(asked, booksFrom),
		yearToDate: { start: year.start, end: asked.end },
		previousMonth: month && heldMonth(addDays(month.start, -1)),
		sameMonthLastYear: heldMonth(aYearBefore),
		yearToDateLastYear: held({ start: lastYear.start, end: aYearBefore }),
	};
}

function holdsOpening(span: DateSpan, booksFrom: CivilDate, fiscalYearAt: (date: CivilDate) => DateSpan): boolean {
	return span.end >= booksFrom && span.start <= fiscalYearAt(addDays(booksFrom, -1)).start;
}

// Before the books' first day stand opening balances only.
function withoutOpening(span: DateSpan, booksFrom: CivilDate | null): DateSpan | null {
	return booksFrom === null ? span : sharedDays({ start: booksFrom, end: span.end }, span);
}

function monthAt(year: DateSpan, date: CivilDate): DateSpan | null {
	return periodsOfYear(year, 'MONTH').find((month) => month.start <= date && date <= month.end) ?? null;
}

/** The same day a year before; a month's last day stays one. */
function yearBefore(date: CivilDate): CivilDate {
	const before = addMonths(date, -12);
	return date === lastOfMonth(date) ? lastOfMonth(before) : before;
}

/** Which kept balances make up a span of days, and which lines complete it where it begins or ends inside a period. */
export interface PeriodCut {
	/** Whole periods: those whose id (day number of the first day) lies between. Empty where fullFrom > fullTo. */
	readonly fullFrom: DayNumber;
	readonly fullTo: DayNumber;
	readonly parts: readonly { readonly periodId: number; readonly fromDay: DayNumber; readonly toDay: DayNumber }[];
}

export interface PeriodDays {
	/** Day number of the first day. */
	readonly id: number;
	readonly endDay: DayNumber;
}

/** Cuts the days from `fromDay` (null: from the first entry) to `toDay` at periods; `first` and `last` are the periods that hold the two. */
export function cutAtPeriods(fromDay: DayNumber | null, toDay: DayNumber, first: PeriodDays | undefined, last: PeriodDays | undefined): PeriodCut {
	const head = fromDay !== null && first && first.id < fromDay ? { periodId: first.id, fromDay, toDay: Math.min(first.endDay, toDay) } : null;
	const tail = last && last.endDay > toDay && last.id !== head?.periodId ? { periodId: last.id, fromDay: Math.max(last.id, fromDay ?? 0), toDay } : null;
	return {
		fullFrom: head && first ? first.endDay + 1 : (fromDay ?? 0),
		fullTo: last && last.endDay > toDay ? last.id - 1 : toDay,
		parts: [head, tail].filter((part) => part !== null),
	};
}
