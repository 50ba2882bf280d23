import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openZip } from '#main/platform/zip/zip-reader.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { contentOf, zipped } from './zip-files.ts';

/** The files of a package by their names in the archive, top folder included. */
export async function filesOf(path: string): Promise<Map<string, Buffer>> {
	const zip = await openZip(path);
	try {
		const files = new Map<string, Buffer>();
		for (const name of zip.names()) files.set(name, await contentOf(zip, name));
		return files;
	} finally {
		zip.close();
	}
}

/** One file of a package as text, by its name below the top folder. */
export async function textIn(path: string, name: string): Promise<string> {
	const found = [...(await filesOf(path))].find(([file]) => file.slice(file.indexOf('/') + 1) === name);
	if (!found) throw new Error(`the package has no file ${name}`);
	return found[1].toString('utf8');
}

/** Packs files anew, as somebody would who changed them. */
export async function packed(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
	const path = join(temporaryFolder(), 'changed.zip');
	await zipped(path, [...files]);
	return path;
}

/** Unpacks with the system's unzip and gives the top folder. */
export function unpack(path: string): string {
	const folder = temporaryFolder();
	execFileSync('unzip', ['-q', path, '-d', folder]);
	const [top = ''] = execFileSync('ls', [folder], { encoding: 'utf8' }).split('\n');
	return join(folder, top);
}

/** Is the tool on this machine? */
export function isInstalled(tool: string): boolean {
	return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A program's balances: account and currency to a plain amount. */
export type ToolBalances = Readonly<Record<string, string>>;

function key(account: string, currency: string): string {
	return `${account}|${currency}`;
}

/** What hledger says each account holds; with `cost`, at cost. Nil is left out. */
export function hledgerBalances(journal: string, options: { cost?: boolean } = {}): ToolBalances {
	const cost = options.cost ? ['-B'] : [];
	const csv = execFileSync('hledger', ['-f', journal, 'bal', '-N', '--flat', ...cost, '-O', 'csv'], { encoding: 'utf8' });
	const balances = new Map<string, string>();
	for (const row of csv.trim().split('\n').slice(1)) {
		const [, account = '', amounts = ''] = /^"(.*)","(.*)"$/.exec(row) ?? [];
		for (const amount of amounts.split(', ')) addBalance(balances, account, amount);
	}
	return Object.fromEntries(balances);
}

/** The same from beancount. */
export function beancountBalances(journal: string): ToolBalances {
	const query = 'SELECT account, str(number), currency';
	const csv = execFileSync('bean-query', ['-q', '-f', 'csv', journal, query], { encoding: 'utf8' });
	const sums = new Map<string, { minor: bigint; decimals: number }>();
	for (const row of csv.trim().split('\n').slice(1)) {
		const [account = '', number = '', currency = ''] = row.split(',').map((cell) => cell.trim().replace(/^Decimal\('(.*)'\)$/, '$1'));
		const decimals = number.split('.')[1]?.length ?? 0;
		const standing = sums.get(key(account, currency))?.minor ?? 0n;
		sums.set(key(account, currency), { minor: standing + BigInt(number.replace('.', '')), decimals });
	}
	const balances = new Map<string, string>();
	for (const [place, { minor, decimals }] of sums) {
		const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
		const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
		if (minor !== 0n) balances.set(place, `${minor < 0n ? '-' : ''}${text}`);
	}
	return Object.fromEntries(balances);
}

function addBalance(balances: Map<string, string>, account: string, amount: string): void {
	const [number = '', currency = ''] = amount.split(' ');
	if (/[1-9]/.test(number)) balances.set(key(account, currency), number);
}
