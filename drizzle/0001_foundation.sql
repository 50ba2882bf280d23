-- Ledgerseal, foundation: companies, access, accounts, journal, periods, closes, seals, jobs, audit trail.
-- Written by hand: a table rebuilt by a generator loses its triggers. A released migration never changes.
--
-- Conventions
--   Every row belongs to a company; keys are (company_id, id), so that nothing of one company can refer to another's.
--   *_minor     integer minor units of the line's currency; base_*_minor of the company's currency.
--   currency    on lines: NULL means the company's own currency (then both pairs of amounts are equal).
--   day         the day number since 1970-01-01 of a civil date: date(day * 86400, 'unixepoch').
--   *_at        an instant, UTC ISO 8601 with Z. *_ms an instant in milliseconds since 1970.
--   A guard that refuses says LEDGERSEAL:<CODE>.

CREATE TABLE database_identity (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	uuid TEXT NOT NULL,
	created_at TEXT NOT NULL
) STRICT;

-- What the schema was when a migration last wrote it, so that a removed guard shows.
CREATE TABLE schema_records (
	version INTEGER PRIMARY KEY,
	schema_hash TEXT NOT NULL CHECK (length(schema_hash) = 64),
	applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE companies (
	id INTEGER PRIMARY KEY,
	uuid TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	timezone TEXT NOT NULL,
	books_from TEXT CHECK (books_from IS NULL OR books_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	created_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER companies_never_deleted BEFORE DELETE ON companies
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a company is never deleted'); END;

CREATE TRIGGER companies_fixed BEFORE UPDATE OF id, uuid, currency, created_at ON companies
WHEN NEW.id IS NOT OLD.id OR NEW.uuid IS NOT OLD.uuid OR NEW.currency IS NOT OLD.currency OR NEW.created_at IS NOT OLD.created_at
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:COMPANY_FIXED identity and currency of a company never change'); END;

CREATE TABLE settings (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	key TEXT NOT NULL,
	value TEXT NOT NULL CHECK (json_valid(value)),
	PRIMARY KEY (company_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
	id INTEGER PRIMARY KEY,
	uuid TEXT NOT NULL UNIQUE,
	login TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(login) BETWEEN 1 AND 100),
	name TEXT NOT NULL,
	password_hash TEXT,
	disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
	created_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER users_never_deleted BEFORE DELETE ON users
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a user is disabled, never deleted'); END;

CREATE TABLE company_members (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	user_id INTEGER NOT NULL REFERENCES users (id),
	role TEXT NOT NULL CHECK (role IN ('ADMIN', 'ACCOUNTANT', 'VIEWER')),
	PRIMARY KEY (company_id, user_id)
) STRICT, WITHOUT ROWID;

-- Accounts and parties -----------------------------------------------------------------------------------------------

CREATE TABLE accounts (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	ref TEXT NOT NULL,
	code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 400),
	type TEXT NOT NULL CHECK (type IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE')),
	subtype TEXT CHECK (subtype IN ('CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING', 'RECEIVABLE', 'PAYABLE', 'INVENTORY', 'TAX',
		'RETAINED_EARNINGS', 'OPENING_EQUITY', 'SUSPENSE', 'FX_GAIN_LOSS', 'FX_ROUNDING', 'CASH_OVER_SHORT')),
	currency TEXT CHECK (currency IS NULL OR length(currency) = 3),
	requires_reconciliation INTEGER NOT NULL DEFAULT 0 CHECK (requires_reconciliation IN (0, 1)),
	exempt_reason TEXT,
	exempt_by INTEGER REFERENCES users (id),
	exempt_at TEXT,
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	created_at TEXT NOT NULL,
	PRIMARY KEY (company_id, id),
	UNIQUE (company_id, ref),
	UNIQUE (company_id, code),
	CHECK (subtype NOT IN ('CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING') OR currency IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX accounts_one_result_account ON accounts (company_id) WHERE subtype = 'RETAINED_EARNINGS';

CREATE TRIGGER accounts_never_deleted BEFORE DELETE ON accounts
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED an account is made inactive, never deleted'); END;

CREATE TRIGGER accounts_ref_fixed BEFORE UPDATE ON accounts
WHEN NEW.company_id IS NOT OLD.company_id OR NEW.id IS NOT OLD.id OR NEW.ref IS NOT OLD.ref
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:REF_FIXED the ref of an account never changes'); END;

CREATE TABLE parties (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	ref TEXT NOT NULL,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 400),
	aliases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(aliases)),
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	created_at TEXT NOT NULL,
	PRIMARY KEY (company_id, id),
	UNIQUE (company_id, ref),
	UNIQUE (company_id, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER parties_never_deleted BEFORE DELETE ON parties
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a party is made inactive, never deleted'); END;

CREATE TRIGGER parties_ref_fixed BEFORE UPDATE ON parties
WHEN NEW.company_id IS NOT OLD.company_id OR NEW.id IS NOT OLD.id OR NEW.ref IS NOT OLD.ref
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:REF_FIXED the ref of a party never changes'); END;

CREATE TABLE party_email_directory (
	company_id INTEGER NOT NULL,
	party_id INTEGER NOT NULL,
	email TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '%_@_%'),
	PRIMARY KEY (company_id, party_id, email),
	FOREIGN KEY (company_id, party_id) REFERENCES parties (company_id, id)
) STRICT, WITHOUT ROWID;

-- Periods -------------------------------------------------------------------------------------------------------------
-- id is the day number of the period's first day (a year's is negative), so that period order is id order.

CREATE TABLE accounting_periods (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('DAY', 'MONTH', 'QUARTER', 'YEAR', 'OPENING')),
	name TEXT NOT NULL,
	start_date TEXT NOT NULL CHECK (start_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	end_date TEXT NOT NULL CHECK (end_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	fiscal_year_start TEXT NOT NULL,
	status TEXT NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'CLOSING', 'CLOSED')),
	opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1)),
	closed_at TEXT,
	closed_by INTEGER REFERENCES users (id),
	close_reason TEXT,
	close_hash TEXT,
	PRIMARY KEY (company_id, id),
	UNIQUE (company_id, name),
	CHECK (start_date <= end_date),
	CHECK (kind <> 'OPENING' OR start_date = end_date),
	CHECK (id = CASE kind WHEN 'YEAR' THEN -1 ELSE 1 END * unixepoch(start_date) / 86400),
	CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL) AND (status = 'CLOSED') = (close_hash IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER accounting_periods_no_overlap BEFORE INSERT ON accounting_periods
WHEN EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND (p.kind = 'YEAR') = (NEW.kind = 'YEAR')
	AND p.start_date <= NEW.end_date AND p.end_date >= NEW.start_date)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_OVERLAP periods of one calendar never overlap'); END;

CREATE TRIGGER accounting_periods_never_deleted BEFORE DELETE ON accounting_periods
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a period is never deleted'); END;

CREATE TRIGGER accounting_periods_fixed BEFORE UPDATE ON accounting_periods
WHEN NEW.company_id IS NOT OLD.company_id OR NEW.id IS NOT OLD.id OR NEW.uuid IS NOT OLD.uuid OR NEW.kind IS NOT OLD.kind
	OR NEW.start_date IS NOT OLD.start_date OR NEW.end_date IS NOT OLD.end_date
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_FIXED the span of a period never changes'); END;

-- Journal -------------------------------------------------------------------------------------------------------------
-- Lines go in first; the entry that claims them follows in the same database transaction (the foreign key is deferred), and its
-- insert judges the whole. So nothing can be added to an entry that stands. A draft has id < 0 and keeps its lines as JSON.

CREATE TABLE journal_entries (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	entry_no INTEGER,
	external_no TEXT,
	date TEXT NOT NULL CHECK (length(date) = 10 AND date IS date(date)),
	period_id INTEGER,
	description TEXT NOT NULL,
	reference TEXT,
	source TEXT NOT NULL CHECK (source IN ('MANUAL', 'IMPORT', 'OPENING', 'TRANSFER', 'ADJUSTING', 'REVERSAL', 'CLOSING')),
	status TEXT NOT NULL CHECK (status IN ('DRAFT', 'POSTED')),
	import_id INTEGER,
	posted_at_ms INTEGER,
	posted_by INTEGER REFERENCES users (id),
	hash BLOB,
	reverses_id INTEGER,
	session_id INTEGER,
	close_id INTEGER,
	uuid TEXT,
	draft TEXT CHECK (draft IS NULL OR json_valid(draft)),
	entry_hash TEXT GENERATED ALWAYS AS (nullif(lower(hex(hash)), '')) VIRTUAL,
	posted_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', posted_at_ms / 1000.0, 'unixepoch')) VIRTUAL,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, period_id) REFERENCES accounting_periods (company_id, id),
	FOREIGN KEY (company_id, reverses_id) REFERENCES journal_entries (company_id, id),
	FOREIGN KEY (company_id, session_id) REFERENCES reconciliation_sessions (company_id, id),
	FOREIGN KEY (company_id, import_id) REFERENCES imports (company_id, id),
	CHECK (CASE status
		WHEN 'POSTED' THEN id > 0 AND entry_no = id AND period_id IS NOT NULL AND length(hash) = 32 AND posted_at_ms IS NOT NULL
			AND posted_by IS NOT NULL AND draft IS NULL AND uuid IS NULL
		ELSE id < 0 AND entry_no IS NULL AND period_id IS NULL AND hash IS NULL AND posted_at_ms IS NULL AND draft IS NOT NULL AND uuid IS NOT NULL
	END),
	CHECK ((source = 'CLOSING') = (close_id IS NOT NULL)),
	CHECK (source <> 'REVERSAL' OR reverses_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Which close a closing entry belongs to; filled by the trigger of the balances. The reference to the close stands here and not at
-- journal_entries.close_id, because each new close would then search a million entries for the one that waits for it.
CREATE TABLE closing_entries (
	company_id INTEGER NOT NULL,
	close_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	PRIMARY KEY (company_id, close_id, entry_id),
	FOREIGN KEY (company_id, close_id) REFERENCES period_closes (company_id, id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (company_id, entry_id) REFERENCES journal_entries (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_entries_by_date ON journal_entries (company_id, date, id);
CREATE UNIQUE INDEX journal_entries_reversed_once ON journal_entries (company_id, reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX journal_entries_draft_uuid ON journal_entries (uuid) WHERE uuid IS NOT NULL;
CREATE INDEX journal_entries_closing ON journal_entries (company_id, date, id) WHERE source = 'CLOSING';

CREATE TABLE journal_lines (
	company_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	line_no INTEGER NOT NULL CHECK (line_no > 0),
	account_id INTEGER NOT NULL,
	party_id INTEGER,
	day INTEGER NOT NULL,
	currency TEXT,
	debit_minor INTEGER NOT NULL,
	credit_minor INTEGER NOT NULL,
	base_debit_minor INTEGER NOT NULL,
	base_credit_minor INTEGER NOT NULL,
	due_date TEXT,
	reference TEXT,
	memo TEXT,
	PRIMARY KEY (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, entry_id) REFERENCES journal_entries (company_id, id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, party_id) REFERENCES parties (company_id, id),
	-- one side, and the base amount on the same side; plain comparisons, for every line of every import passes here
	CHECK (debit_minor >= 0 AND credit_minor >= 0 AND base_debit_minor >= 0 AND base_credit_minor >= 0),
	CHECK ((debit_minor = 0 AND base_debit_minor = 0) OR (credit_minor = 0 AND base_credit_minor = 0)),
	CHECK (debit_minor > 0 OR credit_minor > 0 OR base_debit_minor > 0 OR base_credit_minor > 0),
	CHECK (debit_minor <= 9007199254740991 AND credit_minor <= 9007199254740991 AND base_debit_minor <= 9007199254740991
		AND base_credit_minor <= 9007199254740991),
	CHECK (currency IS NOT NULL OR (debit_minor = base_debit_minor AND credit_minor = base_credit_minor))
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_lines_by_account ON journal_lines
	(company_id, account_id, currency, day, entry_id, line_no, base_debit_minor, base_credit_minor, party_id);
CREATE INDEX journal_lines_foreign ON journal_lines
	(company_id, account_id, currency, day, entry_id, line_no, debit_minor, credit_minor, base_debit_minor, base_credit_minor) WHERE currency IS NOT NULL;

CREATE TABLE account_balances (
	company_id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	currency TEXT NOT NULL,
	period_id INTEGER NOT NULL,
	debit_minor INTEGER NOT NULL,
	credit_minor INTEGER NOT NULL,
	base_debit_minor INTEGER NOT NULL,
	base_credit_minor INTEGER NOT NULL,
	line_count INTEGER NOT NULL,
	PRIMARY KEY (company_id, account_id, currency, period_id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, period_id) REFERENCES accounting_periods (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_lines_before_entry BEFORE INSERT ON journal_lines
WHEN NEW.currency IS NOT NULL OR EXISTS (SELECT 1 FROM journal_entries e WHERE e.company_id = NEW.company_id AND e.id = NEW.entry_id)
BEGIN
	SELECT CASE
		WHEN EXISTS (SELECT 1 FROM journal_entries e WHERE e.company_id = NEW.company_id AND e.id = NEW.entry_id)
			THEN RAISE(ABORT, 'LEDGERSEAL:ENTRY_POSTED nothing can be added to an entry that stands')
		WHEN NEW.currency = (SELECT currency FROM companies WHERE id = NEW.company_id)
			THEN RAISE(ABORT, 'LEDGERSEAL:CURRENCY_MISMATCH the company''s own currency is stored as NULL')
		WHEN length(NEW.currency) <> 3 THEN RAISE(ABORT, 'LEDGERSEAL:CURRENCY_UNKNOWN a currency has three letters')
	END;
END;

CREATE TRIGGER journal_lines_never_changed BEFORE UPDATE ON journal_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:ENTRY_POSTED a posted line never changes'); END;

CREATE TRIGGER journal_lines_never_deleted BEFORE DELETE ON journal_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:ENTRY_POSTED a posted line is never deleted'); END;

CREATE TRIGGER journal_entries_posting BEFORE INSERT ON journal_entries
WHEN NEW.status = 'POSTED'
BEGIN
	SELECT CASE
		WHEN NEW.id <> max(0, coalesce((SELECT id FROM journal_entries WHERE company_id = NEW.company_id ORDER BY id DESC LIMIT 1), 0)) + 1
			THEN RAISE(ABORT, 'LEDGERSEAL:ENTRY_NO_GAP entry numbers follow each other without a gap')
		WHEN count(*) < 2 THEN RAISE(ABORT, 'LEDGERSEAL:ENTRY_TOO_SHORT an entry has at least two lines')
		WHEN sum(base_debit_minor - base_credit_minor) <> 0 THEN RAISE(ABORT, 'LEDGERSEAL:ENTRY_UNBALANCED debits and credits differ')
		WHEN max(line_no) <> count(*) THEN RAISE(ABORT, 'LEDGERSEAL:LINE_INVALID lines are numbered from 1 without gaps')
		WHEN min(day) <> unixepoch(NEW.date) / 86400 OR max(day) <> min(day) THEN RAISE(ABORT, 'LEDGERSEAL:LINE_INVALID a line has another day than its entry')
		WHEN count(currency) > 0 AND NEW.source NOT IN ('CLOSING', 'ADJUSTING', 'REVERSAL') AND EXISTS (
				SELECT 1 FROM journal_lines z WHERE z.company_id = NEW.company_id AND z.entry_id = NEW.id AND z.debit_minor = 0 AND z.credit_minor = 0)
			THEN RAISE(ABORT, 'LEDGERSEAL:LINE_INVALID a line has an amount')
	END FROM journal_lines WHERE company_id = NEW.company_id AND entry_id = NEW.id;
	-- A period that does not exist is refused by the foreign key.
	SELECT CASE
		WHEN NEW.date NOT BETWEEN p.start_date AND p.end_date OR p.kind = 'YEAR'
			THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_NOT_FOUND the entry''s date is not in its period')
		WHEN p.status = 'CLOSED' THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED nothing is posted into a closed period')
		WHEN p.kind = 'OPENING' AND NEW.source NOT IN ('OPENING', 'REVERSAL', 'CLOSING')
			THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_NOT_FOUND only opening balances stand in the opening period')
		WHEN p.status = 'CLOSING' AND NEW.source <> 'CLOSING' AND NOT (NEW.source IN ('TRANSFER', 'ADJUSTING') AND EXISTS (
				SELECT 1 FROM reconciliation_sessions s WHERE s.company_id = NEW.company_id AND s.id = NEW.session_id
					AND s.period_id = p.id AND s.status = 'ACTIVE'))
			THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSING a soft-closed period takes only transfers and adjusting entries of an active session')
		WHEN NEW.import_id IS NOT NULL AND NOT EXISTS (
				SELECT 1 FROM imports i WHERE i.company_id = NEW.company_id AND i.id = NEW.import_id AND i.status = 'BOOKING')
			THEN RAISE(ABORT, 'LEDGERSEAL:IMPORT_NOT_BOOKING entries of an import are posted by that import')
	END FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.id = NEW.period_id;
END;

-- An import merges its balances once per batch, before it becomes BOOKED.
CREATE TRIGGER journal_entries_balances AFTER INSERT ON journal_entries
WHEN NEW.status = 'POSTED' AND NEW.import_id IS NULL
BEGIN
	INSERT INTO account_balances (company_id, account_id, currency, period_id, debit_minor, credit_minor, base_debit_minor, base_credit_minor, line_count)
	SELECT l.company_id, l.account_id, coalesce(l.currency, c.currency), NEW.period_id,
		sum(l.debit_minor), sum(l.credit_minor), sum(l.base_debit_minor), sum(l.base_credit_minor), count(*)
	FROM journal_lines l JOIN companies c ON c.id = l.company_id
	WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.id
	GROUP BY l.account_id, coalesce(l.currency, c.currency)
	ON CONFLICT (company_id, account_id, currency, period_id) DO UPDATE SET
		debit_minor = debit_minor + excluded.debit_minor,
		credit_minor = credit_minor + excluded.credit_minor,
		base_debit_minor = base_debit_minor + excluded.base_debit_minor,
		base_credit_minor = base_credit_minor + excluded.base_credit_minor,
		line_count = line_count + excluded.line_count;
	INSERT INTO closing_entries (company_id, close_id, entry_id) SELECT NEW.company_id, NEW.close_id, NEW.id WHERE NEW.close_id IS NOT NULL;
END;

CREATE TRIGGER journal_entries_never_changed BEFORE UPDATE ON journal_entries
WHEN OLD.status = 'POSTED' OR NEW.status = 'POSTED'
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:ENTRY_POSTED a posted entry never changes; reverse it'); END;

CREATE TRIGGER journal_entries_never_deleted BEFORE DELETE ON journal_entries
WHEN OLD.status = 'POSTED'
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:ENTRY_POSTED a posted entry is never deleted; reverse it'); END;

-- What was posted keeps its account's type and currency once a sealed period holds a line of it.
CREATE TRIGGER accounts_frozen BEFORE UPDATE OF type, currency ON accounts
WHEN (NEW.type IS NOT OLD.type OR NEW.currency IS NOT OLD.currency) AND EXISTS (
	SELECT 1 FROM period_balance_snapshots s WHERE s.company_id = OLD.company_id AND s.account_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:ACCOUNT_FROZEN type and currency are frozen once a sealed period holds a line of the account'); END;

CREATE TRIGGER companies_books_from BEFORE UPDATE OF books_from ON companies
WHEN OLD.books_from IS NOT NULL AND NEW.books_from IS NOT OLD.books_from AND EXISTS (
	SELECT 1 FROM period_closes c WHERE c.company_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED the books'' first day is fixed by the first close'); END;

CREATE TABLE attachments (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	name TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	with_posting INTEGER NOT NULL CHECK (with_posting IN (0, 1)),
	added_at TEXT NOT NULL,
	added_by INTEGER NOT NULL REFERENCES users (id),
	PRIMARY KEY (company_id, id),
	UNIQUE (company_id, entry_id, sha256),
	FOREIGN KEY (company_id, entry_id) REFERENCES journal_entries (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TRIGGER closing_entries_never_changed BEFORE UPDATE ON closing_entries
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a closing entry stays with its close'); END;
CREATE TRIGGER closing_entries_never_deleted BEFORE DELETE ON closing_entries
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a closing entry stays with its close'); END;
CREATE TRIGGER closing_entries_of_entries BEFORE INSERT ON closing_entries
WHEN NOT EXISTS (SELECT 1 FROM journal_entries e WHERE e.company_id = NEW.company_id AND e.id = NEW.entry_id AND e.close_id = NEW.close_id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:CLOSE_FIXED only the entry itself says which close it belongs to'); END;

CREATE TRIGGER attachments_never_changed BEFORE UPDATE ON attachments
WHEN OLD.entry_id > 0
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED an attachment of a posted entry never changes'); END;
CREATE TRIGGER attachments_never_deleted BEFORE DELETE ON attachments
WHEN OLD.entry_id > 0
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED an attachment of a posted entry is never deleted'); END;

CREATE TABLE exchange_rates (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	currency TEXT NOT NULL,
	date TEXT NOT NULL,
	rate TEXT NOT NULL,
	origin TEXT NOT NULL,
	PRIMARY KEY (company_id, currency, date)
) STRICT, WITHOUT ROWID;

-- Revaluations posted: which rate, whence, for which currency; the entry itself holds the amounts.
CREATE TABLE revaluations (
	company_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	currency TEXT NOT NULL,
	date TEXT NOT NULL,
	rate TEXT NOT NULL,
	origin TEXT NOT NULL,
	PRIMARY KEY (company_id, entry_id, currency),
	FOREIGN KEY (company_id, entry_id) REFERENCES journal_entries (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	file_name TEXT NOT NULL,
	file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
	format TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('JOURNAL', 'OPENING')),
	first_entry_no INTEGER,
	last_entry_no INTEGER,
	entry_count INTEGER NOT NULL,
	line_count INTEGER NOT NULL,
	rejected_count INTEGER NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('BOOKING', 'BOOKED', 'UNDONE')),
	imported_at TEXT NOT NULL,
	imported_by INTEGER NOT NULL REFERENCES users (id),
	undone_at TEXT,
	undone_by INTEGER REFERENCES users (id),
	PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX imports_by_file ON imports (company_id, file_sha256);

CREATE TRIGGER imports_state BEFORE UPDATE ON imports
WHEN NOT ((OLD.status = 'BOOKING' AND NEW.status = 'BOOKED') OR (OLD.status = 'BOOKED' AND NEW.status = 'UNDONE'))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:IMPORT_STATE an import is booked once and undone at most once'); END;
CREATE TRIGGER imports_never_deleted BEFORE DELETE ON imports
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED an import is undone, never deleted'); END;

CREATE TABLE reconciliation_sessions (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	period_id INTEGER NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'CLOSED')),
	notes TEXT NOT NULL DEFAULT '',
	started_at TEXT NOT NULL,
	started_by INTEGER NOT NULL REFERENCES users (id),
	closed_at TEXT,
	closed_by INTEGER REFERENCES users (id),
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, period_id) REFERENCES accounting_periods (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX reconciliation_sessions_one_active ON reconciliation_sessions (company_id, period_id) WHERE status = 'ACTIVE';

-- Closes and seals ----------------------------------------------------------------------------------------------------

CREATE TABLE period_closes (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	period_id INTEGER NOT NULL,
	close_number INTEGER NOT NULL CHECK (close_number > 0),
	status TEXT NOT NULL CHECK (status IN ('CLOSED', 'REOPENED')),
	requested_at TEXT NOT NULL,
	closed_at TEXT NOT NULL,
	closed_by INTEGER NOT NULL REFERENCES users (id),
	reason TEXT NOT NULL,
	reopen_policy TEXT NOT NULL CHECK (reopen_policy IN ('ADMIN_WITH_REASON', 'NEVER')),
	net_profit_minor INTEGER NOT NULL,
	closing_entry_id INTEGER,
	sealed_through_seq INTEGER NOT NULL,
	total_journal_count INTEGER NOT NULL,
	total_debits_minor INTEGER NOT NULL,
	total_credits_minor INTEGER NOT NULL,
	balance_row_count INTEGER NOT NULL,
	close_hash TEXT NOT NULL CHECK (length(close_hash) = 64),
	content_root TEXT NOT NULL CHECK (length(content_root) = 64),
	reopened_at TEXT,
	reopened_by INTEGER REFERENCES users (id),
	reopen_reason TEXT,
	reversal_entry_id INTEGER,
	PRIMARY KEY (company_id, id),
	UNIQUE (company_id, period_id, close_number),
	FOREIGN KEY (company_id, period_id) REFERENCES accounting_periods (company_id, id),
	FOREIGN KEY (company_id, closing_entry_id) REFERENCES journal_entries (company_id, id),
	FOREIGN KEY (company_id, reversal_entry_id) REFERENCES journal_entries (company_id, id) DEFERRABLE INITIALLY DEFERRED,
	CHECK ((status = 'REOPENED') = (reopened_at IS NOT NULL) AND (status = 'REOPENED') = (reopen_reason IS NOT NULL)),
	CHECK (reopen_reason IS NULL OR length(reopen_reason) >= 10)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX period_closes_one_standing ON period_closes (company_id, period_id) WHERE status = 'CLOSED';

-- For the foreign keys above: every posted entry asks whether a close waits for it.
CREATE INDEX period_closes_by_closing_entry ON period_closes (company_id, closing_entry_id);
CREATE INDEX period_closes_by_reversal_entry ON period_closes (company_id, reversal_entry_id);

CREATE TRIGGER period_closes_never_deleted BEFORE DELETE ON period_closes
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a close is never deleted'); END;

CREATE TRIGGER period_closes_reopened_once BEFORE UPDATE ON period_closes
WHEN NOT (OLD.status = 'CLOSED' AND NEW.status = 'REOPENED' AND OLD.reopen_policy = 'ADMIN_WITH_REASON'
	AND NEW.company_id IS OLD.company_id AND NEW.id IS OLD.id AND NEW.uuid IS OLD.uuid AND NEW.period_id IS OLD.period_id
	AND NEW.close_number IS OLD.close_number AND NEW.requested_at IS OLD.requested_at AND NEW.closed_at IS OLD.closed_at
	AND NEW.closed_by IS OLD.closed_by AND NEW.reason IS OLD.reason AND NEW.reopen_policy IS OLD.reopen_policy
	AND NEW.net_profit_minor IS OLD.net_profit_minor AND NEW.closing_entry_id IS OLD.closing_entry_id
	AND NEW.sealed_through_seq IS OLD.sealed_through_seq AND NEW.total_journal_count IS OLD.total_journal_count
	AND NEW.total_debits_minor IS OLD.total_debits_minor AND NEW.total_credits_minor IS OLD.total_credits_minor
	AND NEW.balance_row_count IS OLD.balance_row_count AND NEW.close_hash IS OLD.close_hash AND NEW.content_root IS OLD.content_root)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:CLOSE_FIXED a close only gets its reopening, once, and never under the policy NEVER'); END;

-- A period is CLOSED only with a standing close, and leaves CLOSED only when that close was reopened.
CREATE TRIGGER accounting_periods_closed_by_close BEFORE UPDATE OF status, closed_at, closed_by, close_reason, close_hash ON accounting_periods
WHEN NEW.status = 'CLOSED' AND NOT EXISTS (
	SELECT 1 FROM period_closes c WHERE c.company_id = NEW.company_id AND c.period_id = NEW.id AND c.status = 'CLOSED' AND c.close_hash = NEW.close_hash
		AND c.closed_at = NEW.closed_at AND c.closed_by = NEW.closed_by AND c.reason = NEW.close_reason)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:CLOSE_MISSING a period is closed by a close only'); END;

CREATE TRIGGER accounting_periods_reopened_by_reopen BEFORE UPDATE OF status ON accounting_periods
WHEN OLD.status = 'CLOSED' AND NEW.status <> 'CLOSED' AND EXISTS (
	SELECT 1 FROM period_closes c WHERE c.company_id = NEW.company_id AND c.period_id = NEW.id AND c.status = 'CLOSED')
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED a closed period is reopened through its close only'); END;

CREATE TRIGGER accounting_periods_made_open BEFORE INSERT ON accounting_periods
WHEN NEW.status <> 'OPEN'
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_FIXED a period comes to be OPEN'); END;

CREATE TABLE period_summary_snapshots (
	company_id INTEGER NOT NULL,
	period_id INTEGER NOT NULL,
	close_number INTEGER NOT NULL,
	currency TEXT NOT NULL,
	journal_count INTEGER NOT NULL,
	line_count INTEGER NOT NULL,
	total_debits_minor INTEGER NOT NULL,
	total_credits_minor INTEGER NOT NULL,
	base_debits_minor INTEGER NOT NULL,
	base_credits_minor INTEGER NOT NULL,
	PRIMARY KEY (company_id, period_id, close_number, currency),
	FOREIGN KEY (company_id, period_id, close_number) REFERENCES period_closes (company_id, period_id, close_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE period_balance_snapshots (
	company_id INTEGER NOT NULL,
	period_id INTEGER NOT NULL,
	close_number INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	currency TEXT NOT NULL,
	opening_minor INTEGER NOT NULL,
	debit_minor INTEGER NOT NULL,
	credit_minor INTEGER NOT NULL,
	closing_minor INTEGER NOT NULL,
	base_opening_minor INTEGER NOT NULL,
	base_debit_minor INTEGER NOT NULL,
	base_credit_minor INTEGER NOT NULL,
	base_closing_minor INTEGER NOT NULL,
	PRIMARY KEY (company_id, account_id, period_id, close_number, currency),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, period_id, close_number) REFERENCES period_closes (company_id, period_id, close_number),
	CHECK (closing_minor = opening_minor + debit_minor - credit_minor),
	CHECK (base_closing_minor = base_opening_minor + base_debit_minor - base_credit_minor)
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_tables (
	company_id INTEGER NOT NULL,
	close_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	row_count INTEGER NOT NULL,
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	content BLOB NOT NULL,
	PRIMARY KEY (company_id, close_id, name),
	FOREIGN KEY (company_id, close_id) REFERENCES period_closes (company_id, id)
) STRICT;

CREATE TABLE signing_keys (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	key_id TEXT NOT NULL UNIQUE,
	fingerprint TEXT NOT NULL,
	public_key TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	reason TEXT NOT NULL,
	statement TEXT,
	statement_signature BLOB,
	PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE seals (
	company_id INTEGER NOT NULL,
	seal_no INTEGER NOT NULL CHECK (seal_no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('CLOSE', 'YEAR', 'REOPEN')),
	close_id INTEGER NOT NULL,
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	document TEXT NOT NULL CHECK (json_valid(document)),
	signature BLOB CHECK (signature IS NULL OR length(signature) = 64),
	key_id TEXT REFERENCES signing_keys (key_id),
	sealed_at TEXT NOT NULL,
	PRIMARY KEY (company_id, seal_no),
	FOREIGN KEY (company_id, close_id) REFERENCES period_closes (company_id, id),
	CHECK ((signature IS NULL) = (key_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX seals_of_close ON seals (company_id, close_id, kind);

CREATE TRIGGER seals_without_gap BEFORE INSERT ON seals
WHEN NEW.seal_no <> 1 AND NOT EXISTS (SELECT 1 FROM seals WHERE company_id = NEW.company_id AND seal_no = NEW.seal_no - 1)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:SEAL_NO_GAP seal numbers have no gap'); END;

CREATE TRIGGER period_summary_snapshots_never_changed BEFORE UPDATE ON period_summary_snapshots
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a snapshot never changes'); END;
CREATE TRIGGER period_summary_snapshots_never_deleted BEFORE DELETE ON period_summary_snapshots
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a snapshot is never deleted'); END;
CREATE TRIGGER period_balance_snapshots_never_changed BEFORE UPDATE ON period_balance_snapshots
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a snapshot never changes'); END;
CREATE TRIGGER period_balance_snapshots_never_deleted BEFORE DELETE ON period_balance_snapshots
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a snapshot is never deleted'); END;
CREATE TRIGGER sealed_tables_never_changed BEFORE UPDATE ON sealed_tables
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a sealed table never changes'); END;
CREATE TRIGGER sealed_tables_never_deleted BEFORE DELETE ON sealed_tables
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a sealed table is never deleted'); END;
CREATE TRIGGER signing_keys_never_changed BEFORE UPDATE ON signing_keys
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a signing key never changes'); END;
CREATE TRIGGER signing_keys_never_deleted BEFORE DELETE ON signing_keys
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a signing key is never deleted'); END;
CREATE TRIGGER seals_never_changed BEFORE UPDATE ON seals
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a seal never changes'); END;
CREATE TRIGGER seals_never_deleted BEFORE DELETE ON seals
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a seal is never deleted'); END;

-- Jobs ----------------------------------------------------------------------------------------------------------------

CREATE TABLE export_jobs (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	close_id INTEGER NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED', 'SUPERSEDED')),
	location TEXT,
	content_type TEXT,
	content_length INTEGER,
	checksum TEXT,
	content_sha256 TEXT,
	package_seal TEXT,
	package_signature BLOB,
	progress REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
	attempt INTEGER NOT NULL DEFAULT 0,
	error TEXT,
	requested_at TEXT NOT NULL,
	requested_by INTEGER NOT NULL REFERENCES users (id),
	finished_at TEXT,
	expires_at TEXT,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, close_id) REFERENCES period_closes (company_id, id),
	CHECK (status <> 'READY' OR (location IS NOT NULL AND checksum IS NOT NULL AND content_sha256 IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX export_jobs_one_at_work ON export_jobs (company_id, close_id) WHERE status IN ('QUEUED', 'RUNNING');

-- Audit trail: one chain per company, and one (company_id NULL) for what concerns none -----------------------------------

CREATE TABLE audit_events (
	id INTEGER PRIMARY KEY,
	company_id INTEGER REFERENCES companies (id),
	seq INTEGER NOT NULL CHECK (seq > 0),
	at TEXT NOT NULL,
	user_id INTEGER REFERENCES users (id),
	action TEXT NOT NULL,
	detail TEXT NOT NULL CHECK (json_valid(detail)),
	hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE UNIQUE INDEX audit_events_seq ON audit_events (coalesce(company_id, 0), seq);

CREATE TRIGGER audit_events_without_gap BEFORE INSERT ON audit_events
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM audit_events WHERE coalesce(company_id, 0) = coalesce(NEW.company_id, 0) AND seq = NEW.seq - 1)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:AUDIT_GAP audit events have no gap'); END;
CREATE TRIGGER audit_events_never_changed BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED an audit event never changes'); END;
CREATE TRIGGER audit_events_never_deleted BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED an audit event is never deleted'); END;

-- INSERT OR REPLACE deletes without asking the delete guards, so what stands is never inserted again ---------------------
CREATE TRIGGER companies_inserted_once BEFORE INSERT ON companies
WHEN EXISTS (SELECT 1 FROM companies t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER users_inserted_once BEFORE INSERT ON users
WHEN EXISTS (SELECT 1 FROM users t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER accounts_inserted_once BEFORE INSERT ON accounts
WHEN EXISTS (SELECT 1 FROM accounts t WHERE t.company_id = NEW.company_id AND (t.id = NEW.id OR t.ref = NEW.ref))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER parties_inserted_once BEFORE INSERT ON parties
WHEN EXISTS (SELECT 1 FROM parties t WHERE t.company_id = NEW.company_id AND (t.id = NEW.id OR t.ref = NEW.ref))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER accounting_periods_inserted_once BEFORE INSERT ON accounting_periods
WHEN EXISTS (SELECT 1 FROM accounting_periods t WHERE t.company_id = NEW.company_id AND t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER period_closes_inserted_once BEFORE INSERT ON period_closes
WHEN EXISTS (SELECT 1 FROM period_closes t WHERE t.company_id = NEW.company_id AND (t.id = NEW.id OR (t.period_id = NEW.period_id AND t.close_number = NEW.close_number)))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER period_summary_snapshots_inserted_once BEFORE INSERT ON period_summary_snapshots
WHEN EXISTS (SELECT 1 FROM period_summary_snapshots t WHERE t.company_id = NEW.company_id AND t.period_id = NEW.period_id AND t.close_number = NEW.close_number AND t.currency = NEW.currency)
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER period_balance_snapshots_inserted_once BEFORE INSERT ON period_balance_snapshots
WHEN EXISTS (SELECT 1 FROM period_balance_snapshots t WHERE t.company_id = NEW.company_id AND t.account_id = NEW.account_id AND t.period_id = NEW.period_id AND t.close_number = NEW.close_number AND t.currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER sealed_tables_inserted_once BEFORE INSERT ON sealed_tables
WHEN EXISTS (SELECT 1 FROM sealed_tables t WHERE t.company_id = NEW.company_id AND t.close_id = NEW.close_id AND t.name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER signing_keys_inserted_once BEFORE INSERT ON signing_keys
WHEN EXISTS (SELECT 1 FROM signing_keys t WHERE t.key_id = NEW.key_id OR (t.company_id = NEW.company_id AND t.id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER seals_inserted_once BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals t WHERE t.company_id = NEW.company_id AND t.seal_no = NEW.seal_no)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER imports_inserted_once BEFORE INSERT ON imports
WHEN EXISTS (SELECT 1 FROM imports t WHERE t.company_id = NEW.company_id AND t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER attachments_inserted_once BEFORE INSERT ON attachments
WHEN EXISTS (SELECT 1 FROM attachments t WHERE t.company_id = NEW.company_id AND t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER audit_events_inserted_once BEFORE INSERT ON audit_events
WHEN EXISTS (SELECT 1 FROM audit_events t WHERE t.id = NEW.id OR (coalesce(t.company_id, 0) = coalesce(NEW.company_id, 0) AND t.seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
