import path from 'node:path';
import { isAppError } from '#shared/kernel/app-error.ts';
import { Balances } from './balances.ts';
import { balancesOf, type KnownAnswers, readMonthEnds, readTable } from './known-answers.ts';
import { failed, type Outcome } from './outcome.ts';
import type { CompanyBooks, ImportOptions, Program } from './program.ts';

/** A CSV of journal lines with its answers: trial balances at month's ends and the net of each account by month. */
export interface CanonicalBook {
	readonly name: string;
	readonly file: string;
	readonly currency: string;
	readonly fiscalYearStart: string;
	readonly trialBalances: KnownAnswers;
	/** `2024-01` to the month's net by account, debit positive. */
	readonly nets: ReadonlyMap<string, Balances>;
	readonly options: ImportOptions;
}

class Difference extends Error {}

/** The answers in a folder `truth`: tb.csv and net.csv. */
export function readTruth(folder: string, currency: string): Pick<CanonicalBook, 'trialBalances' | 'nets'> {
	const trialBalances = readMonthEnds(path.join(folder, 'tb.csv'));
	if (trialBalances === null) throw new Error(`${path.join(path.basename(folder), 'tb.csv')} is missing`);
	const nets = new Map<string, Balances>();
	for (const row of readTable(path.join(folder, 'net.csv'))) {
		const month = row['month'] ?? '';
		const net = nets.get(month) ?? new Balances();
		net.add(row['account'] ?? '', currency, row['net'] ?? '');
		nets.set(month, net);
	}
	return { trialBalances, nets };
}

/** Judges a CSV with the answers in the folder `truth` beside it. */
export async function judgeCanonicalFile(program: Program, book: Pick<CanonicalBook, 'name' | 'file' | 'currency' | 'fiscalYearStart'>): Promise<Outcome> {
	return judgeCanonical(program, { ...book, ...readTruth(path.join(path.dirname(book.file), 'truth'), book.currency), options: {} });
}

/**
 * Imports a whole book, compares every trial balance and every month's income statement with the answers, then closes month after
 * month and compares again: the statement of the month and the adjusted trial balance are the same before and after its close, and
 * after the ledger basis shows income and expense brought to nil.
 */
export async function judgeCanonical(program: Program, book: CanonicalBook): Promise<Outcome> {
	try {
		const company = await program.company(book.name, book.currency, book.fiscalYearStart);
		const result = await company.importJournal(book.file, book.options);
		const outcome = { book: book.name, lines: result.lines };
		try {
			const compared = await compareAll(company, book);
			return { ...outcome, compared, result: 'equal', note: 'before and after closing each month' };
		} catch (error) {
			if (error instanceof Difference) return { ...outcome, compared: 0, result: 'different', note: error.message };
			// This book is a company's whole books: nothing of it may be refused.
			if (isAppError(error)) return { ...outcome, compared: 0, result: 'different', note: `${error.code}: ${error.message}` };
			throw error;
		}
	} catch (error) {
		return { ...failed(book.name, error), result: 'different' };
	}
}

async function compareAll(company: CompanyBooks, book: CanonicalBook): Promise<number> {
	const months = [...book.trialBalances.keys()].sort();
	for (const end of months) await compareTrialBalance(company, book, end, 'ledger', 'before the close');
	for (const end of months) await compareIncomeStatement(company, book, end, 'before the close');
	await company.addAccount('3900', 'Equity:Retained earnings', 'EQUITY', 'RETAINED_EARNINGS');
	await company.exemptFromReconciliation();
	for (const end of months) {
		await company.closeMonth(end.slice(0, 7));
		await compareIncomeStatement(company, book, end, 'after the close');
		await compareTrialBalance(company, book, end, 'adjusted', 'after the close');
		await compareClosed(company, book, end);
	}
	for (const end of months) await compareIncomeStatement(company, book, end, 'after all closes');
	return months.length;
}

async function compareTrialBalance(company: CompanyBooks, book: CanonicalBook, end: string, basis: 'ledger' | 'adjusted', when: string): Promise<void> {
	const known = balancesOf(book.trialBalances.get(end) ?? [], company.currency);
	check(`${end} ${when}`, await company.trialBalance(end, basis), known);
}

async function compareIncomeStatement(company: CompanyBooks, book: CanonicalBook, end: string, when: string): Promise<void> {
	const known = book.nets.get(end.slice(0, 7)) ?? new Balances();
	check(`net of ${end.slice(0, 7)} ${when}`, await company.netOfMonth(end), known);
}

/** After a close, income and expense are nil in the ledger: what they held stands in the result account. */
async function compareClosed(company: CompanyBooks, book: CanonicalBook, end: string): Promise<void> {
	const known = balancesOf(book.trialBalances.get(end) ?? [], company.currency);
	const closed = await company.trialBalance(end, 'ledger');
	const isResult = (account: string) => account.startsWith('Income:') || account.startsWith('Expenses:');
	check(
		`${end} in the ledger after the close`,
		closed.withoutAccounts((account) => account === 'Equity:Retained earnings'),
		known.withoutAccounts(isResult),
	);
}

function check(what: string, here: Balances, known: Balances): void {
	const difference = here.firstDifference(known);
	if (difference === null) return;
	throw new Difference(`${what}: ${difference.account} ${difference.commodity} is ${difference.here} here, ${difference.there} known`);
}
