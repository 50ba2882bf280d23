import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { present } from '#shared/kernel/assert.ts';
import { firstOfMonth } from '#shared/kernel/civil-date.ts';
import type { TrialBalanceAnswer } from '#shared/contract/reports.contract.ts';
import { signIn } from '#main/access/index.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#main/app/client.ts';
import { type App, openApp } from '#main/app/open-app.ts';
import { systemClock } from '#main/platform/clock.ts';
import { openConnection, readDbOf } from '#main/platform/database/connection.ts';
import { Balances } from './balances.ts';

export type ImportOptions = NonNullable<Parameters<Client['imports']['importJournal']>[0]['options']>;
export type ImportAnswer = Awaited<ReturnType<Client['imports']['importJournal']>>;

/** The program on a new data folder with a file secret store, called as every host calls it. */
export class Program {
	/** For files on their way into the books. */
	readonly folder: string;
	readonly #app: App;
	#companies = 0;

	private constructor(folder: string, app: App) {
		this.folder = folder;
		this.#app = app;
	}

	static async start(): Promise<Program> {
		const folder = mkdtempSync(path.join(tmpdir(), 'ledgerseal-conformance-'));
		const app = await openApp({
			dataFolder: path.join(folder, 'data'),
			env: { LEDGERSEAL_SECRET_STORE: 'file' },
			clock: systemClock,
			onWarning: () => undefined,
			checkOutputs: true,
		});
		return new Program(folder, app);
	}

	/** How many rows each table holds, and which files the content store: equal where a refusal left nothing behind. */
	footprint(): string {
		const connection = openConnection(this.#app.paths.database, 'read');
		try {
			const db = readDbOf(connection);
			const tables = db.column<string>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`);
			const rows = tables.map((table) => `${table} ${db.value<number>(`SELECT count(*) FROM ${table}`) ?? 0}`);
			const { content } = this.#app.paths;
			const entries = existsSync(content) ? readdirSync(content, { recursive: true, withFileTypes: true }) : [];
			const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
			return [...rows, ...files.sort()].join('\n');
		} finally {
			connection.close();
		}
	}

	async stop(): Promise<void> {
		await this.#app.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** A new company without any account. */
	async company(name: string, currency: string, fiscalYearStart = '01-01'): Promise<CompanyBooks> {
		const { companyId } = await this.#client().companies.create({ name: `${++this.#companies} ${name}`, currency, fiscalYearStart, chart: 'none' });
		return new CompanyBooks(this.#client(), companyId, currency);
	}

	// The first user comes to be with the first company.
	#client(): Client {
		return createClient(
			this.#app,
			this.#app.runner.read((db) => signIn(db, undefined, undefined)),
		);
	}
}

/** The calls that concern one company. */
export class CompanyBooks {
	readonly client: Client;
	readonly companyId: string;
	readonly currency: string;

	constructor(client: Client, companyId: string, currency: string) {
		this.client = client;
		this.companyId = companyId;
		this.currency = currency;
	}

	importJournal(file: string, options: ImportOptions): Promise<ImportAnswer> {
		return this.client.imports.importJournal({ companyId: this.companyId, path: file, options: { createAccounts: true, ...options } });
	}

	/** An account of a bank, in a currency of its own, as statements are taken in for. */
	async addBankAccount(code: string, name: string, currency: string): Promise<void> {
		await this.client.ledger.addAccount({ companyId: this.companyId, code, name, type: 'ASSET', subtype: 'BANK', currency });
	}

	async addAccount(code: string, name: string, type: 'ASSET' | 'EQUITY', subtype?: 'RETAINED_EARNINGS'): Promise<void> {
		await this.client.ledger.addAccount({ companyId: this.companyId, code, name, type, subtype });
	}

	/** Reconciliation is judged elsewhere: here no account may keep a month open. */
	async exemptFromReconciliation(): Promise<void> {
		const { companyId } = this;
		const { accounts } = await this.client.ledger.listAccounts({ companyId });
		for (const { code, requiresReconciliation } of accounts) {
			if (requiresReconciliation) {
				await this.client.ledger.setAccount({ companyId, account: code, requiresReconciliation: false, reason: 'Books without bank statements' });
			}
		}
	}

	/** Closes a month; its warnings are acknowledged. */
	async closeMonth(period: string): Promise<void> {
		const { companyId } = this;
		const closed = await this.client.close.close({ companyId, period, reason: 'The month is complete', acknowledge: ['all'], note: 'Known and accepted' });
		const { result, findings } = await this.client.close.verify({ companyId, period });
		if (!closed.success || result !== 'VERIFIED') throw new Error(`the close of ${period} is ${result}: ${findings[0]?.message ?? 'no reason'}`);
	}

	/** What each income and expense account earned or cost in the month that ends on a day, debit positive. */
	async netOfMonth(end: string): Promise<Balances> {
		const statement = await this.client.reports.incomeStatement({ companyId: this.companyId, from: firstOfMonth(end), to: end });
		const net = new Balances();
		for (const { name, type, currency, amount } of statement.rows) {
			if (type === 'INCOME') net.subtract(name, currency, amount);
			else net.add(name, currency, amount);
		}
		return net;
	}

	/** The trial balance at the end of a day in each row's own currency, read from the kept balances and from the lines. */
	async trialBalance(asOf: string, basis: 'adjusted' | 'ledger'): Promise<Balances> {
		const input = { companyId: this.companyId, asOf, basis };
		const kept = signedBalances(await this.client.reports.trialBalance(input));
		const recomputed = signedBalances(await this.client.reports.trialBalance({ ...input, recompute: true }));
		const difference = kept.firstDifference(recomputed);
		if (difference !== null) throw new Error(`kept balances and lines differ on ${asOf}: ${difference.account}`);
		return kept;
	}
}

function signedBalances(trial: TrialBalanceAnswer): Balances {
	if (!trial.balanced) throw new Error(`the trial balance of ${trial.asOf} does not balance by ${trial.difference}`);
	const balances = new Balances();
	for (const { name, currency, debit, credit } of trial.rows) {
		balances.add(name, currency, debit);
		balances.subtract(name, currency, credit);
	}
	return balances;
}

/** One call with the answers of a person to the questions that a journal raises, each asked by the program before. */
export async function answered<Result>(call: (answers: Record<string, string>) => Promise<Result>, replies: Readonly<Record<string, string>>): Promise<Result> {
	const answers: Record<string, string> = {};
	for (;;) {
		try {
			return await call(answers);
		} catch (error) {
			const open = questionsOf(error).filter((id) => id in replies && !(id in answers));
			if (open.length === 0) throw error;
			for (const id of open) answers[id] = present(replies[id], 'a reply');
		}
	}
}

function questionsOf(error: unknown): string[] {
	const { code, details } = error as { code?: string; details?: { questions?: { id: string }[] } };
	return code === 'NEEDS_ANSWER' ? (details?.questions ?? []).map(({ id }) => id) : [];
}
