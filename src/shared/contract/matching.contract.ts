import { z } from 'zod';
import { amount, civilDate, command, currency, inCompany, query } from './define.ts';
import { postedEntry, posting } from './ledger.contract.ts';

export const MATCH_KINDS = ['SINGLE', 'GROUP', 'CONTRA', 'ENTRY', 'TRANSFER', 'SETTLEMENT', 'MANUAL'] as const;
export const MATCH_STATUSES = ['PROPOSED', 'CONFIRMED', 'REJECTED', 'UNMATCHED'] as const;
/** MATCHED: in a confirmed match. SUGGESTED: in a proposal. */
export const LINE_STATUSES = ['UNMATCHED', 'SUGGESTED', 'MATCHED'] as const;

/** A statement line or a match is named by its number in the company, or by its id. */
const named = z.string().min(1).max(60);
const reason = z.object({ code: z.string(), points: z.number().int(), text: z.string() });
const entryLine = z.object({ no: z.number().int(), lineNo: z.number().int(), externalNo: z.string().nullable(), date: civilDate, amount });

/** A match as it stands. Amounts are in the account's currency, money in positive. */
export const matchView = z.object({
	matchId: z.uuid(),
	no: z.number().int(),
	account: z.string(),
	kind: z.enum(MATCH_KINDS),
	status: z.enum(MATCH_STATUSES),
	score: z.number().int(),
	certain: z.boolean(),
	automatic: z.boolean(),
	reasons: z.array(reason),
	lines: z.array(z.object({ no: z.number().int(), lineId: z.uuid(), account: z.string(), date: civilDate, amount, description: z.string() })),
	entries: z.array(entryLine),
	/** Bank minus books: "0.00" of all that can be confirmed as it is. */
	difference: amount,
	currency,
	/** Of TRANSFER: the accounts the money leaves and reaches, and the day of the entry that a confirmation posts. */
	transfer: z.object({ from: z.string(), to: z.string(), date: civilDate, amount }).nullable(),
	/** Of SETTLEMENT: what the confirmation posts. */
	settlement: z.object({ clearing: z.string(), gross: amount, charge: amount, net: amount, settles: z.array(entryLine) }).nullable(),
});

export const statementLineView = z.object({
	/** Its number in the company: what a person types. */
	no: z.number().int(),
	lineId: z.uuid(),
	date: civilDate,
	amount,
	description: z.string(),
	party: z.string().nullable(),
	bankId: z.string().nullable(),
	reference: z.string().nullable(),
	status: z.enum(LINE_STATUSES),
	match: matchView.nullable(),
});

export const ledgerLineView = z.object({
	no: z.number().int(),
	lineNo: z.number().int(),
	externalNo: z.string().nullable(),
	date: civilDate,
	amount,
	description: z.string(),
	memo: z.string().nullable(),
	party: z.string().nullable(),
	reference: z.string().nullable(),
	/** Days from its date to `asOf`. */
	age: z.number().int(),
	status: z.enum(['UNMATCHED', 'SUGGESTED']),
	matchId: z.uuid().nullable(),
});

const side = z.object({ count: z.number().int(), sum: amount });
/** A statement by its number or id, or an account. */
const scope = inCompany.extend({ statement: named.optional(), account: z.string().optional() });
const limit = z.number().int().min(1).max(1000).optional();

/** Shares of the line's amount: positive on its side, negative the other way. One line without an amount takes the whole. */
const counterLine = z.object({ account: z.string().min(1), amount: amount.optional(), party: z.string().optional(), memo: z.string().optional() });

const rule = z.object({
	/** Any name that tells it apart. */
	name: z.string().trim().min(1).max(200),
	/** Only lines of this account; any without it. */
	account: z.string().optional(),
	/** All words of it stand in the line's description or party, whatever their case and accents. */
	text: z.string().trim().min(1).max(400).optional(),
	/** All words of it stand in the line's party. */
	party: z.string().trim().min(1).max(400).optional(),
	direction: z.enum(['IN', 'OUT', 'ANY']).optional(),
	/** Both included, without sign, in the account's currency (the company's where no account is named). */
	minAmount: amount.optional(),
	maxAmount: amount.optional(),
	counterAccount: z.string().min(1),
	counterParty: z.string().optional(),
	/** Of the draft; the bank's own text without it. */
	description: z.string().optional(),
});

export const ruleView = z.object({
	ruleId: z.uuid(),
	position: z.number().int(),
	name: z.string(),
	account: z.string().nullable(),
	text: z.string().nullable(),
	party: z.string().nullable(),
	direction: z.enum(['IN', 'OUT', 'ANY']),
	minAmount: amount.nullable(),
	maxAmount: amount.nullable(),
	currency,
	counterAccount: z.string(),
	counterParty: z.string().nullable(),
	description: z.string().nullable(),
});

const hit = z.object({
	/** Number of the statement line. */
	no: z.number().int(),
	lineId: z.uuid(),
	account: z.string(),
	date: civilDate,
	amount,
	currency,
	description: z.string(),
	rule: z.string(),
	counterAccount: z.string(),
});

const deciding = ['NOT_FOUND', 'MATCH_REFUSED', 'MATCH_UNEQUAL'] as const;
const confirmed = z.object({ match: matchView });
const confirmedByEntry = z.object({ match: matchView, entry: postedEntry });

export const matchingContract = {
	/**
	 * Looks at all that is unmatched in every account of the currency that has statements, and stores what belongs together. With `auto` what is
	 * certain is confirmed: of the statement that was named, or of the account. The same state gives the same answer, whatever was named.
	 */
	match: command('ManageReconciliation', ['NOT_FOUND', 'ACCOUNT_UNKNOWN', 'MATCH_REFUSED'])
		.input(scope.extend({ auto: z.boolean().optional() }))
		.output(
			z.object({
				account: z.string(),
				currency,
				/** Confirmed now: how many, their sum without sign, and their numbers as spans, `12-40, 44`. */
				confirmed: z.object({ count: z.number().int(), sum: amount, numbers: z.string() }),
				/** Proposals of the currency's accounts that came, went, and stand now. */
				added: z.number().int(),
				removed: z.number().int(),
				proposed: z.number().int(),
				/** Lines of what was named. */
				matched: z.number().int(),
				suggested: z.number().int(),
				unmatched: z.number().int(),
			}),
		),
	/** Statement lines of an account or a statement by day and number, a page at a time. */
	lines: query('ViewReports', ['NOT_FOUND', 'ACCOUNT_UNKNOWN', 'INPUT_INVALID'])
		.input(scope.extend({ status: z.enum(LINE_STATUSES).optional(), after: z.object({ date: civilDate, no: z.number().int() }).optional(), limit }))
		.output(
			z.object({
				account: z.string(),
				currency,
				lines: z.array(statementLineView),
				more: z.boolean(),
				matched: side,
				suggested: side,
				unmatched: side,
			}),
		),
	/** Ledger lines of an account that are in no confirmed match. `suggested` of them are in a proposal. */
	ledgerLines: query('ViewReports', ['ACCOUNT_UNKNOWN', 'INPUT_INVALID'])
		.input(
			inCompany.extend({
				account: z.string(),
				asOf: civilDate.optional(),
				status: z.enum(['UNMATCHED', 'SUGGESTED']).optional(),
				after: z.object({ date: civilDate, no: z.number().int(), lineNo: z.number().int() }).optional(),
				limit,
			}),
		)
		.output(z.object({ account: z.string(), currency, asOf: civilDate, lines: z.array(ledgerLineView), more: z.boolean(), suggested: side, unmatched: side })),
	show: query('ViewReports', ['NOT_FOUND'])
		.input(inCompany.extend({ match: named }))
		.output(confirmed),
	/** A proposal that posts nothing. TRANSFER and SETTLEMENT have their own. */
	confirm: command('ManageReconciliation', deciding)
		.input(inCompany.extend({ match: named }))
		.output(confirmed),
	/** Posts the entry of source TRANSFER and matches both sides. */
	confirmTransfer: command('CreateInterAccountTransfer', [...deciding, ...posting])
		.input(inCompany.extend({ match: named, inSession: z.boolean().optional() }))
		.output(confirmedByEntry),
	/** Posts bank net and charge against clearing gross, and matches the bank line. */
	confirmSettlement: command('PostJournal', [...deciding, ...posting, 'INPUT_INVALID'])
		.input(inCompany.extend({ match: named, chargeAccount: z.string().optional(), inSession: z.boolean().optional() }))
		.output(confirmedByEntry),
	/** These lines are not proposed together again. */
	reject: command('ManageReconciliation', ['NOT_FOUND', 'MATCH_REFUSED'])
		.input(inCompany.extend({ match: named }))
		.output(confirmed),
	/** What it posted stays posted. */
	unmatch: command('ManageReconciliation', ['NOT_FOUND', 'MATCH_REFUSED', 'PERIOD_CLOSED', 'TEXT_INVALID'])
		.input(inCompany.extend({ match: named, reason: z.string().trim().min(1).max(2000) }))
		.output(confirmed),
	/** A match by hand: any open lines of one account that add up. */
	join: command('ManageReconciliation', ['NOT_FOUND', 'MATCH_REFUSED', 'MATCH_UNEQUAL', 'ACCOUNT_UNKNOWN'])
		.input(
			inCompany.extend({
				/** Needed where no statement line is named. */
				account: z.string().optional(),
				lines: z.array(named).max(1000),
				entries: z.array(z.object({ no: z.number().int().positive(), lineNo: z.number().int().positive() })).max(1000),
			}),
		)
		.output(confirmed),
	/** Posts what the bank has and the books lack, and matches it at once. */
	addEntry: command('PostJournal', ['NOT_FOUND', 'MATCH_REFUSED', 'MATCH_UNEQUAL', 'INPUT_INVALID', ...posting])
		.input(
			inCompany.extend({
				line: named,
				lines: z.array(counterLine).min(1).max(100),
				/** The line's own without it. */
				date: civilDate.optional(),
				description: z.string().optional(),
				/** Base units for one unit of the account's currency, where it is not the company's own. */
				rate: z.string().optional(),
				/** Into a soft-closed period, as an adjusting entry of its active session. */
				inSession: z.boolean().optional(),
			}),
		)
		.output(confirmedByEntry),
	listRules: query('ViewReports')
		.input(inCompany)
		.output(z.object({ rules: z.array(ruleView) })),
	/** At a position, or after all others. The first rule that fits a line wins. */
	addRule: command('ManageReconciliation', [
		'RULE_INVALID',
		'ALREADY_EXISTS',
		'ACCOUNT_UNKNOWN',
		'PARTY_UNKNOWN',
		'AMOUNT_INVALID',
		'AMOUNT_TOO_LARGE',
		'TEXT_INVALID',
	])
		.input(inCompany.extend({ rule, position: z.number().int().positive().optional() }))
		.output(ruleView),
	moveRule: command('ManageReconciliation', ['NOT_FOUND'])
		.input(inCompany.extend({ rule: named, position: z.number().int().positive() }))
		.output(z.object({ rules: z.array(ruleView) })),
	removeRule: command('ManageReconciliation', ['NOT_FOUND'])
		.input(inCompany.extend({ rule: named }))
		.output(ruleView),
	/** What the rules, one of them (`rule`), or one that is not saved (`unsaved`, alone) would hit among lines that nothing was found for. */
	previewRules: query('ViewReports', [
		'NOT_FOUND',
		'RULE_INVALID',
		'ALREADY_EXISTS',
		'ACCOUNT_UNKNOWN',
		'PARTY_UNKNOWN',
		'AMOUNT_INVALID',
		'AMOUNT_TOO_LARGE',
		'TEXT_INVALID',
	])
		.input(inCompany.extend({ account: z.string().optional(), rule: named.optional(), unsaved: rule.optional(), limit }))
		.output(
			z.object({
				hits: z.array(hit),
				more: z.boolean(),
				count: z.number().int(),
				/** Lines that were looked at. */
				lines: z.number().int(),
				/** Those that have a draft already. */
				drafted: z.number().int(),
			}),
		),
	/** Makes the drafts, after a look at what has come into the books since. */
	applyRules: command('PostJournal', ['ACCOUNT_UNKNOWN', 'TEXT_INVALID'])
		.input(inCompany.extend({ account: z.string().optional() }))
		.output(z.object({ drafts: z.array(hit.extend({ draftId: z.uuid() })), lines: z.number().int(), drafted: z.number().int() })),
};

export type MatchingContract = typeof matchingContract;
