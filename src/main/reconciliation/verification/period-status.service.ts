import { formatAmount } from '#shared/kernel/money.ts';
import { findPeriod, listPeriods, type Period, periodView } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sessionView } from '../sessions/sessions.service.ts';
import { type AccountReconciliation, type AccountReconciliationStatus, periodReconciliation } from './period-reconciliation.service.ts';
import { ordinaryPeriod } from './prepare.service.ts';
import { reconciliationsOfPeriod } from './reconciliations.queries.ts';

const PAGE = 50;

/** Every account that is to be reconciled at a period's end, with what was done. Refuses PERIOD_NOT_FOUND, RECONCILIATION_REFUSED. */
export function periodReconciliationStatus(db: ReadDb, company: Company, named: string) {
	const period = ordinaryPeriod(db, company, named);
	const { accounts, complete, session } = periodReconciliation(db, company, period);
	return {
		period: period.name,
		date: period.end,
		accounts: accounts.map(accountView),
		complete,
		session: session && sessionView(db, company, session),
	};
}

function accountView({ account, currency, strategy, status, reconciliation, expectedMinor, statements, exemption, ...facts }: AccountReconciliation) {
	const amount = (minor: number | bigint) => formatAmount(minor, currency);
	return {
		code: account.code,
		name: account.name,
		currency,
		strategy,
		status,
		reconciliationId: reconciliation?.uuid ?? null,
		expected: amount(reconciliation?.expectedMinor ?? expectedMinor),
		actual: reconciliation && amount(reconciliation.actualMinor),
		variance: reconciliation && amount(reconciliation.varianceMinor),
		unexplained: facts.unexplainedMinor === null ? null : amount(facts.unexplainedMinor),
		ledger: amount(expectedMinor),
		unmatchedLines: facts.unmatched.count,
		statementsReach: statements?.reaches ?? null,
		verifiedBy: reconciliation?.verifiedBy ?? null,
		verifiedAt: reconciliation?.verifiedAt ?? null,
		staleReason: reconciliation?.staleReason ?? null,
		exemptBy: exemption?.by ?? null,
		exemptAt: exemption?.at ?? null,
		exemptReason: exemption?.reason ?? null,
	};
}

/** The oldest ordinary period that is not closed: what is reconciled and closed next. */
export function currentPeriodStatus(db: ReadDb, company: Company) {
	const period = listPeriods(db, company.id).find(({ kind, status }) => status !== 'CLOSED' && kind !== 'YEAR' && kind !== 'OPENING');
	if (!period) return { period: null, session: null, complete: true, counts: { missing: 0, draft: 0, stale: 0, verified: 0, exempt: 0 } };
	const { accounts, complete, session } = periodReconciliation(db, company, period);
	const count = (wanted: AccountReconciliationStatus) => accounts.filter(({ status }) => status === wanted).length;
	return {
		period: periodView(db, period),
		session: session && sessionView(db, company, session),
		complete,
		counts: { missing: count('MISSING'), draft: count('DRAFT'), stale: count('STALE'), verified: count('VERIFIED'), exempt: count('EXEMPT') },
	};
}

/** Closed periods and years, newest first, a page after the period named last. Refuses PERIOD_NOT_FOUND. */
export function closedPeriods(db: ReadDb, company: Company, request: { readonly before?: string | undefined; readonly limit?: number | undefined }) {
	const closed = listPeriods(db, company.id)
		.filter(({ kind, status }) => status === 'CLOSED' && kind !== 'OPENING')
		.reverse();
	const from = request.before === undefined ? 0 : placeAfter(db, company, closed, request.before);
	const limit = request.limit ?? PAGE;
	return {
		periods: closed
			.slice(from, from + limit)
			.map((period) => ({ ...periodView(db, period), reconciliations: reconciliationsOfPeriod(db, company.id, period.id) })),
		more: closed.length > from + limit,
	};
}

function placeAfter(db: ReadDb, company: Company, closed: readonly Period[], named: string): number {
	const before = findPeriod(db, company, named);
	const place = closed.findIndex(({ id }) => id === before.id);
	if (place >= 0) return place + 1;
	// It was reopened since: the page goes on with what is older.
	const older = closed.findIndex(({ end }) => end < before.end);
	return older < 0 ? closed.length : older;
}
