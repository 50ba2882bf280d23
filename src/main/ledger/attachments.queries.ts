import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';

export interface AttachmentRow {
	readonly entryId: number;
	readonly sha256: string;
	readonly name: string;
	readonly bytes: number;
	readonly addedAt: string;
}

const COLUMNS = 'entry_id AS entryId, sha256, name, bytes, added_at AS addedAt';

export function attachmentsOf(db: ReadDb, companyId: number, entryId: number): AttachmentRow[] {
	return db.all<AttachmentRow>(`SELECT ${COLUMNS} FROM attachments WHERE company_id = ? AND entry_id = ? ORDER BY id`, companyId, entryId);
}

export function insertAttachment(tx: WriteTx, companyId: number, row: { entryId: number; sha256: string; name: string; bytes: number; addedBy: number }): void {
	tx.run(
		`INSERT INTO attachments (company_id, id, entry_id, sha256, name, bytes, with_posting, added_at, added_by)
		VALUES (?, (SELECT coalesce(max(id), 0) + 1 FROM attachments WHERE company_id = ?), ?, ?, ?, ?, 0, ?, ?)`,
		companyId,
		companyId,
		row.entryId,
		row.sha256,
		row.name,
		row.bytes,
		tx.instant,
		row.addedBy,
	);
}

/** Attachments of a draft go with it: to the entry it became, or away (null). Those of posted entries never move. */
export function moveAttachments(tx: WriteTx, companyId: number, draftId: number, toEntryId: number | null): void {
	if (toEntryId === null) tx.run('DELETE FROM attachments WHERE company_id = ? AND entry_id = ?', companyId, draftId);
	else tx.run('UPDATE attachments SET entry_id = ?, with_posting = 1 WHERE company_id = ? AND entry_id = ?', toEntryId, companyId, draftId);
}
