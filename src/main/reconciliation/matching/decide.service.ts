import { AppError } from '#shared/kernel/app-error.ts';
import { bookText } from '#shared/kernel/text.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { closedPeriodThrough, confirmMembers, decide, deleteClaims, matchById, type MatchRow, undoMatch } from './match-rows.queries.ts';
import { findMatch, matchView } from './match-view.service.ts';
import { takenLines } from './named-lines.queries.ts';
import type { MatchDetail } from './propose-all.rules.ts';
import { present } from '#shared/kernel/assert.ts';
import { memberLines } from './line-views.queries.ts';

export type EntryLineKey = readonly [entryId: number, lineNo: number];

/** Confirms a proposal that posts nothing. Refuses NOT_FOUND, MATCH_REFUSED, MATCH_UNEQUAL. */
export function confirm(tx: WriteTx, { company, user }: Actor, named: string) {
	const row = findProposal(tx, company, named);
	if (row.kind === 'TRANSFER' || row.kind === 'SETTLEMENT') {
		const procedure = row.kind === 'TRANSFER' ? 'a transfer' : 'a settlement';
		throw new AppError('MATCH_REFUSED', `Match ${row.id} is ${procedure}: to confirm it posts an entry. Ask for that.`, { match: row.uuid, kind: row.kind });
	}
	const { differenceMinor } = JSON.parse(row.detail) as MatchDetail;
	if (differenceMinor !== undefined) throw unequal(tx, company, row, differenceMinor);
	joinLines(tx, company, row.id, JSON.parse(row.lineIds) as number[], JSON.parse(row.entryLines) as EntryLineKey[], user.id);
	return viewAfter(tx, company, row.id);
}

/** A proposal, still open. Refuses NOT_FOUND, MATCH_REFUSED. */
export function findProposal(tx: WriteTx, company: Company, named: string): MatchRow {
	const row = findMatch(tx, company, named);
	if (row.status === 'PROPOSED') return row;
	const was = { CONFIRMED: 'is confirmed already', REJECTED: 'was rejected', UNMATCHED: 'was taken apart' }[row.status];
	throw new AppError('MATCH_REFUSED', `Match ${row.id} ${was}. Run \`statement match\` for what is proposed now, or join lines by hand: statement join.`, {
		match: row.uuid,
		status: row.status,
	});
}

function unequal(tx: WriteTx, company: Company, row: MatchRow, differenceMinor: number): AppError {
	const { difference, currency, lines, entries } = matchView(tx, company, row);
	const [line, entry] = [lines[0]?.no, entries[0]?.no];
	const next = `Correct entry ${entry} (journal correct), or post the difference to the account and join both: statement join --lines ${line} --entries ${entry}:${entries[0]?.lineNo},NO:LINE.`;
	return new AppError('MATCH_UNEQUAL', `The bank line and the ledger line differ by ${difference} ${currency}. ${next}`, {
		match: row.uuid,
		difference: formatAmount(differenceMinor, currency),
		currency,
	});
}

/** Makes lines members of a match and confirms it; other proposals that lay claim to one of them are gone. Refuses MATCH_REFUSED. */
export function joinLines(
	tx: WriteTx,
	company: Company,
	matchId: number,
	lineIds: readonly number[],
	entryLines: readonly EntryLineKey[],
	userId: number,
): void {
	checkOpen(tx, company, lineIds, entryLines);
	deleteClaims(tx, company.id, matchId, lineIds, entryLines);
	confirmMembers(tx, company.id, matchId, lineIds, entryLines, userId);
}

/** Refuses MATCH_REFUSED where a line is matched already, or its statement was undone. */
export function checkOpen(tx: WriteTx, company: Company, lineIds: readonly number[], entryLines: readonly EntryLineKey[]): void {
	const [taken] = takenLines(tx, company.id, lineIds, entryLines);
	if (taken) {
		throw new AppError(
			'MATCH_REFUSED',
			`${taken.words.charAt(0).toUpperCase()}${taken.words.slice(1)} is matched already, by match ${taken.matchNo}. Unmatch that first: statement unmatch ${taken.matchNo} --reason TEXT.`,
			{ taken: taken.words, match: taken.matchNo },
		);
	}
	const undone = memberLines(tx, company.id, lineIds).find(({ isUndone }) => isUndone === 1);
	if (!undone) return;
	throw new AppError('MATCH_REFUSED', `Line ${undone.id} is gone: its statement was undone.`, { line: undone.id });
}

/** Lines that a person says do not belong together. Refuses NOT_FOUND, MATCH_REFUSED. */
export function reject(tx: WriteTx, { company, user }: Actor, named: string) {
	const row = findProposal(tx, company, named);
	decide(tx, company.id, row.id, 'REJECTED', user.id);
	return viewAfter(tx, company, row.id);
}

/** Takes a confirmed match apart; what it posted stays. Refuses NOT_FOUND, MATCH_REFUSED, PERIOD_CLOSED. */
export function unmatch(tx: WriteTx, { company, user }: Actor, input: { readonly match: string; readonly reason: string }) {
	const row = findMatch(tx, company, input.match);
	if (row.status !== 'CONFIRMED') {
		throw new AppError('MATCH_REFUSED', `Match ${row.id} is not confirmed; there is nothing to take apart.`, { match: row.uuid, status: row.status });
	}
	const closed = closedPeriodThrough(tx, company.id, row.throughDay);
	if (closed !== null) {
		throw new AppError(
			'PERIOD_CLOSED',
			`Match ${row.id} is part of ${closed}, which is closed. Correct it by an entry in an open period, or have an Admin reopen ${closed}.`,
			{ match: row.uuid, period: closed },
		);
	}
	undoMatch(tx, company.id, row.id, user.id, bookText(input.reason, 'reason'));
	return viewAfter(tx, company, row.id);
}

export function viewAfter(tx: WriteTx, company: Company, matchId: number) {
	return { match: matchView(tx, company, present(matchById(tx, company.id, matchId), 'the match just decided')) };
}
