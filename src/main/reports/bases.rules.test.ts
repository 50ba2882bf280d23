import { describe, expect, it } from 'vitest';
import { type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { fiscalYearOf } from '#shared/kernel/period.ts';
import { closingsLeftOut, cutAtPeriods, incomeSpans, sharedDays } from './bases.rules.ts';

const fromApril = (date: CivilDate) => fiscalYearOf(date, '04-01');
const span = (text: string | null) => {
	const [start = '', end = ''] = text?.split(' to ') ?? [];
	return text === null ? null : { start, end };
};

describe('closing entries left out of a report', () => {
	const year = fromApril('2026-01-31');
	it.each([
		['adjusted', '2026-01-31', '2025-04-01 to 2026-01-31'],
		['adjusted', '2025-04-01', '2025-04-01 to 2025-04-01'],
		['ledger', '2026-01-31', null],
	] as const)('%s basis at %s leaves out those of %s', (basis, asOf, expected) => {
		expect(closingsLeftOut(basis, asOf, year)).toEqual(span(expected));
	});

	it.each([
		[null, '2026-01-31', '2025-04-01 to 2026-01-31', '2025-04-01 to 2026-01-31'],
		[null, '2025-12-31', '2025-04-01 to 2026-01-31', '2025-04-01 to 2025-12-31'],
		['2026-01-01', '2026-01-31', '2025-04-01 to 2026-01-31', '2026-01-01 to 2026-01-31'],
		['2024-01-01', '2025-03-31', '2025-04-01 to 2026-01-31', null],
	])('the days from %s to %s share with %s: %s', (start, end, other, expected) => {
		expect(sharedDays({ start, end }, span(other) ?? { start: '', end: '' })).toEqual(span(expected));
	});
});

describe('spans of an income statement, fiscal year from April', () => {
	it.each([
		{
			title: 'a month in the second year',
			asked: '2026-05-01 to 2026-05-31',
			booksFrom: '2025-04-01',
			month: '2026-05-01 to 2026-05-31',
			yearToDate: '2026-04-01 to 2026-05-31',
			previousMonth: '2026-04-01 to 2026-04-30',
			sameMonthLastYear: '2025-05-01 to 2025-05-31',
			yearToDateLastYear: '2025-04-01 to 2025-05-31',
		},
		{
			title: 'a month to date: whole months beside it, the year before to the same day',
			asked: '2026-05-01 to 2026-05-17',
			booksFrom: '2025-04-01',
			month: '2026-05-01 to 2026-05-17',
			yearToDate: '2026-04-01 to 2026-05-17',
			previousMonth: '2026-04-01 to 2026-04-30',
			sameMonthLastYear: '2025-05-01 to 2025-05-31',
			yearToDateLastYear: '2025-04-01 to 2025-05-17',
		},
		{
			title: 'the first month of the books: nothing before it',
			asked: '2025-04-01 to 2025-04-30',
			booksFrom: '2025-04-01',
			month: '2025-04-01 to 2025-04-30',
			yearToDate: '2025-04-01 to 2025-04-30',
			previousMonth: null,
			sameMonthLastYear: null,
			yearToDateLastYear: null,
		},
		{
			title: 'a quarter is compared with no month',
			asked: '2026-04-01 to 2026-06-30',
			booksFrom: '2025-04-01',
			month: '2026-04-01 to 2026-06-30',
			yearToDate: '2026-04-01 to 2026-06-30',
			previousMonth: null,
			sameMonthLastYear: null,
			yearToDateLastYear: '2025-04-01 to 2025-06-30',
		},
		{
			title: 'a leap year: the month ends where it ends',
			asked: '2028-02-01 to 2028-02-29',
			booksFrom: '2025-04-01',
			month: '2028-02-01 to 2028-02-29',
			yearToDate: '2027-04-01 to 2028-02-29',
			previousMonth: '2028-01-01 to 2028-01-31',
			sameMonthLastYear: '2027-02-01 to 2027-02-28',
			yearToDateLastYear: '2026-04-01 to 2027-02-28',
		},
		{
			title: 'books that begin in the year: openings count in the year, not in the month that holds their day',
			asked: '2025-06-01 to 2025-07-31',
			booksFrom: '2025-07-01',
			month: '2025-07-01 to 2025-07-31',
			yearToDate: '2025-04-01 to 2025-07-31',
			previousMonth: null,
			sameMonthLastYear: null,
			yearToDateLastYear: null,
		},
		{
			title: 'the whole year so far, asked for outright, holds its openings',
			asked: '2025-04-01 to 2025-07-31',
			booksFrom: '2025-07-01',
			month: '2025-04-01 to 2025-07-31',
			yearToDate: '2025-04-01 to 2025-07-31',
			previousMonth: null,
			sameMonthLastYear: null,
			yearToDateLastYear: null,
		},
		{
			title: 'a span before the books begin',
			asked: '2025-06-01 to 2025-06-30',
			booksFrom: '2025-07-01',
			month: null,
			yearToDate: '2025-04-01 to 2025-06-30',
			previousMonth: null,
			sameMonthLastYear: null,
			yearToDateLastYear: null,
		},
	])('$title', ({ asked, booksFrom, month, ...others }) => {
		const spans = incomeSpans(span(asked) ?? { start: '', end: '' }, booksFrom, fromApril);
		expect(spans).toEqual({
			asked: span(month),
			yearToDate: span(others.yearToDate),
			previousMonth: span(others.previousMonth),
			sameMonthLastYear: span(others.sameMonthLastYear),
			yearToDateLastYear: span(others.yearToDateLastYear),
		});
	});

	it('follows months that begin on the day the year begins', () => {
		const spans = incomeSpans({ start: '2026-05-06', end: '2026-06-05' }, '2025-04-06', (date) => fiscalYearOf(date, '04-06'));
		expect(spans.previousMonth).toEqual({ start: '2026-04-06', end: '2026-05-05' });
		expect(spans.sameMonthLastYear).toEqual({ start: '2025-05-06', end: '2025-06-05' });
	});
});

describe('days cut at periods', () => {
	const january = { id: dayNumber('2026-01-01'), endDay: dayNumber('2026-01-31') };
	const march = { id: dayNumber('2026-03-01'), endDay: dayNumber('2026-03-31') };
	const periods = [january, march];
	const holding = (day: number | null) => periods.find((period) => day !== null && period.id <= day && day <= period.endDay);
	const day = (date: string | null) => (date === null ? null : dayNumber(date));
	it.each([
		['from the first entry to a period’s last day', null, '2026-03-31', null, '2026-03-31', []],
		['from the first entry into a period', null, '2026-03-10', null, '2026-02-28', [['2026-03-01', '2026-03-10']]],
		['whole periods', '2026-01-01', '2026-03-31', '2026-01-01', '2026-03-31', []],
		[
			'from inside one into another',
			'2026-01-20',
			'2026-03-10',
			'2026-02-01',
			'2026-02-28',
			[
				['2026-01-20', '2026-01-31'],
				['2026-03-01', '2026-03-10'],
			],
		],
		['inside one period', '2026-01-10', '2026-01-20', '2026-02-01', '2025-12-31', [['2026-01-10', '2026-01-20']]],
		['the last days of one', '2026-01-10', '2026-01-31', '2026-02-01', '2026-01-31', [['2026-01-10', '2026-01-31']]],
		['the first days of one', '2026-01-01', '2026-01-10', '2026-01-01', '2025-12-31', [['2026-01-01', '2026-01-10']]],
		['days that no period holds', '2026-05-01', '2026-05-31', '2026-05-01', '2026-05-31', []],
	] as const)('%s', (_title, from, to, fullFrom, fullTo, parts) => {
		const toDay = dayNumber(to);
		const cut = cutAtPeriods(day(from), toDay, holding(day(from)), holding(toDay));
		expect(cut.parts.map((part) => [part.fromDay, part.toDay])).toEqual(parts.map(([first, last]) => [dayNumber(first), dayNumber(last)]));
		expect(cut.parts.every((part) => holding(part.fromDay)?.id === part.periodId)).toBe(true);
		const isEmpty = (first: number, last: number) => first > last;
		expect(isEmpty(cut.fullFrom, cut.fullTo)).toBe(isEmpty(day(fullFrom) ?? 0, dayNumber(fullTo)));
		if (!isEmpty(cut.fullFrom, cut.fullTo)) expect([cut.fullFrom, cut.fullTo]).toEqual([day(fullFrom) ?? 0, dayNumber(fullTo)]);
	});
});
