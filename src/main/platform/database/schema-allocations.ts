import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The table of drizzle/0003_allocations.sql as a type; schema.ts says how the two are held together. */
export const allocations = sqliteTable('allocations', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	debitEntryId: integer('debit_entry_id').notNull(),
	debitLineNo: integer('debit_line_no').notNull(),
	creditEntryId: integer('credit_entry_id').notNull(),
	creditLineNo: integer('credit_line_no').notNull(),
	amountMinor: integer('amount_minor').notNull(),
	effectiveDay: integer('effective_day').notNull(),
	rule: text('rule').notNull(),
	madeAt: text('made_at').notNull(),
	madeBy: integer('made_by').notNull(),
	undoneDay: integer('undone_day'),
	undoneAt: text('undone_at'),
	undoneBy: integer('undone_by'),
	undoReason: text('undo_reason'),
});
