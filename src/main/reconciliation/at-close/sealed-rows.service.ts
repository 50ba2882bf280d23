import { assert } from '#shared/kernel/assert.ts';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import type { Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { entriesOfSession, sessionsOf } from '../sessions/sessions.queries.ts';
import {
	entryLinesOfMatch,
	itemsOfReconciliation,
	linesOfMatch,
	matchesThrough,
	pagesOfStatement,
	reachingStatement,
	reconciliationsOfPeriod,
	type SealedReconciliationRow,
	type SealedStatementRow,
	statementLinesOpenIn,
	statementsBetween,
} from './sealed-rows.queries.ts';

/** Rows of a table to be sealed, in a stable order; plain JSON without fractions. */
export interface SealedRows {
	readonly name: string;
	readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * What a close seals of reconciliation, as it stands at the period's end: reconciliations with their items, statements with the SHA-256 of
 * their files, bank lines of the period and those carried into it, matches that were complete in it, sessions. Nothing for a year and for
 * the opening period. Rows name everything by uuid, ref, entry number or login.
 */
export function reconciliationTables(db: ReadDb, company: Company, period: Period): SealedRows[] {
	if (period.kind === 'YEAR' || period.kind === 'OPENING') return [];
	const [fromDay, toDay] = [dayNumber(period.start), dayNumber(period.end)];
	const reconciliations = reconciliationsOfPeriod(db, company.id, period.id);
	const matches = matchRows(db, company, fromDay, toDay);
	const entriesOf = new Map(matches.map(({ id, entries }) => [id, [...new Set(entries.map(({ no }) => no))]]));
	const lines = statementLinesOpenIn(db, company.id, fromDay, toDay);
	const named = new Set([...lines.map(({ statement }) => statement), ...reconciliations.flatMap((row) => statementsBehind(db, company, row))]);
	const statements = statementsBetween(db, company.id, fromDay, toDay, JSON.stringify([...named]));
	return [
		{ name: 'reconciliation_sessions', rows: sessionRows(db, company, period) },
		{ name: 'reconciliations', rows: reconciliations.map((row) => reconciliationRow(db, company, row)) },
		{
			name: 'statement_lines',
			rows: lines.map(({ day, valueDay, bankIdReused, ...line }) => ({
				...line,
				date: fromDayNumber(day),
				valueDate: dateOf(valueDay),
				bankIdReused: bankIdReused === 1,
				entries: line.match === null ? [] : (entriesOf.get(line.match) ?? []),
			})),
		},
		{ name: 'statement_matches', rows: matches },
		{ name: 'statements', rows: statements.map((row) => statementRow(db, company, row)) },
	];
}

/** The statements that an actual balance rests on: the one whose opening balance was carried on, and the one that reaches the end. */
function statementsBehind(db: ReadDb, company: Company, row: SealedReconciliationRow): string[] {
	if (row.strategy !== 'statement') return [];
	const { statement } = JSON.parse(row.detail) as { readonly statement?: { readonly id: string } };
	const reaching = reachingStatement(db, company.id, row.accountId, row.endDay);
	return [...(statement === undefined ? [] : [statement.id]), ...(reaching === undefined ? [] : [reaching])];
}

function reconciliationRow(db: ReadDb, company: Company, { internalId, accountId: _internal, endDay, detail, ...row }: SealedReconciliationRow) {
	const items = itemsOfReconciliation(db, company.id, internalId).map(({ day, ...item }) => ({ ...item, date: fromDayNumber(day) }));
	return { ...row, end: fromDayNumber(endDay), detail: sealable(JSON.parse(detail)), items };
}

function statementRow(db: ReadDb, company: Company, { internalId, fromDay, toDay, accepted, ...row }: SealedStatementRow) {
	const pages = pagesOfStatement(db, company.id, internalId).map(({ fromDay: from, toDay: to, ...page }) => ({
		...page,
		from: fromDayNumber(from),
		to: fromDayNumber(to),
	}));
	return { ...row, from: fromDayNumber(fromDay), to: fromDayNumber(toDay), accepted: sealable(JSON.parse(accepted)), pages };
}

function matchRows(db: ReadDb, company: Company, fromDay: number, toDay: number) {
	return matchesThrough(db, company.id, fromDay, toDay).map(({ internalId, throughDay, certain, automatic, reasons, ...row }) => ({
		...row,
		certain: certain === 1,
		automatic: automatic === 1,
		reasons: sealable(JSON.parse(reasons)),
		through: fromDayNumber(throughDay),
		lines: linesOfMatch(db, company.id, internalId),
		entries: entryLinesOfMatch(db, company.id, internalId).map(({ day, ...line }) => ({ ...line, date: fromDayNumber(day) })),
	}));
}

function sessionRows(db: ReadDb, company: Company, period: Period) {
	return sessionsOf(db, company.id, period.id).map(({ id, uuid, status, notes, startedAt, startedBy, closedAt, closedBy }) => ({
		id: uuid,
		status,
		notes,
		startedAt,
		startedBy,
		closedAt,
		closedBy,
		entries: entriesOfSession(db, company.id, id),
	}));
}

const dateOf = (day: number | null): string | null => (day === null ? null : fromDayNumber(day));

/** Free JSON as a seal takes it: a seal holds no fractions, so they become text. */
function sealable(value: unknown): unknown {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
	if (Array.isArray(value)) return value.map(sealable);
	if (value === null || typeof value !== 'object') return value;
	assert(Object.getPrototypeOf(value) === Object.prototype, 'JSON holds plain objects');
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sealable(inner)]));
}
