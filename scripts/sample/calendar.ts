import { addDays, type CivilDate, dateParts, dayNumber, lastOfMonth } from '#shared/kernel/civil-date.ts';

export const FIRST_DAY: CivilDate = '2026-01-01';
export const LAST_DAY: CivilDate = '2026-03-31';
export const OPENING_DAY: CivilDate = '2025-12-31';

const HOLIDAYS: readonly CivilDate[] = ['2026-01-01'];

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export function weekday(date: CivilDate): number {
	return (dayNumber(date) + 4) % 7;
}

/** The shop is open from Monday to Saturday. */
export function isTradingDay(date: CivilDate): boolean {
	return weekday(date) !== 0 && !HOLIDAYS.includes(date);
}

/** The bank moves money from Monday to Friday. */
export function isBankingDay(date: CivilDate): boolean {
	return isTradingDay(date) && weekday(date) !== 6;
}

/** That day, or the first banking day after it. */
export function nextBankingDay(date: CivilDate): CivilDate {
	return isBankingDay(date) ? date : nextBankingDay(addDays(date, 1));
}

/** Whether `date` is the first banking day from a day of its month on. */
export function isBankingDayFrom(date: CivilDate, dayOfMonth: number): boolean {
	const { day } = dateParts(date);
	return day >= dayOfMonth && nextBankingDay(addDays(date, dayOfMonth - day)) === date;
}

export function isLastTradingDayOfMonth(date: CivilDate): boolean {
	return isTradingDay(date) && noneAfter(date, isTradingDay);
}

export function isLastBankingDayOfMonth(date: CivilDate): boolean {
	return isBankingDay(date) && noneAfter(date, isBankingDay);
}

function noneAfter(date: CivilDate, holds: (day: CivilDate) => boolean): boolean {
	for (let day = addDays(date, 1); day <= lastOfMonth(date); day = addDays(day, 1)) if (holds(day)) return false;
	return true;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

export function monthName(date: CivilDate): string {
	const { year, month } = dateParts(date);
	return `${MONTHS[month - 1]} ${year}`;
}
