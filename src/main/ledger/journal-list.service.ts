import type { z } from 'zod';
import type { entryFilter } from '#shared/contract/ledger.contract.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { formatAmount, parseAmountBig, parseAmountMinor } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { DraftInput } from './drafts.service.ts';
import { countBehind, eachPlace, entriesBehind, entriesNumbered, type EntryFilter, type EntryPlace, placeBehind } from './journal-list.queries.ts';
import type { ListedEntry } from './journal-view.queries.ts';
import { entryHead } from './journal-view.service.ts';
import { findAccount, findParty } from './names.service.ts';

const PAGE = 100;
/** Up to so many entries findEntries names each of them: where few of many entries are found, a page must not search for them again. */
const MAX_NAMED = 10_000;

type FilterInput = z.output<typeof entryFilter>;

interface ListInput extends FilterInput {
	readonly order?: 'OLDEST_FIRST' | 'NEWEST_FIRST' | undefined;
	readonly after?: { readonly date: string; readonly no: number } | undefined;
	readonly numbers?: readonly number[] | undefined;
	readonly limit?: number | undefined;
}

/** A page of entries by date and number. Refuses ACCOUNT_UNKNOWN, PARTY_UNKNOWN and AMOUNT_INVALID of the filter. */
export function listEntries(db: ReadDb, company: Company, input: ListInput) {
	const limit = input.limit ?? PAGE;
	const rows = input.numbers
		? entriesNumbered(db, company.id, input.numbers)
		: entriesBehind(db, company.id, filterOf(db, company, input), {
				after: input.after ? [input.after.date, input.after.no] : null,
				newestFirst: input.order === 'NEWEST_FIRST',
				limit: limit + 1,
			});
	const shown = input.numbers ? rows : rows.slice(0, limit);
	const last = shown.at(-1);
	return {
		entries: shown.map((row) => ({ ...entryHead(row), total: totalOf(company, row) })),
		more: rows.length > shown.length,
		next: last ? { date: last.date, no: last.id } : null,
	};
}

/**
 * How many entries there are, and places to page from. A list of any length is scrolled with it: page n begins behind place n - 1.
 * Up to 10,000 entries found by what they contain are named one by one (`step` 1), to be asked for by number.
 */
export function findEntries(
	db: ReadDb,
	company: Company,
	input: FilterInput,
): { readonly total: number; readonly step: number; readonly places: [string, number][] } {
	const filter = filterOf(db, company, input);
	const looksAtLines = [filter.accountId, filter.partyId, filter.amountFromMinor, filter.amountToMinor].some((value) => value !== undefined);
	const found =
		looksAtLines || filter.text || filter.source || filter.status === 'DRAFT' ? collected(eachPlace(db, company.id, filter)) : jumped(db, company, filter);
	return { ...found, places: found.places.map(([date, no]) => [date, no]) };
}

interface Found {
	readonly total: number;
	readonly step: number;
	readonly places: readonly EntryPlace[];
}

function collected(places: IterableIterator<EntryPlace>): Found {
	const first: EntryPlace[] = [];
	const marks: EntryPlace[] = [];
	let total = 0;
	for (const place of places) {
		total++;
		if (total <= MAX_NAMED) first.push(place);
		if (total % PAGE === 0) marks.push(place);
	}
	return total <= MAX_NAMED ? { total, step: 1, places: first } : { total, step: PAGE, places: marks };
}

// By the date index alone: a hundred entries at a time, which reads each key once and hands over one in a hundred.
function jumped(db: ReadDb, company: Company, filter: EntryFilter): Found {
	const places: EntryPlace[] = [];
	for (;;) {
		const after = places.at(-1) ?? null;
		const place = placeBehind(db, company.id, filter, after, PAGE);
		if (place === undefined) return { total: places.length * PAGE + countBehind(db, company.id, filter, after), step: PAGE, places };
		places.push(place);
	}
}

function filterOf(db: ReadDb, company: Company, input: FilterInput): EntryFilter {
	const { from, to, status, source, text } = input;
	const minor = (amount: string | undefined) => (amount === undefined ? undefined : parseAmountMinor(amount, company.currency));
	return {
		from,
		to,
		status,
		source,
		text: text?.trim().normalize('NFC'),
		accountId: input.account === undefined ? undefined : findAccount(db, company, input.account).id,
		partyId: input.party === undefined ? undefined : findParty(db, company, input.party).id,
		amountFromMinor: minor(input.amountFrom),
		amountToMinor: minor(input.amountTo),
	};
}

function totalOf(company: Company, row: ListedEntry): string {
	return formatAmount(row.status === 'DRAFT' ? draftTotal(company, row) : present(row.totalMinor, 'the lines of a posted entry'), company.currency);
}

/** Debits of a draft in the company's currency, as far as they are amounts already. */
function draftTotal(company: Company, row: ListedEntry): bigint {
	const { lines = [] } = JSON.parse(row.draft ?? '{}') as DraftInput;
	const own = lines.filter((line) => line.currency === undefined || line.currency === company.currency);
	return own.reduce((total, line) => total + amountOrNone(line.debit, company), 0n);
}

function amountOrNone(text: string | undefined, company: Company): bigint {
	if (text === undefined) return 0n;
	try {
		return parseAmountBig(text, company.currency);
	} catch (error) {
		if (isAppError(error)) return 0n;
		throw error;
	}
}
