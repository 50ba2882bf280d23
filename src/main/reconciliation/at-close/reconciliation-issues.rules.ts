import type { Issue } from '#shared/contract/close.contract.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { type AccountFacts, OLD_ITEM_DAYS, type PeriodFacts, type ReconciliationFacts, type SubtypeChange } from './reconciliation-facts.rules.ts';

type Severity = Issue['severity'];

/** A variance is unusual from this share of the account's turnover on: one tenth. */
const UNUSUAL_SHARE = 10n;

/** What stands in the way of closing a period where it comes to reconciliation: the session first, then account by account. */
export function reconciliationIssuesOf(facts: PeriodFacts): Issue[] {
	return [...sessionIssues(facts), ...facts.accounts.flatMap((account) => accountIssues(facts, account)), ...facts.subtypeChanges.map(subtypeIssue)];
}

function sessionIssues({ session, period }: PeriodFacts): Issue[] {
	if (session === null) return [];
	const { id, startedAt, startedBy } = session;
	return [
		{
			code: 'RECONCILIATION_SESSION_ACTIVE',
			severity: 'ERROR',
			message: `A reconciliation session of ${period.name} is active, started by ${startedBy} at ${startedAt}. Close it when every account is verified: \`ledgerseal reconcile session close\`.`,
			metadata: { session: id, startedAt, startedBy },
		},
	];
}

function accountIssues(facts: PeriodFacts, account: AccountFacts): Issue[] {
	if (account.status === 'EXEMPT') return [exemptIssue(account)];
	return [...statusIssues(facts, account), ...varianceIssues(facts, account), ...statementIssues(facts, account), ...unusualIssues(facts, account)];
}

function statusIssues({ period }: PeriodFacts, account: AccountFacts): Issue[] {
	const { code, status, reconciliation } = account;
	const create = `\`ledgerseal reconcile create --account ${code} --period ${period.name}\``;
	if (status === 'MISSING' || reconciliation === null) {
		return [
			say('RECONCILIATION_MISSING', 'ERROR', account, `is not reconciled at ${period.end}. Reconcile it: ${create}.`, {
				...ledger(account),
				end: period.end,
			}),
		];
	}
	const verify = `\`ledgerseal reconcile verify ${reconciliation.id}\``;
	const more = { ...figures(account, reconciliation), reconciliation: reconciliation.id };
	if (status === 'DRAFT') {
		return [say('RECONCILIATION_DRAFT', 'ERROR', account, `is reconciled at ${period.end} as a draft only. Verify it: ${verify}.`, more)];
	}
	if (status !== 'STALE') return [];
	const reason = reconciliation.staleReason ?? 'the account moved';
	const text = `was verified at ${period.end}, and is so no more: ${reason}. Look at it again: ${create}, then ${verify}.`;
	return [say('RECONCILIATION_STALE', 'ERROR', account, text, { ...more, reason })];
}

/** A draft that does not come out, and one that was verified and would not be verified now. */
function varianceIssues({ period }: PeriodFacts, account: AccountFacts): Issue[] {
	const { status, reconciliation, ledgerMinor, currency, statements } = account;
	if (reconciliation === null || (status !== 'DRAFT' && status !== 'VERIFIED')) return [];
	const metadata = { ...figures(account, reconciliation), reconciliation: reconciliation.id };
	const unexplained = ledgerMinor - BigInt(reconciliation.actualMinor) - BigInt(reconciliation.explainedMinor);
	if (unexplained !== 0n) {
		const text = `does not agree at ${period.end}: ${money(unexplained, currency)} between the books and the actual balance is not explained. Match or book what is missing, or choose the items: \`ledgerseal reconcile explain ${reconciliation.id}\`.`;
		return [say('RECONCILIATION_VARIANCE', 'ERROR', account, text, { ...metadata, ...amount('unexplained', unexplained, currency) })];
	}
	const said = statements?.balanceMinor ?? null;
	if (status === 'DRAFT' || said === null || said === BigInt(reconciliation.actualMinor)) return [];
	const text = `was verified with ${money(reconciliation.actualMinor, currency)} at ${period.end}; its statements now say ${money(said, currency)}. Undo it with a reason and reconcile again: \`ledgerseal reconcile undo ${reconciliation.id} --reason TEXT\`.`;
	return [say('RECONCILIATION_VARIANCE', 'ERROR', account, text, { ...metadata, ...amount('statement', said, currency) })];
}

function statementIssues({ period }: PeriodFacts, account: AccountFacts): Issue[] {
	const { code, statements, unmatched, currency } = account;
	const issues: Issue[] = [];
	if (statements?.isShort === true) {
		const take = `\`ledgerseal statement import FILE --account ${code}\``;
		const text =
			statements.reaches === null
				? `has no statement. Take one in that reaches ${period.end}: ${take}.`
				: `has statements up to ${statements.reaches}; ${period.end} is needed. Take in what is missing: ${take}.`;
		issues.push(say('STATEMENT_SHORT', 'ERROR', account, text, { needed: period.end, reaches: statements.reaches }));
	}
	if (unmatched.count > 0) {
		const lines = unmatched.count === 1 ? '1 bank line' : `${unmatched.count} bank lines`;
		const text = `has ${lines} up to ${period.end} that ${unmatched.count === 1 ? 'is' : 'are'} neither matched nor an item, ${money(unmatched.sumMinor, currency)} together. Match or book ${unmatched.count === 1 ? 'it' : 'them'}: \`ledgerseal statement match\`.`;
		issues.push(say('STATEMENT_LINES_UNMATCHED', 'WARNING', account, text, { count: unmatched.count, ...amount('sum', unmatched.sumMinor, currency) }));
	}
	return issues;
}

/** Explained to the last unit, and still worth a second look. */
function unusualIssues({ period }: PeriodFacts, account: AccountFacts): Issue[] {
	const { status, reconciliation, turnoverMinor, currency } = account;
	if (status !== 'VERIFIED' || reconciliation === null) return [];
	const { explainedMinor, oldItems } = reconciliation;
	const size = explainedMinor < 0 ? -BigInt(explainedMinor) : BigInt(explainedMinor);
	const isLarge = size * UNUSUAL_SHARE > turnoverMinor;
	if (!isLarge && oldItems.count === 0) return [];
	const parts = [
		...(isLarge
			? [
					`items explain ${money(explainedMinor, currency)} between books and actual balance, more than a tenth of the turnover of ${period.name} (${money(turnoverMinor, currency)})`,
				]
			: []),
		...(oldItems.count > 0
			? [`${oldItems.count === 1 ? '1 item is' : `${oldItems.count} items are`} older than ${OLD_ITEM_DAYS} days, the oldest of ${oldItems.oldest}`]
			: []),
	];
	const next = 'Ask the bank what became of them, and reverse what is void.';
	return [
		say('UNUSUAL_VARIANCE', 'WARNING', account, `${parts.join('; ')}. ${next}`, {
			reconciliation: reconciliation.id,
			...amount('explained', explainedMinor, currency),
			...amount('turnover', turnoverMinor, currency),
			oldItems: oldItems.count,
			oldest: oldItems.oldest,
		}),
	];
}

function exemptIssue(account: AccountFacts): Issue {
	const { by, at, reason } = account.exemption ?? { by: null, at: null, reason: null };
	const who = by === null ? '' : ` by ${by}`;
	const when = at === null ? '' : ` at ${at}`;
	const why = reason === null ? 'no reason was given' : reason;
	const text = `is exempt from reconciliation${who}${when}: ${why}.`;
	return say('RECONCILIATION_EXEMPT', 'INFO', account, text, { by, at, reason, ...ledger(account) });
}

function subtypeIssue({ code, name, was, is, at, by }: SubtypeChange): Issue {
	return {
		code: 'RECONCILIATION_EXEMPT',
		severity: 'INFO',
		message: `${code} ${name} was of subtype ${was ?? 'none'} and is of ${is ?? 'none'} now: changed at ${at}${by === null ? '' : ` by ${by}`}. Accounts where money sits are reconciled.`,
		metadata: { account: code, name, was, is, at, by },
	};
}

/* Putting issues together. ------------------------------------------------------------------------------------------------------ */

function say(code: string, severity: Severity, { code: account, name, currency }: AccountFacts, text: string, metadata: Record<string, unknown>): Issue {
	return { code, severity, message: `${account === name ? account : `${account} ${name}`}: ${text}`, metadata: { account, name, currency, ...metadata } };
}

const money = (minor: bigint | number, currency: string): string => `${formatAmount(minor, currency)} ${currency}`;

/** An amount for people and for programs: `unexplained: '12.00', unexplainedMinor: '1200'`. */
function amount(label: string, minor: bigint | number, currency: string): Record<string, string> {
	return { [label]: formatAmount(minor, currency), [`${label}Minor`]: String(minor) };
}

function ledger({ ledgerMinor, currency }: AccountFacts): Record<string, string> {
	return amount('expected', ledgerMinor, currency);
}

function figures(account: AccountFacts, { actualMinor, explainedMinor }: ReconciliationFacts): Record<string, string> {
	const { currency, ledgerMinor } = account;
	return {
		...ledger(account),
		...amount('actual', actualMinor, currency),
		...amount('variance', ledgerMinor - BigInt(actualMinor), currency),
		...amount('explained', explainedMinor, currency),
	};
}
