import { type CivilDate, daysInMonth, makeDate } from '#shared/kernel/civil-date.ts';
import type { SeenAt } from './number-style.rules.ts';
import type { ImportQuestion } from './question.rules.ts';

/** What one value proves about the dates of its column. */
export type DateProof =
	| 'CANONICAL' /* 2024-02-13 */
	| 'EVIDENT' /* 20240213, 2024/2/13, 13 Feb 2024, 05/05/2024: one reading only, whatever the column does */
	| 'DAY_FIRST' /* 13/02/2024, and 01.02.2024: with points the day is always first */
	| 'MONTH_FIRST' /* 02/13/2024 */
	| 'EITHER' /* 01/02/2024 */
	| 'TWO_DIGIT_YEAR' /* 13.02.24 */
	| 'SERIAL' /* 45335: a spreadsheet's day number */
	| 'FAR_YEAR' /* 1445-08-03, 13/02/2567: rather another calendar than another age */
	| 'NOT_A_DATE';

/** How the dates of a column are read: a person's format, or the order that the column proves. */
export type DateStyle = { readonly kind: 'order'; readonly dayFirst: boolean } | { readonly kind: 'format'; readonly format: DateFormat };

export interface DateFormat {
	readonly pattern: RegExp;
	readonly parts: readonly ('year' | 'shortYear' | 'month' | 'monthName' | 'day')[];
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const CANONICAL = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const SHORT_YEAR = /^\d{1,2}([-/.])\d{1,2}\1\d{2}$/;
const SHORT_YEAR_NAMED = /^(?:\d{1,2}[-/. ]\s?[A-Za-z]{3,9}|[A-Za-z]{3,9}\.? \d{1,2}),?[-/. ]\s?'?\d{2}$/;
const DAY_NAME_YEAR = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]\s?([A-Za-z]{3,9})\.?,?[-/. ]\s?(\d{4})$/;
const NAME_DAY_YEAR = /^([A-Za-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4})$/;
const SERIAL = /^\d{5}(?:\.\d+)?$/;
const TIME_OF_DAY = /[T ]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?[AaPp][Mm])?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

interface ReadDate {
	readonly proof: DateProof;
	readonly dayFirst: CivilDate | null;
	readonly monthFirst: CivilDate | null;
}

const NO_DATE: ReadDate = { proof: 'NOT_A_DATE', dayFirst: null, monthFirst: null };

/** The day as written: a time of day and a zone after it never move it to another day. */
function readDate(text: string): ReadDate {
	const day = text.trim().replace(TIME_OF_DAY, '');
	const yearFirst = YEAR_FIRST.exec(day) ?? null;
	if (yearFirst) return one(CANONICAL.test(day) ? 'CANONICAL' : 'EVIDENT', Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
	const compact = COMPACT.exec(day);
	if (compact) return one('EVIDENT', Number(compact[1]), Number(compact[2]), Number(compact[3]));
	const yearLast = YEAR_LAST.exec(day);
	if (yearLast) return twoOrders(Number(yearLast[1]), Number(yearLast[3]), Number(yearLast[4]), yearLast[2] === '.');
	const named = DAY_NAME_YEAR.exec(day);
	if (named) return one('EVIDENT', Number(named[3]), monthNumber(named[2] ?? ''), Number(named[1]));
	const americanNamed = NAME_DAY_YEAR.exec(day);
	if (americanNamed) return one('EVIDENT', Number(americanNamed[3]), monthNumber(americanNamed[1] ?? ''), Number(americanNamed[2]));
	if (SHORT_YEAR.test(day) || SHORT_YEAR_NAMED.test(day)) return { ...NO_DATE, proof: 'TWO_DIGIT_YEAR' };
	return SERIAL.test(day) ? { ...NO_DATE, proof: 'SERIAL' } : NO_DATE;
}

function one(proof: DateProof, year: number, month: number, day: number): ReadDate {
	const date = dateOf(year, month, day);
	if (date === null) return NO_DATE;
	return { proof: isNear(year) ? proof : 'FAR_YEAR', dayFirst: date, monthFirst: date };
}

function twoOrders(first: number, second: number, year: number, isPointed: boolean): ReadDate {
	const dayFirst = dateOf(year, second, first);
	const monthFirst = dateOf(year, first, second);
	if (dayFirst === null && monthFirst === null) return NO_DATE;
	if (!isNear(year)) return { proof: 'FAR_YEAR', dayFirst, monthFirst };
	if (dayFirst !== null && (monthFirst === null || isPointed)) return { proof: 'DAY_FIRST', dayFirst, monthFirst };
	if (dayFirst === null) return { proof: 'MONTH_FIRST', dayFirst, monthFirst };
	return { proof: dayFirst === monthFirst ? 'EVIDENT' : 'EITHER', dayFirst, monthFirst };
}

const isNear = (year: number) => year >= FIRST_YEAR && year <= LAST_YEAR;

function dateOf(year: number, month: number, day: number): CivilDate | null {
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? makeDate(year, month, day) : null;
}

function monthNumber(name: string): number {
	const key = name.toLowerCase();
	return MONTHS.findIndex((month) => month === key || month.slice(0, 3) === key || (key === 'sept' && month === 'september')) + 1;
}

export function dateProof(text: string): DateProof {
	return readDate(text).proof;
}

/** The civil date in a known style, or null where the text is none in that style. */
export function plainDate(text: string, style: DateStyle): CivilDate | null {
	if (style.kind === 'format') return dateByFormat(text.trim(), style.format) ?? dateByFormat(text.trim().replace(TIME_OF_DAY, ''), style.format);
	const read = readDate(text);
	return read.proof === 'FAR_YEAR' ? null : style.dayFirst ? read.dayFirst : read.monthFirst;
}

const TOKENS = /YYYY|YY|MMMM|MMM|MM|M|DD|D/g;

/**
 * A format as a person writes it (`DD.MM.YYYY`, `M/D/YY`, `DD-MMM-YYYY`), or null where it does not name one year, one month
 * and one day. YY 00 to 68 are 2000 to 2068 and 69 to 99 are 1969 to 1999 (as in POSIX).
 */
export function dateFormatOf(text: string): DateFormat | null {
	const parts: DateFormat['parts'][number][] = [];
	const source = text
		.trim()
		.toUpperCase()
		.replace(/[^A-Z]/g, '\\$&')
		.replace(TOKENS, (token) => {
			parts.push(token === 'YYYY' ? 'year' : token === 'YY' ? 'shortYear' : token.startsWith('MMM') ? 'monthName' : token.startsWith('M') ? 'month' : 'day');
			return token === 'YYYY'
				? '(\\d{4})'
				: token === 'YY'
					? '(\\d{2})'
					: token.startsWith('MMM')
						? '([a-z]{3,9})'
						: /\b(?:DDMM|MMDD|YYYYMM)/i.test(text)
							? '(\\d{2})'
							: '(\\d{1,2})';
		});
	const has = (...names: string[]) => parts.filter((part) => names.includes(part)).length === 1;
	if (!has('year', 'shortYear') || !has('month', 'monthName') || !has('day') || /[A-Z]/.test(source.replace(/\([^)]*\)/g, ''))) return null;
	return { pattern: new RegExp(`^${source}$`, 'i'), parts };
}

function dateByFormat(text: string, format: DateFormat): CivilDate | null {
	const match = format.pattern.exec(text);
	if (!match) return null;
	const value = { year: 0, month: 0, day: 0 };
	for (const [index, part] of format.parts.entries()) {
		const written = match[index + 1] ?? '';
		if (part === 'shortYear') value.year = Number(written) + (Number(written) < 69 ? 2000 : 1900);
		else if (part === 'monthName') value.month = monthNumber(written);
		else value[part] = Number(written);
	}
	return dateOf(value.year, value.month, value.day);
}

/** What all dates of a column prove together, in flat memory. */
export interface DateEvidence {
	readonly first: Partial<Record<DateProof, SeenAt>>;
}

export function noDateEvidence(): DateEvidence {
	return { first: {} };
}

export function seeDate(evidence: DateEvidence, text: string, line: number): DateProof {
	const proof = dateProof(text);
	evidence.first[proof] ??= { line, value: text };
	return proof;
}

/** The style that the evidence proves, or the question to ask. Values that are no dates at all are left to their rows. */
export function dateStyleOf(evidence: DateEvidence): DateStyle | ImportQuestion {
	const seen = evidence.first;
	const odd = seen.TWO_DIGIT_YEAR ?? seen.SERIAL ?? seen.FAR_YEAR;
	if (odd !== undefined) return oddDateQuestion(odd, seen.TWO_DIGIT_YEAR === odd ? 'TWO_DIGIT_YEAR' : seen.SERIAL === odd ? 'SERIAL' : 'FAR_YEAR');
	if (seen.DAY_FIRST && seen.MONTH_FIRST) {
		return orderQuestion(
			`Line ${seen.DAY_FIRST.line} has "${seen.DAY_FIRST.value}" and line ${seen.MONTH_FIRST.line} "${seen.MONTH_FIRST.value}".`,
			seen.MONTH_FIRST,
		);
	}
	if (seen.EITHER && !seen.DAY_FIRST && !seen.MONTH_FIRST)
		return orderQuestion(`In line ${seen.EITHER.line}, "${seen.EITHER.value}" may be day and month or month and day.`, seen.EITHER);
	return { kind: 'order', dayFirst: seen.MONTH_FIRST === undefined };
}

function orderQuestion(seen: string, example: SeenAt): ImportQuestion {
	const separator = /[-/.]/.exec(example.value)?.[0] ?? '/';
	return {
		id: 'dateFormat',
		question: `${seen} In which order are the dates of this file written?`,
		choices: [
			{ value: ['DD', 'MM', 'YYYY'].join(separator), meaning: 'the day first' },
			{ value: ['MM', 'DD', 'YYYY'].join(separator), meaning: 'the month first' },
		],
		example,
	};
}

function oddDateQuestion(example: SeenAt, proof: 'TWO_DIGIT_YEAR' | 'SERIAL' | 'FAR_YEAR'): ImportQuestion {
	const where = `"${example.value}" in line ${example.line}`;
	if (proof === 'TWO_DIGIT_YEAR') {
		const separator = /[-/.]/.exec(example.value)?.[0] ?? '.';
		const orders = [
			['DD', 'MM', 'YY'],
			['MM', 'DD', 'YY'],
			['YY', 'MM', 'DD'],
		] as const;
		const choices = orders.map((order) => ({
			value: order.join(separator),
			meaning: `${order[0] === 'DD' ? 'day' : order[0] === 'MM' ? 'month' : 'year'} first; 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999`,
		}));
		return { id: 'dateFormat', question: `The date ${where} has a year of two digits. How are the dates of this file written?`, choices, example };
	}
	const question =
		proof === 'SERIAL'
			? `${where} looks like a spreadsheet's number for a day. Save the file again with the dates shown as dates, or name their format.`
			: `The date ${where} lies far from our time: it may be in another calendar. Name the format (YYYY-MM-DD) if it is meant as it stands, or convert the dates.`;
	return {
		id: 'dateFormat',
		question,
		choices: proof === 'SERIAL' ? [] : [{ value: 'YYYY-MM-DD', meaning: 'as it stands, in the Gregorian calendar' }],
		example,
	};
}
