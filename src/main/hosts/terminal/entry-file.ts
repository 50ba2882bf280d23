import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { draftInput, entryInput } from '#shared/contract/ledger.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { TerminalContext } from './context.ts';
import { readStandardInput, utf8Text } from './standard-input.ts';

export type EntryInput = z.input<typeof entryInput>;
export type DraftInput = z.input<typeof draftInput>;

/** What an entry file looks like, for help and refusals. */
export const ENTRY_SHAPE = `{"date":"2026-02-03","description":"Rent February","lines":[{"account":"5200","debit":"1250.00"},{"account":"1010","credit":"1250.00"}]}`;

/** Entries of a JSON file, or of standard input for `-`: one, or an array. What stands in them is judged by the ledger. */
export async function readEntries(context: TerminalContext, typed: string): Promise<EntryInput[]> {
	const value = await readJson(context, typed);
	const entries = Array.isArray(value) ? value : [value];
	if (entries.length === 0) throw new AppError('INPUT_INVALID', `${shownName(typed)} holds no entry. Write one as ${ENTRY_SHAPE}`, { path: typed });
	return entries as EntryInput[];
}

/** The one entry of a JSON file or of standard input. Refuses INPUT_INVALID for more. */
export async function readEntry(context: TerminalContext, typed: string): Promise<EntryInput> {
	const [entry, ...others] = await readEntries(context, typed);
	if (entry === undefined || others.length > 0) {
		throw new AppError('INPUT_INVALID', `${shownName(typed)} holds ${others.length + 1} entries, and one is wanted here.`, { path: typed });
	}
	return entry;
}

async function readJson(context: TerminalContext, typed: string): Promise<unknown> {
	const text = typed === '-' ? await readStandardInput(context.surroundings.stdin) : await readText(context.path(typed));
	try {
		// A number keeps the digits that were written: no amount ever becomes a float.
		return JSON.parse(text, amountsAsWritten as (key: string, value: unknown) => unknown);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new AppError(
			'INPUT_INVALID',
			`${shownName(typed)} is no JSON: ${reason}. Write an entry as ${ENTRY_SHAPE}`,
			{ path: typed, reason },
			{ cause: error },
		);
	}
}

// The number of an entry is no amount.
function amountsAsWritten(key: string, value: unknown, { source }: { readonly source?: string }): unknown {
	return typeof value === 'number' && source !== undefined && key !== 'settles' ? source : value;
}

async function readText(path: string): Promise<string> {
	let bytes: Buffer;
	try {
		bytes = await readFile(path);
	} catch (error) {
		const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
		const why = { ENOENT: 'it is not there', EISDIR: 'it is a folder', EACCES: 'this user may not read it' }[reason];
		if (why === undefined) throw error;
		throw new AppError('FILE_UNREADABLE', `${path} cannot be read: ${why}.`, { path, reason }, { cause: error });
	}
	return utf8Text(bytes, path);
}

function shownName(typed: string): string {
	return typed === '-' ? 'Standard input' : typed;
}
