import { type CivilDate, daysInMonth, makeDate } from '#shared/kernel/civil-date.ts';
import { dateFormatOf } from '#main/imports/date-style.rules.ts';
import type { ImportQuestion } from '#main/imports/question.rules.ts';
import { fullYear } from './statement-text.rules.ts';

/** A date as QIF writes it: two numbers whose order the file decides, or year, month and day in that order. */
export interface QifDate {
	readonly row: number;
	readonly text: string;
	readonly first: number;
	readonly second: number;
	readonly year: number;
	readonly isYearFirst: boolean;
	/** `1/ 5'04`: how Quicken writes years from 2000 on, in the order month, day. */
	readonly hasApostrophe: boolean;
	/** `13.02.2004`: with points the day is first everywhere. */
	readonly hasPoints: boolean;
}

const YEAR_FIRST = /^(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?(?:([-/.'])\s?)(\d{1,4})$/;

/** The parts of a date; null where the text is none in any of QIF's ways. */
export function qifDate(text: string, row: number): QifDate | null {
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst) {
		const [year, first, second] = [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])];
		return { row, text, first, second, year, isYearFirst: true, hasApostrophe: false, hasPoints: false };
	}
	const match = YEAR_LAST.exec(text);
	if (!match || match[5]?.length === 3) return null;
	const shortOrLong = Number(match[5]);
	const year = (match[5] as string).length <= 2 ? fullYear(shortOrLong) : shortOrLong;
	return {
		row,
		text,
		first: Number(match[1]),
		second: Number(match[3]),
		year,
		isYearFirst: false,
		hasApostrophe: match[4] === "'",
		hasPoints: match[2] === '.',
	};
}

/** The civil date in the order that the file decided; null where the calendar has no such day. */
export function civilOf(date: QifDate, dayFirst: boolean): CivilDate | null {
	const [month, day] = date.isYearFirst || !dayFirst ? [date.first, date.second] : [date.second, date.first];
	if (date.year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(date.year, month)) return null;
	return makeDate(date.year, month, day);
}

/** True where a person's format names the day before the month; null where it is no format. */
export function isDayFirstFormat(format: string): boolean | null {
	const parts = dateFormatOf(format)?.parts;
	if (parts === undefined) return null;
	return parts.indexOf('day') < parts.findIndex((part) => part === 'month' || part === 'monthName');
}

/**
 * Whether the day comes first in this file: one date that can be read in one order only decides for all, then points, then
 * Quicken's apostrophe. Otherwise, and where two dates contradict each other, the question.
 */
export function qifDayFirst(dates: readonly QifDate[]): boolean | ImportQuestion {
	const ordered = dates.filter((date) => !date.isYearFirst);
	const dayFirst = ordered.find((date) => date.first > 12 && date.second <= 12);
	const monthFirst = ordered.find((date) => date.second > 12 && date.first <= 12);
	if (dayFirst && monthFirst) return orderQuestion(`Line ${dayFirst.row} has "${dayFirst.text}" and line ${monthFirst.row} "${monthFirst.text}".`, monthFirst);
	if (dayFirst || monthFirst) return dayFirst !== undefined;
	const either = ordered.find((date) => date.first !== date.second);
	if (either === undefined || ordered.some((date) => date.hasPoints)) return true;
	if (ordered.some((date) => date.hasApostrophe)) return false;
	return orderQuestion(`In line ${either.row}, "${either.text}" may be day and month or month and day.`, either);
}

function orderQuestion(seen: string, example: QifDate): ImportQuestion {
	return {
		id: 'dateFormat',
		question: `${seen} In which order are the dates of this file written?`,
		choices: [
			{ value: 'DD/MM/YYYY', meaning: 'the day first' },
			{ value: 'MM/DD/YYYY', meaning: 'the month first' },
		],
		example: { line: example.row, value: example.text },
	};
}
