import { blob, integer, sqliteTable } from 'drizzle-orm/sqlite-core';

/** The table of drizzle/0005_sealed_changes.sql as a type; schema.ts says how the two are held together. */
export const standingOpenItems = sqliteTable('standing_open_items', {
	companyId: integer('company_id').notNull(),
	closeId: integer('close_id').notNull(),
	content: blob('content', { mode: 'buffer' }).notNull(),
});
