-- Allocations: which debit line of a receivable or payable account is settled by which credit line, where somebody said so.
-- Conventions as in 0001. docs/specs/outstanding.md says what is stored and what is worked out.

CREATE TABLE allocations (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	debit_entry_id INTEGER NOT NULL,
	debit_line_no INTEGER NOT NULL,
	credit_entry_id INTEGER NOT NULL,
	credit_line_no INTEGER NOT NULL,
	amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 9007199254740991),
	-- from this day on it counts: the later of the two lines' days, or the first day that is not closed
	effective_day INTEGER NOT NULL,
	rule TEXT NOT NULL CHECK (rule IN ('EXPLICIT', 'REFERENCE', 'FIFO')),
	made_at TEXT NOT NULL,
	made_by INTEGER NOT NULL REFERENCES users (id),
	-- from this day on it counts no more
	undone_day INTEGER CHECK (undone_day IS NULL OR undone_day >= effective_day),
	undone_at TEXT,
	undone_by INTEGER REFERENCES users (id),
	undo_reason TEXT,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, debit_entry_id, debit_line_no) REFERENCES journal_lines (company_id, entry_id, line_no),
	FOREIGN KEY (company_id, credit_entry_id, credit_line_no) REFERENCES journal_lines (company_id, entry_id, line_no),
	CHECK ((undone_day IS NULL) = (undone_at IS NULL) AND (undone_day IS NULL) = (undone_by IS NULL) AND (undone_day IS NULL) = (undo_reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX allocations_by_debit ON allocations (company_id, debit_entry_id, debit_line_no);
CREATE INDEX allocations_by_credit ON allocations (company_id, credit_entry_id, credit_line_no);

CREATE TRIGGER allocations_never_deleted BEFORE DELETE ON allocations
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED an allocation is undone, never deleted'); END;

CREATE TRIGGER allocations_made BEFORE INSERT ON allocations
BEGIN
	SELECT CASE
		WHEN EXISTS (SELECT 1 FROM allocations t WHERE t.company_id = NEW.company_id AND (t.id = NEW.id OR t.uuid = NEW.uuid))
			THEN RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced')
		WHEN NEW.undone_day IS NOT NULL THEN RAISE(ABORT, 'LEDGERSEAL:ALLOCATION_REFUSED an allocation comes to be standing')
		WHEN EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.kind <> 'YEAR' AND p.status = 'CLOSED'
				AND unixepoch(p.end_date) / 86400 >= NEW.effective_day)
			THEN RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED nothing is allocated as of a closed period')
		WHEN NOT EXISTS (SELECT 1 FROM journal_lines d JOIN journal_lines c ON c.company_id = d.company_id
				JOIN accounts a ON a.company_id = d.company_id AND a.id = d.account_id AND a.subtype IN ('RECEIVABLE', 'PAYABLE')
				WHERE d.company_id = NEW.company_id AND d.entry_id = NEW.debit_entry_id AND d.line_no = NEW.debit_line_no AND d.debit_minor > 0
					AND c.entry_id = NEW.credit_entry_id AND c.line_no = NEW.credit_line_no AND c.credit_minor > 0
					AND c.account_id = d.account_id AND c.party_id IS d.party_id AND c.currency IS d.currency
					AND NEW.effective_day >= max(d.day, c.day))
			THEN RAISE(ABORT, 'LEDGERSEAL:ALLOCATION_REFUSED a credit line settles a debit line of the same account, party and currency, from the later day on')
		WHEN EXISTS (SELECT 1 FROM journal_entries r WHERE r.company_id = NEW.company_id AND r.reverses_id = NEW.debit_entry_id)
			OR EXISTS (SELECT 1 FROM journal_entries r WHERE r.company_id = NEW.company_id AND r.reverses_id = NEW.credit_entry_id)
			THEN RAISE(ABORT, 'LEDGERSEAL:ALLOCATION_REFUSED a reversed entry has nothing open')
		-- What counts on any day from the effective day on never exceeds a line.
		WHEN NEW.amount_minor + (SELECT coalesce(sum(t.amount_minor), 0) FROM allocations t WHERE t.company_id = NEW.company_id
				AND t.debit_entry_id = NEW.debit_entry_id AND t.debit_line_no = NEW.debit_line_no
				AND (t.undone_day IS NULL OR t.undone_day > max(NEW.effective_day, t.effective_day)))
			> (SELECT l.debit_minor FROM journal_lines l WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.debit_entry_id
				AND l.line_no = NEW.debit_line_no)
			THEN RAISE(ABORT, 'LEDGERSEAL:ALLOCATION_REFUSED more would be allocated than the debit line holds')
		WHEN NEW.amount_minor + (SELECT coalesce(sum(t.amount_minor), 0) FROM allocations t WHERE t.company_id = NEW.company_id
				AND t.credit_entry_id = NEW.credit_entry_id AND t.credit_line_no = NEW.credit_line_no
				AND (t.undone_day IS NULL OR t.undone_day > max(NEW.effective_day, t.effective_day)))
			> (SELECT l.credit_minor FROM journal_lines l WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.credit_entry_id
				AND l.line_no = NEW.credit_line_no)
			THEN RAISE(ABORT, 'LEDGERSEAL:ALLOCATION_REFUSED more would be allocated than the credit line holds')
	END;
END;

CREATE TRIGGER allocations_undone_once BEFORE UPDATE ON allocations
WHEN NOT (OLD.undone_day IS NULL AND NEW.undone_day IS NOT NULL AND NEW.company_id IS OLD.company_id AND NEW.id IS OLD.id AND NEW.uuid IS OLD.uuid
	AND NEW.debit_entry_id IS OLD.debit_entry_id AND NEW.debit_line_no IS OLD.debit_line_no AND NEW.credit_entry_id IS OLD.credit_entry_id
	AND NEW.credit_line_no IS OLD.credit_line_no AND NEW.amount_minor IS OLD.amount_minor AND NEW.effective_day IS OLD.effective_day
	AND NEW.rule IS OLD.rule AND NEW.made_at IS OLD.made_at AND NEW.made_by IS OLD.made_by)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:ALLOCATION_FIXED an allocation never changes; it is undone, once'); END;

CREATE TRIGGER allocations_undone_in_open_period BEFORE UPDATE OF undone_day ON allocations
WHEN EXISTS (SELECT 1 FROM accounting_periods p WHERE p.company_id = NEW.company_id AND p.kind <> 'YEAR' AND p.status = 'CLOSED'
	AND unixepoch(p.end_date) / 86400 >= NEW.undone_day)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:PERIOD_CLOSED nothing is undone as of a closed period'); END;

-- What an entry settled, or was settled by, is free again from the day of its reversal on.
CREATE TRIGGER journal_entries_free_allocations AFTER INSERT ON journal_entries
WHEN NEW.reverses_id IS NOT NULL
BEGIN
	UPDATE allocations SET undone_day = max(effective_day, unixepoch(NEW.date) / 86400), undone_at = NEW.posted_at, undone_by = NEW.posted_by,
		undo_reason = 'entry ' || NEW.reverses_id || ' was reversed by entry ' || NEW.id
	WHERE company_id = NEW.company_id AND undone_day IS NULL AND debit_entry_id = NEW.reverses_id;
	UPDATE allocations SET undone_day = max(effective_day, unixepoch(NEW.date) / 86400), undone_at = NEW.posted_at, undone_by = NEW.posted_by,
		undo_reason = 'entry ' || NEW.reverses_id || ' was reversed by entry ' || NEW.id
	WHERE company_id = NEW.company_id AND undone_day IS NULL AND credit_entry_id = NEW.reverses_id;
END;
