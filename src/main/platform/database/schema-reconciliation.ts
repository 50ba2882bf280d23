import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The tables of statements, matches and reconciliations (drizzle/0002_reconciliation.sql) as types; schema.ts says how the two are held together. */

export const bankStatements = sqliteTable('bank_statements', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	accountId: integer('account_id').notNull(),
	currency: text('currency').notNull(),
	format: text('format').notNull(),
	dialect: text('dialect').notNull(),
	fileName: text('file_name').notNull(),
	fileSha256: text('file_sha256').notNull(),
	fileBytes: integer('file_bytes').notNull(),
	bankAccount: text('bank_account'),
	fromDay: integer('from_day').notNull(),
	toDay: integer('to_day').notNull(),
	openingMinor: integer('opening_minor'),
	closingMinor: integer('closing_minor'),
	lineCount: integer('line_count').notNull(),
	addedCount: integer('added_count').notNull(),
	accepted: text('accepted').notNull(),
	acceptedNote: text('accepted_note'),
	status: text('status').notNull(),
	importedAt: text('imported_at').notNull(),
	importedBy: integer('imported_by').notNull(),
	undoneAt: text('undone_at'),
	undoneBy: integer('undone_by'),
	undoReason: text('undo_reason'),
});

export const statementPages = sqliteTable('statement_pages', {
	companyId: integer('company_id').notNull(),
	statementId: integer('statement_id').notNull(),
	pageNo: integer('page_no').notNull(),
	number: text('number'),
	fromDay: integer('from_day').notNull(),
	toDay: integer('to_day').notNull(),
	openingMinor: integer('opening_minor'),
	closingMinor: integer('closing_minor'),
	lineCount: integer('line_count').notNull(),
});

export const statementLines = sqliteTable('statement_lines', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	accountId: integer('account_id').notNull(),
	statementId: integer('statement_id').notNull(),
	day: integer('day').notNull(),
	valueDay: integer('value_day'),
	amountMinor: integer('amount_minor').notNull(),
	description: text('description').notNull(),
	party: text('party'),
	bankId: text('bank_id'),
	reference: text('reference'),
	runningBalanceMinor: integer('running_balance_minor'),
	textKey: text('text_key').notNull(),
	occurrence: integer('occurrence').notNull(),
	bankIdReused: integer('bank_id_reused').notNull(),
	undone: integer('undone').notNull(),
});

export const statementPageLines = sqliteTable('statement_page_lines', {
	companyId: integer('company_id').notNull(),
	statementId: integer('statement_id').notNull(),
	position: integer('position').notNull(),
	pageNo: integer('page_no').notNull(),
	lineId: integer('line_id').notNull(),
});

export const statementLayouts = sqliteTable('statement_layouts', {
	companyId: integer('company_id').notNull(),
	accountId: integer('account_id').notNull(),
	options: text('options').notNull(),
	savedAt: text('saved_at').notNull(),
	savedBy: integer('saved_by').notNull(),
});

export const statementMatches = sqliteTable('statement_matches', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	accountId: integer('account_id').notNull(),
	kind: text('kind').notNull(),
	status: text('status').notNull(),
	score: integer('score').notNull(),
	certain: integer('certain').notNull(),
	reasons: text('reasons').notNull(),
	lineIds: text('line_ids').notNull(),
	entryLines: text('entry_lines').notNull(),
	detail: text('detail').notNull(),
	throughDay: integer('through_day').notNull(),
	automatic: integer('automatic').notNull(),
	madeAt: text('made_at').notNull(),
	decidedAt: text('decided_at'),
	decidedBy: integer('decided_by'),
	undoneAt: text('undone_at'),
	undoneBy: integer('undone_by'),
	undoReason: text('undo_reason'),
});

export const matchedStatementLines = sqliteTable('matched_statement_lines', {
	companyId: integer('company_id').notNull(),
	lineId: integer('line_id').notNull(),
	matchId: integer('match_id').notNull(),
});

export const matchedEntryLines = sqliteTable('matched_entry_lines', {
	companyId: integer('company_id').notNull(),
	entryId: integer('entry_id').notNull(),
	lineNo: integer('line_no').notNull(),
	matchId: integer('match_id').notNull(),
});

export const proposedStatementLines = sqliteTable('proposed_statement_lines', {
	companyId: integer('company_id').notNull(),
	lineId: integer('line_id').notNull(),
	matchId: integer('match_id').notNull(),
});

export const proposedEntryLines = sqliteTable('proposed_entry_lines', {
	companyId: integer('company_id').notNull(),
	entryId: integer('entry_id').notNull(),
	lineNo: integer('line_no').notNull(),
	matchId: integer('match_id').notNull(),
});

export const statementRules = sqliteTable('statement_rules', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	position: integer('position').notNull(),
	name: text('name').notNull(),
	accountId: integer('account_id'),
	text: text('text'),
	party: text('party'),
	direction: text('direction').notNull(),
	minMinor: integer('min_minor'),
	maxMinor: integer('max_minor'),
	counterAccountId: integer('counter_account_id').notNull(),
	counterPartyId: integer('counter_party_id'),
	description: text('description'),
	active: integer('active').notNull(),
	createdAt: text('created_at').notNull(),
});

export const statementLineDrafts = sqliteTable('statement_line_drafts', {
	companyId: integer('company_id').notNull(),
	lineId: integer('line_id').notNull(),
	ruleId: integer('rule_id').notNull(),
	draftUuid: text('draft_uuid').notNull(),
});

export const reconciliations = sqliteTable('reconciliations', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	accountId: integer('account_id').notNull(),
	periodId: integer('period_id').notNull(),
	endDay: integer('end_day').notNull(),
	currency: text('currency').notNull(),
	strategy: text('strategy').notNull(),
	status: text('status').notNull(),
	expectedMinor: integer('expected_minor').notNull(),
	actualMinor: integer('actual_minor').notNull(),
	varianceMinor: integer('variance_minor').notNull(),
	explainedMinor: integer('explained_minor').notNull(),
	detail: text('detail').notNull(),
	preparedAt: text('prepared_at').notNull(),
	preparedBy: integer('prepared_by').notNull(),
	verifiedAt: text('verified_at'),
	verifiedBy: integer('verified_by'),
	staleReason: text('stale_reason'),
	undoneAt: text('undone_at'),
	undoneBy: integer('undone_by'),
	undoReason: text('undo_reason'),
});

export const reconcilingItems = sqliteTable('reconciling_items', {
	companyId: integer('company_id').notNull(),
	reconciliationId: integer('reconciliation_id').notNull(),
	itemNo: integer('item_no').notNull(),
	kind: text('kind').notNull(),
	entryId: integer('entry_id'),
	lineNo: integer('line_no'),
	lineId: integer('line_id'),
	amountMinor: integer('amount_minor').notNull(),
	note: text('note'),
});
