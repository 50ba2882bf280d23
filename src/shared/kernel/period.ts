import { assert } from './assert.ts';
import { addDays, addMonths, type CivilDate, dateParts, makeDate } from './civil-date.ts';

export type PeriodCalendar = 'MONTH' | 'DAY' | 'QUARTER';
export type PeriodKind = PeriodCalendar | 'YEAR' | 'OPENING';
export type PeriodStatus = 'OPEN' | 'CLOSING' | 'CLOSED';

export interface DateSpan {
	readonly start: CivilDate;
	readonly end: CivilDate;
}

/** First day of the fiscal year that holds `date`. `fiscalYearStart` is `MM-DD`, a day up to the 28th. */
export function fiscalYearStartOf(date: CivilDate, fiscalYearStart: string): CivilDate {
	const year = dateParts(date).year;
	const thisYear = startInYear(year, fiscalYearStart);
	return date >= thisYear ? thisYear : startInYear(year - 1, fiscalYearStart);
}

export function fiscalYearOf(date: CivilDate, fiscalYearStart: string): DateSpan {
	const start = fiscalYearStartOf(date, fiscalYearStart);
	return { start, end: addDays(startInYear(dateParts(start).year + 1, fiscalYearStart), -1) };
}

function startInYear(year: number, fiscalYearStart: string): CivilDate {
	return makeDate(year, Number(fiscalYearStart.slice(0, 2)), Number(fiscalYearStart.slice(3, 5)));
}

/** The name of a fiscal year: FY2025-26, or FY2025 where it is the calendar year. */
export function fiscalYearName(span: DateSpan): string {
	const first = dateParts(span.start).year;
	const last = dateParts(span.end).year;
	return first === last ? `FY${first}` : `FY${first}-${String(last % 100).padStart(2, '0')}`;
}

/**
 * The periods of one fiscal year, in order, without gaps. Months follow the day of the month on which the year starts
 * (a year from 04-06 has months from the 6th to the 5th); quarters are three such months; days are days.
 */
export function periodsOfYear(year: DateSpan, calendar: PeriodCalendar): DateSpan[] {
	const spans: DateSpan[] = [];
	for (let index = 0, start = year.start; start <= year.end; index++) {
		const next = calendar === 'DAY' ? addDays(start, 1) : addMonths(year.start, (index + 1) * (calendar === 'QUARTER' ? 3 : 1));
		assert(next > start, 'a period is at least one day long');
		const end = addDays(next, -1);
		spans.push({ start, end: end < year.end ? end : year.end });
		start = next;
	}
	return spans;
}

/** A period's name as people say it: 2026-01, 2026-Q1 (of the fiscal year), 2026-01-15, opening, FY2025-26. */
export function periodName(kind: PeriodKind, span: DateSpan, fiscalYear: DateSpan): string {
	switch (kind) {
		case 'OPENING':
			return 'opening';
		case 'YEAR':
			return fiscalYearName(span);
		case 'DAY':
			return span.start;
		case 'MONTH':
			return span.start.slice(0, 7);
		case 'QUARTER': {
			const quarter = periodsOfYear(fiscalYear, 'QUARTER').findIndex((q) => q.end >= span.end) + 1;
			return `${fiscalYearName(fiscalYear)}-Q${quarter}`;
		}
	}
}
