import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { addDays } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { type NamedAccount, namedAccounts } from './balances.queries.ts';
import { sumsBetween } from './balances.service.ts';
import { askedSpan } from './dates.rules.ts';
import {
	type BookedEntry,
	type BookedLine,
	dateOfEntry,
	entriesAfter,
	hasExternalNumbers,
	hasForeignLines,
	lineCountOfSpan,
	linesOfEntry,
} from './day-book.queries.ts';
import type { DayBookShape } from './report-tables.rules.ts';

type Input = Omit<InputOf<ReportsContract['dayBook']>, 'companyId'>;
export type DayBook = OutputOf<ReportsContract['dayBook']>;

const ENTRIES_AT_A_TIME = 1000;

/**
 * Every posted entry of a span with its lines, in order of date and number. `totals` are of the whole span, whatever the page.
 * Refuses INPUT_INVALID, also for an `afterNo` that is no posted entry.
 */
export function dayBook(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): DayBook {
	const span = askedSpan(input.from, input.to);
	const entries = entriesAfter(db, company.id, { ...placeAfter(db, company, span, input.afterNo), to: span.end, limit: (input.limit ?? -2) + 1 });
	const more = input.limit !== undefined && entries.length > input.limit;
	const accounts = new Map(namedAccounts(db, company.id).map((account) => [account.id, account]));
	return {
		from: span.start,
		to: span.end,
		currency: company.currency,
		entries: (more ? entries.slice(0, input.limit) : entries).map((entry) => entryView(db, company, accounts, entry)),
		totals: totalsOf(db, company, span, input.recompute ?? false),
		more,
	};
}

/** What a day book says of its span: its totals, and which columns its entries fill. */
export function dayBookFrame(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): Omit<DayBook, 'entries' | 'more'> & DayBookShape {
	const span = askedSpan(input.from, input.to);
	return {
		from: span.start,
		to: span.end,
		currency: company.currency,
		totals: totalsOf(db, company, span, input.recompute ?? false),
		isForeign: hasForeignLines(db, company.id, span),
		isNumbered: hasExternalNumbers(db, company.id, span),
	};
}

/** How many lines the entries of the span have. Refuses INPUT_INVALID. */
export function dayBookLineCount(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): number {
	return lineCountOfSpan(db, company.id, askedSpan(input.from, input.to));
}

/** The entries of the whole span as they are asked for: so many in memory at a time, however long the day book. Refuses INPUT_INVALID. */
export function* dayBookEntries(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): Generator<DayBook['entries'][number]> {
	const span = askedSpan(input.from, input.to);
	const accounts = new Map(namedAccounts(db, company.id).map((account) => [account.id, account]));
	let place = placeAfter(db, company, span, undefined);
	for (;;) {
		const entries = entriesAfter(db, company.id, { ...place, to: span.end, limit: ENTRIES_AT_A_TIME });
		for (const entry of entries) yield entryView(db, company, accounts, entry);
		const last = entries.at(-1);
		if (!last) return;
		place = { afterDate: last.date, afterNo: last.no };
	}
}

function entryView(db: ReadDb, company: Company, accounts: ReadonlyMap<number, NamedAccount>, entry: BookedEntry): DayBook['entries'][number] {
	return { ...entry, lines: linesOfEntry(db, company.id, entry.no).map((line) => lineView(company, accounts, line)) };
}

function placeAfter(db: ReadDb, company: Company, span: DateSpan, afterNo: number | undefined): { readonly afterDate: string; readonly afterNo: number } {
	const beforeSpan = { afterDate: addDays(span.start, -1), afterNo: Number.MAX_SAFE_INTEGER };
	if (afterNo === undefined) return beforeSpan;
	const date = dateOfEntry(db, company.id, afterNo);
	if (date === undefined) throw new AppError('INPUT_INVALID', `There is no posted entry ${afterNo} to go on after.`, { afterNo });
	return date < span.start ? beforeSpan : { afterDate: date, afterNo };
}

function lineView(company: Company, accounts: ReadonlyMap<number, NamedAccount>, line: BookedLine): DayBook['entries'][number]['lines'][number] {
	const account = accounts.get(line.accountId);
	const decimals = line.currency === null ? company.decimals : currencyDecimals(line.currency);
	return {
		code: account?.code ?? '',
		name: account?.name ?? '',
		party: line.party,
		currency: line.currency ?? company.currency,
		debit: formatMinor(line.debit, decimals),
		credit: formatMinor(line.credit, decimals),
		baseDebit: formatMinor(line.baseDebit, company.decimals),
		baseCredit: formatMinor(line.baseCredit, company.decimals),
	};
}

function totalsOf(db: ReadDb, company: Company, span: DateSpan, recompute: boolean): DayBook['totals'] {
	let debit = 0n;
	let credit = 0n;
	for (const list of sumsBetween(db, company, { ...span, withoutClosings: null, recompute }).values()) {
		for (const sums of list) {
			debit += sums.baseDebit;
			credit += sums.baseCredit;
		}
	}
	return { debit: formatMinor(debit, company.decimals), credit: formatMinor(credit, company.decimals) };
}
