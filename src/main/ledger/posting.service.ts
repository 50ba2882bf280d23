import { createHash } from 'node:crypto';
import { AppError } from '#shared/kernel/app-error.ts';
import { assert, present } from '#shared/kernel/assert.ts';
import { type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { bookText } from '#shared/kernel/text.ts';
import { type EntrySource, entryText, GENESIS_HASH } from '#shared/seal/index.ts';
import { accountById } from '#main/companies/index.ts';
import { type Period, periodForPosting } from '#main/periods/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { chainHead, insertLine, insertPostedEntry, type StoredLine } from './journal.queries.ts';
import { partyById } from './names.queries.ts';
import type { PostingSession } from './session.queries.ts';

/** An entry whose lines are worked out: accounts and parties by id, amounts in minor units, base amounts assigned. */
export interface PreparedEntry {
	readonly date: CivilDate;
	readonly description: string;
	readonly reference: string | null;
	readonly externalNo: string | null;
	readonly source: EntrySource;
	readonly lines: readonly StoredLine[];
	/** Number of the entry that this one reverses. */
	readonly reverses?: number | null;
	/** The active session that it is posted in: one of the period that takes the entry. */
	readonly session?: PostingSession | null;
	/** The close that posts a closing entry, or whose reopening reverses one. */
	readonly closeId?: number | null;
	/** SHA-256 of what is attached at posting. */
	readonly attachments?: readonly string[];
}

export interface PostedEntry {
	readonly no: number;
	readonly date: CivilDate;
	/** For whatever leaves the database: made of the entry's hash. */
	readonly id: string;
	readonly hash: string;
}

/** What an active session lets into a soft-closed period. */
const SESSION_SOURCES: readonly EntrySource[] = ['TRANSFER', 'ADJUSTING'];

/**
 * Posts an entry: number, place in the chain, lines, entry, balances, in the database transaction under way.
 * Invariants 1 to 6 of the ledger hold afterwards; the guards of the database say the same again.
 * Refuses PERIOD_CLOSED, PERIOD_CLOSING, PERIOD_NOT_REACHED, SESSION_NOT_ACTIVE, ENTRY_DATE_TOO_FAR, ENTRY_TOO_SHORT, ENTRY_UNBALANCED, LINE_INVALID, TEXT_INVALID.
 */
export function postPrepared(tx: WriteTx, { user, company }: Actor, entry: PreparedEntry): PostedEntry {
	const intoSoftClosed = entry.source === 'CLOSING' || (Boolean(entry.session) && SESSION_SOURCES.includes(entry.source));
	const period = periodForPosting(tx, company, entry.date, { intoSoftClosed });
	checkSession(entry, period);
	checkLines(entry, company.currency);
	const head = chainHead(tx, company.id);
	const no = (head?.seq ?? 0) + 1;
	const day = dayNumber(entry.date);
	const description = bookText(entry.description, 'description');
	const reference = entry.reference === null ? null : bookText(entry.reference, 'reference');
	const externalNo = entry.externalNo === null ? null : bookText(entry.externalNo, 'entry number');
	const lines = entry.lines.map((line) => ({
		...line,
		reference: line.reference === null ? null : bookText(line.reference, 'reference of a line'),
		memo: line.memo === null ? null : bookText(line.memo, 'memo of a line'),
	}));
	const text = entryText({
		v: 1,
		company: company.uuid,
		seq: no,
		no,
		externalNo,
		date: entry.date,
		source: entry.source,
		description,
		reference,
		reverses: entry.reverses ?? null,
		session: entry.session?.uuid ?? null,
		postedAt: tx.instant,
		postedBy: user.uuid,
		attachments: [...(entry.attachments ?? [])].sort(),
		lines: lines.map((line) => ({
			account: present(accountById(tx, company.id, line.accountId), 'the account of a line').ref,
			party: line.partyId === null ? null : present(partyById(tx, company.id, line.partyId), 'the party of a line').ref,
			currency: line.currency ?? company.currency,
			debit: line.debitMinor,
			credit: line.creditMinor,
			baseDebit: line.baseDebitMinor,
			baseCredit: line.baseCreditMinor,
			dueDate: line.dueDate,
			reference: line.reference,
			memo: line.memo,
		})),
		prev: head?.hash ?? GENESIS_HASH,
	});
	const hash = createHash('sha256').update(text).digest();
	lines.forEach((line, index) => {
		insertLine(tx, company.id, no, index + 1, day, line);
	});
	insertPostedEntry(tx, company.id, {
		id: no,
		externalNo,
		date: entry.date,
		periodId: period.id,
		description,
		reference,
		source: entry.source,
		postedBy: user.id,
		hash,
		reversesId: entry.reverses ?? null,
		sessionId: entry.session?.id ?? null,
		closeId: entry.closeId ?? null,
	});
	return { no, date: entry.date, id: entryUuid(hash.toString('hex')), hash: hash.toString('hex') };
}

function checkSession({ session, date }: PreparedEntry, period: Period): void {
	if (!session || session.periodId === period.id) return;
	throw new AppError('SESSION_NOT_ACTIVE', `That reconciliation session is of another period than ${period.name}. Date the entry in the session's period.`, {
		session: session.uuid,
		date,
		period: period.name,
	});
}

function checkLines(entry: PreparedEntry, currency: string): void {
	if (entry.lines.length < 2) {
		throw new AppError('ENTRY_TOO_SHORT', 'An entry has at least two lines: what is debited and what is credited.', {
			date: entry.date,
			lines: entry.lines.length,
		});
	}
	let difference = 0n;
	for (const line of entry.lines) {
		assert(line.currency !== currency, "the company's own currency is stored as null");
		difference += BigInt(line.baseDebitMinor) - BigInt(line.baseCreditMinor);
	}
	if (difference !== 0n) {
		throw new AppError('ENTRY_UNBALANCED', 'Debits and credits differ. An entry must balance.', {
			date: entry.date,
			differenceMinor: String(difference),
			currency,
		});
	}
}

/** The id of a posted entry outside the database: a UUID (version 8, RFC 9562) of the first 122 bits of its hash. */
export function entryUuid(hash: string): string {
	assert(hash.length === 64, 'an entry hash is a SHA-256');
	const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
	return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
