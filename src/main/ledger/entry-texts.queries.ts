import type { ReadDb } from '#main/platform/database/connection.ts';

/** Which entries: all with a number in a range, in order of number; or those dated in a span, in order of date and number. */
export type EntrySpan =
	| { readonly by: 'number'; readonly from: number; readonly through: number }
	| { readonly by: 'date'; readonly from: string; readonly to: string; readonly throughNo: number };

/** id, external_no, date, description, reference, source, posted_at_ms, posted_by, entry_hash, reverses_id, session_id, sound, period_id, hash of the entry before (by date only) */
export type RawEntry = readonly [
	id: number,
	externalNo: string | null,
	date: string,
	description: string,
	reference: string | null,
	source: string,
	postedAtMs: number,
	postedBy: number,
	hash: string,
	reversesId: number | null,
	sessionId: number | null,
	sound: number,
	periodId: number,
	previousHash: string | null,
];

/** entry_id, account_id, party_id, day, currency, debit, credit, base debit, base credit, due_date, reference, memo */
export type RawLine = readonly [
	entryId: number,
	accountId: number,
	partyId: number | null,
	day: number,
	currency: string | null,
	debitMinor: number,
	creditMinor: number,
	baseDebitMinor: number,
	baseCreditMinor: number,
	dueDate: string | null,
	reference: string | null,
	memo: string | null,
];

const ENTRY = `e.id, e.external_no, e.date, e.description, e.reference, e.source, e.posted_at_ms, e.posted_by, lower(hex(e.hash)),
	e.reverses_id, e.session_id, e.entry_no IS e.id AND e.status = 'POSTED', e.period_id`;
const LINE = `l.entry_id, l.account_id, l.party_id, l.day, l.currency, l.debit_minor, l.credit_minor, l.base_debit_minor, l.base_credit_minor,
	l.due_date, l.reference, l.memo`;

export function iterateRawEntries(db: ReadDb, companyId: number, span: EntrySpan): IterableIterator<RawEntry> {
	if (span.by === 'number') {
		return db.iterateRaw<RawEntry>(
			`SELECT ${ENTRY}, NULL FROM journal_entries e WHERE e.company_id = ? AND e.id BETWEEN ? AND ? ORDER BY e.id`,
			companyId,
			span.from,
			span.through,
		);
	}
	return db.iterateRaw<RawEntry>(
		`SELECT ${ENTRY}, (SELECT lower(hex(p.hash)) FROM journal_entries p WHERE p.company_id = e.company_id AND p.id = e.id - 1)
		FROM journal_entries e INDEXED BY journal_entries_by_date
		WHERE e.company_id = ? AND e.date BETWEEN ? AND ? AND e.id BETWEEN 1 AND ? ORDER BY e.date, e.id`,
		companyId,
		span.from,
		span.to,
		span.throughNo,
	);
}

/** The lines of the same entries in the same order. By number, lines without an entry are among them. */
export function iterateRawLines(db: ReadDb, companyId: number, span: EntrySpan): IterableIterator<RawLine> {
	if (span.by === 'number') {
		return db.iterateRaw<RawLine>(
			`SELECT ${LINE} FROM journal_lines l WHERE l.company_id = ? AND l.entry_id BETWEEN ? AND ? ORDER BY l.entry_id, l.line_no`,
			companyId,
			span.from,
			span.through,
		);
	}
	return db.iterateRaw<RawLine>(
		`SELECT ${LINE} FROM journal_entries e INDEXED BY journal_entries_by_date
		CROSS JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.company_id = ? AND e.date BETWEEN ? AND ? AND e.id BETWEEN 1 AND ? ORDER BY e.date, e.id, l.line_no`,
		companyId,
		span.from,
		span.to,
		span.throughNo,
	);
}

/** Lower-case hex hash as stored; undefined where there is no such entry. */
export function storedHashOf(db: ReadDb, companyId: number, no: number): string | undefined {
	return db.value<string>('SELECT lower(hex(hash)) FROM journal_entries WHERE company_id = ? AND id = ?', companyId, no);
}

/** SHA-256 of what was attached when entries were posted, in the same order of entries, then of hash. */
export function iterateAttachedHashes(db: ReadDb, companyId: number, span: EntrySpan): IterableIterator<readonly [number, string]> {
	if (span.by === 'number') {
		return db.iterateRaw<readonly [number, string]>(
			'SELECT entry_id, sha256 FROM attachments WHERE company_id = ? AND entry_id BETWEEN ? AND ? AND with_posting = 1 ORDER BY entry_id, sha256',
			companyId,
			span.from,
			span.through,
		);
	}
	// The first condition spares a company without evidence the way through all its entries.
	return db.iterateRaw<readonly [number, string]>(
		`SELECT a.entry_id, a.sha256 FROM journal_entries e INDEXED BY journal_entries_by_date
		CROSS JOIN attachments a ON a.company_id = e.company_id AND a.entry_id = e.id AND a.with_posting = 1
		WHERE EXISTS (SELECT 1 FROM attachments WHERE company_id = ?)
			AND e.company_id = ? AND e.date BETWEEN ? AND ? AND e.id BETWEEN 1 AND ? ORDER BY e.date, e.id, a.sha256`,
		companyId,
		companyId,
		span.from,
		span.to,
		span.throughNo,
	);
}

/** What an entry text calls things by: refs of accounts and parties, uuids of users and sessions, by id. */
export function refMaps(db: ReadDb, companyId: number) {
	const pairs = (sql: string, ...values: number[]) => new Map(db.all<{ id: number; ref: string }>(sql, ...values).map(({ id, ref }) => [id, ref]));
	return {
		accounts: pairs('SELECT id, ref FROM accounts WHERE company_id = ?', companyId),
		parties: pairs('SELECT id, ref FROM parties WHERE company_id = ?', companyId),
		users: pairs('SELECT id, uuid AS ref FROM users'),
		sessions: pairs('SELECT id, uuid AS ref FROM reconciliation_sessions WHERE company_id = ?', companyId),
	};
}
