import type { ReadDb, SqlValue } from '#main/platform/database/connection.ts';
import type { ListedEntry } from './journal-view.queries.ts';

/** Which entries; accounts and parties are found, amounts are minor units of the company's currency. */
export interface EntryFilter {
	readonly from?: string | undefined;
	readonly to?: string | undefined;
	readonly status?: 'DRAFT' | 'POSTED' | undefined;
	readonly source?: string | undefined;
	/** In description, reference or the file's own number; digits are also the entry's number. */
	readonly text?: string | undefined;
	readonly accountId?: number | undefined;
	readonly partyId?: number | undefined;
	readonly amountFromMinor?: number | undefined;
	readonly amountToMinor?: number | undefined;
}

/** Date and number of an entry; the order of the list. */
export type EntryPlace = readonly [date: string, no: number];

const FIRST = -Number.MAX_SAFE_INTEGER;
const LAST = Number.MAX_SAFE_INTEGER;

const COLUMNS = `e.id, e.external_no AS externalNo, e.date, e.description, e.reference, e.source, e.status, e.entry_hash AS entryHash, e.posted_at AS postedAt,
	(SELECT u.login FROM users u WHERE u.id = e.posted_by) AS postedBy, e.reverses_id AS reverses, e.uuid, e.draft,
	(SELECT r.id FROM journal_entries r WHERE r.company_id = e.company_id AND r.reverses_id = e.id) AS reversedBy,
	(SELECT sum(l.base_debit_minor) FROM journal_lines l WHERE l.company_id = e.company_id AND l.entry_id = e.id) AS totalMinor`;

interface Conditions {
	readonly sql: string;
	readonly values: readonly SqlValue[];
}

/** A page of entries behind a place, in either order; it costs the same at any depth. `totalMinor`: base debits. */
export function entriesBehind(
	db: ReadDb,
	companyId: number,
	filter: EntryFilter,
	page: { readonly after: EntryPlace | null; readonly newestFirst: boolean; readonly limit: number },
): ListedEntry[] {
	const [first, last] = spanOf(filter);
	const span = page.newestFirst ? [first, page.after ?? last] : [page.after ?? first, last];
	const { sql, values } = conditionsOf(companyId, filter, 'EACH');
	const direction = page.newestFirst ? 'DESC' : 'ASC';
	return db.all<ListedEntry>(
		`SELECT ${COLUMNS} FROM journal_entries e
		WHERE e.company_id = ? AND (e.date, e.id) > (?, ?) AND (e.date, e.id) < (?, ?)${sql} ORDER BY e.date ${direction}, e.id ${direction} LIMIT ?`,
		companyId,
		...span.flat(),
		...values,
		page.limit,
	);
}

/** Entries by their numbers (a draft's is below zero), in the order asked. */
export function entriesNumbered(db: ReadDb, companyId: number, numbers: readonly number[]): ListedEntry[] {
	return db.all<ListedEntry>(
		`SELECT ${COLUMNS} FROM json_each(?) wanted CROSS JOIN journal_entries e ON e.company_id = ? AND e.id = wanted.value ORDER BY wanted.key`,
		JSON.stringify(numbers),
		companyId,
	);
}

/** The place of the entry that is `steps` behind another; undefined where fewer follow. Reads only the entries between. */
export function placeBehind(db: ReadDb, companyId: number, filter: EntryFilter, after: EntryPlace | null, steps: number): EntryPlace | undefined {
	const [first, last] = spanOf(filter);
	const { sql, values } = conditionsOf(companyId, filter, 'EACH');
	const row = db.get<{ date: string; id: number }>(
		`SELECT e.date, e.id FROM journal_entries e
		WHERE e.company_id = ? AND (e.date, e.id) > (?, ?) AND (e.date, e.id) < (?, ?)${sql} ORDER BY e.date, e.id LIMIT 1 OFFSET ?`,
		companyId,
		...(after ?? first),
		...last,
		...values,
		steps - 1,
	);
	return row && [row.date, row.id];
}

/** How many follow a place: a count of the entries between. */
export function countBehind(db: ReadDb, companyId: number, filter: EntryFilter, after: EntryPlace | null): number {
	const [first, last] = spanOf(filter);
	const { sql, values } = conditionsOf(companyId, filter, 'EACH');
	const count = db.value<number>(
		`SELECT count(*) FROM journal_entries e WHERE e.company_id = ? AND (e.date, e.id) > (?, ?) AND (e.date, e.id) < (?, ?)${sql}`,
		companyId,
		...(after ?? first),
		...last,
		...values,
	);
	return count ?? 0;
}

/** The places of all entries found, oldest first: one pass, for filters that look at lines. */
export function eachPlace(db: ReadDb, companyId: number, filter: EntryFilter): IterableIterator<EntryPlace> {
	const [first, last] = spanOf(filter);
	const { sql, values } = conditionsOf(companyId, filter, 'ALL');
	return db.iterateRaw<EntryPlace>(
		`SELECT e.date, e.id FROM journal_entries e
		WHERE e.company_id = ? AND (e.date, e.id) > (?, ?) AND (e.date, e.id) < (?, ?)${sql} ORDER BY e.date, e.id`,
		companyId,
		...first,
		...last,
		...values,
	);
}

// Both ends in one index range: a second condition on the date alone would make SQLite walk from the first day.
function spanOf(filter: EntryFilter): readonly [EntryPlace, EntryPlace] {
	return [
		[filter.from ?? '0000-00-00', FIRST],
		[filter.to ?? '9999-99-99', LAST],
	];
}

/** `ALL`: every entry is looked at, so the lines are found first; `EACH`: lines are looked up entry by entry, as far as the page goes. */
function conditionsOf(companyId: number, filter: EntryFilter, reading: 'ALL' | 'EACH'): Conditions {
	const conditions: string[] = [];
	const values: SqlValue[] = [];
	const add = (condition: string, ...bound: SqlValue[]): void => {
		conditions.push(` AND ${condition}`);
		values.push(...bound);
	};
	// A draft is an entry with a number below zero: that much the index of dates knows.
	if (filter.status) add(filter.status === 'DRAFT' ? 'e.id < 0' : 'e.id > 0');
	if (filter.source) add('e.source = ?', filter.source);
	if (filter.text) {
		const pattern = `%${filter.text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
		const no = /^\d{1,15}$/.test(filter.text) ? Number(filter.text) : 0;
		add(`(e.description LIKE ? ESCAPE '\\' OR e.reference LIKE ? ESCAPE '\\' OR e.external_no LIKE ? ESCAPE '\\' OR e.id = ?)`, pattern, pattern, pattern, no);
	}
	// The unary plus keeps SQLite from the index of accounts, whose lines it would walk for every entry anew.
	const plain = reading === 'EACH' ? '+' : '';
	const line = (condition: string, ...bound: SqlValue[]): void =>
		reading === 'EACH'
			? add(`EXISTS (SELECT 1 FROM journal_lines l WHERE l.company_id = e.company_id AND l.entry_id = e.id AND ${condition})`, ...bound)
			: add(`e.id IN (SELECT l.entry_id FROM journal_lines l WHERE l.company_id = ? AND ${condition})`, companyId, ...bound);
	if (filter.partyId !== undefined) line('l.party_id = ?', filter.partyId);
	const hasAmount = filter.amountFromMinor !== undefined || filter.amountToMinor !== undefined;
	const amounts: SqlValue[] = hasAmount ? [filter.amountFromMinor ?? 0, filter.amountToMinor ?? LAST] : [];
	const ofAmount = 'max(l.base_debit_minor, l.base_credit_minor) BETWEEN ? AND ?';
	if (filter.accountId !== undefined) line(`${plain}l.account_id = ?${hasAmount ? ` AND ${ofAmount}` : ''}`, filter.accountId, ...amounts);
	else if (hasAmount) line(ofAmount, ...amounts);
	return { sql: conditions.join(''), values };
}
