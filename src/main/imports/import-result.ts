import type { JournalFileOptions } from './journal-file-options.ts';

export interface ImportInput extends Omit<JournalFileOptions, 'baseCurrency' | 'signal' | 'onProgress' | 'allowsRemainder'> {
	readonly createAccounts?: boolean | undefined;
	readonly dryRun?: boolean | undefined;
	readonly keepGoing?: boolean | undefined;
}

export interface ImportResult {
	importId: string | null;
	entries: number;
	lines: number;
	duplicates: number;
	rejected: { row: number; code: string; message: string }[];
	rejectedCount: number;
	rejectFile: string | null;
	accountsCreated: number;
	partiesCreated: number;
	dryRun: boolean;
}

export function emptyResult(input: ImportInput): ImportResult {
	return {
		importId: null,
		entries: 0,
		lines: 0,
		duplicates: 0,
		rejected: [],
		rejectedCount: 0,
		rejectFile: null,
		accountsCreated: 0,
		partiesCreated: 0,
		dryRun: input.dryRun ?? false,
	};
}
