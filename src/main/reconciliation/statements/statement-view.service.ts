import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { StatementsContract } from '#shared/contract/statements.contract.ts';
import { findAccount } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import { chainBreaks } from './continuity.rules.ts';
import { chainOf } from './import-plan.service.ts';
import { amountOrNull, pageView, statementView } from './import-view.service.ts';
import { type LineMatch, linesOfStatement, matchesOfStatement, type StatementLineRow } from './statement-view.queries.ts';
import { listStatementRows, pagesOfStatement, type StatementRow } from './statements.queries.ts';
import { findStatement } from './undo.service.ts';

type ListView = OutputOf<StatementsContract['list']>;
type ShowView = OutputOf<StatementsContract['show']>;

/** The statements of an account, or of all, and where their balances do not follow each other. */
export function listStatements(db: ReadDb, company: Company, named: string | undefined): ListView {
	const accountId = named === undefined ? null : findAccount(db, company, named).id;
	const rows = listStatementRows(db, company.id, accountId);
	const standing = rows.filter(({ status }) => status === 'IMPORTED');
	const byAccount = Map.groupBy(standing, (row) => row.accountId);
	return { statements: rows.map(statementView), breaks: [...byAccount.values()].flatMap((group) => breaksOf(db, company, group)) };
}

function breaksOf(db: ReadDb, company: Company, rows: readonly StatementRow[]): ListView['breaks'] {
	const [first] = rows;
	if (!first) return [];
	const { accountId, currency, accountCode } = first;
	const uuids = new Map(rows.map(({ id, uuid }) => [String(id), uuid]));
	return chainBreaks(chainOf(db, company, accountId)).map(({ kind, page, neighbour, expectedMinor }) => ({
		kind,
		account: accountCode,
		statementId: uuids.get(page.key.split(' ')[0] ?? '') ?? '',
		from: fromDayNumber(page.fromDay),
		openingBalance: formatAmount(page.openingMinor ?? 0, currency),
		before: fromDayNumber(neighbour.toDay),
		expectedBalance: formatAmount(expectedMinor, currency),
	}));
}

/** One statement with its lines and what each is matched to. */
export function showStatement(db: ReadDb, company: Company, named: string): ShowView {
	const row = findStatement(db, company, named);
	const matches = matchesOfStatement(db, company.id, row.id);
	const lines = linesOfStatement(db, company.id, row.id).map((line) => lineView(line, matches.get(line.lineId), row.currency));
	const count = (status: string): number => lines.filter((line) => line.status === status).length;
	return {
		...statementView(row),
		pages: pagesOfStatement(db, company.id, row.id).map((page) => pageView(page, row.currency)),
		lines,
		matched: count('MATCHED'),
		suggested: count('SUGGESTED'),
		unmatched: lines.length - count('MATCHED'),
	};
}

function lineView(line: StatementLineRow, match: LineMatch | undefined, currency: string): ShowView['lines'][number] {
	return {
		line: line.position,
		page: line.pageNo,
		lineId: line.uuid,
		no: line.lineId,
		date: fromDayNumber(line.day),
		valueDate: line.valueDay === null ? null : fromDayNumber(line.valueDay),
		amount: formatAmount(line.amountMinor, currency),
		description: line.description,
		party: line.party,
		bankId: line.bankId,
		reference: line.reference,
		balance: amountOrNull(line.runningBalanceMinor, currency),
		isBankIdReused: line.isBankIdReused === 1,
		isUndone: line.undone === 1,
		status: match === undefined ? 'UNMATCHED' : match.status === 'CONFIRMED' ? 'MATCHED' : 'SUGGESTED',
		match: match === undefined ? null : matchView(match),
	};
}

function matchView({ matchId, no, kind, entries, score, certain, reasons }: LineMatch) {
	return { matchId, no, kind, entries: [...entries], score, certain, reasons: reasons as unknown[] };
}
