-- Download grants: who may fetch which package, once, for a short time. Conventions as in 0001.

-- The token itself is nowhere: whoever reads this table can fetch nothing with it.
CREATE TABLE download_grants (
	company_id INTEGER NOT NULL REFERENCES companies (id),
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	user_id INTEGER NOT NULL REFERENCES users (id),
	close_id INTEGER NOT NULL,
	job_id INTEGER NOT NULL,
	token_sha256 TEXT NOT NULL UNIQUE CHECK (length(token_sha256) = 64),
	issued_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	used_at TEXT,
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, close_id) REFERENCES period_closes (company_id, id),
	FOREIGN KEY (company_id, job_id) REFERENCES export_jobs (company_id, id),
	CHECK (issued_at < expires_at),
	CHECK (used_at IS NULL OR (used_at >= issued_at AND used_at < expires_at))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER download_grants_inserted_once BEFORE INSERT ON download_grants
WHEN NEW.used_at IS NOT NULL
	OR EXISTS (SELECT 1 FROM download_grants t WHERE (t.company_id = NEW.company_id AND t.id = NEW.id) OR t.uuid = NEW.uuid OR t.token_sha256 = NEW.token_sha256)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER download_grants_of_the_close BEFORE INSERT ON download_grants
WHEN NOT EXISTS (SELECT 1 FROM export_jobs j WHERE j.company_id = NEW.company_id AND j.id = NEW.job_id AND j.close_id = NEW.close_id)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:GRANT_OF_ANOTHER_CLOSE a grant names the close of its package'); END;
CREATE TRIGGER download_grants_used_once BEFORE UPDATE ON download_grants
WHEN OLD.used_at IS NOT NULL OR NEW.used_at IS NULL OR NEW.company_id <> OLD.company_id OR NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid
	OR NEW.user_id <> OLD.user_id OR NEW.close_id <> OLD.close_id OR NEW.job_id <> OLD.job_id OR NEW.token_sha256 <> OLD.token_sha256
	OR NEW.issued_at <> OLD.issued_at OR NEW.expires_at <> OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a grant is used once and changes in nothing else'); END;
CREATE TRIGGER download_grants_never_deleted BEFORE DELETE ON download_grants
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a grant is never deleted'); END;
