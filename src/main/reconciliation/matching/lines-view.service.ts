import { civilDate, type CivilDate, dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { present } from '#shared/kernel/assert.ts';
import { findAccount } from '#main/ledger/index.ts';
import { today } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { ledgerLineRows, ledgerSides, lineSides, type LineStatus, type SideSum, statementLineRows } from './line-views.queries.ts';
import { matchById } from './match-rows.queries.ts';
import { matchView, type MatchView } from './match-view.service.ts';
import { type ScopeInput, scopeOf } from './scope.service.ts';

const PAGE_LINES = 200;

export interface LinesInput extends ScopeInput {
	readonly status?: LineStatus | undefined;
	readonly after?: { readonly date: CivilDate; readonly no: number } | undefined;
	readonly limit?: number | undefined;
}

/** Statement lines with the match of each, a page at a time. Refuses NOT_FOUND, ACCOUNT_UNKNOWN, INPUT_INVALID. */
export function statementLines(db: ReadDb, company: Company, input: LinesInput) {
	const scope = scopeOf(db, company, input);
	const { currency } = scope;
	const limit = input.limit ?? PAGE_LINES;
	const after = input.after && { day: dayNumber(civilDate(input.after.date)), id: input.after.no };
	const rows = statementLineRows(db, company.id, scope, { status: input.status, after, limit: limit + 1 });
	const matches = new Map<number, MatchView>();
	const matchOf = (id: number): MatchView => {
		const known = matches.get(id) ?? matchView(db, company, present(matchById(db, company.id, id), 'the match of a line'));
		matches.set(id, known);
		return known;
	};
	const lines = rows.slice(0, limit).map((row) => ({
		no: row.id,
		lineId: row.uuid,
		date: fromDayNumber(row.day),
		amount: formatAmount(row.amountMinor, currency),
		description: row.description,
		party: row.party,
		bankId: row.bankId,
		reference: row.reference,
		status: row.isMatched === 1 ? ('MATCHED' as const) : row.matchId === null ? ('UNMATCHED' as const) : ('SUGGESTED' as const),
		match: row.matchId === null ? null : matchOf(row.matchId),
	}));
	const sides = lineSides(db, company.id, scope);
	return {
		account: scope.code,
		currency,
		lines,
		more: rows.length > limit,
		matched: sideView(sides.matched, currency),
		suggested: sideView(sides.suggested, currency),
		unmatched: sideView(sides.unmatched, currency),
	};
}

export interface LedgerLinesInput {
	readonly account: string;
	readonly asOf?: CivilDate | undefined;
	readonly status?: 'UNMATCHED' | 'SUGGESTED' | undefined;
	readonly after?: { readonly date: CivilDate; readonly no: number; readonly lineNo: number } | undefined;
	readonly limit?: number | undefined;
}

/** Ledger lines that are in no confirmed match, with their age. Refuses ACCOUNT_UNKNOWN, INPUT_INVALID. */
export function openLedgerLines(db: ReadDb, company: Company, input: LedgerLinesInput, instant: string) {
	const account = findAccount(db, company, input.account);
	const currency = account.currency ?? company.currency;
	const asOf = input.asOf === undefined ? today(company, instant) : civilDate(input.asOf);
	const scope = { accountId: account.id, currency: currency === company.currency ? null : currency, throughDay: dayNumber(asOf) };
	const limit = input.limit ?? PAGE_LINES;
	const after = input.after && { day: dayNumber(civilDate(input.after.date)), entryId: input.after.no, lineNo: input.after.lineNo };
	const rows = ledgerLineRows(db, company.id, scope, { status: input.status, after, limit: limit + 1 });
	const sides = ledgerSides(db, company.id, scope);
	return {
		account: account.code,
		currency,
		asOf,
		lines: rows.slice(0, limit).map(({ entryId, lineNo, externalNo, day, amountMinor, description, memo, party, reference, matchUuid }) => ({
			no: entryId,
			lineNo,
			externalNo,
			date: fromDayNumber(day),
			amount: formatAmount(amountMinor, currency),
			description,
			memo,
			party,
			reference,
			age: scope.throughDay - day,
			status: matchUuid === null ? ('UNMATCHED' as const) : ('SUGGESTED' as const),
			matchId: matchUuid,
		})),
		more: rows.length > limit,
		suggested: sideView(sides.suggested, currency),
		unmatched: sideView(sides.unmatched, currency),
	};
}

function sideView({ count, sumMinor }: SideSum, currency: string) {
	return { count, sum: formatAmount(sumMinor, currency) };
}
