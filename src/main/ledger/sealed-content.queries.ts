import type { ReadDb } from '#main/platform/database/connection.ts';

/** A sealed table as it is stored. */
export interface StoredContent {
	readonly name: string;
	readonly rowCount: number;
	readonly sha256: string;
	readonly content: Uint8Array;
	readonly encoding: 'PLAIN' | 'DEFLATE';
	/** The close whose table of the same name is changed; null: the content is whole. */
	readonly baseCloseId: number | null;
}

const STORED = 'name, row_count AS rowCount, sha256, content, encoding, base_close_id AS baseCloseId';

export function storedContent(db: ReadDb, companyId: number, closeId: number, name: string): StoredContent | undefined {
	return db.get<StoredContent>(`SELECT ${STORED} FROM sealed_tables WHERE company_id = ? AND close_id = ? AND name = ?`, companyId, closeId, name);
}

/** In order of name. */
export function storedContents(db: ReadDb, companyId: number, closeId: number): StoredContent[] {
	return db.all<StoredContent>(`SELECT ${STORED} FROM sealed_tables WHERE company_id = ? AND close_id = ? ORDER BY name`, companyId, closeId);
}

/** Stored bytes of a table and of all that it goes back to: of the whole one, and of the changes since. */
export function storedBytes(db: ReadDb, companyId: number, closeId: number, name: string): { readonly whole: number; readonly changes: number } | undefined {
	return db.get<{ whole: number; changes: number }>(
		`WITH RECURSIVE back (close_id, base_close_id, bytes, name) AS (
			SELECT close_id, base_close_id, length(content), name FROM sealed_tables WHERE company_id = ? AND close_id = ? AND name = ?
			UNION ALL SELECT t.close_id, t.base_close_id, length(t.content), t.name FROM back b
				JOIN sealed_tables t ON t.company_id = ? AND t.close_id = b.base_close_id AND t.name = b.name)
		SELECT coalesce(sum(bytes) FILTER (WHERE base_close_id IS NULL), 0) AS whole, coalesce(sum(bytes) FILTER (WHERE base_close_id IS NOT NULL), 0) AS changes
		FROM back HAVING count(*) > 0`,
		companyId,
		closeId,
		name,
		companyId,
	);
}
