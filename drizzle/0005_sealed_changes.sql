-- Sealed tables as what changed since the close before, and the open items of the newest close at hand. Conventions as in 0001.

-- How `content` holds the text that `sha256` is of: as it is, or compressed (zlib, RFC 1950).
ALTER TABLE sealed_tables ADD COLUMN encoding TEXT NOT NULL DEFAULT 'PLAIN' CHECK (encoding IN ('PLAIN', 'DEFLATE'));
-- The close whose table of the same name `content` changes; null: it is whole. docs/specs/seal.md says how the text is put together.
ALTER TABLE sealed_tables ADD COLUMN base_close_id INTEGER CHECK (base_close_id < close_id);

CREATE TRIGGER sealed_tables_on_a_base BEFORE INSERT ON sealed_tables
WHEN NEW.base_close_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM sealed_tables t WHERE t.company_id = NEW.company_id AND t.close_id = NEW.base_close_id AND t.name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NO_BASE a sealed table changes one that stands'); END;

-- What the newest close found open, with what the next one asks of each line: compressed JSON. Everything in it stands in the sealed table and in the
-- entries too, so it is compared with both, and a close without it reads them.
CREATE TABLE standing_open_items (
	company_id INTEGER NOT NULL,
	close_id INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (company_id, close_id),
	FOREIGN KEY (company_id, close_id) REFERENCES period_closes (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER standing_open_items_of_the_newest_close BEFORE INSERT ON standing_open_items
WHEN NEW.close_id IS NOT (SELECT max(c.id) FROM period_closes c WHERE c.company_id = NEW.company_id)
	OR EXISTS (SELECT 1 FROM standing_open_items t WHERE t.company_id = NEW.company_id AND t.close_id = NEW.close_id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED the open items at hand are those of the newest close, written once'); END;
CREATE TRIGGER standing_open_items_never_changed BEFORE UPDATE ON standing_open_items
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED the open items at hand never change'); END;
CREATE TRIGGER standing_open_items_until_the_next BEFORE DELETE ON standing_open_items
WHEN NOT EXISTS (SELECT 1 FROM period_closes c WHERE c.company_id = OLD.company_id AND c.id > OLD.close_id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED the open items at hand go when the next close has its own'); END;
