import { addDays, type CivilDate, dateParts, daysBetween, isCivilDate, makeDate } from '#shared/kernel/civil-date.ts';

export interface DateContext {
	/** Today in the company's timezone. */
	readonly today: CivilDate;
	/** A date of the month that is worked on: `5` is its fifth. */
	readonly near: CivilDate;
	/** The company's format; only whether months are written first is of interest. */
	readonly format: string;
}

/**
 * The date that a person means: `5`, `5/1`, `5/1/26`, `t` (today), `t-1`, or one written out. null where it is none.
 * Where the year is left out, it is the one that brings the date nearest to `near`.
 */
export function typedDate(typed: string, context: DateContext): CivilDate | null {
	const text = latinDigits(typed.trim().toLowerCase());
	const relative = /^t(?:\s*([+-])\s*(\d{1,3}))?$/.exec(text);
	if (relative) return addDays(context.today, relative[2] === undefined ? 0 : Number(`${relative[1] ?? ''}${relative[2]}`));
	if (isCivilDate(text)) return text;
	const near = dateParts(context.near);
	const numbers = /^(\d{1,2})(?:[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?)?$/.exec(text);
	if (!numbers) return null;
	const [, first = '', second, year] = numbers;
	if (second === undefined) return valid(near.year, near.month, Number(first));
	const [day, month] = context.format.startsWith('MM') ? [Number(second), Number(first)] : [Number(first), Number(second)];
	if (year !== undefined) return valid(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
	return nearest(
		context.near,
		[-1, 0, 1].map((years) => valid(near.year + years, month, day)),
	);
}

/** Digits of Devanagari are digits. */
export function latinDigits(text: string): string {
	return text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

function valid(year: number, month: number, day: number): CivilDate | null {
	const date = makeDate(year, month, day);
	return isCivilDate(date) ? date : null;
}

function nearest(near: CivilDate, candidates: readonly (CivilDate | null)[]): CivilDate | null {
	const distance = (date: CivilDate) => Math.abs(daysBetween(near, date));
	return candidates
		.filter((date) => date !== null)
		.reduce<CivilDate | null>((best, date) => (best === null || distance(date) < distance(best) ? date : best), null);
}
