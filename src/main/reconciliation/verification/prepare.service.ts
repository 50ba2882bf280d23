import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { parseAmountMinor, toSafeMinor } from '#shared/kernel/money.ts';
import type { AccountRow } from '#main/companies/index.ts';
import { findAccount } from '#main/ledger/index.ts';
import { findPeriod, type Period, periodById } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { accountAtEnd, type AccountAtEnd, ledgerBalance } from '../accounts/accounts.queries.ts';
import { strategyFor } from '../strategies/strategies.ts';
import type { ActualBalance, Strategy } from '../strategies/strategy.ts';
import { dropClosedItems, type Subject } from './items.service.ts';
import { detailOf, findReconciliation } from './reconciliation-view.ts';
import {
	insertReconciliation,
	reconciliationByUuid,
	type ReconciliationRow,
	standingReconciliation,
	updateFigures,
	updatePreparer,
} from './reconciliations.queries.ts';

export interface PrepareRequest {
	readonly account: string;
	readonly period: string;
	readonly actual?: string | undefined;
	readonly count?: Readonly<Record<string, number>> | undefined;
}

interface Given {
	readonly typedMinor: number | null;
	readonly count: Readonly<Record<string, number>> | null;
}

const NOTHING_GIVEN: Given = { typedMinor: null, count: null };

/**
 * Makes the draft of an account at a period's end, or refreshes the one that stands: expected from the ledger, actual by the account's
 * strategy. One that is stale becomes a draft again; items that are open no more drop out. What was typed or counted stays unless it is
 * given anew. Refuses RECONCILIATION_FIXED (verified), PERIOD_CLOSED, RECONCILIATION_REFUSED and what the strategy refuses.
 */
export function prepareReconciliation(tx: WriteTx, { company, user }: Actor, request: PrepareRequest): ReconciliationRow {
	const period = reconcilablePeriod(tx, company, request.period);
	const account = accountOf(tx, company, period, findAccount(tx, company, request.account));
	const currency = account.currency ?? company.currency;
	const given: Given = {
		typedMinor: request.actual === undefined ? null : parseAmountMinor(request.actual, currency),
		count: request.count ?? null,
	};
	const strategy = requiredStrategy(account);
	const standing = standingReconciliation(tx, company.id, account.id, period.id);
	if (standing) {
		checkNotVerified(standing, account);
		refresh(tx, { company, account, strategy, reconciliation: standing }, given);
		updatePreparer(tx, company.id, standing.id, user.id);
		return reread(tx, company, standing.uuid);
	}
	const uuid = uuidV7({ now: () => new Date(tx.instant) });
	const actual = strategy.actual(tx, { company, account, currency, endDay: dayNumber(period.end), ...given, stored: null });
	insertReconciliation(tx, company.id, {
		uuid,
		accountId: account.id,
		periodId: period.id,
		endDay: dayNumber(period.end),
		currency,
		strategy: strategy.name,
		expectedMinor: toSafeMinor(ledgerBalance(tx, company.id, account, period.id)),
		actualMinor: actual.actualMinor,
		detail: JSON.stringify(actual.detail),
		preparedBy: user.id,
	});
	return reread(tx, company, uuid);
}

/** Expected and actual anew, in place. The preparer stays. */
export function refresh(tx: WriteTx, subject: Subject, given: Given = NOTHING_GIVEN): void {
	const { company, account, strategy, reconciliation } = subject;
	const currency = account.currency ?? company.currency;
	if (currency !== reconciliation.currency) {
		throw new AppError(
			'RECONCILIATION_REFUSED',
			`Account ${account.code} was in ${reconciliation.currency} then and is in ${currency} now. Undo this one first.`,
			{
				id: reconciliation.uuid,
				account: account.code,
			},
		);
	}
	const actual = strategy.actual(tx, { company, account, currency, endDay: reconciliation.endDay, ...given, stored: storedActual(reconciliation) });
	updateFigures(tx, company.id, reconciliation.id, {
		strategy: strategy.name,
		expectedMinor: toSafeMinor(ledgerBalance(tx, company.id, account, reconciliation.periodId)),
		actualMinor: actual.actualMinor,
		detail: JSON.stringify(actual.detail),
	});
	dropClosedItems(tx, subject);
}

function storedActual(row: ReconciliationRow): ActualBalance | null {
	const detail = detailOf(row);
	return detail.typed || detail.count ? { actualMinor: row.actualMinor, detail } : null;
}

/** A reconciliation by its id with all that concerns it. Refuses NOT_FOUND. */
export function subjectOf(db: ReadDb, company: Company, uuid: string): Subject {
	const reconciliation = findReconciliation(db, company, uuid);
	const account = present(accountAtEnd(db, company.id, reconciliation.periodId, reconciliation.accountId), 'the account of a reconciliation');
	return { company, account, strategy: requiredStrategy(account), reconciliation };
}

export function reread(db: ReadDb, company: Company, uuid: string): ReconciliationRow {
	return present(reconciliationByUuid(db, company.id, uuid), 'a reconciliation under way');
}

/** Refuses PERIOD_CLOSED where the reconciliation's period is closed. */
export function checkPeriodOpen(db: ReadDb, company: Company, reconciliation: ReconciliationRow): Period {
	const period = present(periodById(db, company.id, reconciliation.periodId), 'the period of a reconciliation');
	if (period.status !== 'CLOSED') return period;
	throw new AppError('PERIOD_CLOSED', `${period.name} is closed, and its reconciliations with it. An Admin may reopen it: period reopen ${period.name}.`, {
		period: period.name,
	});
}

/** An ordinary period by name, uuid or a date inside. Refuses PERIOD_NOT_FOUND, RECONCILIATION_REFUSED (a year, the opening period). */
export function ordinaryPeriod(db: ReadDb, company: Company, named: string): Period {
	const period = findPeriod(db, company, named);
	if (period.kind !== 'YEAR' && period.kind !== 'OPENING') return period;
	throw new AppError('RECONCILIATION_REFUSED', `${period.name} is not reconciled: accounts are reconciled at the end of ordinary periods, such as 2026-01.`, {
		period: period.name,
	});
}

function reconcilablePeriod(db: ReadDb, company: Company, named: string): Period {
	const period = ordinaryPeriod(db, company, named);
	if (period.status !== 'CLOSED') return period;
	throw new AppError('PERIOD_CLOSED', `${period.name} is closed: what was reconciled then stays. Reconcile a period that is open.`, { period: period.name });
}

function accountOf(db: ReadDb, company: Company, period: Period, account: AccountRow): AccountAtEnd {
	return present(accountAtEnd(db, company.id, period.id, account.id), 'an account of the company');
}

function requiredStrategy(account: AccountAtEnd): Strategy {
	const strategy = strategyFor(account);
	if (strategy) return strategy;
	throw new AppError(
		'RECONCILIATION_REFUSED',
		`Account ${account.code} ${account.name} is not reconciled: nothing but the books says what ${account.type.toLowerCase()} should be. See \`reconcile status\` for those that are.`,
		{ account: account.code, type: account.type },
	);
}

function checkNotVerified(row: ReconciliationRow, account: AccountAtEnd): void {
	if (row.status !== 'VERIFIED') return;
	throw new AppError(
		'RECONCILIATION_FIXED',
		`Account ${account.code} is verified already, by ${row.verifiedBy ?? '?'}. A verified reconciliation is not edited; \`reconcile undo ${row.uuid} --reason TEXT\` takes it back.`,
		{ id: row.uuid, account: account.code },
	);
}
