import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { addDays, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { pathMeaning } from '#main/imports/account-path.rules.ts';
import { COMMODITIES, currencyOf, type JournalRow, journalRows, mainCurrency, sumOfRows } from './journal-rows.ts';
import { balancesOf, type KnownAnswers, type KnownBalance } from './known-answers.ts';
import { failed, type Outcome } from './outcome.ts';
import { answered, type CompanyBooks, type ImportAnswer, type Program } from './program.ts';

export interface JournalBook {
	readonly name: string;
	/** What `hledger print -O csv` wrote. */
	readonly csv: string;
	readonly answers: KnownAnswers;
	/** The answers leave virtual postings out. */
	readonly hasRealAnswers: boolean;
	/** How accounts are named where the journal and the answers spell them in two ways. */
	readonly nameOf?: ((account: string) => string) | undefined;
	readonly prices: readonly { readonly commodity: string; readonly price: string; readonly in: string }[];
}

/** An entry that did not come in, and why. */
interface Refusal {
	readonly entryNo: string;
	readonly code: string;
	readonly message: string;
}

/**
 * Imports one journal into a company of its own and compares its balances on every day for which there is an answer. What was refused by name is taken from the answer: all that did come in must agree with it.
 */
export async function judgeJournal(program: Program, book: JournalBook): Promise<Outcome> {
	const rows = journalRows(book.csv);
	const currency = mainCurrency(rows);
	const company = await program.company(book.name, currency);
	const file = path.join(program.folder, `${company.companyId}.csv`);
	writeFileSync(file, book.csv);
	try {
		await addAccountsWithoutType(company, rows);
		const { rates, assumed } = ratesFor(rows, book.prices, currency);
		const result = await importAnswered(company, file, rates);
		const refusals = result.rejectFile === null ? [] : readRefusals(result.rejectFile);
		return await compare(company, book, { rows, result, refusals, assumed });
	} catch (error) {
		return failed(book.name, error);
	}
}

// As a person would who is told that a first word such as "Left Column" says nothing of the kind of account.
async function addAccountsWithoutType(company: CompanyBooks, rows: readonly JournalRow[]): Promise<void> {
	const names = new Set(rows.filter((row) => !row.isVirtual && pathMeaning(row.account).type === null).map((row) => row.account));
	let number = 1000;
	for (const name of names) if (name !== '') await company.addAccount(String(number++), name, 'ASSET');
}

/**
 * Rates for the foreign currencies of a journal: the last price that it states, in either direction. Where it states none a person
 * would have to say one; balances are compared in each line's own currency, which no rate changes, so that here it is 1.
 */
function ratesFor(rows: readonly JournalRow[], prices: JournalBook['prices'], companyCurrency: string): { rates: Record<string, string>; assumed: string[] } {
	const rates: Record<string, string> = {};
	for (const { commodity, price, in: unit } of prices) {
		const foreign = currencyOf(commodity, companyCurrency);
		if (foreign !== null && foreign !== companyCurrency && currencyOf(unit, companyCurrency) === companyCurrency) rates[foreign] = price;
	}
	const assumed = new Set<string>();
	for (const { commodity } of rows) {
		const currency = currencyOf(commodity, companyCurrency);
		if (currency !== null && currency !== companyCurrency && !(currency in rates)) assumed.add(currency);
	}
	for (const currency of assumed) rates[currency] = '1';
	return { rates, assumed: [...assumed].sort() };
}

function importAnswered(company: CompanyBooks, file: string, rates: Readonly<Record<string, string>>): Promise<ImportAnswer> {
	const options = { format: 'hledger-csv', keepGoing: true, commodities: COMMODITIES, rates } as const;
	return answered(({ virtualPostings }) => company.importJournal(file, { ...options, ...(virtualPostings === 'skip' ? { virtualPostings } : {}) }), {
		virtualPostings: 'skip',
	});
}

function readRefusals(rejectFile: string): Refusal[] {
	const rows: Record<string, string>[] = parse(readFileSync(rejectFile, 'utf8'), { columns: true, bom: true, relax_column_count: true });
	return rows.map((row) => ({
		entryNo: row['txnidx'] ?? '',
		code: row['reject_code'] ?? '',
		message: row['reject_reason'] ?? '',
	}));
}

interface Imported {
	readonly rows: readonly JournalRow[];
	readonly result: ImportAnswer;
	readonly refusals: readonly Refusal[];
	/** Currencies at an assumed rate. */
	readonly assumed: readonly string[];
}

async function compare(company: CompanyBooks, book: JournalBook, imported: Imported): Promise<Outcome> {
	const { rows, result } = imported;
	const outcome = { book: book.name, lines: result.lines };
	if (rows.length === 0) return { ...outcome, compared: 0, result: 'empty', note: 'no entries in it' };
	const leftOut = missingRows(book, imported);
	const nameOf = book.nameOf ?? ((account: string) => account);
	const days = [...book.answers.keys()].sort();
	for (const [index, day] of days.entries()) {
		const known = balancesOf(book.answers.get(day) ?? [], company.currency);
		const wanted = known.minus(sumOfRows(leftOut, day, company.currency)).renamed(nameOf);
		const difference = (await company.trialBalance(day, 'ledger')).renamed(nameOf).firstDifference(wanted);
		if (difference === null) continue;
		const note = `${day} ${difference.account} ${difference.commodity}: ${difference.here} here, ${difference.there} known`;
		return { ...outcome, compared: index + 1, result: 'different', note };
	}
	return { ...outcome, compared: days.length, result: leftOut.length === 0 ? 'equal' : 'refused', note: noteOn(imported, company.currency) };
}

/**
 * Postings that the answers count and the books do not. Entries of nothing but virtual postings stand in no answer: to the programs
 * that gave them they are no entries either.
 */
function missingRows(book: JournalBook, { rows, refusals }: Imported): JournalRow[] {
	const refused = new Set(refusals.map(({ entryNo }) => entryNo));
	const real = new Set(rows.filter((row) => !row.isVirtual).map(({ entryNo }) => entryNo));
	return rows.filter((row) => (row.isVirtual ? !book.hasRealAnswers && real.has(row.entryNo) : refused.has(row.entryNo)));
}

/** What was refused, by code, with the commodities that are no currencies or the reason that was given first. */
function noteOn({ rows, refusals, assumed }: Imported, companyCurrency: string): string {
	const parts: string[] = [];
	const named = refusals.filter(({ code }) => code !== 'ENTRY_REJECTED');
	for (const code of new Set(named.map((refusal) => refusal.code))) {
		const ofCode = named.filter((refusal) => refusal.code === code);
		const entries = new Set(ofCode.map(({ entryNo }) => entryNo));
		const commodities = rows.filter((row) => entries.has(row.entryNo) && currencyOf(row.commodity, companyCurrency) === null).map((row) => row.commodity);
		const why = code === 'COMMODITY_NOT_A_CURRENCY' ? `no currency: ${[...new Set(commodities)].sort().join(', ')}` : ofCode[0]?.message;
		parts.push(`${code}, ${counted(entries.size, 'entry', 'entries')}: ${why}`);
	}
	const virtual = rows.filter((row) => row.isVirtual).length;
	if (virtual > 0) parts.push(`${counted(virtual, 'virtual posting', 'virtual postings')} left out`);
	if (assumed.length > 0) parts.push(`no price of ${assumed.join(', ')} in it, taken at 1`);
	return parts.join('; ');
}

function counted(count: number, one: string, several: string): string {
	return `${count} ${count === 1 ? one : several}`;
}

/** Every month's end from the first posting to the last, and every other day for which there is an answer. */
export function atMonthEnds(rows: readonly JournalRow[], known: KnownAnswers | null): KnownAnswers {
	const answers = new Map(known ?? []);
	const dates = rows.map(({ date }) => date).sort();
	const last = dates.at(-1) ?? '';
	for (let day = dates[0] ?? ''; day !== '' && day <= lastOfMonth(last); day = addDays(lastOfMonth(day), 1)) {
		const end = lastOfMonth(day);
		if (!answers.has(end))
			answers.set(
				end,
				known === null
					? sumsOf(
							rows.filter((row) => !row.isVirtual),
							end,
						)
					: [],
			);
	}
	return answers;
}

function sumsOf(rows: readonly JournalRow[], asOf: string): KnownBalance[] {
	return rows.filter(({ date, amount }) => date <= asOf && amount !== '').map(({ account, commodity, amount }) => ({ account, commodity, balance: amount }));
}
