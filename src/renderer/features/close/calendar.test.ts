import { describe, expect, it } from 'vitest';
import { calendarOf, moved, periodAfter, periodBefore, yearOf } from './calendar.ts';

type Status = 'OPEN' | 'CLOSING' | 'CLOSED';
const period = (kind: 'DAY' | 'MONTH' | 'QUARTER' | 'YEAR' | 'OPENING', name: string, start: string, end: string, status: Status = 'OPEN') => ({
	kind,
	name,
	start,
	end,
	status,
});

const MONTHS = [
	period('OPENING', 'opening', '2025-12-31', '2025-12-31', 'CLOSED'),
	period('MONTH', '2026-02', '2026-02-01', '2026-02-28', 'CLOSING'),
	period('MONTH', '2026-01', '2026-01-01', '2026-01-31', 'CLOSED'),
	period('YEAR', 'FY2026', '2026-01-01', '2026-12-31'),
	period('MONTH', '2027-01', '2027-01-01', '2027-01-31'),
	period('YEAR', 'FY2027', '2027-01-01', '2027-12-31'),
];

describe('the calendar', () => {
	it('shows each fiscal year with its months in order, without the opening', () => {
		expect(calendarOf(MONTHS).map(({ name, cells }) => `${name}: ${cells.map((cell) => `${cell.period} ${cell.status}`).join(', ')}`)).toEqual([
			'FY2026: 2026-01 CLOSED, 2026-02 CLOSING',
			'FY2027: 2027-01 OPEN',
		]);
	});

	it('puts days together by month: the state of the least, and the way to the first that is not closed', () => {
		const days = [
			period('YEAR', 'FY2026', '2026-01-01', '2026-12-31'),
			period('DAY', '2026-01-01', '2026-01-01', '2026-01-01', 'CLOSED'),
			period('DAY', '2026-01-02', '2026-01-02', '2026-01-02'),
			period('DAY', '2026-02-01', '2026-02-01', '2026-02-01', 'CLOSED'),
		];
		expect(calendarOf(days)[0]?.cells).toEqual([
			{ period: '2026-01-02', start: '2026-01-01', kind: 'MONTH', status: 'OPEN', periods: ['2026-01-01', '2026-01-02'], closed: 1 },
			{ period: '2026-02-01', start: '2026-02-01', kind: 'MONTH', status: 'CLOSED', periods: ['2026-02-01'], closed: 1 },
		]);
	});

	it('opens at the year of the period in hand, and at the last without one', () => {
		const years = calendarOf(MONTHS);
		expect(yearOf(years, { start: '2026-02-01', end: '2026-02-28' })).toBe(0);
		expect(yearOf(years, { start: '2026-01-01', end: '2026-12-31' })).toBe(0);
		expect(yearOf(years, null)).toBe(1);
	});

	it.each([
		[0, 'ArrowRight', 1],
		[0, 'ArrowLeft', 0],
		[1, 'ArrowDown', 4],
		[4, 'ArrowUp', 1],
		[10, 'ArrowDown', 10],
		[5, 'Home', 0],
		[5, 'End', 11],
		[5, 'a', 5],
	])('goes from square %i with %s to %i', (from, key, to) => {
		expect(moved(from, key, 12, 3)).toBe(to);
	});

	it('knows the period before and after of the same kind', () => {
		const january = { name: '2026-01', kind: 'MONTH', start: '2026-01-01', end: '2026-01-31', status: 'CLOSED' } as const;
		expect(periodBefore(MONTHS, january)).toBeNull();
		expect(periodAfter(MONTHS, january)?.name).toBe('2026-02');
		expect(periodBefore(MONTHS, { ...january, start: '2027-01-01' })?.name).toBe('2026-02');
		expect(periodAfter(MONTHS, { ...january, kind: 'YEAR', end: '2026-12-31' })?.name).toBe('FY2027');
	});
});
