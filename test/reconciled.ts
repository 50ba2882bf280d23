import { dayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { findPeriod } from '#main/periods/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import { type AccountReconciliation, periodReconciliation } from '#main/reconciliation/index.ts';
import { recordStatement, type StatementBooks } from './statement-books.ts';

export interface VerifyOptions {
	/** Where the files of the statements are kept. */
	readonly contentFolder?: string;
}

/**
 * Reconciles everything that a period needs, as on a day when all agrees: cash is counted, and each bank says in a statement of the last
 * day what the books say. For tests of what comes after.
 */
export function verifyAccounts(books: StatementBooks, periodName: string, options: VerifyOptions = {}): void {
	const period = books.runner.read((db) => findPeriod(db, books.company, periodName));
	if (period.kind === 'YEAR' || period.kind === 'OPENING' || period.status === 'CLOSED') return;
	const { accounts } = books.runner.read((db) => periodReconciliation(db, books.company, period));
	for (const found of accounts) {
		if (found.status === 'VERIFIED' || found.status === 'EXEMPT') continue;
		const balance = formatAmount(found.expectedMinor, found.currency);
		if (found.strategy === 'statement') {
			recordStatement(books, found.account.code, { from: period.end, to: period.end, opening: balance, closing: balance, lines: [], ...options });
		}
		books.runner.write((tx) => verify(tx, books, found, { id: period.id, endDay: dayNumber(period.end) }));
	}
}

/** Straight into the tables, through the guards: a draft, then verified. One that was begun or went stale is taken up. */
function verify(tx: WriteTx, books: StatementBooks, found: AccountReconciliation, period: { id: number; endDay: number }): void {
	const { account, currency, strategy, reconciliation } = found;
	const expectedMinor = Number(found.expectedMinor);
	const actualMinor = expectedMinor - (reconciliation?.explainedMinor ?? 0);
	let id = reconciliation?.id;
	if (id === undefined) {
		id = insertDraft(tx, books, { accountId: account.id, period, currency, strategy: strategy ?? 'balance', expectedMinor, actualMinor });
	} else {
		tx.run(
			`UPDATE reconciliations SET status = 'DRAFT', stale_reason = NULL, expected_minor = ?, actual_minor = ? WHERE company_id = ? AND id = ?`,
			expectedMinor,
			actualMinor,
			books.company.id,
			id,
		);
	}
	markVerified(tx, books, id);
}

export interface DraftRow {
	readonly accountId: number;
	readonly period: { readonly id: number; readonly endDay: number };
	readonly currency: string;
	readonly strategy: string;
	readonly expectedMinor: number;
	readonly actualMinor: number;
}

/** A draft; its id. */
export function insertDraft(tx: WriteTx, { company, actor, clock }: StatementBooks, row: DraftRow): number {
	const id = (tx.value<number>('SELECT max(id) FROM reconciliations WHERE company_id = ?', company.id) ?? 0) + 1;
	tx.run(
		`INSERT INTO reconciliations (company_id, id, uuid, account_id, period_id, end_day, currency, strategy, status, expected_minor, actual_minor, prepared_at, prepared_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'DRAFT', ?, ?, ?, ?)`,
		company.id,
		id,
		uuidV7(clock),
		row.accountId,
		row.period.id,
		row.period.endDay,
		row.currency,
		row.strategy,
		row.expectedMinor,
		row.actualMinor,
		tx.instant,
		actor.user.id,
	);
	return id;
}

export function markVerified(tx: WriteTx, { company, actor }: StatementBooks, id: number): void {
	tx.run(
		`UPDATE reconciliations SET status = 'VERIFIED', verified_at = ?, verified_by = ? WHERE company_id = ? AND id = ?`,
		tx.instant,
		actor.user.id,
		company.id,
		id,
	);
}
