import type { ReconcilingItemAnswer, ReconciliationStatementAnswer } from '#shared/contract/reconciliation.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { findAccount } from '#main/ledger/index.ts';
import { findPeriod, periodById } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { chosenItems } from './items.service.ts';
import { type ReconciliationRow, standingBetween } from './reconciliations.queries.ts';

export interface StatementRequest {
	readonly account: string;
	/** Periods or years by name; `to` is `from` where it is left out. */
	readonly from: string;
	readonly to?: string | undefined;
}

/**
 * The reconciliation statement in textbook form: balance per bank, with deposits in transit, less unpresented payments, with errors of
 * the bank put right, is the balance per books. One for each reconciliation that stands in the span; drafts show what is unexplained.
 * Refuses ACCOUNT_UNKNOWN, PERIOD_NOT_FOUND, INPUT_INVALID (the span is turned round).
 */
export function reconciliationStatement(db: ReadDb, company: Company, request: StatementRequest): ReconciliationStatementAnswer {
	const account = findAccount(db, company, request.account);
	const from = findPeriod(db, company, request.from);
	const to = findPeriod(db, company, request.to ?? request.from);
	if (to.end < from.start) {
		throw new AppError('INPUT_INVALID', `${to.name} ends before ${from.name} begins. Turn --from and --to round.`, { from: from.name, to: to.name });
	}
	const rows = standingBetween(db, company.id, account.id, dayNumber(from.start), dayNumber(to.end));
	return {
		code: account.code,
		name: account.name,
		currency: account.currency ?? company.currency,
		periods: rows.map((row) => statementOf(db, company, row)),
	};
}

function statementOf(db: ReadDb, company: Company, row: ReconciliationRow): ReconciliationStatementAnswer['periods'][number] {
	const items = chosenItems(db, company, row);
	const section = (belongs: (item: ReconcilingItemAnswer) => boolean) => {
		const chosen = items.filter(belongs);
		const total = chosen.reduce((sum, { amount }) => sum + parseAmountBig(amount, row.currency), 0n);
		return { total: formatAmount(total, row.currency), items: chosen };
	};
	return {
		id: row.uuid,
		period: present(periodById(db, company.id, row.periodId), 'the period of a reconciliation').name,
		date: fromDayNumber(row.endDay),
		status: row.status,
		strategy: row.strategy,
		preparedBy: row.preparedBy,
		verifiedBy: row.verifiedBy,
		balancePerBank: formatAmount(row.actualMinor, row.currency),
		depositsInTransit: section(({ kind, amount }) => kind === 'BOOK' && !amount.startsWith('-')),
		unpresented: section(({ kind, amount }) => kind === 'BOOK' && amount.startsWith('-')),
		bankErrors: section(({ kind }) => kind === 'BANK'),
		unexplained: formatAmount(row.varianceMinor - row.explainedMinor, row.currency),
		balancePerBooks: formatAmount(row.expectedMinor, row.currency),
	};
}
