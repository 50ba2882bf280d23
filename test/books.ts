import { present } from '#shared/kernel/assert.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import type { EntrySource } from '#shared/seal/index.ts';
import { ensureFirstUser, storeRole } from '#main/access/index.ts';
import { type AccountRow, createCompany, findCompany, listAccounts, setSetting } from '#main/companies/index.ts';
import { insertParty, listPartyRows, type PostedEntry, postPrepared, type PreparedEntry, type StoredLine } from '#main/ledger/index.ts';
import { ensureOpeningPeriod, ensurePeriods } from '#main/periods/index.ts';
import { type Clock, fixedClock } from '#main/platform/clock.ts';
import { type Connection, openConnection } from '#main/platform/database/connection.ts';
import { loadMigrations, migrate } from '#main/platform/database/migrations.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import type { Actor, Company, User } from '#main/platform/run/actor.ts';
import { createRunner, type Runner } from '#main/platform/run/write-path.ts';
import { dirname, join } from 'node:path';

/** code, name, type, perhaps subtype and currency. */
export type ChartLine = readonly [code: string, name: string, type: string, subtype?: string, currency?: string];

/** A small shop: enough for most tests, small enough to hold in mind. */
export const SMALL_CHART: readonly ChartLine[] = [
	['1000', 'Cash', 'ASSET', 'CASH'],
	['1100', 'Bank', 'ASSET', 'BANK'],
	['1200', 'Receivables', 'ASSET', 'RECEIVABLE'],
	['1300', 'Inventory', 'ASSET', 'INVENTORY'],
	['2000', 'Payables', 'LIABILITY', 'PAYABLE'],
	['2100', 'Tax payable', 'LIABILITY', 'TAX'],
	['3000', 'Capital', 'EQUITY'],
	['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
	['3900', 'Opening balances', 'EQUITY', 'OPENING_EQUITY'],
	['4000', 'Sales', 'INCOME'],
	['4900', 'Exchange differences', 'INCOME', 'FX_GAIN_LOSS'],
	['5000', 'Cost of sales', 'EXPENSE'],
	['6000', 'Rent', 'EXPENSE'],
	['6900', 'Exchange rounding', 'EXPENSE', 'FX_ROUNDING'],
];

export interface LineExtra {
	/** The line's currency; amounts are in it. */
	readonly currency?: string;
	/** Amount in the company's currency, on the same side; needed with `currency`. */
	readonly base?: string;
	/** A party's name; made where it is new. */
	readonly party?: string;
	readonly dueDate?: string;
	readonly reference?: string;
	readonly memo?: string;
}

/** Account code, debit and credit in major units (empty: none), and what else the line has. */
export type TestLine = readonly [code: string, debit: string, credit: string, extra?: LineExtra];

export interface EntryExtra {
	readonly source?: EntrySource;
	readonly reference?: string;
	readonly externalNo?: string;
	readonly reverses?: number;
}

export interface TestBooks {
	readonly connection: Connection;
	readonly runner: Runner;
	readonly clock: Clock;
	/** As they stand now: read again at each access. */
	readonly actor: Actor;
	readonly company: Company;
	account(code: string): AccountRow;
	/** The party's id, made where the name is new. */
	party(name: string): number;
	/** Posts one entry through the posting service. */
	post(date: string, description: string, lines: readonly TestLine[], extra?: EntryExtra): PostedEntry;
	/** Opening balances: an entry of source OPENING on the day before the books begin. */
	postOpening(lines: readonly TestLine[]): PostedEntry;
	/** Makes every period up to the fiscal year of a date. */
	openPeriods(date: string): void;
	close(): void;
}

export interface TestBooksOptions {
	/** Of the company; USD unless given. */
	readonly currency?: string;
	/** Rows, or the name of a template; SMALL_CHART unless given. */
	readonly chart?: readonly ChartLine[] | string;
	/** MM-DD. */
	readonly fiscalYearStart?: string;
	readonly calendar?: 'MONTH' | 'DAY' | 'QUARTER';
	readonly timezone?: string;
	/** `company set KEY VALUE`, before anything is posted. */
	readonly settings?: Readonly<Record<string, string>>;
	/** First day of the books; that of the first entry's period unless given. */
	readonly booksFrom?: string;
	/** What the clock says first; each later write is a second later. */
	readonly now?: string;
	/** A file for the database; in memory unless given. */
	readonly file?: string;
}

/** Migrated books of one company with one Admin, ready to post to. */
export function openTestBooks(options: TestBooksOptions = {}): TestBooks {
	const clock = fixedClock(options.now ?? '2026-12-31T12:00:00.000Z', 1000);
	const connection = openConnection(options.file ?? ':memory:', 'write');
	const backupFolder = options.file ? dirname(options.file) : programFolder();
	migrate(connection, loadMigrations(join(programFolder(), 'drizzle')), { instant: clock.now().toISOString(), backupFolder });
	const runner = createRunner(connection, clock, { lastInstant: () => null, onClockSetBack: () => undefined, mapFault: (error) => error });
	const { uuid, user } = runner.write((tx) => {
		const admin = ensureFirstUser(tx);
		const { company } = createCompany(tx, {
			name: 'Testwright & Daughters',
			currency: options.currency ?? 'USD',
			fiscalYearStart: options.fiscalYearStart,
			calendar: options.calendar,
			timezone: options.timezone,
			...(typeof options.chart === 'string' ? { chart: options.chart } : { chartRows: (options.chart ?? SMALL_CHART).map(chartRow) }),
		});
		storeRole(tx, company.id, admin.id, 'ADMIN');
		for (const [key, value] of Object.entries(options.settings ?? {})) setSetting(tx, company, key, value);
		if (options.booksFrom) setSetting(tx, company, 'books_from', options.booksFrom);
		return { uuid: company.uuid, user: admin };
	});
	return booksOf({ connection, runner, clock }, user, uuid);
}

/** Books of another company in the same file, with the same Admin. */
export function openBeside(books: TestBooks, chart: readonly ChartLine[] = SMALL_CHART): TestBooks {
	const { user } = books.actor;
	const uuid = books.runner.write((tx) => {
		const { company } = createCompany(tx, { name: 'Elsewhere Ltd', currency: 'USD', chartRows: chart.map(chartRow) });
		storeRole(tx, company.id, user.id, 'ADMIN');
		return company.uuid;
	});
	return booksOf(books, user, uuid);
}

function booksOf({ connection, runner, clock }: Pick<TestBooks, 'connection' | 'runner' | 'clock'>, user: User, uuid: string): TestBooks {
	const companyNow = (): Company => present(findCompany(runner.db, uuid), 'the company of the test');
	const books: TestBooks = {
		connection,
		runner,
		clock,
		get company() {
			return companyNow();
		},
		get actor() {
			return { user, company: companyNow() };
		},
		account: (code) =>
			present(
				listAccounts(runner.db, companyNow().id).find((account) => account.code === code),
				`account ${code} of the test`,
			),
		party: (name) => listPartyRows(runner.db, companyNow().id).find((party) => party.name === name)?.id ?? newParty(books, name),
		post: (date, description, lines, extra = {}) => {
			const entry = preparedEntry(books, date, description, lines, extra);
			return runner.write((tx) => postPrepared(tx, books.actor, entry));
		},
		postOpening: (lines) => {
			const period = runner.write((tx) => ensureOpeningPeriod(tx, companyNow()));
			return books.post(period.end, 'Opening balances', lines, { source: 'OPENING' });
		},
		openPeriods: (date) => runner.write((tx) => ensurePeriods(tx, companyNow(), date, { mayMoveBooksFrom: false })),
		close: () => connection.close(),
	};
	return books;
}

function chartRow([code, name, type, subtype = '', currency = '']: ChartLine): Record<string, string> {
	return { code, name, type, subtype, currency };
}

function newParty(books: TestBooks, name: string): number {
	return books.runner.write((tx) => insertParty(tx, books.company.id, name, []).id);
}

/** An entry ready to be posted with postPrepared, for tests that post inside their own database transaction. */
export function preparedEntry(books: TestBooks, date: string, description: string, lines: readonly TestLine[], extra: EntryExtra = {}): PreparedEntry {
	return {
		date,
		description,
		reference: extra.reference ?? null,
		externalNo: extra.externalNo ?? null,
		source: extra.source ?? 'MANUAL',
		lines: lines.map((line) => storedLine(books, line)),
		...(extra.reverses === undefined ? {} : { reverses: extra.reverses }),
	};
}

function storedLine(books: TestBooks, [code, debit, credit, extra = {}]: TestLine): StoredLine {
	const own = books.company.currency;
	const currency = extra.currency ?? own;
	currencyDecimals(currency);
	const debitMinor = debit === '' ? 0 : parseAmountMinor(debit, currency);
	const creditMinor = credit === '' ? 0 : parseAmountMinor(credit, currency);
	const isOwn = currency === own;
	const base = isOwn ? 0 : parseAmountMinor(present(extra.base, `the base amount of a line in ${currency}`), own);
	const isDebit = debit !== '';
	return {
		accountId: books.account(code).id,
		partyId: extra.party === undefined ? null : books.party(extra.party),
		currency: isOwn ? null : currency,
		debitMinor,
		creditMinor,
		baseDebitMinor: isOwn ? debitMinor : isDebit ? base : 0,
		baseCreditMinor: isOwn ? creditMinor : isDebit ? 0 : base,
		dueDate: extra.dueDate ?? null,
		reference: extra.reference ?? null,
		memo: extra.memo ?? null,
	};
}
