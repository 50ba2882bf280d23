import { AppError } from '#shared/kernel/app-error.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { bookText } from '#shared/kernel/text.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { findStatementRow, type StatementRow } from './statements.queries.ts';
import { itemsOfLines, markStatementUndone, matchesOfLines, passLines, removeProposals, undoLines, verifiedLines } from './undo.queries.ts';

export interface UndoneStatement {
	readonly statementId: string;
	/** Lines that are undone with it. */
	readonly lines: number;
	/** Lines that another statement holds too and that stay. */
	readonly passed: number;
	/** Proposed matches that went with the lines. */
	readonly proposals: number;
}

const MAX_NAMED = 5;
const ENOUGH_TO_NAME = 100;

/** The statement that a person named by id or number. Refuses NOT_FOUND. */
export function findStatement(db: ReadDb, company: Company, named: string): StatementRow {
	const row = findStatementRow(db, company.id, named);
	if (row) return row;
	throw new AppError('NOT_FOUND', `There is no statement "${named}". See \`statement list\`.`, { statement: named });
}

/**
 * Takes a statement back as a whole, until one of its lines is verified. Its lines are undone, but for those that another standing
 * statement holds as well: they pass to it. The file can be taken in again afterwards.
 * Refuses NOT_FOUND, REASON_TOO_SHORT and STATEMENT_NOT_UNDOABLE.
 */
export function undoStatement(tx: WriteTx, { company, user }: Actor, { statementId: named, reason }: { statementId: string; reason: string }): UndoneStatement {
	const row = findStatement(tx, company, named);
	const text = bookText(reason.trim(), 'reason');
	if (text === '') throw new AppError('REASON_TOO_SHORT', 'Say why the statement is undone: --reason TEXT. The reason is recorded.', { statementId: row.uuid });
	if (row.status !== 'IMPORTED') throw refusal(row, 'That statement was undone already.', { status: row.status });
	refuseVerified(tx, company, row);
	const passed = passLines(tx, company.id, row.id);
	refuseHeld(tx, company, row);
	const proposals = removeProposals(tx, company.id, row.id);
	markStatementUndone(tx, company.id, row.id, user.id, text);
	return { statementId: row.uuid, lines: undoLines(tx, company.id, row.id), passed, proposals };
}

function refuseVerified(db: ReadDb, company: Company, row: StatementRow): void {
	const verified = verifiedLines(db, company.id, row.id, ENOUGH_TO_NAME);
	if (verified.length === 0) return;
	const named = verified.map((line) => ({ date: fromDayNumber(line.day), amount: formatAmount(line.amountMinor, row.currency) }));
	const words = named.slice(0, MAX_NAMED).map(({ date, amount }) => `${date} ${amount}`);
	throw refusal(row, `Lines of that statement are part of a verified reconciliation: ${words.join(', ')}. Undo the reconciliation first.`, { verified: named });
}

function refuseHeld(db: ReadDb, company: Company, row: StatementRow): void {
	const matches = matchesOfLines(db, company.id, row.id).map(({ matchId, day, amountMinor }) => ({
		matchId,
		date: fromDayNumber(day),
		amount: formatAmount(amountMinor, row.currency),
	}));
	if (matches.length > 0) {
		const words = matches.slice(0, MAX_NAMED).map(({ date, amount }) => `${date} ${amount}`);
		const more = matches.length > MAX_NAMED ? ` and ${matches.length - MAX_NAMED} more` : '';
		throw refusal(row, `Lines of that statement are matched: ${words.join(', ')}${more}. Unmatch them first.`, { matches });
	}
	const items = itemsOfLines(db, company.id, row.id).map(({ reconciliationId }) => reconciliationId);
	if (items.length > 0) {
		throw refusal(row, 'A reconciliation lists lines of that statement as reconciling items. Take them out of it first.', { reconciliations: items });
	}
}

function refusal(row: StatementRow, message: string, details: Record<string, unknown>): AppError {
	return new AppError('STATEMENT_NOT_UNDOABLE', message, { statementId: row.uuid, ...details });
}
