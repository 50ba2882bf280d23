import { assert } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { SampleEntry } from './sample-book.ts';
import { UNTIDINESS, type Untidiness, untidy } from './statements-untidiness.ts';

/** What a statement line is, measured against the books. */
export type LineKind = 'match' | 'twin' | 'timing' | 'fee' | 'interest' | 'transposed' | 'combined' | 'bank_error';

/** One line as the bank has it. Amounts are minor units, money in above zero. */
export interface StatementLine {
	readonly date: CivilDate;
	readonly amountMinor: number;
	/** The bank's words. */
	readonly text: string;
	/** Who is on the other side, as far as the bank's form has room. */
	readonly party?: string;
	/** What both sides know it by, where the bank carries it. */
	readonly reference?: string;
	readonly chequeNumber?: string;
	/** The bank's own id. */
	readonly bankId?: string;
	/** Time of the day, `HH:MM:SS`, where the statement has it. */
	readonly time?: string;
	readonly kind: LineKind;
	/** Numbers of the entries in the books that are the same event. */
	readonly entries: readonly string[];
}

/** A row that the bank lists but has not booked. */
export interface UnbookedRow {
	readonly date: CivilDate;
	readonly time: string;
	readonly amountMinor: number;
	readonly text: string;
	readonly bankId: string;
	readonly status: 'Failed' | 'Pending';
}

/** One month of one account. */
export interface Statement {
	readonly month: string;
	readonly openingMinor: number;
	readonly closingMinor: number;
	/** Oldest first. */
	readonly lines: readonly StatementLine[];
	readonly unbooked: readonly UnbookedRow[];
}

/** One line of the books on the account of a statement; `amountMinor` is debit less credit. */
export interface BookLine {
	readonly entryNo: string;
	readonly date: CivilDate;
	readonly description: string;
	readonly amountMinor: number;
	readonly reference: string;
	/** The party of the entry's control line, if it has one. */
	readonly party: string | undefined;
}

/** The lines of an account in the books, opening balance apart. */
export function bookLines(entries: readonly SampleEntry[], account: string): { readonly openingMinor: number; readonly lines: readonly BookLine[] } {
	const lines = entries.flatMap((entry) =>
		entry.lines
			.filter((line) => line.account === account)
			.map((line) => ({
				entryNo: entry.entryNo,
				date: entry.date,
				description: entry.description,
				amountMinor: line.debitMinor - line.creditMinor,
				reference: line.reference ?? '',
				party: entry.lines.find(({ party }) => party !== undefined)?.party,
			})),
	);
	const [opening, ...rest] = lines;
	assert(opening?.entryNo === 'S0000', `the account ${account} has an opening balance`);
	return { openingMinor: opening.amountMinor, lines: rest };
}

/** The row of the table about a reference; `kinds` says which may apply. */
export function rowOf<Kind extends Untidiness['kind']>(kind: Kind, reference: string): Extract<Untidiness, { readonly kind: Kind }> | undefined {
	return untidy(kind).find((row) => referencesOf(row).includes(reference));
}

function referencesOf(row: Untidiness): readonly string[] {
	if ('references' in row) return row.references;
	return 'reference' in row ? [row.reference] : [];
}

/** Every reference of the table is one of the books: a row about nothing would be a slip of its own. */
export function assertTableApplies(lines: readonly BookLine[]): void {
	const known = new Set(lines.map(({ reference }) => reference));
	for (const reference of UNTIDINESS.flatMap(referencesOf)) assert(known.has(reference), `the books have ${reference}`);
}

/** Cuts lines into months, each opening with what the one before closed with. Lines keep their order within a day. */
export function monthlyStatements(
	openingMinor: number,
	lines: readonly StatementLine[],
	months: readonly string[],
	unbooked: readonly UnbookedRow[] = [],
): readonly Statement[] {
	let balanceMinor = openingMinor;
	return months.map((month) => {
		const ofMonth = lines.filter(({ date }) => date.startsWith(month)).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
		const statement = {
			month,
			openingMinor: balanceMinor,
			closingMinor: ofMonth.reduce((sum, line) => sum + line.amountMinor, balanceMinor),
			lines: ofMonth,
			unbooked: unbooked.filter(({ date }) => date.startsWith(month)),
		};
		balanceMinor = statement.closingMinor;
		return statement;
	});
}

/** Upper case without accents and signs, as old bank systems print names. */
export function printed(text: string): string {
	return text
		.normalize('NFD')
		.replaceAll(/[^\p{L}\p{N} .\-/]/gu, '')
		.toUpperCase();
}
