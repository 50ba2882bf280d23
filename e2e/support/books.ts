import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from './program.ts';

/** Books with a story: made once for all journeys that begin with them, from other books where it says so. */
export interface Recipe {
	/** No other recipe has it. */
	readonly name: string;
	readonly from?: Books;
	/** Goes on in a folder; `run` runs a command line of the terminal there. What it leaves beside the books, each journey has too. */
	make(folder: string, run: <Document>(...args: string[]) => Promise<Document>): Promise<void>;
}

/**
 * What a journey begins with: EMPTY, nothing yet; COMPANY, one without entries; SAMPLE, the invented shop with three months of trade, the
 * first one closed; the command lines of the terminal that make it; or a recipe.
 */
export type Books = 'EMPTY' | 'COMPANY' | 'SAMPLE' | readonly (readonly string[])[] | Recipe;

const COMPANY: Books = [['company', 'create', '--name', 'Asha Traders', '--currency', 'INR', '--chart', 'india-gst', '--fiscal-year-start', '04-01']];

const made = new Map<string, string>();
const scratch: string[] = [];
process.once('exit', () => {
	for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own with `books` in it. What takes long is made once for all journeys of a process, and copied. */
export async function makeBooks(books: Books): Promise<{ readonly folder: string; remove(): void }> {
	const folder = newFolder();
	if (books !== 'EMPTY') cpSync(await templateOf(books), folder, { recursive: true });
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function templateOf(books: Exclude<Books, 'EMPTY'>): Promise<string> {
	const key = typeof books === 'object' && 'name' in books ? books.name : JSON.stringify(books);
	const template = made.get(key) ?? (await makeTemplate(books));
	made.set(key, template);
	return template;
}

async function makeTemplate(books: Exclude<Books, 'EMPTY'>): Promise<string> {
	const { folder } = await makeBooks(typeof books === 'object' && 'name' in books ? (books.from ?? 'EMPTY') : 'EMPTY');
	scratch.push(folder);
	if (books === 'SAMPLE') await runProgram(folder, ['demo', '--data-dir', path.join(folder, 'books')]);
	else if (typeof books === 'object' && 'name' in books) await books.make(folder, (...args) => runProgram(folder, args));
	else for (const command of books === 'COMPANY' ? (COMPANY as readonly string[][]) : books) await runProgram(folder, command);
	if (!existsSync(path.join(folder, 'books', 'ledgerseal.db'))) throw new Error('the terminal made no books');
	return folder;
}

function newFolder(): string {
	return mkdtempSync(path.join(tmpdir(), 'ledgerseal-journey-'));
}
