import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { accountById } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { Reason } from './lines.rules.ts';
import { type MemberEntryLine, memberEntryLines, memberLines } from './line-views.queries.ts';
import { matchNamed, type MatchRow } from './match-rows.queries.ts';
import type { MatchDetail } from './propose-all.rules.ts';

export type MatchView = ReturnType<typeof matchView>;

/** The match of this number or id. Refuses NOT_FOUND. */
export function findMatch(db: ReadDb, company: Company, named: string): MatchRow {
	const row = matchNamed(db, company.id, named);
	if (row) return row;
	throw new AppError('NOT_FOUND', `There is no match "${named}". A proposal that did not hold any more is gone; run \`statement match\` again.`, {
		match: named,
	});
}

/** A match as the contract shows it. */
export function matchView(db: ReadDb, company: Company, row: MatchRow) {
	const account = present(accountById(db, company.id, row.accountId), 'the account of a match');
	const currency = account.currency ?? company.currency;
	const detail = JSON.parse(row.detail) as MatchDetail;
	const lineIds = row.kind === 'TRANSFER' ? [detail.fromLineId, detail.toLineId] : (JSON.parse(row.lineIds) as number[]);
	const entryLine = (line: MemberEntryLine) => ({
		no: line.entryId,
		lineNo: line.lineNo,
		externalNo: line.externalNo,
		date: fromDayNumber(line.day),
		amount: formatAmount(line.amountMinor, currency),
	});
	return {
		matchId: row.uuid,
		no: row.id,
		account: account.code,
		kind: row.kind,
		status: row.status,
		score: row.score,
		certain: row.certain === 1,
		automatic: row.automatic === 1,
		reasons: JSON.parse(row.reasons) as Reason[],
		lines: memberLines(
			db,
			company.id,
			lineIds.filter((id) => id !== undefined),
		).map((line) => ({
			no: line.id,
			lineId: line.uuid,
			account: line.code,
			date: fromDayNumber(line.day),
			amount: formatAmount(line.amountMinor, currency),
			description: line.description,
		})),
		entries: memberEntryLines(db, company.id, row.entryLines).map(entryLine),
		difference: formatAmount(detail.differenceMinor ?? 0, currency),
		currency,
		transfer: transferView(db, company, detail, currency),
		settlement:
			detail.clearingAccountId === undefined
				? null
				: {
						clearing: codeOf(db, company, detail.clearingAccountId),
						gross: formatAmount(detail.grossMinor ?? 0, currency),
						charge: formatAmount(detail.chargeMinor ?? 0, currency),
						net: formatAmount((detail.grossMinor ?? 0) - (detail.chargeMinor ?? 0), currency),
						settles: memberEntryLines(db, company.id, JSON.stringify(detail.clearingLines ?? [])).map(entryLine),
					},
	};
}

function transferView(db: ReadDb, company: Company, detail: MatchDetail, currency: string) {
	const { fromAccountId, fromLineId, toAccountId, day } = detail;
	if (fromAccountId === undefined || fromLineId === undefined || toAccountId === undefined || day === undefined) return null;
	const [line] = memberLines(db, company.id, [fromLineId]);
	return {
		from: codeOf(db, company, fromAccountId),
		to: codeOf(db, company, toAccountId),
		date: fromDayNumber(day),
		amount: formatAmount(-(line?.amountMinor ?? 0), currency),
	};
}

function codeOf(db: ReadDb, company: Company, accountId: number): string {
	return present(accountById(db, company.id, accountId), 'the account of a match').code;
}

/** What an audit event is made of; the reasons are kept with the match. */
export type AuditedMatch = Omit<MatchView, 'reasons'>;

/** What the audit trail keeps of a match: numbers, kind, and the sum of each side in major units. */
export function auditOfMatch({ no, matchId, account, kind, status, lines, entries, currency }: AuditedMatch) {
	return {
		match: no,
		matchId,
		account,
		kind,
		status,
		lines: lines.map((line) => ({ no: line.no, amount: line.amount })),
		entries: entries.map((entry) => ({ no: entry.no, line: entry.lineNo, amount: entry.amount })),
		currency,
	};
}
