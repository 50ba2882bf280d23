import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from './program.ts';

/**
 * What a journey begins with: EMPTY, nothing yet; COMPANY, one without entries; SAMPLE, the invented shop with three months of trade, the
 * first one closed; or the command lines of the terminal that make it.
 */
export type Books = 'EMPTY' | 'COMPANY' | 'SAMPLE' | readonly (readonly string[])[];

export const COMPANY: Books = [['company', 'create', '--name', 'Asha Traders', '--currency', 'INR', '--chart', 'india-gst', '--fiscal-year-start', '04-01']];

const made = new Map<string, string>();
const scratch: string[] = [];
process.once('exit', () => {
	for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own with `books` in it. What takes long is made once for all journeys of a process, and copied. */
export async function makeBooks(books: Books): Promise<{ readonly folder: string; remove(): void }> {
	const folder = newFolder();
	if (books !== 'EMPTY') {
		const key = JSON.stringify(books);
		const template = made.get(key) ?? (await makeTemplate(books));
		made.set(key, template);
		cpSync(path.join(template, 'books'), path.join(folder, 'books'), { recursive: true });
	}
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function makeTemplate(books: Exclude<Books, 'EMPTY'>): Promise<string> {
	const folder = newFolder();
	if (books === 'SAMPLE') await runProgram(folder, ['demo', '--data-dir', path.join(folder, 'books')]);
	else for (const command of books === 'COMPANY' ? (COMPANY as readonly string[][]) : books) await runProgram(folder, command);
	if (!existsSync(path.join(folder, 'books', 'ledgerseal.db'))) throw new Error('the terminal made no books');
	scratch.push(folder);
	return folder;
}

function newFolder(): string {
	return mkdtempSync(path.join(tmpdir(), 'ledgerseal-journey-'));
}
