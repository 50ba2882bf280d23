import { z } from 'zod';
import { command, inCompany, instant, query, sha256, task } from './define.ts';

export const rejectedRow = z.object({ row: z.number().int(), code: z.string(), message: z.string() });

export const importOptions = z.object({
	format: z.enum(['auto', 'csv', 'hledger-csv']).optional(),
	createAccounts: z.boolean().optional(),
	/** Base units for one unit of a currency. */
	rates: z.record(z.string(), z.string()).optional(),
	/** Commodity symbol to ISO code. */
	commodities: z.record(z.string(), z.string()).optional(),
	map: z.record(z.string(), z.string()).optional(),
	dateFormat: z.string().optional(),
	decimal: z.enum(['.', ',']).optional(),
	encoding: z.string().optional(),
	delimiter: z.string().optional(),
	/** hledger's virtual postings: all left out, or those that balance kept as if they were real. Asked where a file has any. */
	virtualPostings: z.enum(['skip', 'balanced']).optional(),
	/** Accounts that differ in letter case or blanks only. Asked where a file has such. */
	accountCase: z.enum(['same', 'different']).optional(),
	dryRun: z.boolean().optional(),
	keepGoing: z.boolean().optional(),
});

export const importResult = z.object({
	importId: z.uuid().nullable(),
	entries: z.number().int(),
	lines: z.number().int(),
	duplicates: z.number().int(),
	rejected: z.array(rejectedRow),
	rejectedCount: z.number().int(),
	rejectFile: z.string().nullable(),
	accountsCreated: z.number().int(),
	partiesCreated: z.number().int(),
	dryRun: z.boolean(),
});

const reading = [
	'NEEDS_ANSWER',
	'FILE_UNREADABLE',
	'FILE_EMPTY',
	'FILE_NOT_RECOGNISED',
	'IMPORT_REJECTED',
	'ACCOUNT_UNKNOWN',
	'PARTY_UNKNOWN',
	'RATE_MISSING',
	'PERIOD_CLOSED',
	'PERIOD_CLOSING',
	'ENTRY_DATE_TOO_FAR',
	'INPUT_INVALID',
] as const;

export const importsContract = {
	importJournal: task('PostJournal', reading)
		.input(inCompany.extend({ path: z.string(), options: importOptions.optional() }))
		.output(importResult),
	/** Opening balances: entries of source OPENING, dated the day before the books' first day. */
	importOpening: task('PostJournal', [...reading, 'OPENING_EXISTS'])
		.input(inCompany.extend({ path: z.string(), options: importOptions.optional() }))
		.output(importResult),
	list: query('ViewReports')
		.input(inCompany)
		.output(
			z.object({
				imports: z.array(
					z.object({
						importId: z.uuid(),
						fileName: z.string(),
						sha256,
						format: z.string(),
						kind: z.enum(['JOURNAL', 'OPENING']),
						entries: z.number().int(),
						lines: z.number().int(),
						firstNo: z.number().int().nullable(),
						lastNo: z.number().int().nullable(),
						status: z.string(),
						importedAt: instant,
						importedBy: z.string(),
					}),
				),
			}),
		),
	undo: command('PostJournal', ['NOT_FOUND', 'IMPORT_NOT_UNDOABLE', 'PERIOD_CLOSED', 'PERIOD_CLOSING'])
		.input(inCompany.extend({ importId: z.string() }))
		.output(z.object({ importId: z.uuid(), reversed: z.number().int() })),
};

export type ImportsContract = typeof importsContract;
