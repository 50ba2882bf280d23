import type { Issue } from '#shared/contract/close.contract.ts';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { eventsOfAction } from '#main/audit/index.ts';
import { PAYMENT_METHOD_SUBTYPES } from '#main/companies/index.ts';
import type { Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { accountAtEnd, ledgerBalance } from '../accounts/accounts.queries.ts';
import { type AccountReconciliation, periodReconciliation } from '../verification/period-reconciliation.service.ts';
import { type ReconciliationRow, standingReconciliation } from '../verification/reconciliations.queries.ts';
import { itemsBefore, turnoverOf, unfinishedAccounts } from './facts.queries.ts';
import { type AccountFacts, OLD_ITEM_DAYS, type ReconciliationFacts, type SubtypeChange } from './reconciliation-facts.rules.ts';
import { reconciliationIssuesOf } from './reconciliation-issues.rules.ts';

/**
 * What reconciliation says about closing a period; nothing for a year and for the opening period, whose accounts are reconciled with
 * the ordinary ones. `auditedBefore` is the last audit event that an earlier close looked at: changed subtypes are told from then on.
 */
export function reconciliationIssues(db: ReadDb, company: Company, period: Period, auditedBefore: number): Issue[] {
	if (period.kind === 'YEAR' || period.kind === 'OPENING') return [];
	const { accounts, session } = periodReconciliation(db, company, period);
	return reconciliationIssuesOf({
		period,
		accounts: [...accounts.map((account) => accountFacts(db, company, period, account)), ...idleFacts(db, company, period, accounts)],
		session: session && { id: session.uuid, startedAt: session.startedAt, startedBy: session.startedBy },
		subtypeChanges: subtypeChanges(db, company, auditedBefore),
	});
}

function accountFacts(db: ReadDb, company: Company, period: Period, found: AccountReconciliation): AccountFacts {
	const { account, currency, status, reconciliation, statements, unmatched, exemption } = found;
	return {
		code: account.code,
		name: account.name,
		currency,
		status,
		reconciliation: reconciliation && reconciliationFacts(db, company, period, reconciliation),
		ledgerMinor: found.expectedMinor,
		statements,
		unmatched,
		turnoverMinor: turnoverOf(db, company.id, account, period.id),
		exemption,
	};
}

function reconciliationFacts(db: ReadDb, company: Company, period: Period, row: ReconciliationRow): ReconciliationFacts {
	const { count, oldest } = itemsBefore(db, company.id, row.id, dayNumber(period.end) - OLD_ITEM_DAYS);
	const { expectedMinor, actualMinor, explainedMinor, staleReason } = row;
	return {
		id: row.uuid,
		expectedMinor,
		actualMinor,
		explainedMinor,
		staleReason,
		oldItems: { count, oldest: oldest === null ? null : fromDayNumber(oldest) },
	};
}

/** Drafts of accounts that have no balance and did not move: nobody needs them, but begun is begun, and the guard of the close says so. */
function idleFacts(db: ReadDb, company: Company, period: Period, counted: readonly AccountReconciliation[]): AccountFacts[] {
	const known = new Set(counted.map(({ account }) => account.id));
	return unfinishedAccounts(db, company.id, period.id)
		.filter((id) => !known.has(id))
		.map((id) => {
			const account = present(accountAtEnd(db, company.id, period.id, id), 'an account with a reconciliation');
			const row = present(standingReconciliation(db, company.id, id, period.id), 'the reconciliation of an account');
			return {
				code: account.code,
				name: account.name,
				currency: row.currency,
				status: row.status === 'STALE' ? 'STALE' : 'DRAFT',
				reconciliation: reconciliationFacts(db, company, period, row),
				ledgerMinor: ledgerBalance(db, company.id, account, period.id),
				statements: null,
				unmatched: { count: 0, sumMinor: 0n },
				turnoverMinor: 0n,
				exemption: null,
			};
		});
}

/** Changes that took an account out of those where money sits, or made it one of them. */
function subtypeChanges(db: ReadDb, company: Company, auditedBefore: number): SubtypeChange[] {
	const holdsMoney = (subtype: string | null): boolean => subtype !== null && PAYMENT_METHOD_SUBTYPES.includes(subtype);
	return eventsOfAction(db, company.id, ['ledger.changeSubtype'], auditedBefore)
		.map(({ detail, at, userLogin }) => {
			const { code, name, was, is } = JSON.parse(detail) as Pick<SubtypeChange, 'code' | 'name' | 'was' | 'is'>;
			return { code, name, was, is, at, by: userLogin };
		})
		.filter(({ was, is }) => holdsMoney(was) !== holdsMoney(is));
}
