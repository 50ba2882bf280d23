import type { Connection, ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { NUMBERS_OF_LINE, type StagedBatch, TEXTS_OF_HEAD } from './staged-batch.rules.ts';

/** The alias under which the staging file is attached while an import is booked. */
export const STAGING = 'staging';

/** Writes batches of whole entries into a staging file, without the lock of the books. */
export interface StagingWriter {
	take(batch: StagedBatch): void;
	finish(): void;
}

const COMMIT_EVERY = 50_000;
// Below half of 2^53, so that one more line never passes it.
const SUM_LIMIT = 2 ** 50;

const STAGING_TABLES = `
	CREATE TABLE entries (n INTEGER PRIMARY KEY, external_no TEXT, date TEXT NOT NULL, description TEXT NOT NULL, reference TEXT, content BLOB) STRICT;
	CREATE TABLE lines (n INTEGER NOT NULL, line_no INTEGER NOT NULL, account_id INTEGER NOT NULL, party_id INTEGER, day INTEGER NOT NULL,
		debit_minor INTEGER NOT NULL, credit_minor INTEGER NOT NULL, base_debit_minor INTEGER NOT NULL, base_credit_minor INTEGER NOT NULL,
		currency TEXT, due_date TEXT, reference TEXT, memo TEXT) STRICT;
	CREATE TABLE sums (account_id INTEGER NOT NULL, currency TEXT, date TEXT NOT NULL, debit_minor INTEGER NOT NULL, credit_minor INTEGER NOT NULL,
		base_debit_minor INTEGER NOT NULL, base_credit_minor INTEGER NOT NULL, line_count INTEGER NOT NULL) STRICT;
	CREATE TABLE dates (date TEXT PRIMARY KEY, period_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
	CREATE TABLE skipped (n INTEGER PRIMARY KEY) STRICT;
`;

export function createStaging(connection: Connection): StagingWriter {
	const { raw } = connection;
	raw.exec(STAGING_TABLES);
	const statements = {
		entry: raw.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)'),
		// Most lines are in the company's currency and say nothing more: binding fewer values is what makes staging fast.
		plain: raw.prepare(
			`INSERT INTO lines (n, line_no, account_id, party_id, day, debit_minor, credit_minor, base_debit_minor, base_credit_minor)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		),
		full: raw.prepare('INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
		sum: raw.prepare('INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
	};
	const sums = new DaySums((row) => statements.sum.run(...row));
	raw.exec('BEGIN');
	let entries = 0;
	let pending = 0;

	function takeLines({ heads, lines, extras }: StagedBatch): void {
		let nextExtra = 0;
		for (let at = 0, index = 0; at < lines.length; index++) {
			const place = lines[at++] as number;
			const lineNo = lines[at++] as number;
			const accountId = lines[at++] as number;
			const partyId = (lines[at++] as number) || null;
			const day = lines[at++] as number;
			const base = lines[at++] as number;
			const n = entries + place + 1;
			const date = heads[place * TEXTS_OF_HEAD + 1] as string;
			const baseDebit = base > 0 ? base : 0;
			const baseCredit = base < 0 ? -base : 0;
			const extra = extras[nextExtra];
			if (extra?.[0] === index) {
				nextExtra++;
				const [, currency, amount, dueDate, reference, memo] = extra;
				const [debit, credit] = [Math.max(amount, 0), Math.max(-amount, 0)];
				statements.full.run(n, lineNo, accountId, partyId, day, debit, credit, baseDebit, baseCredit, currency, dueDate, reference, memo);
				sums.add(date, accountId, currency, amount, base);
			} else {
				statements.plain.run(n, lineNo, accountId, partyId, day, baseDebit, baseCredit, baseDebit, baseCredit);
				sums.add(date, accountId, null, base, base);
			}
		}
	}

	return {
		take: (batch) => {
			takeLines(batch);
			for (let at = 0, index = 0; at < batch.heads.length; at += TEXTS_OF_HEAD, index++) {
				const { heads } = batch;
				statements.entry.run(++entries, heads[at], heads[at + 1], heads[at + 2], heads[at + 3], batch.contents[index] ?? null);
			}
			pending += batch.lines.length / NUMBERS_OF_LINE;
			if (pending < COMMIT_EVERY) return;
			raw.exec('COMMIT; BEGIN');
			pending = 0;
		},
		finish: () => {
			sums.flush();
			raw.exec('COMMIT');
		},
	};
}

type SumRow = [accountId: number, currency: string | null, date: string, debit: number, credit: number, baseDebit: number, baseCredit: number, lines: number];

/** Sums by account and currency of one date after the other; a file in date order gives one row each. */
class DaySums {
	readonly #onRow: (row: SumRow) => void;
	readonly #rows = new Map<number | string, SumRow>();
	#date = '';

	constructor(onRow: (row: SumRow) => void) {
		this.#onRow = onRow;
	}

	/** Both amounts signed, debit positive: of the line's currency, and in the company's. */
	add(date: string, accountId: number, currency: string | null, amount: number, base: number): void {
		if (date !== this.#date) this.flush();
		this.#date = date;
		const key = currency === null ? accountId : `${accountId} ${currency}`;
		let row = this.#rows.get(key);
		// A sum stays far from 2^53: it is written out before.
		if (row && Math.max(row[3], row[4], row[5], row[6]) > SUM_LIMIT) {
			this.#onRow(row);
			row = undefined;
		}
		if (!row) this.#rows.set(key, (row = [accountId, currency, date, 0, 0, 0, 0, 0]));
		if (amount > 0) row[3] += amount;
		else row[4] -= amount;
		if (base > 0) row[5] += base;
		else row[6] -= base;
		row[7]++;
		if (Math.abs(amount) > SUM_LIMIT || Math.abs(base) > SUM_LIMIT) this.flush();
	}

	flush(): void {
		for (const row of this.#rows.values()) this.#onRow(row);
		this.#rows.clear();
	}
}

export function stagedDates(db: ReadDb): string[] {
	return db.column<string>(`SELECT DISTINCT date FROM ${STAGING}.entries ORDER BY date`);
}

export function storeStagedPeriod(tx: WriteTx, date: string, periodId: number): void {
	tx.run(`INSERT INTO ${STAGING}.dates (date, period_id) VALUES (?, ?)`, date, periodId);
}

/** Staged entries by content, in file order. */
export function stagedContents(db: ReadDb): IterableIterator<readonly [n: number, content: Uint8Array]> {
	return db.iterateRaw(`SELECT n, content FROM ${STAGING}.entries WHERE content IS NOT NULL ORDER BY n`);
}

/** Entries that the books hold already are left out, and the rest is numbered anew without gaps. */
export function leaveOut(tx: WriteTx, skipped: readonly number[]): void {
	if (skipped.length === 0) return;
	for (const n of skipped) tx.run(`INSERT INTO ${STAGING}.skipped (n) VALUES (?)`, n);
	tx.run(`DELETE FROM ${STAGING}.lines WHERE n IN (SELECT n FROM ${STAGING}.skipped)`);
	tx.run(`DELETE FROM ${STAGING}.entries WHERE n IN (SELECT n FROM ${STAGING}.skipped)`);
	tx.run(`DELETE FROM ${STAGING}.sums`);
	tx.run(
		`INSERT INTO ${STAGING}.sums SELECT account_id, currency, date(day * 86400, 'unixepoch'), sum(debit_minor), sum(credit_minor), sum(base_debit_minor), sum(base_credit_minor), count(*)
		FROM ${STAGING}.lines GROUP BY account_id, currency, day`,
	);
	tx.run(`CREATE TABLE ${STAGING}.numbering (n INTEGER PRIMARY KEY, m INTEGER NOT NULL) STRICT`);
	tx.run(`INSERT INTO ${STAGING}.numbering SELECT n, row_number() OVER (ORDER BY n) FROM ${STAGING}.entries`);
	tx.run(`UPDATE ${STAGING}.lines SET n = (SELECT m FROM ${STAGING}.numbering WHERE numbering.n = lines.n)`);
	// By way of negative numbers: a new number may be one that another entry still has.
	tx.run(`UPDATE ${STAGING}.entries SET n = -(SELECT m FROM ${STAGING}.numbering WHERE numbering.n = entries.n)`);
	tx.run(`UPDATE ${STAGING}.entries SET n = -n`);
}

export function stagedCounts(db: ReadDb): { readonly entries: number; readonly lines: number } {
	return {
		entries: db.value<number>(`SELECT count(*) FROM ${STAGING}.entries`) ?? 0,
		lines: db.value<number>(`SELECT count(*) FROM ${STAGING}.lines`) ?? 0,
	};
}

export interface Booking {
	readonly companyId: number;
	readonly importId: number;
	/** Number of the newest entry before this import. */
	readonly lastNo: number;
	readonly source: 'IMPORT' | 'OPENING';
	readonly postedBy: number;
}

/** Name of the function that answers the hash of the entry with a number; it is called in the order of the numbers. */
export const HASH_FUNCTION = 'ledgerseal_entry_hash';

/**
 * Rows that one INSERT … SELECT moves. A table with triggers makes SQLite gather all rows of the SELECT in memory before it inserts the first,
 * so the whole file at once would cost its size in memory, and time.
 */
const ROWS_AT_ONCE = 2048;

function* rowSpans(last: number): Generator<readonly [first: number, last: number]> {
	for (let first = 1; first <= last; first += ROWS_AT_ONCE) yield [first, Math.min(first + ROWS_AT_ONCE - 1, last)];
}

/** Moves staged lines into the journal, before the entries that claim them. The guards of the journal judge every row. */
export function bookStagedLines(tx: WriteTx, booking: Pick<Booking, 'companyId' | 'lastNo'>): void {
	const rows = tx.value<number>(`SELECT max(rowid) FROM ${STAGING}.lines`) ?? 0;
	for (const [first, last] of rowSpans(rows)) bookLineSpan(tx, booking, first, last);
}

function bookLineSpan(tx: WriteTx, booking: Pick<Booking, 'companyId' | 'lastNo'>, first: number, last: number): void {
	tx.run(
		`INSERT INTO journal_lines (company_id, entry_id, line_no, account_id, party_id, day, currency, debit_minor, credit_minor,
			base_debit_minor, base_credit_minor, due_date, reference, memo)
		SELECT ?, n + ?, line_no, account_id, party_id, day, currency, debit_minor, credit_minor,
			base_debit_minor, base_credit_minor, due_date, reference, memo
		FROM ${STAGING}.lines WHERE rowid BETWEEN ? AND ? ORDER BY rowid`,
		booking.companyId,
		booking.lastNo,
		first,
		last,
	);
}

/** Moves staged entries into the journal: each insert judges the whole entry. Then merges the balances. */
export function bookStagedEntries(tx: WriteTx, booking: Booking): void {
	const rows = tx.value<number>(`SELECT max(n) FROM ${STAGING}.entries`) ?? 0;
	for (const [first, last] of rowSpans(rows)) bookEntrySpan(tx, booking, first, last);
	mergeBalances(tx, booking.companyId);
}

function bookEntrySpan(tx: WriteTx, booking: Booking, first: number, last: number): void {
	tx.run(
		`INSERT INTO journal_entries (company_id, id, entry_no, external_no, date, period_id, description, reference, source, status, import_id,
			posted_at_ms, posted_by, hash)
		SELECT ?, e.n + ?, e.n + ?, e.external_no, e.date, d.period_id, e.description, e.reference, ?, 'POSTED', ?, ?, ?,
			${HASH_FUNCTION}(e.n + ?)
		FROM ${STAGING}.entries e CROSS JOIN ${STAGING}.dates d ON d.date = e.date WHERE e.n BETWEEN ? AND ? ORDER BY e.n`,
		booking.companyId,
		booking.lastNo,
		booking.lastNo,
		booking.source,
		booking.importId,
		Date.parse(tx.instant),
		booking.postedBy,
		booking.lastNo,
		first,
		last,
	);
}

// Once per batch: a trigger per entry would do the same work line by line.
function mergeBalances(tx: WriteTx, companyId: number): void {
	tx.run(
		`INSERT INTO account_balances (company_id, account_id, currency, period_id, debit_minor, credit_minor, base_debit_minor, base_credit_minor, line_count)
		SELECT ?, l.account_id, coalesce(l.currency, (SELECT currency FROM companies WHERE id = ?)) AS code, d.period_id,
			sum(l.debit_minor), sum(l.credit_minor), sum(l.base_debit_minor), sum(l.base_credit_minor), sum(l.line_count)
		FROM ${STAGING}.sums l JOIN ${STAGING}.dates d ON d.date = l.date
		GROUP BY l.account_id, code, d.period_id
		ON CONFLICT (company_id, account_id, currency, period_id) DO UPDATE SET
			debit_minor = debit_minor + excluded.debit_minor,
			credit_minor = credit_minor + excluded.credit_minor,
			base_debit_minor = base_debit_minor + excluded.base_debit_minor,
			base_credit_minor = base_credit_minor + excluded.base_credit_minor,
			line_count = line_count + excluded.line_count`,
		companyId,
		companyId,
	);
}
