import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The tables as types. The schema itself is drizzle/*.sql, written by hand with its guards; a test holds the two together.
 * Generated columns (entry_hash, posted_at) are read only.
 */

export const databaseIdentity = sqliteTable('database_identity', {
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	createdAt: text('created_at').notNull(),
});

export const schemaRecords = sqliteTable('schema_records', {
	version: integer('version').notNull(),
	schemaHash: text('schema_hash').notNull(),
	appliedAt: text('applied_at').notNull(),
});

export const companies = sqliteTable('companies', {
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	name: text('name').notNull(),
	currency: text('currency').notNull(),
	timezone: text('timezone').notNull(),
	booksFrom: text('books_from'),
	createdAt: text('created_at').notNull(),
});

export const settings = sqliteTable('settings', {
	companyId: integer('company_id').notNull(),
	key: text('key').notNull(),
	value: text('value').notNull(),
});

export const users = sqliteTable('users', {
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	login: text('login').notNull(),
	name: text('name').notNull(),
	passwordHash: text('password_hash'),
	disabled: integer('disabled').notNull(),
	createdAt: text('created_at').notNull(),
});

export const companyMembers = sqliteTable('company_members', {
	companyId: integer('company_id').notNull(),
	userId: integer('user_id').notNull(),
	role: text('role').notNull(),
});

export const accounts = sqliteTable('accounts', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	ref: text('ref').notNull(),
	code: text('code').notNull(),
	name: text('name').notNull(),
	type: text('type').notNull(),
	subtype: text('subtype'),
	currency: text('currency'),
	requiresReconciliation: integer('requires_reconciliation').notNull(),
	exemptReason: text('exempt_reason'),
	exemptBy: integer('exempt_by'),
	exemptAt: text('exempt_at'),
	active: integer('active').notNull(),
	createdAt: text('created_at').notNull(),
});

export const parties = sqliteTable('parties', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	ref: text('ref').notNull(),
	name: text('name').notNull(),
	aliases: text('aliases').notNull(),
	active: integer('active').notNull(),
	createdAt: text('created_at').notNull(),
});

export const partyEmailDirectory = sqliteTable('party_email_directory', {
	companyId: integer('company_id').notNull(),
	partyId: integer('party_id').notNull(),
	email: text('email').notNull(),
});

export const accountingPeriods = sqliteTable('accounting_periods', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	kind: text('kind').notNull(),
	name: text('name').notNull(),
	startDate: text('start_date').notNull(),
	endDate: text('end_date').notNull(),
	fiscalYearStart: text('fiscal_year_start').notNull(),
	status: text('status').notNull(),
	opened: integer('opened').notNull(),
	closedAt: text('closed_at'),
	closedBy: integer('closed_by'),
	closeReason: text('close_reason'),
	closeHash: text('close_hash'),
});

export const journalEntries = sqliteTable('journal_entries', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	entryNo: integer('entry_no'),
	externalNo: text('external_no'),
	date: text('date').notNull(),
	periodId: integer('period_id'),
	description: text('description').notNull(),
	reference: text('reference'),
	source: text('source').notNull(),
	status: text('status').notNull(),
	importId: integer('import_id'),
	postedAtMs: integer('posted_at_ms'),
	postedBy: integer('posted_by'),
	hash: blob('hash', { mode: 'buffer' }),
	reversesId: integer('reverses_id'),
	sessionId: integer('session_id'),
	closeId: integer('close_id'),
	uuid: text('uuid'),
	draft: text('draft'),
	entryHash: text('entry_hash'),
	postedAt: text('posted_at'),
});

export const closingEntries = sqliteTable('closing_entries', {
	companyId: integer('company_id').notNull(),
	closeId: integer('close_id').notNull(),
	entryId: integer('entry_id').notNull(),
});

export const journalLines = sqliteTable('journal_lines', {
	companyId: integer('company_id').notNull(),
	entryId: integer('entry_id').notNull(),
	lineNo: integer('line_no').notNull(),
	accountId: integer('account_id').notNull(),
	partyId: integer('party_id'),
	day: integer('day').notNull(),
	currency: text('currency'),
	debitMinor: integer('debit_minor').notNull(),
	creditMinor: integer('credit_minor').notNull(),
	baseDebitMinor: integer('base_debit_minor').notNull(),
	baseCreditMinor: integer('base_credit_minor').notNull(),
	dueDate: text('due_date'),
	reference: text('reference'),
	memo: text('memo'),
});

export const accountBalances = sqliteTable('account_balances', {
	companyId: integer('company_id').notNull(),
	accountId: integer('account_id').notNull(),
	currency: text('currency').notNull(),
	periodId: integer('period_id').notNull(),
	debitMinor: integer('debit_minor').notNull(),
	creditMinor: integer('credit_minor').notNull(),
	baseDebitMinor: integer('base_debit_minor').notNull(),
	baseCreditMinor: integer('base_credit_minor').notNull(),
	lineCount: integer('line_count').notNull(),
});

export const attachments = sqliteTable('attachments', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	entryId: integer('entry_id').notNull(),
	sha256: text('sha256').notNull(),
	name: text('name').notNull(),
	bytes: integer('bytes').notNull(),
	withPosting: integer('with_posting').notNull(),
	addedAt: text('added_at').notNull(),
	addedBy: integer('added_by').notNull(),
});

export const exchangeRates = sqliteTable('exchange_rates', {
	companyId: integer('company_id').notNull(),
	currency: text('currency').notNull(),
	date: text('date').notNull(),
	rate: text('rate').notNull(),
	origin: text('origin').notNull(),
});

export const revaluations = sqliteTable('revaluations', {
	companyId: integer('company_id').notNull(),
	entryId: integer('entry_id').notNull(),
	currency: text('currency').notNull(),
	date: text('date').notNull(),
	rate: text('rate').notNull(),
	origin: text('origin').notNull(),
});

export const imports = sqliteTable('imports', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	fileName: text('file_name').notNull(),
	fileSha256: text('file_sha256').notNull(),
	format: text('format').notNull(),
	kind: text('kind').notNull(),
	firstEntryNo: integer('first_entry_no'),
	lastEntryNo: integer('last_entry_no'),
	entryCount: integer('entry_count').notNull(),
	lineCount: integer('line_count').notNull(),
	rejectedCount: integer('rejected_count').notNull(),
	status: text('status').notNull(),
	importedAt: text('imported_at').notNull(),
	importedBy: integer('imported_by').notNull(),
	undoneAt: text('undone_at'),
	undoneBy: integer('undone_by'),
});

export const reconciliationSessions = sqliteTable('reconciliation_sessions', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	periodId: integer('period_id').notNull(),
	status: text('status').notNull(),
	notes: text('notes').notNull(),
	startedAt: text('started_at').notNull(),
	startedBy: integer('started_by').notNull(),
	closedAt: text('closed_at'),
	closedBy: integer('closed_by'),
});

export const periodCloses = sqliteTable('period_closes', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	periodId: integer('period_id').notNull(),
	closeNumber: integer('close_number').notNull(),
	status: text('status').notNull(),
	requestedAt: text('requested_at').notNull(),
	closedAt: text('closed_at').notNull(),
	closedBy: integer('closed_by').notNull(),
	reason: text('reason').notNull(),
	reopenPolicy: text('reopen_policy').notNull(),
	netProfitMinor: integer('net_profit_minor').notNull(),
	closingEntryId: integer('closing_entry_id'),
	sealedThroughSeq: integer('sealed_through_seq').notNull(),
	totalJournalCount: integer('total_journal_count').notNull(),
	totalDebitsMinor: integer('total_debits_minor').notNull(),
	totalCreditsMinor: integer('total_credits_minor').notNull(),
	balanceRowCount: integer('balance_row_count').notNull(),
	closeHash: text('close_hash').notNull(),
	contentRoot: text('content_root').notNull(),
	reopenedAt: text('reopened_at'),
	reopenedBy: integer('reopened_by'),
	reopenReason: text('reopen_reason'),
	reversalEntryId: integer('reversal_entry_id'),
});

export const periodSummarySnapshots = sqliteTable('period_summary_snapshots', {
	companyId: integer('company_id').notNull(),
	periodId: integer('period_id').notNull(),
	closeNumber: integer('close_number').notNull(),
	currency: text('currency').notNull(),
	journalCount: integer('journal_count').notNull(),
	lineCount: integer('line_count').notNull(),
	totalDebitsMinor: integer('total_debits_minor').notNull(),
	totalCreditsMinor: integer('total_credits_minor').notNull(),
	baseDebitsMinor: integer('base_debits_minor').notNull(),
	baseCreditsMinor: integer('base_credits_minor').notNull(),
});

export const periodBalanceSnapshots = sqliteTable('period_balance_snapshots', {
	companyId: integer('company_id').notNull(),
	periodId: integer('period_id').notNull(),
	closeNumber: integer('close_number').notNull(),
	accountId: integer('account_id').notNull(),
	currency: text('currency').notNull(),
	openingMinor: integer('opening_minor').notNull(),
	debitMinor: integer('debit_minor').notNull(),
	creditMinor: integer('credit_minor').notNull(),
	closingMinor: integer('closing_minor').notNull(),
	baseOpeningMinor: integer('base_opening_minor').notNull(),
	baseDebitMinor: integer('base_debit_minor').notNull(),
	baseCreditMinor: integer('base_credit_minor').notNull(),
	baseClosingMinor: integer('base_closing_minor').notNull(),
});

export const signingKeys = sqliteTable('signing_keys', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	keyId: text('key_id').notNull(),
	fingerprint: text('fingerprint').notNull(),
	publicKey: text('public_key').notNull(),
	validFrom: text('valid_from').notNull(),
	reason: text('reason').notNull(),
	statement: text('statement'),
	statementSignature: blob('statement_signature', { mode: 'buffer' }),
});

export const seals = sqliteTable('seals', {
	companyId: integer('company_id').notNull(),
	sealNo: integer('seal_no').notNull(),
	kind: text('kind').notNull(),
	closeId: integer('close_id').notNull(),
	sha256: text('sha256').notNull(),
	document: text('document').notNull(),
	signature: blob('signature', { mode: 'buffer' }),
	keyId: text('key_id'),
	sealedAt: text('sealed_at').notNull(),
});

export const exportJobs = sqliteTable('export_jobs', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	kind: text('kind').notNull(),
	closeId: integer('close_id').notNull(),
	status: text('status').notNull(),
	location: text('location'),
	contentType: text('content_type'),
	contentLength: integer('content_length'),
	checksum: text('checksum'),
	contentSha256: text('content_sha256'),
	packageSeal: text('package_seal'),
	packageSignature: blob('package_signature', { mode: 'buffer' }),
	progress: real('progress').notNull(),
	attempt: integer('attempt').notNull(),
	error: text('error'),
	requestedAt: text('requested_at').notNull(),
	requestedBy: integer('requested_by').notNull(),
	finishedAt: text('finished_at'),
	expiresAt: text('expires_at'),
});

export const auditEvents = sqliteTable('audit_events', {
	id: integer('id').notNull(),
	companyId: integer('company_id'),
	seq: integer('seq').notNull(),
	at: text('at').notNull(),
	userId: integer('user_id'),
	action: text('action').notNull(),
	detail: text('detail').notNull(),
	hash: text('hash').notNull(),
});
