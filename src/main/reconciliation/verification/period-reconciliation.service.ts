import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import type { Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { type AccountAtEnd, accountsAtEnd, ledgerBalance } from '../accounts/accounts.queries.ts';
import { requirementOf } from '../accounts/required-accounts.rules.ts';
import { activeSessionOf, type SessionRow } from '../sessions/sessions.queries.ts';
import { statementBalanceAt } from '../strategies/statement-balance.service.ts';
import { strategyFor } from '../strategies/strategies.ts';
import type { StrategyName } from '../strategies/strategy.ts';
import { openStatementLines, type ReconciliationRow, standingReconciliation } from './reconciliations.queries.ts';

export type AccountReconciliationStatus = 'MISSING' | 'DRAFT' | 'STALE' | 'VERIFIED' | 'EXEMPT';

/** One account at a period's end: what is to be done about it, and what was. Amounts are minor units of `currency`. */
export interface AccountReconciliation {
	readonly account: AccountAtEnd;
	readonly currency: string;
	/** null: nothing but the books knows what the account should be. */
	readonly strategy: StrategyName | null;
	readonly status: AccountReconciliationStatus;
	/** The one that was not undone. */
	readonly reconciliation: ReconciliationRow | null;
	/** What the ledger says now. */
	readonly expectedMinor: bigint;
	/** Of a statement account; null for others. */
	readonly statements: StatementReach | null;
	/** Variance less items, of the reconciliation as it is kept; null without one. */
	readonly unexplainedMinor: number | null;
	/** Statement lines up to the end that were in no match by then and are no item of the reconciliation. Money in is positive. */
	readonly unmatched: { readonly count: number; readonly sumMinor: bigint };
	/** Who exempted the account, when and why. */
	readonly exemption: { readonly by: string | null; readonly at: string | null; readonly reason: string | null } | null;
}

export interface StatementReach {
	/** Last day that statements cover without a gap, `YYYY-MM-DD`; null: there is no statement. */
	readonly reaches: string | null;
	readonly isShort: boolean;
	/** What the statements say now stood there at the end; null where they do not say. It may differ from a verified balance. */
	readonly balanceMinor: bigint | null;
}

export interface PeriodReconciliation {
	/** Those that have to be reconciled, and those that are exempt from it, by code. */
	readonly accounts: readonly AccountReconciliation[];
	/** Every account that has to be is VERIFIED. */
	readonly complete: boolean;
	/** The active session of the period. */
	readonly session: SessionRow | null;
}

/** Everything that reconciling a period is about, for whoever judges or shows it: the status, the session, the close. */
export function periodReconciliation(db: ReadDb, company: Company, period: Period): PeriodReconciliation {
	const accounts = accountsAtEnd(db, company.id, period.id).flatMap((account) => {
		const requirement = requirementOf(account);
		return requirement === 'NOT_REQUIRED' ? [] : [accountReconciliation(db, company, period, account, requirement === 'EXEMPT')];
	});
	return {
		accounts,
		complete: accounts.every(({ status }) => status === 'VERIFIED' || status === 'EXEMPT'),
		session: activeSessionOf(db, company.id, period.id) ?? null,
	};
}

function accountReconciliation(db: ReadDb, company: Company, period: Period, account: AccountAtEnd, isExempt: boolean): AccountReconciliation {
	const endDay = dayNumber(period.end);
	const strategy = strategyFor(account);
	const reconciliation = standingReconciliation(db, company.id, account.id, period.id) ?? null;
	return {
		account,
		currency: account.currency ?? company.currency,
		strategy: strategy?.name ?? null,
		status: isExempt ? 'EXEMPT' : statusOf(reconciliation),
		reconciliation,
		expectedMinor: ledgerBalance(db, company.id, account, period.id),
		statements: strategy?.name === 'statement' ? statementReach(db, company, account.id, endDay) : null,
		unexplainedMinor: reconciliation && reconciliation.varianceMinor - reconciliation.explainedMinor,
		unmatched: openStatementLines(db, company.id, account.id, endDay, reconciliation?.id ?? null),
		exemption: isExempt ? { by: account.exemptBy, at: account.exemptAt, reason: account.exemptReason } : null,
	};
}

function statusOf(reconciliation: ReconciliationRow | null): AccountReconciliationStatus {
	if (reconciliation === null || reconciliation.status === 'UNDONE') return 'MISSING';
	return reconciliation.status;
}

function statementReach(db: ReadDb, company: Company, accountId: number, endDay: number): StatementReach {
	const { reachesDay, isShort, known } = statementBalanceAt(db, company.id, accountId, endDay);
	return { reaches: reachesDay === null ? null : fromDayNumber(reachesDay), isShort, balanceMinor: known?.balanceMinor ?? null };
}
