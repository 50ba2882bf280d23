import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { StatementsContract } from '#shared/contract/statements.contract.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import type { ImportPlan } from './import-plan.service.ts';
import type { Accepted } from './statement-doubts.rules.ts';
import { type PageRow, pagesOfStatement, type StatementRow } from './statements.queries.ts';

export type ImportedView = OutputOf<StatementsContract['import']>;
export type StatementView = OutputOf<StatementsContract['list']>['statements'][number];

/** Rejected lines that a refusal or an answer lists. */
export const MAX_LISTED = 1000;

/** What an import answers of a statement that it recorded. */
export function importedView(db: ReadDb, company: Company, row: StatementRow, plan: ImportPlan, layoutSaved: boolean): ImportedView {
	return {
		...fixedView(db, company, row),
		lines: row.addedCount,
		duplicates: row.lineCount - row.addedCount,
		pending: plan.pending,
		doubts: [...plan.doubts],
		notes: [...plan.notes],
		rejected: plan.rejected.slice(0, MAX_LISTED),
		rejectedCount: plan.rejected.length,
		layoutSaved,
	};
}

/** What it answers where the same file stands in the account already: nothing was added. */
export function standingView(db: ReadDb, company: Company, row: StatementRow | undefined): ImportedView | null {
	if (!row) return null;
	const nothing = { pending: 0, doubts: [], notes: [], rejected: [], rejectedCount: 0, layoutSaved: false };
	return { ...fixedView(db, company, row), lines: 0, duplicates: row.lineCount, ...nothing };
}

function fixedView(db: ReadDb, company: Company, row: StatementRow) {
	const { statementId, no, account, currency, format, dialect, fileName, sha256, bankAccount, from, to, openingBalance, closingBalance } = statementView(row);
	const head = { statementId, no, account, currency, format, dialect, fileName, sha256, bankAccount, from, to, openingBalance, closingBalance };
	return { ...head, pages: pagesOfStatement(db, company.id, row.id).map((page) => pageView(page, row.currency)), accepted: acceptedOf(row) };
}

export function pageView(page: PageRow, currency: string) {
	return {
		page: page.pageNo,
		number: page.number,
		from: fromDayNumber(page.fromDay),
		to: fromDayNumber(page.toDay),
		openingBalance: amountOrNull(page.openingMinor, currency),
		closingBalance: amountOrNull(page.closingMinor, currency),
		lines: page.lineCount,
	};
}

/** A statement as lists and pages show it. */
export function statementView(row: StatementRow): StatementView {
	return {
		statementId: row.uuid,
		no: row.id,
		account: { code: row.accountCode, name: row.accountName },
		currency: row.currency,
		format: row.format,
		dialect: row.dialect,
		fileName: row.fileName,
		sha256: row.sha256,
		bytes: row.fileBytes,
		bankAccount: row.bankAccount,
		from: fromDayNumber(row.fromDay),
		to: fromDayNumber(row.toDay),
		openingBalance: amountOrNull(row.openingMinor, row.currency),
		closingBalance: amountOrNull(row.closingMinor, row.currency),
		lineCount: row.lineCount,
		added: row.addedCount,
		accepted: acceptedOf(row),
		note: row.acceptedNote,
		status: row.status,
		importedAt: row.importedAt,
		importedBy: row.importedBy,
		undoneAt: row.undoneAt,
		undoReason: row.undoReason,
	};
}

export const amountOrNull = (minor: number | null, currency: string): string | null => (minor === null ? null : formatAmount(minor, currency));

const acceptedOf = (row: StatementRow): Accepted[] => JSON.parse(row.accepted) as Accepted[];
