-- Tokens for programs that ask over REST: one company, the permissions of who made it or fewer. Conventions as in 0001.

-- The token itself is nowhere: whoever reads this table can ask nothing with it.
CREATE TABLE access_tokens (
	company_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL UNIQUE,
	user_id INTEGER NOT NULL,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	token_sha256 TEXT NOT NULL UNIQUE CHECK (length(token_sha256) = 64),
	-- A JSON array of permissions; what the user may do no more, the token may not either.
	permissions TEXT NOT NULL CHECK (json_valid(permissions) AND json_type(permissions) = 'array'),
	issued_at TEXT NOT NULL,
	expires_at TEXT,
	revoked_at TEXT,
	revoked_by INTEGER REFERENCES users (id),
	PRIMARY KEY (company_id, id),
	FOREIGN KEY (company_id, user_id) REFERENCES company_members (company_id, user_id),
	CHECK (expires_at IS NULL OR issued_at < expires_at),
	CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
	CHECK (revoked_at IS NULL OR revoked_at >= issued_at)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER access_tokens_inserted_once BEFORE INSERT ON access_tokens
WHEN NEW.revoked_at IS NOT NULL
	OR EXISTS (SELECT 1 FROM access_tokens t WHERE (t.company_id = NEW.company_id AND t.id = NEW.id) OR t.uuid = NEW.uuid OR t.token_sha256 = NEW.token_sha256)
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a row that stands is never replaced'); END;
CREATE TRIGGER access_tokens_revoked_once BEFORE UPDATE ON access_tokens
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.company_id <> OLD.company_id OR NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid
	OR NEW.user_id <> OLD.user_id OR NEW.name <> OLD.name OR NEW.token_sha256 <> OLD.token_sha256 OR NEW.permissions <> OLD.permissions
	OR NEW.issued_at <> OLD.issued_at OR NEW.expires_at IS NOT OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_CHANGED a token is revoked once and changes in nothing else'); END;
CREATE TRIGGER access_tokens_never_deleted BEFORE DELETE ON access_tokens
BEGIN SELECT RAISE(ABORT, 'LEDGERSEAL:NEVER_DELETED a token is revoked, never deleted'); END;
