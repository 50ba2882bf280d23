import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The tables that drizzle/0005_sealed_changes.sql widens and adds, as types; schema.ts says how the two are held together. */
export const sealedTables = sqliteTable('sealed_tables', {
	companyId: integer('company_id').notNull(),
	closeId: integer('close_id').notNull(),
	name: text('name').notNull(),
	rowCount: integer('row_count').notNull(),
	sha256: text('sha256').notNull(),
	content: blob('content', { mode: 'buffer' }).notNull(),
	encoding: text('encoding').notNull(),
	baseCloseId: integer('base_close_id'),
});

export const standingOpenItems = sqliteTable('standing_open_items', {
	companyId: integer('company_id').notNull(),
	closeId: integer('close_id').notNull(),
	content: blob('content', { mode: 'buffer' }).notNull(),
});
