import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ImportQuestion } from '#main/imports/question.rules.ts';

/** Something that a person has to accept before a statement is taken in. `code` is stable: `accept` names it. */
export interface Doubt {
	readonly code: string;
	readonly message: string;
	readonly row: number | null;
}

/** What was accepted or typed, as it is recorded with the statement. */
export interface Accepted {
	readonly code: string;
	readonly message: string;
}

/** Told, not asked. */
export type Note = Accepted;

export const ALL = 'all';
/** Messages of one code that are recorded; a file may have one for each of its lines. */
const MAX_RECORDED = 50;

/** The doubts that nobody has accepted, one question for each code. */
export function openQuestions(doubts: readonly Doubt[], accept: readonly string[]): ImportQuestion[] {
	if (accept.includes(ALL)) return [];
	const open = Map.groupBy(
		doubts.filter(({ code }) => !accept.includes(code)),
		({ code }) => code,
	);
	return [...open].map(([code, group]) => {
		const [first] = group;
		const row = first?.row ?? null;
		const more = group.length > 1 ? ` (and ${group.length - 1} more of the kind)` : '';
		return {
			id: `accept:${code}`,
			question: `${first?.message ?? code}${more} Take the statement in all the same?`,
			choices: [
				{ value: 'yes', meaning: 'take it in; that it was accepted is recorded with it' },
				{ value: 'no', meaning: 'take nothing in' },
			],
			example: row === null ? null : { line: row, value: '' },
		};
	});
}

/** What is recorded of accepted doubts: every message, up to a bound for each code. */
export function acceptedDoubts(doubts: readonly Doubt[]): Accepted[] {
	return [...Map.groupBy(doubts, ({ code }) => code)].flatMap(([code, group]) => {
		const recorded = group.slice(0, MAX_RECORDED).map(({ message, row }) => ({ code, message: row === null ? message : `Line ${row}: ${message}` }));
		return group.length > MAX_RECORDED ? [...recorded, { code, message: `And ${group.length - MAX_RECORDED} more of the kind.` }] : recorded;
	});
}

interface BreakWords {
	readonly from: CivilDate;
	readonly opening: number;
	/** Last day of the statement before it. */
	readonly before: CivilDate;
	readonly expected: bigint;
	readonly currency: string;
	/** The statement with the opening balance stands in the books already; the one taken in now is that before it. */
	readonly isStanding: boolean;
}

export function openingDiffers(words: BreakWords): Doubt {
	const { from, opening, before, expected, currency, isStanding } = words;
	const difference = BigInt(opening) - expected;
	const which = isStanding ? `The statement from ${from} that was taken in before` : `The statement from ${from}`;
	return {
		code: 'OPENING_DIFFERS',
		message:
			`${which} opens with ${formatAmount(opening, currency)} ${currency}, but by the statement to ${before} the balance was ` +
			`${formatAmount(expected, currency)}: a difference of ${formatAmount(difference, currency)}. A statement may be missing or of another account.`,
		row: null,
	};
}

export function gapNote({ from, opening, before, expected, currency }: BreakWords): Note {
	return {
		code: 'GAP',
		message:
			`No statement was taken in for the days between ${before} (closed with ${formatAmount(expected, currency)} ${currency}) and ` +
			`${from} (opens with ${formatAmount(opening, currency)}).`,
	};
}
