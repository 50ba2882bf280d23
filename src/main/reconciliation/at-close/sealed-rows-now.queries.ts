import type { ReadDb } from '#main/platform/database/connection.ts';

/* Rows of sealed tables as they stand now, by uuid. What is the same in all of them is what nobody may change. */

export function reconciliationNow(db: ReadDb, companyId: number, uuid: string) {
	return db.get<{ internalId: number; status: string; expectedMinor: number; actualMinor: number; explainedMinor: number; verifiedAt: string | null }>(
		`SELECT id AS internalId, status, expected_minor AS expectedMinor, actual_minor AS actualMinor, explained_minor AS explainedMinor,
			verified_at AS verifiedAt
		FROM reconciliations WHERE company_id = ? AND uuid = ?`,
		companyId,
		uuid,
	);
}

export function statementLineNow(db: ReadDb, companyId: number, uuid: string) {
	return db.get<{ day: number; amountMinor: number; description: string; party: string | null; bankId: string | null; reference: string | null }>(
		`SELECT day, amount_minor AS amountMinor, description, party, bank_id AS bankId, reference FROM statement_lines WHERE company_id = ? AND uuid = ?`,
		companyId,
		uuid,
	);
}

export function matchNow(db: ReadDb, companyId: number, uuid: string) {
	return db.get<{ internalId: number; status: string; score: number; confirmedAt: string | null }>(
		`SELECT id AS internalId, status, score, decided_at AS confirmedAt FROM statement_matches WHERE company_id = ? AND uuid = ?`,
		companyId,
		uuid,
	);
}
