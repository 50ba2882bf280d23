import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requireBuild, runProgram } from './program.ts';

const line = (account: string, debit: string, credit: string) => ({ account, ...(debit === '' ? { credit } : { debit }) });
const entry = (date: string, description: string, debited: string, credited: string, amount: string) => ({
	date,
	description,
	lines: [line(debited, amount, ''), line(credited, '', amount)],
});

const JANUARY = [
	entry('2026-01-02', 'Capital paid in', '1100', '3000', '500000.00'),
	entry('2026-01-10', 'Counter sales', '1000', '4000', '48250.00'),
	entry('2026-01-15', 'Rent January', '6100', '1100', '25000.00'),
	entry('2026-01-20', 'Unknown receipt', '1100', '1900', '1200.00'),
	entry('2026-01-31', 'Bank charges', '6500', '1100', '118.00'),
	entry('2026-02-03', 'Counter sales', '1000', '4000', '9000.00'),
];

/** The bank's statement of January, as a spreadsheet of the bank has it. */
const STATEMENT = `Date,Description,Amount,Balance
2026-01-02,CAPITAL PAID IN,500000.00,500000.00
2026-01-15,RENT JANUARY,-25000.00,475000.00
2026-01-20,UNKNOWN RECEIPT,1200.00,476200.00
2026-01-31,BANK CHARGES,-118.00,476082.00
`;

export interface Books {
	readonly folder: string;
	remove(): void;
}

export interface OpenBooks extends Books {
	readonly draftId: string;
	/** Path of the bank's file. */
	readonly statement: string;
}

/** A shop with a January that cannot be closed yet: a draft, suspense, nothing reconciled, entries posted late. */
export async function openBooks(): Promise<OpenBooks> {
	requireBuild();
	const books = newFolder();
	const { folder } = books;
	await runProgram(folder, ['company', 'create', '--name', 'Neem Tree Stores', '--currency', 'INR', '--chart', 'generic']);
	await runProgram(folder, ['company', 'set', 'number_format', 'indian']);
	await runProgram(folder, ['company', 'set', 'date_format', 'DD/MM/YYYY']);
	writeFileSync(path.join(folder, 'january.json'), JSON.stringify(JANUARY));
	await runProgram(folder, ['journal', 'post', 'january.json']);
	writeFileSync(path.join(folder, 'draft.json'), JSON.stringify(entry('2026-01-28', 'Electricity, amount to come', '6120', '2000', '1.00')));
	const { id } = await runProgram<{ id: string }>(folder, ['journal', 'draft', 'save', 'draft.json']);
	const statement = path.join(folder, 'bank-january.csv');
	writeFileSync(statement, STATEMENT);
	return { ...books, draftId: id, statement };
}

/** The sample company, its first month closed. */
export async function sampleBooks(): Promise<Books> {
	requireBuild();
	const books = newFolder();
	await runProgram(books.folder, ['demo', '--data-dir', path.join(books.folder, 'books')]);
	return books;
}

/** The same books once more, for a journey that changes them. */
export function copyOf<Kind extends Books>(books: Kind): Kind {
	const copy = newFolder();
	cpSync(books.folder, copy.folder, { recursive: true });
	return { ...books, ...copy };
}

function newFolder(): Books {
	const folder = mkdtempSync(path.join(tmpdir(), 'ledgerseal-close-'));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
