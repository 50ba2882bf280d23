-- Reconciliation: statement files with their lines, matches, statement rules, reconciliations with their items.
-- Conventions as in 0001. Amounts of statements are signed, money in positive, in the account's own currency.

-- Statements ----------------------------------------------------------------------------------------------------------

-- One row for each file taken in for an account; the file itself is kept byte for byte under its SHA-256.
CREATE TABLE bank_statements (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	account_id INTEGER NOT NULL,
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	format TEXT NOT NULL CHECK (format IN ('ofx', 'camt053', 'mt940', 'qif', 'csv')),
	dialect TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
	file_bytes INTEGER NOT NULL,
	bank_account TEXT,
	from_day INTEGER NOT NULL,
	to_day INTEGER NOT NULL,
	opening_minor INTEGER,
	closing_minor INTEGER,
	line_count INTEGER NOT NULL,
	added_count INTEGER NOT NULL,
	accepted TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(accepted)),
	accepted_note TEXT,
	status TEXT NOT NULL CHECK (status IN ('IMPORTED', 'UNDONE')),
	imported_at TEXT NOT NULL,
	imported_by INTEGER NOT NULL REFERENCES users (id),
	undone_at TEXT,
	undone_by INTEGER REFERENCES users (id),
	undo_reason TEXT,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	CHECK (from_day <= to_day),
	CHECK (added_count BETWEEN 0 AND line_count),
	CHECK ((status = 'UNDONE') = (undone_at IS NOT NULL) AND (status = 'UNDONE') = (undo_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX bank_statements_once ON bank_statements (company_id, account_id, file_sha256) WHERE status = 'IMPORTED';
CREATE INDEX bank_statements_by_account ON bank_statements (company_id, account_id, to_day);

-- The statements inside a file, in its order: each with its own balances, which are facts of the bank.
CREATE TABLE statement_pages (
	company_id INTEGER NOT NULL,
	statement_id INTEGER NOT NULL,
	page_no INTEGER NOT NULL CHECK (page_no > 0),
	number TEXT,
	from_day INTEGER NOT NULL,
	to_day INTEGER NOT NULL,
	opening_minor INTEGER,
	closing_minor INTEGER,
	line_count INTEGER NOT NULL,
	PRIMARY KEY (company_id, statement_id, page_no),
	FOREIGN KEY (company_id, statement_id) REFERENCES bank_statements (company_id, id),
	CHECK (from_day <= to_day)
) STRICT, WITHOUT ROWID;

-- A line of the bank, once, whichever files hold it. occurrence tells true twins apart.
CREATE TABLE statement_lines (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	account_id INTEGER NOT NULL,
	statement_id INTEGER NOT NULL,
	day INTEGER NOT NULL,
	value_day INTEGER,
	amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN -9007199254740991 AND 9007199254740991),
	description TEXT NOT NULL,
	party TEXT,
	bank_id TEXT,
	reference TEXT,
	running_balance_minor INTEGER,
	text_key TEXT NOT NULL,
	occurrence INTEGER NOT NULL CHECK (occurrence > 0),
	bank_id_reused INTEGER NOT NULL DEFAULT 0 CHECK (bank_id_reused IN (0, 1)),
	undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, statement_id) REFERENCES bank_statements (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX statement_lines_bank_id_once ON statement_lines (company_id, account_id, bank_id, day, amount_minor, occurrence)
	WHERE bank_id IS NOT NULL AND undone = 0;
CREATE UNIQUE INDEX statement_lines_text_once ON statement_lines (company_id, account_id, text_key, day, amount_minor, occurrence)
	WHERE bank_id IS NULL AND undone = 0;
CREATE INDEX statement_lines_by_day ON statement_lines (company_id, account_id, day, id);
CREATE INDEX statement_lines_by_statement ON statement_lines (company_id, statement_id);

-- Which lines stand in which file, in the file's order; also those that an earlier file had brought.
CREATE TABLE statement_page_lines (
	company_id INTEGER NOT NULL,
	statement_id INTEGER NOT NULL,
	position INTEGER NOT NULL CHECK (position > 0),
	page_no INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	PRIMARY KEY (company_id, statement_id, position),
	FOREIGN KEY (company_id, statement_id, page_no) REFERENCES statement_pages (company_id, statement_id, page_no),
	FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_page_lines_by_line ON statement_page_lines (company_id, line_id);

-- How the CSV of an account's bank is read: the saved answers.
CREATE TABLE statement_layouts (
	company_id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	options TEXT NOT NULL CHECK (json_valid(options)),
	saved_at TEXT NOT NULL,
	saved_by INTEGER NOT NULL REFERENCES users (id),
	PRIMARY KEY (company_id, account_id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id)
) STRICT, WITHOUT ROWID;

-- Matches -------------------------------------------------------------------------------------------------------------

CREATE TABLE statement_matches (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	account_id INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('SINGLE', 'GROUP', 'CONTRA', 'ENTRY', 'TRANSFER', 'SETTLEMENT', 'MANUAL')),
	status TEXT NOT NULL CHECK (status IN ('PROPOSED', 'CONFIRMED', 'REJECTED', 'UNMATCHED')),
	score INTEGER NOT NULL,
	certain INTEGER NOT NULL CHECK (certain IN (0, 1)),
	reasons TEXT NOT NULL CHECK (json_valid(reasons)),
	-- ids of statement lines; [entry number, line number] of ledger lines; what else a proposal says (the other account, the charge)
	line_ids TEXT NOT NULL CHECK (json_valid(line_ids)),
	entry_lines TEXT NOT NULL CHECK (json_valid(entry_lines)),
	detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
	-- the last day of any line of it: from then on the match is part of every reconciliation
	through_day INTEGER NOT NULL,
	automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1)),
	made_at TEXT NOT NULL,
	decided_at TEXT,
	decided_by INTEGER REFERENCES users (id),
	undone_at TEXT,
	undone_by INTEGER REFERENCES users (id),
	undo_reason TEXT,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	CHECK ((status = 'PROPOSED') = (decided_at IS NULL)),
	CHECK ((status = 'UNMATCHED') = (undone_at IS NOT NULL) AND (status = 'UNMATCHED') = (undo_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_matches_by_status ON statement_matches (company_id, account_id, status, id);

-- The members of confirmed matches: a statement line and a ledger line are each in one at most.
CREATE TABLE matched_statement_lines (
	company_id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	match_id INTEGER NOT NULL,
	PRIMARY KEY (company_id, line_id),
	FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
	FOREIGN KEY (company_id, match_id) REFERENCES statement_matches (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE matched_entry_lines (
	company_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	match_id INTEGER NOT NULL,
	PRIMARY KEY (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, entry_id, line_no) REFERENCES journal_lines (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, match_id) REFERENCES statement_matches (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX matched_statement_lines_by_match ON matched_statement_lines (company_id, match_id);
CREATE INDEX matched_entry_lines_by_match ON matched_entry_lines (company_id, match_id);

-- The members of proposals, so that a line knows its own: a line is in one at most. They come and go with the proposal.
CREATE TABLE proposed_statement_lines (
	company_id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	match_id INTEGER NOT NULL,
	PRIMARY KEY (company_id, line_id),
	FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
	FOREIGN KEY (company_id, match_id) REFERENCES statement_matches (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE proposed_entry_lines (
	company_id INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	match_id INTEGER NOT NULL,
	PRIMARY KEY (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, entry_id, line_no) REFERENCES journal_lines (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, match_id) REFERENCES statement_matches (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX proposed_statement_lines_by_match ON proposed_statement_lines (company_id, match_id);
CREATE INDEX proposed_entry_lines_by_match ON proposed_entry_lines (company_id, match_id);

-- Rules that turn what remains into drafts; the first that fits wins.
CREATE TABLE statement_rules (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	account_id INTEGER,
	text TEXT,
	party TEXT,
	direction TEXT NOT NULL CHECK (direction IN ('IN', 'OUT', 'ANY')),
	min_minor INTEGER CHECK (min_minor IS NULL OR min_minor >= 0),
	max_minor INTEGER CHECK (max_minor IS NULL OR max_minor >= 0),
	counter_account_id INTEGER NOT NULL,
	counter_party_id INTEGER,
	description TEXT,
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	created_at TEXT NOT NULL,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, counter_account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, counter_party_id) REFERENCES parties (company_id, id),
	CHECK (text IS NOT NULL OR party IS NOT NULL OR min_minor IS NOT NULL OR max_minor IS NOT NULL),
	CHECK (min_minor IS NULL OR max_minor IS NULL OR min_minor <= max_minor)
) STRICT, WITHOUT ROWID;

-- The draft that a rule made of a line, so that it is not made twice.
CREATE TABLE statement_line_drafts (
	company_id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	rule_id INTEGER NOT NULL,
	draft_uuid TEXT NOT NULL,
	PRIMARY KEY (company_id, line_id),
	FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
	FOREIGN KEY (company_id, rule_id) REFERENCES statement_rules (company_id, id)
) STRICT, WITHOUT ROWID;

-- Reconciliations -----------------------------------------------------------------------------------------------------

CREATE TABLE reconciliations (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	account_id INTEGER NOT NULL,
	period_id INTEGER NOT NULL,
	end_day INTEGER NOT NULL,
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	strategy TEXT NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('DRAFT', 'VERIFIED', 'STALE', 'UNDONE')),
	expected_minor INTEGER NOT NULL,
	actual_minor INTEGER NOT NULL,
	variance_minor INTEGER NOT NULL GENERATED ALWAYS AS (expected_minor - actual_minor) VIRTUAL,
	-- what the items explain of the variance; kept equal to their sum by the triggers of reconciling_items
	explained_minor INTEGER NOT NULL DEFAULT 0,
	-- how the actual balance came to be: the statement used, the count by denomination, who typed it
	detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
	prepared_at TEXT NOT NULL,
	prepared_by INTEGER NOT NULL REFERENCES users (id),
	verified_at TEXT,
	verified_by INTEGER REFERENCES users (id),
	stale_reason TEXT,
	undone_at TEXT,
	undone_by INTEGER REFERENCES users (id),
	undo_reason TEXT,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
	FOREIGN KEY (company_id, period_id) REFERENCES accounting_periods (company_id, id),
	CHECK (status NOT IN ('VERIFIED', 'STALE') OR (verified_at IS NOT NULL AND verified_by IS NOT NULL)),
	CHECK (status <> 'VERIFIED' OR expected_minor - actual_minor = explained_minor),
	CHECK ((status = 'STALE') = (stale_reason IS NOT NULL)),
	CHECK ((status = 'UNDONE') = (undone_at IS NOT NULL) AND (status = 'UNDONE') = (undo_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX reconciliations_one_standing ON reconciliations (company_id, account_id, period_id) WHERE status <> 'UNDONE';
CREATE INDEX reconciliations_verified ON reconciliations (company_id, end_day) WHERE status = 'VERIFIED';
CREATE INDEX reconciliations_by_period ON reconciliations (company_id, period_id);

-- What explains a variance: a ledger line that the bank does not have yet (+ its amount), a bank line that the books do not have (- its amount).
CREATE TABLE reconciling_items (
	company_id INTEGER NOT NULL,
	reconciliation_id INTEGER NOT NULL,
	item_no INTEGER NOT NULL CHECK (item_no > 0),
	kind TEXT NOT NULL CHECK (kind IN ('BOOK', 'BANK')),
	entry_id INTEGER,
	line_no INTEGER,
	line_id INTEGER,
	amount_minor INTEGER NOT NULL,
	note TEXT,
	PRIMARY KEY (company_id, reconciliation_id, item_no),
	FOREIGN KEY (company_id, reconciliation_id) REFERENCES reconciliations (company_id, id),
	FOREIGN KEY (company_id, entry_id, line_no) REFERENCES journal_lines (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
	CHECK ((kind = 'BOOK') = (entry_id IS NOT NULL AND line_no IS NOT NULL) AND (kind = 'BANK') = (line_id IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX reconciling_items_book_once ON reconciling_items (company_id, reconciliation_id, entry_id, line_no) WHERE kind = 'BOOK';
CREATE UNIQUE INDEX reconciling_items_bank_once ON reconciling_items (company_id, reconciliation_id, line_id) WHERE kind = 'BANK';
CREATE INDEX reconciling_items_by_entry ON reconciling_items (company_id, entry_id, line_no);
CREATE INDEX reconciling_items_by_line ON reconciling_items (company_id, line_id);

-- Guards of statements ------------------------------------------------------------------------------------------------

CREATE TRIGGER bank_statements_never_deleted BEFORE DELETE ON bank_statements
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a statement is undone, never deleted'); END;
CREATE TRIGGER bank_statements_inserted_once BEFORE INSERT ON bank_statements
WHEN EXISTS (SELECT 1 FROM bank_statements t WHERE t.company_id = NEW.company_id AND (t.id = NEW.id
	OR (t.account_id = NEW.account_id AND t.file_sha256 = NEW.file_sha256 AND t.status = 'IMPORTED')))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER bank_statements_fixed BEFORE UPDATE ON bank_statements
WHEN NOT (OLD.status = 'IMPORTED' AND NEW.status = 'UNDONE' AND NEW.company_id IS OLD.company_id AND NEW.id IS OLD.id AND NEW.uuid IS OLD.uuid
	AND NEW.account_id IS OLD.account_id AND NEW.currency IS OLD.currency AND NEW.format IS OLD.format AND NEW.dialect IS OLD.dialect
	AND NEW.file_name IS OLD.file_name AND NEW.file_sha256 IS OLD.file_sha256 AND NEW.file_bytes IS OLD.file_bytes AND NEW.bank_account IS OLD.bank_account
	AND NEW.from_day IS OLD.from_day AND NEW.to_day IS OLD.to_day AND NEW.opening_minor IS OLD.opening_minor AND NEW.closing_minor IS OLD.closing_minor
	AND NEW.line_count IS OLD.line_count AND NEW.added_count IS OLD.added_count AND NEW.accepted IS OLD.accepted
	AND NEW.accepted_note IS OLD.accepted_note AND NEW.imported_at IS OLD.imported_at AND NEW.imported_by IS OLD.imported_by)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_FIXED what the bank said never changes; a statement is undone, once'); END;
-- A line is verified with the reconciliation that covers its day.
CREATE TRIGGER bank_statements_undo BEFORE UPDATE OF status ON bank_statements
WHEN NEW.status = 'UNDONE' AND EXISTS (
	SELECT 1 FROM statement_lines l JOIN reconciliations r ON r.company_id = l.company_id AND r.account_id = l.account_id AND r.end_day >= l.day
		AND r.status IN ('VERIFIED', 'STALE')
	WHERE l.company_id = NEW.company_id AND l.statement_id = NEW.id AND l.undone = 0)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_VERIFIED a line of the statement is verified'); END;

CREATE TRIGGER statement_pages_never_changed BEFORE UPDATE ON statement_pages
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_FIXED what the bank said never changes'); END;
CREATE TRIGGER statement_pages_never_deleted BEFORE DELETE ON statement_pages
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a statement is undone, never deleted'); END;
CREATE TRIGGER statement_page_lines_never_changed BEFORE UPDATE ON statement_page_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_FIXED what the bank said never changes'); END;
CREATE TRIGGER statement_page_lines_never_deleted BEFORE DELETE ON statement_page_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a statement is undone, never deleted'); END;
CREATE TRIGGER statement_page_lines_of_account BEFORE INSERT ON statement_page_lines
WHEN NOT EXISTS (SELECT 1 FROM statement_lines l JOIN bank_statements s ON s.company_id = l.company_id AND s.account_id = l.account_id
	WHERE l.company_id = NEW.company_id AND l.id = NEW.line_id AND s.id = NEW.statement_id)
	OR EXISTS (SELECT 1 FROM statement_page_lines t WHERE t.company_id = NEW.company_id AND t.statement_id = NEW.statement_id AND t.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_FIXED a statement holds lines of its own account'); END;

CREATE TRIGGER statement_lines_never_deleted BEFORE DELETE ON statement_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a statement line is undone, never deleted'); END;
CREATE TRIGGER statement_lines_inserted_once BEFORE INSERT ON statement_lines
WHEN EXISTS (SELECT 1 FROM statement_lines t WHERE t.company_id = NEW.company_id AND t.id = NEW.id)
	OR NOT EXISTS (SELECT 1 FROM bank_statements s WHERE s.company_id = NEW.company_id AND s.id = NEW.statement_id AND s.account_id = NEW.account_id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_FIXED a line belongs to a statement of its account and is never replaced'); END;
-- A line may pass to another statement that holds it too, when the one that brought it is undone; else it is undone with it.
CREATE TRIGGER statement_lines_fixed BEFORE UPDATE ON statement_lines
WHEN NOT (OLD.undone = 0 AND NEW.company_id IS OLD.company_id AND NEW.id IS OLD.id AND NEW.uuid IS OLD.uuid AND NEW.account_id IS OLD.account_id
	AND NEW.day IS OLD.day AND NEW.value_day IS OLD.value_day AND NEW.amount_minor IS OLD.amount_minor AND NEW.description IS OLD.description
	AND NEW.party IS OLD.party AND NEW.bank_id IS OLD.bank_id AND NEW.reference IS OLD.reference
	AND NEW.running_balance_minor IS OLD.running_balance_minor AND NEW.text_key IS OLD.text_key AND NEW.occurrence IS OLD.occurrence
	AND NEW.bank_id_reused IS OLD.bank_id_reused
	AND (NEW.statement_id IS OLD.statement_id OR EXISTS (SELECT 1 FROM statement_page_lines p JOIN bank_statements s ON s.company_id = p.company_id
		AND s.id = p.statement_id AND s.status = 'IMPORTED' WHERE p.company_id = NEW.company_id AND p.line_id = NEW.id AND p.statement_id = NEW.statement_id)))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_FIXED what the bank said never changes'); END;
CREATE TRIGGER statement_lines_undo BEFORE UPDATE OF undone ON statement_lines
WHEN NEW.undone = 1 AND (EXISTS (SELECT 1 FROM matched_statement_lines m WHERE m.company_id = NEW.company_id AND m.line_id = NEW.id)
	OR EXISTS (SELECT 1 FROM bank_statements s WHERE s.company_id = NEW.company_id AND s.id = NEW.statement_id AND s.status = 'IMPORTED'))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:STATEMENT_LINE_MATCHED a line that is matched, or whose statement stands, is not undone'); END;

-- Guards of matches ---------------------------------------------------------------------------------------------------

CREATE TRIGGER statement_matches_never_deleted BEFORE DELETE ON statement_matches
WHEN OLD.status <> 'PROPOSED'
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a decided match is never deleted'); END;
CREATE TRIGGER statement_matches_inserted_once BEFORE INSERT ON statement_matches
WHEN NEW.status <> 'PROPOSED' OR EXISTS (SELECT 1 FROM statement_matches t WHERE t.company_id = NEW.company_id AND t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match comes to be as a proposal and is never replaced'); END;
CREATE TRIGGER statement_matches_states BEFORE UPDATE ON statement_matches
WHEN NOT (((OLD.status = 'PROPOSED' AND NEW.status IN ('CONFIRMED', 'REJECTED')) OR (OLD.status = 'CONFIRMED' AND NEW.status = 'UNMATCHED'))
	AND NEW.company_id IS OLD.company_id AND NEW.id IS OLD.id AND NEW.uuid IS OLD.uuid AND NEW.account_id IS OLD.account_id AND NEW.kind IS OLD.kind
	AND NEW.score IS OLD.score AND NEW.certain IS OLD.certain AND NEW.reasons IS OLD.reasons AND NEW.line_ids IS OLD.line_ids
	AND NEW.entry_lines IS OLD.entry_lines AND NEW.detail IS OLD.detail AND NEW.through_day IS OLD.through_day AND NEW.made_at IS OLD.made_at)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match is confirmed or rejected once, and unmatched once'); END;
-- What is matched adds up to the last unit, on the account of the match.
CREATE TRIGGER statement_matches_confirmed BEFORE UPDATE OF status ON statement_matches
WHEN NEW.status = 'CONFIRMED'
BEGIN
	SELECT CASE
		WHEN coalesce((SELECT sum(l.amount_minor) FROM matched_statement_lines m JOIN statement_lines l ON l.company_id = m.company_id AND l.id = m.line_id
				WHERE m.company_id = NEW.company_id AND m.match_id = NEW.id), 0)
			<> coalesce((SELECT sum(l.debit_minor - l.credit_minor) FROM matched_entry_lines m
				JOIN journal_lines l ON l.company_id = m.company_id AND l.entry_id = m.entry_id AND l.line_no = m.line_no
				WHERE m.company_id = NEW.company_id AND m.match_id = NEW.id), 0)
			THEN RAISE(ABORT, 'LEDGERSEAL:MATCH_UNEQUAL what is matched has to add up to the last unit')
		WHEN (SELECT count(*) FROM matched_statement_lines m WHERE m.company_id = NEW.company_id AND m.match_id = NEW.id)
			+ (SELECT count(*) FROM matched_entry_lines m WHERE m.company_id = NEW.company_id AND m.match_id = NEW.id) < 2
			THEN RAISE(ABORT, 'LEDGERSEAL:MATCH_UNEQUAL a match joins two lines at least')
		-- What is open at a day is told by it.
		WHEN NEW.through_day <> max(
			coalesce((SELECT max(l.day) FROM matched_statement_lines m JOIN statement_lines l ON l.company_id = m.company_id AND l.id = m.line_id
				WHERE m.company_id = NEW.company_id AND m.match_id = NEW.id), 0),
			coalesce((SELECT max(l.day) FROM matched_entry_lines m JOIN journal_lines l ON l.company_id = m.company_id AND l.entry_id = m.entry_id
				AND l.line_no = m.line_no WHERE m.company_id = NEW.company_id AND m.match_id = NEW.id), 0))
			THEN RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match goes through to the last day of its lines')
	END;
END;
CREATE TRIGGER statement_matches_unmatched BEFORE UPDATE OF status ON statement_matches
WHEN NEW.status = 'UNMATCHED' AND EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.kind NOT IN ('YEAR', 'OPENING')
	AND p.status = 'CLOSED' AND unixepoch(p.end_date) / 86400 >= NEW.through_day)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED nothing of a closed period is unmatched'); END;

-- What is decided is no proposal any more.
CREATE TRIGGER statement_matches_decided AFTER UPDATE OF status ON statement_matches
WHEN OLD.status = 'PROPOSED'
BEGIN
	DELETE FROM proposed_statement_lines WHERE company_id = NEW.company_id AND match_id = NEW.id;
	DELETE FROM proposed_entry_lines WHERE company_id = NEW.company_id AND match_id = NEW.id;
END;

CREATE TRIGGER matched_statement_lines_made BEFORE INSERT ON matched_statement_lines
WHEN NOT EXISTS (SELECT 1 FROM statement_matches m JOIN statement_lines l ON l.company_id = m.company_id AND l.account_id = m.account_id
		WHERE m.company_id = NEW.company_id AND m.id = NEW.match_id AND m.status = 'PROPOSED' AND l.id = NEW.line_id AND l.undone = 0)
	OR EXISTS (SELECT 1 FROM matched_statement_lines t WHERE t.company_id = NEW.company_id AND t.line_id = NEW.line_id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_TAKEN a standing line of the account is matched once'); END;
CREATE TRIGGER matched_statement_lines_never_changed BEFORE UPDATE ON matched_statement_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match is unmatched, never changed'); END;
CREATE TRIGGER matched_statement_lines_freed BEFORE DELETE ON matched_statement_lines
WHEN EXISTS (SELECT 1 FROM statement_matches m WHERE m.company_id = OLD.company_id AND m.id = OLD.match_id AND m.status <> 'UNMATCHED')
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match is unmatched with a reason first'); END;
CREATE TRIGGER matched_entry_lines_made BEFORE INSERT ON matched_entry_lines
WHEN NOT EXISTS (SELECT 1 FROM statement_matches m JOIN journal_lines l ON l.company_id = m.company_id AND l.account_id = m.account_id
		WHERE m.company_id = NEW.company_id AND m.id = NEW.match_id AND m.status = 'PROPOSED' AND l.entry_id = NEW.entry_id AND l.line_no = NEW.line_no)
	OR EXISTS (SELECT 1 FROM matched_entry_lines t WHERE t.company_id = NEW.company_id AND t.entry_id = NEW.entry_id AND t.line_no = NEW.line_no)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_TAKEN a ledger line of the account is matched once'); END;
CREATE TRIGGER matched_entry_lines_never_changed BEFORE UPDATE ON matched_entry_lines
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match is unmatched, never changed'); END;
CREATE TRIGGER matched_entry_lines_freed BEFORE DELETE ON matched_entry_lines
WHEN EXISTS (SELECT 1 FROM statement_matches m WHERE m.company_id = OLD.company_id AND m.id = OLD.match_id AND m.status <> 'UNMATCHED')
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:MATCH_FIXED a match is unmatched with a reason first'); END;

-- Guards of reconciliations -------------------------------------------------------------------------------------------

CREATE TRIGGER reconciliations_never_deleted BEFORE DELETE ON reconciliations
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a reconciliation is undone, never deleted'); END;
CREATE TRIGGER reconciliations_made BEFORE INSERT ON reconciliations
BEGIN
	SELECT CASE
		WHEN EXISTS (SELECT 1 FROM reconciliations t WHERE t.company_id = NEW.company_id AND (t.id = NEW.id
				OR (t.account_id = NEW.account_id AND t.period_id = NEW.period_id AND t.status <> 'UNDONE')))
			THEN RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced')
		WHEN NEW.status <> 'DRAFT' OR NEW.explained_minor <> 0 THEN RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_FIXED a reconciliation begins as a draft')
	END;
	SELECT CASE
		WHEN p.status = 'CLOSED' THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED nothing of a closed period is reconciled')
		WHEN p.kind IN ('YEAR', 'OPENING') OR unixepoch(p.end_date) / 86400 <> NEW.end_day
			THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_NOT_FOUND a reconciliation stands at the end of an ordinary period')
	END FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.id = NEW.period_id;
END;
CREATE TRIGGER reconciliations_states BEFORE UPDATE ON reconciliations
WHEN NEW.company_id IS NOT OLD.company_id OR NEW.id IS NOT OLD.id OR NEW.uuid IS NOT OLD.uuid OR NEW.account_id IS NOT OLD.account_id
	OR NEW.period_id IS NOT OLD.period_id OR NEW.end_day IS NOT OLD.end_day OR NEW.currency IS NOT OLD.currency
	OR OLD.status = 'UNDONE'
	OR (OLD.status = 'VERIFIED' AND (NEW.status NOT IN ('STALE', 'UNDONE') OR NEW.expected_minor IS NOT OLD.expected_minor
		OR NEW.actual_minor IS NOT OLD.actual_minor OR NEW.explained_minor IS NOT OLD.explained_minor OR NEW.detail IS NOT OLD.detail
		OR NEW.verified_by IS NOT OLD.verified_by OR NEW.verified_at IS NOT OLD.verified_at))
	OR (OLD.status = 'STALE' AND NEW.status NOT IN ('DRAFT', 'UNDONE'))
	OR (OLD.status = 'DRAFT' AND NEW.status NOT IN ('DRAFT', 'VERIFIED', 'UNDONE'))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_FIXED a verified reconciliation is not edited; it is undone with a reason'); END;
CREATE TRIGGER reconciliations_period BEFORE UPDATE ON reconciliations
WHEN EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.id = NEW.period_id AND p.status = 'CLOSED')
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED nothing of a closed period''s reconciliation changes'); END;
-- Verified is what the books say now, and the items explain the variance to the last unit. An account that is bound to no currency is
-- reconciled in the company's own, by its base amounts.
CREATE TRIGGER reconciliations_verify BEFORE UPDATE OF status ON reconciliations
WHEN NEW.status = 'VERIFIED' AND (
	NEW.expected_minor <> coalesce((SELECT sum(CASE WHEN a.currency IS NULL THEN b.base_debit_minor - b.base_credit_minor ELSE b.debit_minor - b.credit_minor END)
		FROM accounts a JOIN account_balances b ON b.company_id = a.company_id AND b.account_id = a.id
		WHERE a.company_id = NEW.company_id AND a.id = NEW.account_id AND (a.currency IS NULL OR b.currency = NEW.currency) AND b.period_id <= NEW.period_id), 0)
	OR NEW.explained_minor <> coalesce((SELECT sum(i.amount_minor) FROM reconciling_items i WHERE i.company_id = NEW.company_id
		AND i.reconciliation_id = NEW.id), 0)
	OR EXISTS (SELECT 1 FROM reconciling_items i JOIN matched_entry_lines m ON m.company_id = i.company_id AND m.entry_id = i.entry_id AND m.line_no = i.line_no
		JOIN statement_matches t ON t.company_id = m.company_id AND t.id = m.match_id AND t.through_day <= NEW.end_day
		WHERE i.company_id = NEW.company_id AND i.reconciliation_id = NEW.id)
	OR EXISTS (SELECT 1 FROM reconciling_items i JOIN matched_statement_lines m ON m.company_id = i.company_id AND m.line_id = i.line_id
		JOIN statement_matches t ON t.company_id = m.company_id AND t.id = m.match_id AND t.through_day <= NEW.end_day
		WHERE i.company_id = NEW.company_id AND i.reconciliation_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_VARIANCE the books or the items say something else'); END;
CREATE TRIGGER reconciliations_undo BEFORE UPDATE OF status ON reconciliations
WHEN NEW.status = 'UNDONE' AND OLD.status IN ('VERIFIED', 'STALE') AND EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = NEW.company_id
	AND r.account_id = NEW.account_id AND r.end_day > NEW.end_day AND r.status IN ('VERIFIED', 'STALE'))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_NOT_NEWEST reconciliations are undone newest first'); END;

CREATE TRIGGER reconciling_items_made BEFORE INSERT ON reconciling_items
BEGIN
	SELECT CASE
		WHEN EXISTS (SELECT 1 FROM reconciling_items t WHERE t.company_id = NEW.company_id AND t.reconciliation_id = NEW.reconciliation_id
				AND t.item_no = NEW.item_no)
			THEN RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced')
		WHEN NOT EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = NEW.company_id AND r.id = NEW.reconciliation_id AND r.status = 'DRAFT')
			THEN RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_FIXED items are chosen in a draft')
		-- Items are chosen, never typed: the amount is that of the line.
		WHEN NEW.kind = 'BOOK' AND NOT EXISTS (SELECT 1 FROM journal_lines l
				JOIN reconciliations r ON r.company_id = l.company_id AND r.account_id = l.account_id AND l.day <= r.end_day
				JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
				WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.entry_id AND l.line_no = NEW.line_no AND r.id = NEW.reconciliation_id
				AND NEW.amount_minor = CASE WHEN a.currency IS NULL THEN l.base_debit_minor - l.base_credit_minor ELSE l.debit_minor - l.credit_minor END)
			THEN RAISE(ABORT, 'LEDGERSEAL:ITEM_REFUSED an item is a ledger line of the account, with its own amount')
		WHEN NEW.kind = 'BANK' AND NOT EXISTS (SELECT 1 FROM statement_lines l
				JOIN reconciliations r ON r.company_id = l.company_id AND r.account_id = l.account_id AND l.day <= r.end_day
				WHERE l.company_id = NEW.company_id AND l.id = NEW.line_id AND l.undone = 0 AND r.id = NEW.reconciliation_id
				AND -l.amount_minor = NEW.amount_minor)
			THEN RAISE(ABORT, 'LEDGERSEAL:ITEM_REFUSED an item is a statement line of the account, with its own amount turned round')
	END;
END;
CREATE TRIGGER reconciling_items_add_up AFTER INSERT ON reconciling_items
BEGIN
	UPDATE reconciliations SET explained_minor = explained_minor + NEW.amount_minor WHERE company_id = NEW.company_id AND id = NEW.reconciliation_id;
END;
CREATE TRIGGER reconciling_items_add_up_without AFTER DELETE ON reconciling_items
BEGIN
	UPDATE reconciliations SET explained_minor = explained_minor - OLD.amount_minor WHERE company_id = OLD.company_id AND id = OLD.reconciliation_id;
END;
CREATE TRIGGER reconciling_items_never_changed BEFORE UPDATE ON reconciling_items
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_FIXED an item is taken out and chosen again, never changed'); END;
CREATE TRIGGER reconciling_items_taken_out BEFORE DELETE ON reconciling_items
WHEN NOT EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = OLD.company_id AND r.id = OLD.reconciliation_id AND r.status = 'DRAFT')
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_FIXED items are chosen in a draft'); END;

-- Verified means still true -------------------------------------------------------------------------------------------

CREATE TRIGGER journal_entries_make_stale AFTER INSERT ON journal_entries
WHEN NEW.status = 'POSTED' AND NEW.import_id IS NULL AND EXISTS (
	SELECT 1 FROM reconciliations r WHERE r.company_id = NEW.company_id AND r.status = 'VERIFIED' AND r.end_day >= unixepoch(NEW.date) / 86400)
BEGIN
	UPDATE reconciliations SET status = 'STALE', stale_reason = 'entry ' || NEW.id || ' was posted on ' || NEW.date
	WHERE company_id = NEW.company_id AND status = 'VERIFIED' AND end_day >= unixepoch(NEW.date) / 86400
		AND account_id IN (SELECT l.account_id FROM journal_lines l WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.id);
END;
CREATE TRIGGER imports_make_stale AFTER UPDATE OF status ON imports
WHEN NEW.status = 'BOOKED' AND EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = NEW.company_id AND r.status = 'VERIFIED')
BEGIN
	UPDATE reconciliations SET status = 'STALE', stale_reason = 'an import posted entries dated before its end'
	WHERE company_id = NEW.company_id AND status = 'VERIFIED'
		AND period_id IN (SELECT p.id FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.status <> 'CLOSED')
		AND EXISTS (SELECT 1 FROM journal_lines l
		WHERE l.company_id = NEW.company_id AND l.account_id = reconciliations.account_id AND l.day <= reconciliations.end_day
		AND l.entry_id BETWEEN NEW.first_entry_no AND NEW.last_entry_no);
END;
CREATE TRIGGER statement_lines_make_stale AFTER INSERT ON statement_lines
WHEN EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = NEW.company_id AND r.status = 'VERIFIED' AND r.end_day >= NEW.day)
BEGIN
	UPDATE reconciliations SET status = 'STALE', stale_reason = 'a statement brought a line dated before its end'
	WHERE company_id = NEW.company_id AND status = 'VERIFIED' AND end_day >= NEW.day AND account_id = NEW.account_id
		AND period_id NOT IN (SELECT p.id FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.status = 'CLOSED');
END;
CREATE TRIGGER bank_statements_make_stale AFTER UPDATE OF status ON bank_statements
WHEN NEW.status = 'UNDONE'
BEGIN
	UPDATE reconciliations SET status = 'STALE', stale_reason = 'a statement of it was undone'
	WHERE company_id = NEW.company_id AND status = 'VERIFIED' AND end_day >= NEW.from_day AND account_id = NEW.account_id
		AND period_id NOT IN (SELECT p.id FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.status = 'CLOSED');
END;
CREATE TRIGGER statement_matches_make_stale AFTER UPDATE OF status ON statement_matches
WHEN NEW.status = 'UNMATCHED'
BEGIN
	UPDATE reconciliations SET status = 'STALE', stale_reason = 'a match of it was undone'
	WHERE company_id = NEW.company_id AND status = 'VERIFIED' AND end_day >= NEW.through_day AND account_id = NEW.account_id;
END;

-- Sessions ------------------------------------------------------------------------------------------------------------

CREATE TRIGGER reconciliation_sessions_never_deleted BEFORE DELETE ON reconciliation_sessions
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a session is closed, never deleted'); END;
CREATE TRIGGER reconciliation_sessions_made BEFORE INSERT ON reconciliation_sessions
WHEN NEW.status <> 'ACTIVE' OR EXISTS (SELECT 1 FROM reconciliation_sessions t WHERE t.company_id = NEW.company_id AND t.id = NEW.id)
	OR EXISTS (SELECT 1 FROM reconciliation_sessions t WHERE t.company_id = NEW.company_id AND t.period_id = NEW.period_id AND t.status = 'ACTIVE')
	OR NOT EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.id = NEW.period_id AND p.status <> 'CLOSED'
		AND p.kind NOT IN ('YEAR', 'OPENING'))
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:SESSION_REFUSED one session at a time, in an ordinary period that is not closed'); END;
CREATE TRIGGER reconciliation_sessions_fixed BEFORE UPDATE ON reconciliation_sessions
WHEN OLD.status <> 'ACTIVE' OR NEW.company_id IS NOT OLD.company_id OR NEW.id IS NOT OLD.id OR NEW.uuid IS NOT OLD.uuid
	OR NEW.period_id IS NOT OLD.period_id OR NEW.started_at IS NOT OLD.started_at OR NEW.started_by IS NOT OLD.started_by
	OR (NEW.status = 'CLOSED') <> (NEW.closed_at IS NOT NULL AND NEW.closed_by IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:SESSION_NOT_ACTIVE a closed session never changes'); END;

-- The close -----------------------------------------------------------------------------------------------------------
-- A period with an active session, or with a missing, draft or stale reconciliation of an account that needs one, has no close.
-- An account needs one where it stands with a balance at the period's end or moved in the period.
CREATE TRIGGER period_closes_reconciled BEFORE INSERT ON period_closes
WHEN EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.id = NEW.period_id AND p.kind NOT IN ('YEAR', 'OPENING'))
BEGIN
	SELECT CASE
		WHEN EXISTS (SELECT 1 FROM reconciliation_sessions s WHERE s.company_id = NEW.company_id AND s.period_id = NEW.period_id AND s.status = 'ACTIVE')
			THEN RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_SESSION_ACTIVE a period with an active session is not closed')
		WHEN EXISTS (SELECT 1 FROM reconciliations r JOIN accounts a ON a.company_id = r.company_id AND a.id = r.account_id
				WHERE r.company_id = NEW.company_id AND r.period_id = NEW.period_id
				AND r.status IN ('DRAFT', 'STALE') AND a.requires_reconciliation = 1)
			THEN RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_STALE a period with a draft or stale reconciliation is not closed')
		WHEN EXISTS (SELECT 1 FROM accounts a WHERE a.company_id = NEW.company_id AND a.requires_reconciliation = 1
				AND NOT EXISTS (SELECT 1 FROM reconciliations r WHERE r.company_id = a.company_id AND r.account_id = a.id
					AND r.period_id = NEW.period_id AND r.status = 'VERIFIED')
				AND EXISTS (SELECT 1 FROM account_balances b WHERE b.company_id = a.company_id AND b.account_id = a.id AND b.period_id <= NEW.period_id
					GROUP BY b.currency HAVING sum(b.debit_minor) <> sum(b.credit_minor) OR max(b.period_id) = NEW.period_id))
			THEN RAISE(ABORT, 'LEDGERSEAL:RECONCILIATION_MISSING an account that needs it is not reconciled')
	END;
END;

-- Strict opening ------------------------------------------------------------------------------------------------------
-- Where a company is strict, a period opens when the one before is closed. The opening period needs no close before the first.
CREATE TRIGGER journal_entries_strict_opening BEFORE INSERT ON journal_entries
WHEN NEW.status = 'POSTED'
	AND EXISTS (SELECT 1 FROM settings s WHERE s.company_id = NEW.company_id AND s.key = 'strict_opening' AND s.value = 'true')
	AND (SELECT p.status FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.kind NOT IN ('YEAR', 'OPENING') AND p.id < NEW.period_id
		ORDER BY p.id DESC LIMIT 1) <> 'CLOSED'
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_NOT_REACHED where opening is strict, the period before has to be closed first'); END;
