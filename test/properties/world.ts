import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { contract } from '#shared/contract/index.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { addDays } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { userById } from '#main/access/index.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#main/app/client.ts';
import { type App, openApp } from '#main/app/open-app.ts';
import { fixedClock } from '#main/platform/clock.ts';
import { type Connection, openConnection } from '#main/platform/database/connection.ts';
import { SMALL_CHART } from '#test/books.ts';
import { emptyModel, type Model } from './model.ts';
import { FILES, type Game } from './steps.ts';

export interface World {
	readonly app: App;
	readonly client: Client;
	readonly folder: string;
	/** A connection of its own, as anybody's SQL tool has: what it reads is what was committed. */
	readonly judge: Connection;
	readonly companies: readonly { readonly companyId: string; readonly model: Model }[];
	leave(): Promise<void>;
}

export const YEAR = 'FY2026';
export const YEAR_END = '2026-12-31';
export const dateOf = (day: number): string => addDays('2026-01-01', day);
export const amountOf = (minor: number | bigint): string => formatAmount(minor, 'INR');
export const filePath = (world: World, file: number): string => join(world.folder, `bank-${file}.csv`);

/** Entries of the files that are imported: day, debit, credit, minor units. */
export const IMPORTED: readonly (readonly (readonly [day: number, debit: string, credit: string, minor: number])[])[] = [
	[
		[3, '1100', '4000', 125_050],
		[40, '6000', '1100', 9_999],
	],
	[
		[70, '1100', '4000', 1],
		[95, '5000', '1300', 77_700],
		[200, '2100', '1100', 12_345],
	],
	[[310, '6000', '2100', 654_321]],
];

/** Two companies with the same accounts in one data folder. */
export async function openWorld(game: Game): Promise<World> {
	const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-test-'));
	const app = await openApp({
		dataFolder: join(folder, 'books'),
		env: { LEDGERSEAL_SECRET_STORE: 'file' },
		clock: fixedClock('2027-02-01T08:00:00.000Z', 1000),
		onWarning: () => {},
		checkOutputs: true,
	});
	const chartRows = [...SMALL_CHART, ['1110', 'Bank in dollars', 'ASSET', 'BANK', 'USD'] as const].map(([code, name, type, subtype = '', currency = '']) => ({
		code,
		name,
		type,
		subtype,
		currency: subtype === 'CASH' || subtype === 'BANK' ? currency || 'INR' : '',
		// What reconciliation asks of a close has a test of its own: reconciled-closes.test.ts.
		requires_reconciliation: 'no',
	}));
	const companies = [];
	for (const name of ['First Example', 'Second Example']) {
		const client = clientOf(app);
		const { companyId } = await client.companies.create({ name, currency: 'INR', chartRows, calendar: game.calendar, timezone: 'UTC' });
		companies.push({ companyId, model: emptyModel() });
	}
	const client = declaring(clientOf(app));
	for (const { companyId } of companies) {
		await client.companies.set({ companyId, key: 'books_from', value: '2026-01-01' });
		await client.companies.set({ companyId, key: 'closing_entry', value: game.closingEntry });
	}
	const judge = openConnection(join(folder, 'books', 'ledgerseal.db'), 'read');
	const world: World = {
		app,
		client,
		folder,
		judge,
		companies,
		leave: async () => {
			judge.close();
			await app.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	writeFiles(world);
	if (game.opening !== null) await postOpening(world, game.opening);
	return world;
}

function clientOf(app: App): Client {
	return createClient(app, app.runner.read((db) => userById(db, 1)) ?? null);
}

/** Refusals that any procedure may answer with; the others stand in its contract. */
const COMMON = ['INPUT_INVALID', 'NOT_FOUND', 'NOT_ALLOWED', 'LOGIN_REFUSED'];

/** The client, with a look at each refusal: one whose code is not declared is a bug. */
function declaring(client: Client): Client {
	const declared = contract as Readonly<Record<string, Readonly<Record<string, { '~orpc': { meta: ProcedureMeta } }>>>>;
	const domain = (name: string, procedures: object) =>
		new Proxy(procedures, {
			get: (target, procedure) => async (input: unknown) => {
				const call = Reflect.get(target, procedure) as (asked: unknown) => Promise<unknown>;
				try {
					return await call(input);
				} catch (error) {
					const codes = [...COMMON, ...(declared[name]?.[String(procedure)]?.['~orpc'].meta.errors ?? [])];
					if (isAppError(error) && !codes.includes(error.code))
						throw new Error(`${name}.${String(procedure)} does not declare ${error.code}`, { cause: error });
					throw error;
				}
			},
		});
	return new Proxy(client, { get: (target, name) => domain(String(name), Reflect.get(target, name) as object) });
}

const HEADER = 'entry_no,date,account_code,description,debit,credit\n';

function writeFiles(world: World): void {
	for (let file = 0; file < FILES; file++) {
		const rows = (IMPORTED[file] ?? []).flatMap(([day, debit, credit, minor], at) => {
			const start = `F${file}-${at},${dateOf(day)}`;
			return [`${start},${debit},Imported ${file}-${at},${amountOf(minor)},`, `${start},${credit},Imported ${file}-${at},,${amountOf(minor)}`];
		});
		writeFileSync(filePath(world, file), `${HEADER}${rows.join('\n')}\n`);
	}
}

async function postOpening(world: World, minor: number): Promise<void> {
	const path = join(world.folder, 'opening.csv');
	const amount = amountOf(minor);
	writeFileSync(path, `${HEADER}1,2025-12-31,1100,Opening balances,${amount},\n1,2025-12-31,3000,Opening balances,,${amount}\n`);
	const [first] = world.companies;
	if (!first) return;
	await world.client.imports.importOpening({ companyId: first.companyId, path });
	first.model.entries.push({
		no: 1,
		date: '2025-12-31',
		reversed: false,
		isClosing: false,
		lines: [
			{ code: '1100', base: BigInt(minor), foreign: 0n },
			{ code: '3000', base: -BigInt(minor), foreign: 0n },
		],
	});
}
