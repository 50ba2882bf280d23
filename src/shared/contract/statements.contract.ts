import { z } from 'zod';
import { amount, civilDate, command, currency, inCompany, instant, query, sha256, task } from './define.ts';

/** The formats of statement files. */
export const STATEMENT_FORMATS = ['ofx', 'camt053', 'mt940', 'qif', 'csv'] as const;

/** What can be accepted about a statement; `all` accepts whatever there is. What was accepted is recorded with it. */
export const ACCEPTABLE_DOUBTS = [
	'CLOSING_DIFFERS',
	'OPENING_DIFFERS',
	'BALANCE_SIGN_MISSING',
	'FILE_CUT_SHORT',
	'ENCODING_DOUBTFUL',
	'NOT_A_STATEMENT',
	'DATE_DOUBTFUL',
	'FORMAT_DOUBTFUL',
	'AMOUNT_DOUBTFUL',
	'all',
] as const;

/** All but the file may be left out; what cannot be told from it is asked (NEEDS_ANSWER), and each question's id names an option. */
export const statementOptions = z.object({
	format: z.enum(['auto', ...STATEMENT_FORMATS]).optional(),
	encoding: z.string().optional(),
	delimiter: z.string().optional(),
	decimal: z.enum(['.', ',']).optional(),
	dateFormat: z.string().optional(),
	/** Column of each field of a line. */
	map: z.record(z.string(), z.string()).optional(),
	preset: z.string().optional(),
	/** Money out is written positive. */
	invertSigns: z.boolean().optional(),
	/** Keeps how the file was read for the next one of this account. */
	saveLayout: z.boolean().optional(),
	/** IBAN or number of the account in the file that is meant; `unnamed` for the one without. */
	statementAccount: z.string().optional(),
	/** What the file does not say itself: days covered, balances. */
	from: civilDate.optional(),
	to: civilDate.optional(),
	opening: amount.optional(),
	closing: amount.optional(),
	accept: z.array(z.enum(ACCEPTABLE_DOUBTS)).optional(),
	note: z.string().max(2000).optional(),
	/** Takes in what can be read and leaves the rest out. */
	keepGoing: z.boolean().optional(),
});

const accountName = z.object({ code: z.string(), name: z.string() });
const said = z.object({ code: z.string(), message: z.string() });
const doubt = z.object({ code: z.string(), message: z.string(), row: z.number().int().nullable() });
const rejectedLine = z.object({ row: z.number().int(), code: z.string(), message: z.string() });

/** One statement of the bank inside a file. */
const page = z.object({
	page: z.number().int(),
	number: z.string().nullable(),
	from: civilDate,
	to: civilDate,
	openingBalance: amount.nullable(),
	closingBalance: amount.nullable(),
	lines: z.number().int(),
});

/** A file taken in for an account. Balances are the bank's own, money in positive. */
const statement = z.object({
	statementId: z.uuid(),
	/** The number by which people name it. */
	no: z.number().int(),
	account: accountName,
	currency,
	format: z.string(),
	dialect: z.string(),
	fileName: z.string(),
	sha256,
	bytes: z.number().int(),
	/** IBAN or number, as the file writes it. */
	bankAccount: z.string().nullable(),
	from: civilDate,
	to: civilDate,
	openingBalance: amount.nullable(),
	closingBalance: amount.nullable(),
	/** Lines of the file, and those that it brought. */
	lineCount: z.number().int(),
	added: z.number().int(),
	accepted: z.array(said),
	note: z.string().nullable(),
	status: z.enum(['IMPORTED', 'UNDONE']),
	importedAt: instant,
	importedBy: z.string(),
	undoneAt: instant.nullable(),
	undoReason: z.string().nullable(),
});

const outcome = z.object({
	/** Added now, and standing already. */
	lines: z.number().int(),
	duplicates: z.number().int(),
	/** Not booked by the bank yet, left out. */
	pending: z.number().int(),
	doubts: z.array(doubt),
	/** Told, not asked: days without a statement, another bank account than before, and the like. */
	notes: z.array(said),
	rejected: z.array(rejectedLine),
	rejectedCount: z.number().int(),
});

const imported = statement
	.omit({ bytes: true, lineCount: true, added: true, note: true, status: true, importedAt: true, importedBy: true, undoneAt: true, undoReason: true })
	.extend({ pages: z.array(page), ...outcome.shape, layoutSaved: z.boolean() });

const previewed = outcome.extend({
	account: accountName,
	currency,
	format: z.string(),
	dialect: z.string(),
	sha256,
	/** The same file stands in this account already: an import adds nothing. */
	standingStatementId: z.uuid().nullable(),
	from: civilDate.nullable(),
	to: civilDate.nullable(),
	openingBalance: amount.nullable(),
	closingBalance: amount.nullable(),
	sum: amount,
	/** Every statement of the file; those of the account that is meant are chosen. */
	statements: z.array(
		z.object({
			bankAccount: z.string().nullable(),
			currency: z.string(),
			number: z.string().nullable(),
			from: civilDate.nullable(),
			to: civilDate.nullable(),
			openingBalance: amount.nullable(),
			closingBalance: amount.nullable(),
			lines: z.number().int(),
			sum: amount,
			pending: z.number().int(),
			rejected: z.number().int(),
			isChosen: z.boolean(),
		}),
	),
	questions: z.array(
		z.object({
			id: z.string(),
			question: z.string(),
			choices: z.array(z.object({ value: z.string(), meaning: z.string() })),
			example: z.object({ line: z.number().int(), value: z.string() }).nullable(),
		}),
	),
});

const match = z.object({
	matchId: z.uuid(),
	no: z.number().int(),
	kind: z.string(),
	entries: z.array(z.object({ no: z.number().int(), externalNo: z.string().nullable() })),
	score: z.number().int(),
	certain: z.boolean(),
	reasons: z.array(z.unknown()),
});

const line = z.object({
	/** Its place in the file. */
	line: z.number().int(),
	/** The statement of the file in which it stands. */
	page: z.number().int(),
	lineId: z.uuid(),
	/** Its number in the company: what a person types. */
	no: z.number().int(),
	date: civilDate,
	valueDate: civilDate.nullable(),
	/** Money in is positive. */
	amount,
	description: z.string(),
	party: z.string().nullable(),
	bankId: z.string().nullable(),
	reference: z.string().nullable(),
	balance: amount.nullable(),
	/** The bank gave this id to another line as well. */
	isBankIdReused: z.boolean(),
	isUndone: z.boolean(),
	status: z.enum(['UNMATCHED', 'SUGGESTED', 'MATCHED']),
	match: match.nullable(),
});

const reading = [
	'NEEDS_ANSWER',
	'FILE_UNREADABLE',
	'FILE_EMPTY',
	'FILE_NOT_RECOGNISED',
	'IMPORT_REJECTED',
	'ACCOUNT_UNKNOWN',
	'CURRENCY_MISMATCH',
	'AMOUNT_INVALID',
	'AMOUNT_TOO_LARGE',
	'TEXT_INVALID',
	'INPUT_INVALID',
] as const;

const file = inCompany.extend({ path: z.string(), account: z.string(), options: statementOptions.optional() });

/** Statements of banks and wallets: taken in, shown, undone; the layouts that go with them. */
export const statementsContract = {
	import: task('ManageReconciliation', [...reading, 'DATABASE_BUSY', 'CANCELLED'])
		.input(file)
		.output(imported),
	/** Everything that an import would do; writes nothing. */
	preview: task('ManageReconciliation', reading).input(file).output(previewed),
	list: query('ViewReports', ['ACCOUNT_UNKNOWN'])
		.input(inCompany.extend({ account: z.string().optional() }))
		.output(
			z.object({
				statements: z.array(statement),
				/** Openings that are not the closing before: DIFFERS where the days adjoin, GAP where days lie between. */
				breaks: z.array(
					z.object({
						kind: z.enum(['DIFFERS', 'GAP']),
						account: z.string(),
						statementId: z.uuid(),
						from: civilDate,
						openingBalance: amount,
						before: civilDate,
						expectedBalance: amount,
					}),
				),
			}),
		),
	show: query('ViewReports', ['NOT_FOUND'])
		.input(inCompany.extend({ statementId: z.string() }))
		.output(
			statement.extend({
				pages: z.array(page),
				lines: z.array(line),
				matched: z.number().int(),
				suggested: z.number().int(),
				/** Suggested ones among them. */
				unmatched: z.number().int(),
			}),
		),
	undo: command('ManageReconciliation', ['NOT_FOUND', 'REASON_TOO_SHORT', 'STATEMENT_NOT_UNDOABLE', 'TEXT_INVALID'])
		.input(inCompany.extend({ statementId: z.string(), reason: z.string() }))
		.output(z.object({ statementId: z.uuid(), lines: z.number().int(), passed: z.number().int(), proposals: z.number().int() })),
};

export type StatementsContract = typeof statementsContract;
