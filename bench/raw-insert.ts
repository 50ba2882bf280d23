// One process: reads a ledger of canonical columns into memory, then measures nothing but prepared inserts of it into bare tables.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { median, secondsOf, withTemporaryFolder } from './measure.ts';

interface RawEntry {
	readonly id: number;
	readonly date: string;
	readonly party: string | null;
	readonly description: string;
	readonly reference: string;
	/** Account code and signed minor units, in turn. */
	readonly lines: (string | number)[];
}

const SCHEMA = `
	CREATE TABLE accounts (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
	CREATE TABLE parties (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
	CREATE TABLE entries (id INTEGER PRIMARY KEY, date TEXT NOT NULL, party_id INTEGER REFERENCES parties, description TEXT NOT NULL, reference TEXT NOT NULL) STRICT;
	CREATE TABLE lines (entry_id INTEGER NOT NULL REFERENCES entries, line_no INTEGER NOT NULL, account_id INTEGER NOT NULL REFERENCES accounts,
		day INTEGER NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0), PRIMARY KEY (entry_id, line_no)) STRICT, WITHOUT ROWID;
	CREATE INDEX lines_by_account ON lines (account_id, day, entry_id, line_no, amount_minor);
	CREATE INDEX entries_by_date ON entries (date, id);`;

function readEntries(path: string): RawEntry[] {
	const entries: RawEntry[] = [];
	let open: RawEntry | null = null;
	for (const row of readFileSync(path, 'utf8').split('\n').slice(1)) {
		if (row === '') continue;
		const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		const [no = '', date = '', account = '', , , party = '', description = '', debit = '', credit = '', , reference = ''] = cells;
		if (open === null || open.id !== Number(no)) {
			open = { id: Number(no), date, party: party || null, description, reference, lines: [] };
			entries.push(open);
		}
		open.lines.push(account, debit === '' ? -minorOf(credit) : minorOf(debit));
	}
	return entries;
}

function minorOf(text: string): number {
	return Number(text.replace('.', ''));
}

function numbered(names: Iterable<string>): Map<string, number> {
	return new Map([...new Set(names)].map((name, index) => [name, index + 1]));
}

function insertAll(file: string, entries: readonly RawEntry[], accounts: Map<string, number>, parties: Map<string, number>): number {
	const database = new Database(file);
	for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -65536', 'foreign_keys = ON']) database.pragma(pragma);
	database.exec(SCHEMA);
	for (const [code, id] of accounts) database.prepare('INSERT INTO accounts VALUES (?, ?)').run(id, code);
	for (const [name, id] of parties) database.prepare('INSERT INTO parties VALUES (?, ?)').run(id, name);
	const entryRow = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)');
	const lineRow = database.prepare('INSERT INTO lines VALUES (?, ?, ?, ?, ?)');
	const seconds = secondsOf(
		database.transaction(() => {
			for (const { id, date, party, description, reference, lines } of entries) {
				entryRow.run(id, date, party === null ? null : (parties.get(party) ?? null), description, reference);
				const day = Date.parse(date) / 86_400_000;
				for (let at = 0; at < lines.length; at += 2) lineRow.run(id, at / 2 + 1, accounts.get(lines[at] as string), day, lines[at + 1]);
			}
		}),
	);
	database.close();
	rmSync(file);
	return seconds;
}

const [, , csv = '', runs = '3'] = process.argv;
const entries = readEntries(csv);
const accounts = numbered(entries.flatMap(({ lines }) => lines.filter((cell) => typeof cell === 'string')));
const parties = numbered(entries.flatMap(({ party }) => (party === null ? [] : [party])));
const lines = entries.reduce((sum, entry) => sum + entry.lines.length / 2, 0);
const seconds = withTemporaryFolder((folder) => Array.from({ length: Number(runs) }, () => insertAll(join(folder, 'raw.db'), entries, accounts, parties)));
process.stdout.write(JSON.stringify({ lines, linesPerSecond: lines / median(seconds) }));
