import { z } from 'zod';
import { accountSubtype, accountType } from './companies.contract.ts';
import { amount, civilDate, command, currency, inCompany, query, sha256, task } from './define.ts';

export const account = z.object({
	code: z.string(),
	name: z.string(),
	type: accountType,
	subtype: accountSubtype.nullable(),
	/** The one currency of a payment-method account; null: any. */
	currency: currency.nullable(),
	requiresReconciliation: z.boolean(),
	active: z.boolean(),
	ref: z.string(),
});

export const party = z.object({ ref: z.string(), name: z.string(), aliases: z.array(z.string()), emails: z.array(z.string()), active: z.boolean() });

/** One line as a person writes it: a code, path or ref of the account, and debit or credit in major units. */
export const lineInput = z.object({
	account: z.string().min(1),
	debit: amount.optional(),
	credit: amount.optional(),
	currency: currency.optional(),
	/** Signed, debit positive, in the company's currency. Only for lines in another currency. */
	baseAmount: amount.optional(),
	party: z.string().optional(),
	memo: z.string().optional(),
	reference: z.string().optional(),
	dueDate: civilDate.optional(),
	/** Number of the posted entry that this line of a receivable or payable account settles. */
	settles: z.number().int().positive().optional(),
});

export const entryInput = z.object({
	date: civilDate,
	description: z.string(),
	reference: z.string().optional(),
	externalNo: z.string().optional(),
	source: z.enum(['MANUAL', 'ADJUSTING', 'TRANSFER']).optional(),
	/** uuid of the active reconciliation session, where the period is soft-closed. */
	session: z.string().optional(),
	/** Rates for currencies without baseAmount: base units for one unit. */
	rates: z.record(z.string(), z.string()).optional(),
	lines: z.array(lineInput).min(1),
});

/** What a draft may leave unsaid. */
export const draftInput = entryInput.partial({ date: true, description: true }).extend({ lines: z.array(lineInput.partial()).optional() });

export const postedEntry = z.object({ no: z.number().int(), date: civilDate, id: z.uuid(), hash: sha256 });

export const entryLine = z.object({
	lineNo: z.number().int(),
	code: z.string(),
	name: z.string(),
	party: z.string().nullable(),
	currency,
	debit: amount,
	credit: amount,
	baseDebit: amount,
	baseCredit: amount,
	dueDate: z.string().nullable(),
	reference: z.string().nullable(),
	memo: z.string().nullable(),
});

export const attachment = z.object({ name: z.string(), sha256, bytes: z.number().int(), addedAt: z.string() });

export const entry = z.object({
	no: z.number().int().nullable(),
	id: z.uuid(),
	externalNo: z.string().nullable(),
	date: civilDate,
	description: z.string(),
	reference: z.string().nullable(),
	source: z.enum(['MANUAL', 'IMPORT', 'OPENING', 'TRANSFER', 'ADJUSTING', 'REVERSAL', 'CLOSING']),
	status: z.enum(['DRAFT', 'POSTED']),
	hash: sha256.nullable(),
	postedAt: z.string().nullable(),
	postedBy: z.string().nullable(),
	reverses: z.number().int().nullable(),
	reversedBy: z.number().int().nullable(),
	lines: z.array(entryLine),
	attachments: z.array(attachment),
});

export const posting = [
	'ENTRY_UNBALANCED',
	'ENTRY_TOO_SHORT',
	'ENTRY_DATE_TOO_FAR',
	'ENTRY_DATE_INVALID',
	'LINE_INVALID',
	'AMOUNT_INVALID',
	'AMOUNT_TOO_LARGE',
	'ACCOUNT_UNKNOWN',
	'PARTY_UNKNOWN',
	'CURRENCY_UNKNOWN',
	'CURRENCY_MISMATCH',
	'RATE_MISSING',
	'PERIOD_CLOSED',
	'PERIOD_CLOSING',
	'PERIOD_NOT_REACHED',
	'SESSION_NOT_ACTIVE',
	'TEXT_INVALID',
	'ALLOCATION_REFUSED',
	'NOT_FOUND',
] as const;

const posted = z.object({ entries: z.array(postedEntry) });

const linePlace = z.object({ no: z.number().int(), lineNo: z.number().int() });

/** Which debit line which credit line settles, because somebody said so. */
const allocation = z.object({
	id: z.uuid(),
	debit: linePlace,
	credit: linePlace,
	code: z.string(),
	name: z.string(),
	party: z.string().nullable(),
	currency,
	amount,
	/** Counts from this day on. */
	effective: civilDate,
	rule: z.enum(['EXPLICIT', 'REFERENCE', 'FIFO']),
	madeAt: z.string(),
	madeBy: z.string(),
	/** Counts no more from `effective` on. */
	undone: z.object({ effective: civilDate, at: z.string(), by: z.string(), reason: z.string() }).nullable(),
});

const finding = ['ACCOUNT_UNKNOWN', 'PARTY_UNKNOWN', 'AMOUNT_INVALID', 'AMOUNT_TOO_LARGE'] as const;

/** Which entries; what is left out filters nothing. */
export const entryFilter = z.object({
	from: civilDate.optional(),
	to: civilDate.optional(),
	status: z.enum(['DRAFT', 'POSTED']).optional(),
	source: z.string().optional(),
	/** In description, reference or the file's own number; digits are also the entry's number. */
	text: z.string().optional(),
	/** Entries with a line on this account, by code, ref or path. */
	account: z.string().optional(),
	party: z.string().optional(),
	/** A line of at least so much in the company's currency, on either side; on the account where one is named. */
	amountFrom: amount.optional(),
	amountTo: amount.optional(),
});

/** Place of an entry in the list: its date and number; a draft's number is below zero and means nothing outside. */
const entryPlace = z.object({ date: civilDate, no: z.number().int() });

const listedEntry = entry.omit({ lines: true, attachments: true }).extend({ total: amount });

export const ledgerContract = {
	listAccounts: query('ViewReports')
		.input(inCompany)
		.output(z.object({ accounts: z.array(account) })),
	addAccount: command('ManageCompany', ['ALREADY_EXISTS', 'CURRENCY_UNKNOWN', 'INPUT_INVALID', 'TEXT_INVALID'])
		.input(
			inCompany.extend({
				code: z.string().min(1).max(60),
				name: z.string().min(1).max(400),
				type: accountType,
				subtype: accountSubtype.optional(),
				currency: currency.optional(),
				requiresReconciliation: z.boolean().optional(),
			}),
		)
		.output(account),
	setAccount: command('ManageCompany', ['ACCOUNT_UNKNOWN', 'ACCOUNT_FROZEN', 'ALREADY_EXISTS', 'INPUT_INVALID', 'TEXT_INVALID'])
		.input(
			inCompany.extend({
				account: z.string(),
				code: z.string().min(1).max(60).optional(),
				name: z.string().min(1).max(400).optional(),
				type: accountType.optional(),
				subtype: accountSubtype.nullable().optional(),
				currency: currency.optional(),
				requiresReconciliation: z.boolean().optional(),
				/** Why a payment-method account need not be reconciled. */
				reason: z.string().optional(),
				active: z.boolean().optional(),
			}),
		)
		.output(account),
	listParties: query('ViewReports')
		.input(inCompany)
		.output(z.object({ parties: z.array(party) })),
	addParty: command('PostJournal', ['ALREADY_EXISTS', 'TEXT_INVALID', 'INPUT_INVALID'])
		.input(inCompany.extend({ name: z.string().min(1).max(400), aliases: z.array(z.string()).optional(), emails: z.array(z.string()).optional() }))
		.output(party),
	setParty: command('PostJournal', ['PARTY_UNKNOWN', 'ALREADY_EXISTS', 'TEXT_INVALID', 'INPUT_INVALID'])
		.input(
			inCompany.extend({
				party: z.string(),
				name: z.string().min(1).max(400).optional(),
				aliases: z.array(z.string()).optional(),
				emails: z.array(z.string()).optional(),
				active: z.boolean().optional(),
			}),
		)
		.output(party),
	post: command('PostJournal', posting)
		.input(inCompany.extend({ entries: z.array(entryInput).min(1) }))
		.output(posted),
	saveDraft: command('PostJournal', ['NOT_FOUND', 'ENTRY_NOT_DRAFT', 'TEXT_INVALID'])
		.input(inCompany.extend({ draft: draftInput, id: z.uuid().optional() }))
		.output(z.object({ id: z.uuid() })),
	deleteDraft: command('PostJournal', ['NOT_FOUND', 'ENTRY_NOT_DRAFT'])
		.input(inCompany.extend({ id: z.uuid() }))
		.output(z.object({ id: z.uuid() })),
	postDraft: command('PostJournal', [...posting, 'ENTRY_NOT_DRAFT', 'INPUT_INVALID'])
		.input(inCompany.extend({ id: z.uuid() }))
		.output(posted),
	reverse: command('PostJournal', [...posting, 'ENTRY_ALREADY_REVERSED', 'ENTRY_NOT_REVERSIBLE'])
		.input(inCompany.extend({ no: z.number().int().positive(), date: civilDate.optional(), description: z.string().optional() }))
		.output(posted),
	/** Reverses and re-enters in one database transaction. Answers the reversal, then the new entry. */
	correct: command('PostJournal', [...posting, 'ENTRY_ALREADY_REVERSED', 'ENTRY_NOT_REVERSIBLE'])
		.input(inCompany.extend({ no: z.number().int().positive(), entry: entryInput }))
		.output(posted),
	/** Keeps a file as evidence of a posted entry (no) or a draft (draftId). */
	attach: task('PostJournal', ['NOT_FOUND', 'FILE_UNREADABLE', 'ALREADY_EXISTS'])
		.input(inCompany.extend({ no: z.number().int().positive().optional(), draftId: z.uuid().optional(), path: z.string() }))
		.output(attachment),
	revalue: command('PostJournal', [...posting, 'INPUT_INVALID'])
		.input(
			inCompany.extend({ date: civilDate, rates: z.record(z.string(), z.string()), origin: z.string().optional(), reverseNextDay: z.boolean().optional() }),
		)
		.output(posted),
	/** States which entry an entry settles. References and the order of due dates settle only what nobody allocated. */
	allocate: command('PostJournal', ['NOT_FOUND', 'ALLOCATION_REFUSED', 'AMOUNT_INVALID', 'AMOUNT_TOO_LARGE'])
		.input(inCompany.extend({ no: z.number().int().positive(), to: z.number().int().positive(), amount: amount.optional() }))
		.output(z.object({ allocations: z.array(allocation) })),
	undoAllocation: command('PostJournal', ['NOT_FOUND', 'ALLOCATION_REFUSED', 'TEXT_INVALID'])
		.input(inCompany.extend({ id: z.uuid(), reason: z.string().min(1) }))
		.output(allocation),
	listAllocations: query('ViewReports')
		.input(inCompany.extend({ no: z.number().int().positive().optional() }))
		.output(z.object({ allocations: z.array(allocation) })),
	/** Entries by date and number. Pages begin behind `after` (in either order), or hold the entries of `keys` as findEntries gave them. */
	listEntries: query('ViewReports', finding)
		.input(
			inCompany.extend({
				...entryFilter.shape,
				order: z.enum(['OLDEST_FIRST', 'NEWEST_FIRST']).optional(),
				/** Where the page before ended: its `next`. */
				after: entryPlace.optional(),
				/** Exactly these, by what findEntries named them with; no filter applies. */
				numbers: z.array(z.number().int()).max(1000).optional(),
				limit: z.number().int().min(1).max(1000).optional(),
			}),
		)
		.output(z.object({ entries: z.array(listedEntry), more: z.boolean(), next: entryPlace.nullable() })),
	/** How many entries a filter finds, and the places to page from: of every `step`-th of them, oldest first. */
	findEntries: query('ViewReports', finding)
		.input(inCompany.extend(entryFilter.shape))
		.output(z.object({ total: z.number().int(), step: z.number().int(), places: z.array(z.tuple([civilDate, z.number().int()])) })),
	showEntry: query('ViewReports', ['NOT_FOUND'])
		.input(inCompany.extend({ no: z.number().int().positive().optional(), id: z.uuid().optional() }))
		.output(entry),
};

export type LedgerContract = typeof ledgerContract;
