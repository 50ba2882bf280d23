import { AppError } from './app-error.ts';

/** A day of the books, `YYYY-MM-DD`, without a timezone. Plain text order is date order. */
export type CivilDate = string;

/** A day as the number of days since 1970-01-01. */
export type DayNumber = number;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

export function isCivilDate(text: string): boolean {
	const parts = SHAPE.exec(text);
	if (!parts) return false;
	const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date itself if it is one; refuses with `code` otherwise. */
export function civilDate(text: string, code: 'ENTRY_DATE_INVALID' | 'INPUT_INVALID' | 'PERIOD_DATE_INVALID' = 'INPUT_INVALID'): CivilDate {
	if (!isCivilDate(text)) throw new AppError(code, `"${text}" is no date. Write it as YYYY-MM-DD.`, { date: text });
	return text;
}

export function daysInMonth(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function makeDate(year: number, month: number, day: number): CivilDate {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function dateParts(date: CivilDate): { readonly year: number; readonly month: number; readonly day: number } {
	return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

export function dayNumber(date: CivilDate): DayNumber {
	return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

export function fromDayNumber(day: DayNumber): CivilDate {
	return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

export function addDays(date: CivilDate, days: number): CivilDate {
	return fromDayNumber(dayNumber(date) + days);
}

/** The same day some months later, or that month's last day where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
	const { year, month, day } = dateParts(date);
	const index = year * 12 + (month - 1) + months;
	const newYear = Math.floor(index / 12);
	const newMonth = index - newYear * 12 + 1;
	return makeDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

export function firstOfMonth(date: CivilDate): CivilDate {
	return `${date.slice(0, 8)}01`;
}

export function lastOfMonth(date: CivilDate): CivilDate {
	const { year, month } = dateParts(date);
	return makeDate(year, month, daysInMonth(year, month));
}

export function daysBetween(from: CivilDate, to: CivilDate): number {
	return dayNumber(to) - dayNumber(from);
}

// Making a format costs as much as posting an entry does; a company keeps its timezone.
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(timezone: string): Intl.DateTimeFormat {
	let format = formats.get(timezone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
		formats.set(timezone, format);
	}
	return format;
}

/** The civil date at an instant in a named timezone. */
export function civilDateAt(instant: Date, timezone: string): CivilDate {
	const parts = dateFormat(timezone).formatToParts(instant);
	const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
	return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
