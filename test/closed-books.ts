import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import { present } from '#shared/kernel/assert.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import { userById } from '#main/access/index.ts';
import type { Client, InputOf } from '#shared/contract/client.ts';
import { createClient } from '#main/app/client.ts';
import { type App, openApp } from '#main/app/open-app.ts';
import { findCompany } from '#main/companies/index.ts';
import { findAccount, postPrepared } from '#main/ledger/index.ts';
import { ensureOpeningPeriod } from '#main/periods/index.ts';
import { fixedClock } from '#main/platform/clock.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { verifyAccounts } from './reconciled.ts';
import type { StatementBooks } from './statement-books.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { sharedByTests, whenFinished } from './when-finished.ts';

export type EntryInput = InputOf<LedgerContract['post']>['entries'][number];

/** A data folder that is open, with everything that the program does in it. */
export interface OpenFolder {
	readonly app: App;
	readonly folder: string;
	/** As its only user. */
	readonly client: Client;
	actor(companyId: string): Actor;
}

/** Opens a data folder, a new one unless given; secrets lie in a file of it. The clock goes on a second at each look. */
export async function openFolder(
	options: { folder?: string; now?: string; secrets?: 'file' | 'none'; env?: Readonly<Record<string, string>> } = {},
): Promise<OpenFolder> {
	const folder = options.folder ?? join(temporaryFolder(), 'data');
	const app = await openApp({
		dataFolder: folder,
		env: { LEDGERSEAL_SECRET_STORE: options.secrets ?? 'file', ...options.env },
		clock: fixedClock(options.now ?? '2026-07-01T09:00:00.000Z', 1000),
		onWarning: () => {},
		checkOutputs: true,
	});
	whenFinished(() => app.close());
	const user = () => app.runner.read((db) => userById(db, 1)) ?? null;
	return {
		app,
		folder,
		get client() {
			return createClient(app, user());
		},
		actor: (companyId) => ({
			user: present(user(), 'the user of the test'),
			company: present(
				app.runner.read((db) => findCompany(db, companyId)),
				'the company of the test',
			),
		}),
	};
}

/** code, name, type, subtype, currency */
const CHART = [
	['1000', 'Cash', 'ASSET', 'CASH', 'INR'],
	['1100', 'Bank', 'ASSET', 'BANK', 'INR'],
	['1110', 'Bank in dollars', 'ASSET', 'BANK', 'USD'],
	['1200', 'Receivables', 'ASSET', 'RECEIVABLE', ''],
	['2000', 'Payables', 'LIABILITY', 'PAYABLE', ''],
	['3000', 'Capital', 'EQUITY', '', ''],
	['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS', ''],
	['3900', 'Opening balances', 'EQUITY', 'OPENING_EQUITY', ''],
	['4000', 'Sales', 'INCOME', '', ''],
	['4100', 'Sales abroad', 'INCOME', '', ''],
	['4900', 'Exchange differences', 'INCOME', 'FX_GAIN_LOSS', ''],
	['5000', 'Rent', 'EXPENSE', '', ''],
	['6900', 'Exchange rounding', 'EXPENSE', 'FX_ROUNDING', ''],
] as const;

export async function makeCompany({ client }: OpenFolder, name = 'Example Traders', fiscalYearStart = '01-01'): Promise<string> {
	const chartRows = CHART.map(([code, account, type, subtype, currency]) => ({ code, name: account, type, subtype, currency }));
	const { companyId } = await client.companies.create({ name, currency: 'INR', fiscalYearStart, chartRows, timezone: 'UTC' });
	return companyId;
}

/** Account, debit (or credit where it begins with `-`) in major units, and what else the line has. */
export function line(account: string, amount: string, extra: Partial<EntryInput['lines'][number]> = {}): EntryInput['lines'][number] {
	return amount.startsWith('-') ? { account, credit: amount.slice(1), ...extra } : { account, debit: amount, ...extra };
}

/** January to March of an invented company: opening balances, sales at home and abroad, rent, dollars revalued, evidence. */
export async function postQuarter(books: OpenFolder, companyId: string): Promise<void> {
	const { client } = books;
	const post = (date: string, description: string, lines: EntryInput['lines'], more: Partial<EntryInput> = {}) =>
		client.ledger.post({ companyId, entries: [{ date, description, lines, ...more }] });
	await client.companies.set({ companyId, key: 'books_from', value: '2026-01-01' });
	postOpening(books, companyId, [
		['1100', '50000.00'],
		['3000', '-50000.00'],
	]);
	await client.ledger.addParty({ companyId, name: 'Blue Lantern Stores' });
	await post('2026-01-05', 'Sale, to be paid in 30 days', [
		line('1200', '1180.00', { party: 'Blue Lantern Stores', dueDate: '2026-02-04', reference: 'INV-1' }),
		line('4000', '-1180.00'),
	]);
	await post('2026-01-20', 'Rent for January', [line('5000', '900.00', { memo: 'three rooms' }), line('1100', '-900.00')], { externalNo: 'V-17' });
	await post('2026-01-25', 'Goods sent abroad', [line('1110', '100.00', { currency: 'USD', baseAmount: '8345.00' }), line('4100', '-8345.00')]);
	await post('2026-02-03', 'Paid', [line('1100', '1180.00'), line('1200', '-1180.00', { party: 'Blue Lantern Stores', reference: 'INV-1' })]);
	await post('2026-02-14', 'Goods sent abroad', [line('1110', '3.00', { currency: 'USD', baseAmount: '250.01' }), line('4100', '-250.01')]);
	await post('2026-02-20', 'Dollars sold', [line('1100', '4200.00'), line('1110', '-50.00', { currency: 'USD', baseAmount: '-4200.00' })]);
	await post('2026-03-10', 'Rent for February and March', [line('5000', '1800.00'), line('1100', '-1800.00')]);
	await client.ledger.revalue({ companyId, date: '2026-02-28', rates: { USD: '84.10' } });
	const receipt = join(books.folder, '..', 'receipt.pdf');
	mkdirSync(join(books.folder, '..'), { recursive: true });
	writeFileSync(receipt, `Receipt for the rent of ${companyId}`);
	await client.ledger.attach({ companyId, no: 3, path: receipt });
}

function postOpening(books: OpenFolder, companyId: string, lines: readonly (readonly [code: string, amount: string])[]): void {
	books.app.runner.write((tx) => {
		const who = books.actor(companyId);
		const period = ensureOpeningPeriod(tx, who.company);
		postPrepared(tx, who, {
			date: period.end,
			description: 'Opening balances',
			reference: null,
			externalNo: null,
			source: 'OPENING',
			lines: lines.map(([code, amount]) => {
				const minor = parseAmountMinor(amount, 'INR');
				const sides = { debitMinor: Math.max(minor, 0), creditMinor: Math.max(-minor, 0) };
				return {
					accountId: findAccount(tx, who.company, code).id,
					partyId: null,
					currency: null,
					...sides,
					baseDebitMinor: sides.debitMinor,
					baseCreditMinor: sides.creditMinor,
					dueDate: null,
					reference: null,
					memo: null,
				};
			}),
		});
	});
}

/** Reconciles in a data folder that is not open, after something else is done there; the clock stands at `instant`. */
export async function reconcileFolder(
	folder: string,
	instant: string,
	period: string,
	before: (books: StatementBooks, contentFolder: string) => void = () => {},
): Promise<void> {
	const app = await openApp({ dataFolder: folder, env: { LEDGERSEAL_SECRET_STORE: 'file' }, clock: fixedClock(instant, 1), onWarning: () => {} });
	try {
		const user = present(
			app.runner.read((db) => userById(db, 1)),
			'the user of the books',
		);
		const { companies } = await createClient(app, user).companies.list();
		const { companyId } = present(companies[0], 'the company of the books');
		const actor = () => ({
			user,
			company: present(
				app.runner.read((db) => findCompany(db, companyId)),
				'the company of the books',
			),
		});
		before(statementBooks({ app, actor }, companyId), join(folder, 'content'));
		reconcilePeriod({ app, folder, actor }, companyId, period);
	} finally {
		await app.close();
	}
}

/** Reconciles what a period needs, as on a day when all agrees; see `verifyAccounts`. */
export function reconcilePeriod({ app, folder, actor }: Pick<OpenFolder, 'app' | 'folder' | 'actor'>, companyId: string, period: string): void {
	verifyAccounts(statementBooks({ app, actor }, companyId), period, { contentFolder: join(folder, 'content') });
}

/** The books of an open data folder as statements are recorded in them. */
export function statementBooks({ app, actor }: Pick<OpenFolder, 'app' | 'actor'>, companyId: string): StatementBooks {
	const { runner } = app;
	const company = () => actor(companyId).company;
	return {
		runner,
		clock: app.clock,
		get company() {
			return company();
		},
		get actor() {
			return actor(companyId);
		},
		account: (code) => runner.read((db) => findAccount(db, company(), code)),
	};
}

/** Reconciles and closes a period, whatever it warns of. */
export function closePeriod(books: OpenFolder, companyId: string, period: string) {
	reconcilePeriod(books, companyId, period);
	return books.client.close.close({ companyId, period, acknowledge: ['all'], note: 'Seen, an invented company.', reason: 'The month is done.' });
}

/** Books that a test changes as it likes, with their one company. */
export interface CompanyBooks {
	readonly books: OpenFolder;
	readonly companyId: string;
}

/** What `make` makes in books is made once for a file; each call gives a copy of their folder, opened an hour later. */
export function copiesOf(make: (books: OpenFolder) => Promise<string>): () => Promise<CompanyBooks> {
	const original = sharedByTests(async () => {
		const books = await openFolder();
		const companyId = await make(books);
		await books.app.close();
		return { folder: books.folder, companyId };
	});
	return async () => {
		const folder = join(temporaryFolder(), 'data');
		cpSync(original().folder, folder, { recursive: true });
		return { books: await openFolder({ folder, now: '2026-07-01T10:00:00.000Z' }), companyId: original().companyId };
	};
}

/** The quarter of an invented company, its January closed. */
export async function closeJanuary(books: OpenFolder): Promise<string> {
	const companyId = await makeCompany(books);
	await postQuarter(books, companyId);
	await closePeriod(books, companyId, '2026-01');
	return companyId;
}
