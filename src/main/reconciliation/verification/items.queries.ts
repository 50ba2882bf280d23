import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { ItemKind } from '../strategies/strategy.ts';

/** A chosen item with what its line says. `amountMinor` is what it adds to expected less actual. */
export interface ItemRow {
	readonly itemNo: number;
	readonly kind: ItemKind;
	readonly entryId: number | null;
	readonly lineNo: number | null;
	readonly lineUuid: string | null;
	readonly day: number;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly reference: string | null;
	readonly note: string | null;
	/** End of the first verified reconciliation before this one that lists it. */
	readonly carriedSinceDay: number | null;
}

/** A line that the verified reconciliation before lists. */
export interface CarriedRow {
	readonly entryId: number | null;
	readonly lineNo: number | null;
	readonly lineUuid: string | null;
	readonly note: string | null;
	readonly sinceDay: number;
}

/** End of the first verified reconciliation that lists the line of item `i`; by kind, because each kind of line has an index of its own. */
const since = (until: string): string => {
	const firstOf = (same: string): string => `(SELECT min(f.end_day) FROM reconciling_items e
		JOIN reconciliations f ON f.company_id = e.company_id AND f.id = e.reconciliation_id
		WHERE e.company_id = i.company_id AND ${same} AND f.status IN ('VERIFIED', 'STALE') AND f.end_day ${until})`;
	return `CASE i.kind WHEN 'BOOK' THEN ${firstOf('e.entry_id = i.entry_id AND e.line_no = i.line_no')} ELSE ${firstOf('e.line_id = i.line_id')} END`;
};

export function itemsOf(db: ReadDb, companyId: number, reconciliationId: number): ItemRow[] {
	return db.all<ItemRow>(
		`SELECT i.item_no AS itemNo, i.kind, i.entry_id AS entryId, i.line_no AS lineNo, s.uuid AS lineUuid, coalesce(l.day, s.day) AS day,
			i.amount_minor AS amountMinor, coalesce(l.memo, j.description, s.description) AS description, coalesce(p.name, s.party) AS party,
			coalesce(l.reference, j.reference, s.reference) AS reference, i.note,
			${since('< r.end_day')} AS carriedSinceDay
		FROM reconciling_items i JOIN reconciliations r ON r.company_id = i.company_id AND r.id = i.reconciliation_id
		LEFT JOIN journal_lines l ON l.company_id = i.company_id AND l.entry_id = i.entry_id AND l.line_no = i.line_no
		LEFT JOIN journal_entries j ON j.company_id = i.company_id AND j.id = i.entry_id
		LEFT JOIN parties p ON p.company_id = l.company_id AND p.id = l.party_id
		LEFT JOIN statement_lines s ON s.company_id = i.company_id AND s.id = i.line_id
		WHERE i.company_id = ? AND i.reconciliation_id = ? ORDER BY day, i.kind, i.entry_id, i.line_no, i.line_id`,
		companyId,
		reconciliationId,
	);
}

export function carriedBy(db: ReadDb, companyId: number, reconciliationId: number): CarriedRow[] {
	return db.all<CarriedRow>(
		`SELECT i.entry_id AS entryId, i.line_no AS lineNo, s.uuid AS lineUuid, i.note, ${since('<= r.end_day')} AS sinceDay
		FROM reconciling_items i JOIN reconciliations r ON r.company_id = i.company_id AND r.id = i.reconciliation_id
		LEFT JOIN statement_lines s ON s.company_id = i.company_id AND s.id = i.line_id
		WHERE i.company_id = ? AND i.reconciliation_id = ?`,
		companyId,
		reconciliationId,
	);
}

export interface NewItem {
	readonly kind: ItemKind;
	readonly entryId: number | null;
	readonly lineNo: number | null;
	readonly lineId: number | null;
	readonly amountMinor: number;
	readonly note: string | null;
}

export function insertItem(tx: WriteTx, companyId: number, reconciliationId: number, item: NewItem): void {
	tx.run(
		`INSERT INTO reconciling_items (company_id, reconciliation_id, item_no, kind, entry_id, line_no, line_id, amount_minor, note)
		VALUES (?, ?, (SELECT coalesce(max(item_no), 0) + 1 FROM reconciling_items WHERE company_id = ? AND reconciliation_id = ?), ?, ?, ?, ?, ?, ?)`,
		companyId,
		reconciliationId,
		companyId,
		reconciliationId,
		item.kind,
		item.entryId,
		item.lineNo,
		item.lineId,
		item.amountMinor,
		item.note,
	);
}

export function deleteItem(tx: WriteTx, companyId: number, reconciliationId: number, itemNo: number): void {
	tx.run('DELETE FROM reconciling_items WHERE company_id = ? AND reconciliation_id = ? AND item_no = ?', companyId, reconciliationId, itemNo);
}
