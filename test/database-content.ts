import { createHash } from 'node:crypto';
import type { Connection } from '#main/platform/database/connection.ts';

/** SHA-256 over every row of every table: equal where nothing was written. */
export function contentOf({ raw }: Connection): string {
	const digest = createHash('sha256');
	const tables = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all() as string[];
	for (const table of tables) {
		digest.update(table);
		for (const row of raw.prepare(`SELECT * FROM ${table}`).raw().iterate()) digest.update(JSON.stringify(row));
	}
	return digest.digest('hex');
}
