import type { ReconciliationAnswer } from '#shared/contract/reconciliation.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { accountById } from '#main/companies/index.ts';
import { periodById } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { ActualDetail } from '../strategies/strategy.ts';
import { chosenItems } from './items.service.ts';
import { reconciliationByUuid, type ReconciliationRow } from './reconciliations.queries.ts';

/** The amounts of a reconciliation as the contract shows them. */
export function figuresOf(row: ReconciliationRow) {
	const amount = (minor: number) => formatAmount(minor, row.currency);
	return {
		currency: row.currency,
		expected: amount(row.expectedMinor),
		actual: amount(row.actualMinor),
		variance: amount(row.varianceMinor),
		explained: amount(row.explainedMinor),
		unexplained: amount(row.varianceMinor - row.explainedMinor),
	};
}

export function detailOf(row: ReconciliationRow): ActualDetail {
	return JSON.parse(row.detail) as ActualDetail;
}

/** A reconciliation as the contract shows it. */
export function reconciliationView(db: ReadDb, company: Company, row: ReconciliationRow): ReconciliationAnswer {
	const account = present(accountById(db, company.id, row.accountId), 'the account of a reconciliation');
	const detail = detailOf(row);
	return {
		id: row.uuid,
		code: account.code,
		name: account.name,
		period: present(periodById(db, company.id, row.periodId), 'the period of a reconciliation').name,
		date: fromDayNumber(row.endDay),
		strategy: row.strategy,
		status: row.status,
		...figuresOf(row),
		actualFrom: {
			typed: detail.typed ?? false,
			count: detail.count ?? null,
			statement: detail.statement ?? null,
			reaches: detail.reaches ?? null,
		},
		items: chosenItems(db, company, row),
		preparedAt: row.preparedAt,
		preparedBy: row.preparedBy,
		verifiedAt: row.verifiedAt,
		verifiedBy: row.verifiedBy,
		staleReason: row.staleReason,
		undoneAt: row.undoneAt,
		undoneBy: row.undoneBy,
		undoReason: row.undoReason,
	};
}

/** A reconciliation by its id. Refuses NOT_FOUND. */
export function findReconciliation(db: ReadDb, company: Company, uuid: string): ReconciliationRow {
	const reconciliation = reconciliationByUuid(db, company.id, uuid);
	if (reconciliation) return reconciliation;
	throw new AppError('NOT_FOUND', `There is no reconciliation ${uuid}. \`reconcile status --period P\` lists them with their ids.`, { id: uuid });
}
