import { formatAmount } from '#shared/kernel/money.ts';
import type { Issue } from '#shared/contract/close.contract.ts';
import type { EntriesFact, AccountFact, AmountFact, ValidationFacts } from './validation-facts.rules.ts';

export type { Issue };

type Severity = Issue['severity'];

const say = (code: string, severity: Severity, message: string, metadata: Record<string, unknown> = {}): Issue => ({ code, severity, message, metadata });

/** Every issue of a period, errors first. An empty period has only the informing ones. */
export function issuesOf(facts: ValidationFacts): Issue[] {
	if (facts.period.status === 'CLOSED') {
		return [say('PERIOD_ALREADY_CLOSED', 'ERROR', `${facts.period.name} is closed already. Reopen it to change it, or go on with the next period.`)];
	}
	return bySeverity([...orderIssues(facts), ...damageIssues(facts), ...balanceIssues(facts), ...entryIssues(facts), ...sealIssues(facts)]);
}

/** Errors first, then warnings; in each the order in which they were found. */
export function bySeverity(issues: readonly Issue[]): Issue[] {
	return [...issues].sort((left, right) => RANK[left.severity] - RANK[right.severity]);
}

const RANK: Readonly<Record<Severity, number>> = { ERROR: 0, WARNING: 1, INFO: 2 };

function orderIssues({ period, today, openBefore, hasResultAccount, drafts }: ValidationFacts): Issue[] {
	const issues: Issue[] = [];
	if (today < period.end) {
		issues.push(
			say('PERIOD_END_IN_FUTURE', 'ERROR', `${period.name} ends on ${period.end}; it is ${today}. It can be closed from its last day on.`, {
				end: period.end,
				today,
			}),
		);
	}
	if (openBefore.length > 0) {
		issues.push(
			say('PREVIOUS_PERIOD_OPEN', 'ERROR', `Periods close in order. Close ${listed(openBefore)} first.`, {
				periods: openBefore.slice(0, 50),
				count: openBefore.length,
			}),
		);
	}
	if (!hasResultAccount) {
		issues.push(
			say('RETAINED_EARNINGS_MISSING', 'ERROR', 'There is no result account. Give one EQUITY account the subtype RETAINED_EARNINGS (it may be named Capital).'),
		);
	}
	if (drafts.count > 0) {
		const names = drafts.first.map(({ date, description }) => `${date} "${description}"`);
		issues.push(
			say(
				'DRAFT_ENTRIES_PENDING',
				'ERROR',
				`${many(drafts.count, 'draft is', 'drafts are')} dated in ${period.name}: ${listed(names, drafts.count)}. Post or delete ${drafts.count === 1 ? 'it' : 'them'}, or date ${drafts.count === 1 ? 'it' : 'them'} later.`,
				{ count: drafts.count, drafts: drafts.first.map(({ uuid }) => uuid) },
			),
		);
	}
	return issues;
}

/** What can only be damage, or somebody's hand in the file. */
function damageIssues(facts: ValidationFacts): Issue[] {
	const issues: Issue[] = [];
	const entries = (code: string, fact: EntriesFact, text: string) => {
		if (fact.count > 0) issues.push(say(code, 'ERROR', `${text}: ${entryNames(fact)}. ${RESTORE}`, { count: fact.count, entries: numbers(fact) }));
	};
	entries('UNBALANCED_ENTRIES', facts.unbalanced, 'Debits and credits differ in posted entries');
	entries('CHAIN_BROKEN', facts.changed, 'Posted entries were changed: they are not what their hash recorded');
	entries('CHAIN_BROKEN', facts.unchained, 'The entry before these is gone');
	if (facts.missingNumbers > 0) {
		issues.push(
			say('CHAIN_BROKEN', 'ERROR', `${many(facts.missingNumbers, 'entry number is', 'entry numbers are')} missing since the last seal. ${RESTORE}`, {
				missing: facts.missingNumbers,
			}),
		);
	}
	if (facts.lostHead !== null) {
		issues.push(
			say('CHAIN_BROKEN', 'ERROR', `Entry ${facts.lostHead}, which the last seal names as the head of the chain, is gone or was changed. ${RESTORE}`, {
				entries: [facts.lostHead],
			}),
		);
	}
	if (facts.trialBalanceDifference !== 0n) {
		const amount = formatAmount(facts.trialBalanceDifference, facts.currency);
		issues.push(
			say(
				'TRIAL_BALANCE_NOT_BALANCED',
				'ERROR',
				`The trial balance at ${facts.period.end} does not balance: debits less credits are ${amount} ${facts.currency}. ${RESTORE}`,
				{
					difference: amount,
					differenceMinor: String(facts.trialBalanceDifference),
				},
			),
		);
	}
	amounts(issues, 'BALANCES_DIFFER', 'ERROR', facts.balanceDifferences, `Kept balances of ${facts.period.name} differ from the lines`, RESTORE);
	amounts(issues, 'SUBLEDGER_DIFFERENCE', 'ERROR', facts.subledgerDifferences, 'The balances of the parties do not add up to their control account', RESTORE);
	return issues;
}

const RESTORE = 'This is damage, no bookkeeping: keep a copy of the file, run `ledgerseal audit verify` and restore the latest sound backup.';

function balanceIssues(facts: ValidationFacts): Issue[] {
	const issues: Issue[] = [];
	const severity: Severity = facts.period.kind === 'YEAR' ? 'ERROR' : 'WARNING';
	amounts(issues, 'SUSPENSE_NOT_ZERO', severity, facts.suspense, 'Suspense is not cleared', 'Find out what it is and post it to where it belongs.');
	amounts(
		issues,
		'CLEARING_NOT_ZERO',
		severity,
		facts.clearing,
		'Clearing accounts are not cleared',
		'Post the transfers that are still under way, or say why they are.',
	);
	amounts(
		issues,
		'OPENING_EQUITY_NOT_ZERO',
		severity,
		facts.openingEquity,
		'The opening balances are not complete: a remainder stands on',
		'Bring in the missing opening balances, or transfer the remainder to capital.',
	);
	for (const cash of facts.negativeCash) {
		const amount = formatAmount(cash.amountMinor, cash.currency);
		issues.push(
			say(
				'NEGATIVE_CASH',
				'WARNING',
				`${account(cash)} is below zero on ${cash.date}: ${amount} ${cash.currency}. Nobody pays out what is not there: look for a receipt that is missing or dated too late.`,
				{
					account: cash.code,
					date: cash.date,
					balance: amount,
					balanceMinor: String(cash.amountMinor),
					currency: cash.currency,
				},
			),
		);
	}
	amounts(
		issues,
		'FX_NOT_REVALUED',
		'WARNING',
		facts.notRevalued,
		`Foreign balances are not revalued on ${facts.period.end}`,
		`Revalue them: \`ledgerseal journal revalue --date ${facts.period.end} --rate CURRENCY=RATE\`.`,
	);
	return issues;
}

function entryIssues(facts: ValidationFacts): Issue[] {
	const issues: Issue[] = [];
	const entries = (code: string, severity: Severity, fact: EntriesFact, text: string, next: string, more: Record<string, unknown> = {}) => {
		if (fact.count > 0) issues.push(say(code, severity, `${text}: ${entryNames(fact)}. ${next}`, { count: fact.count, entries: numbers(fact), ...more }));
	};
	const partyNext = 'Correct them with the party, or acknowledge that none is meant.';
	entries('CONTROL_LINE_WITHOUT_PARTY', 'WARNING', facts.withoutParty, 'Receivable or payable lines name no party', partyNext);
	entries('CONTROL_LINE_WITHOUT_PARTY', 'INFO', facts.importedWithoutParty, 'Imported receivable or payable lines name no party', partyNext);
	entries(
		'BACKDATED_ENTRIES',
		'WARNING',
		facts.backdated,
		`Entries were posted more than ${facts.backdatedDays} days after their date`,
		'Check that they belong in this period.',
		{ days: facts.backdatedDays },
	);
	entries(
		'ENTRY_WITHOUT_ATTACHMENT',
		'WARNING',
		facts.withoutAttachment,
		'Entries have no evidence attached',
		'Attach it: `ledgerseal journal attach NO FILE`.',
	);
	return issues;
}

function sealIssues(facts: ValidationFacts): Issue[] {
	const issues: Issue[] = [];
	if (facts.schemaAltered) {
		issues.push(
			say(
				'SCHEMA_ALTERED',
				'WARNING',
				'The guards of the database were once altered outside this program; see `ledgerseal audit list`. Every later seal shows it.',
			),
		);
	}
	if (facts.canSign === false) {
		issues.push(
			say(
				'SEAL_UNSIGNED',
				'INFO',
				'This computer has no secret store, so the seal will not be signed. Unlock the keychain, or set LEDGERSEAL_SECRET_STORE=file, and close again.',
			),
		);
	}
	issues.push(
		say(
			'NO_WITNESS',
			'INFO',
			'Nobody outside gets the fingerprint of this seal. Print it or send it to someone: what has left the machine cannot be taken back.',
		),
	);
	return issues;
}

function amounts(issues: Issue[], code: string, severity: Severity, facts: readonly AmountFact[], text: string, next: string): void {
	if (facts.length === 0) return;
	const names = facts.map((fact) => `${account(fact)} ${formatAmount(fact.amountMinor, fact.currency)} ${fact.currency}`);
	const list = facts.slice(0, 50).map((fact) => ({
		account: fact.code,
		name: fact.name,
		currency: fact.currency,
		amount: formatAmount(fact.amountMinor, fact.currency),
		amountMinor: String(fact.amountMinor),
	}));
	issues.push(say(code, severity, `${text}: ${listed(names)}. ${next}`, { count: facts.length, accounts: list }));
}

const account = ({ code, name }: AccountFact): string => (code === name ? code : `${code} ${name}`);

const entryNames = (fact: EntriesFact): string =>
	listed(
		fact.first.map(({ no, externalNo }) => (externalNo === null ? String(no) : `${no} (${externalNo})`)),
		fact.count,
	);

const numbers = (fact: EntriesFact): number[] => fact.first.map(({ no }) => no);

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** The first few of a list in words, and how many more there are. */
function listed(names: readonly string[], count = names.length): string {
	const shown = names.slice(0, 5);
	return count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');
}
