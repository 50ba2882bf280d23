import { AppError } from '#shared/kernel/app-error.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { accountById } from '#main/companies/index.ts';
import { findAccount } from '#main/ledger/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { checkOpen, type EntryLineKey, joinLines, viewAfter } from './decide.service.ts';
import { insertMatch, nextMatchId } from './match-rows.queries.ts';
import { ledgerLine, type LedgerLine, lineNamed, type NamedLine } from './named-lines.queries.ts';
import type { MatchDetail, StoredMatchKind } from './propose-all.rules.ts';

export interface JoinInput {
	readonly account?: string | undefined;
	readonly lines: readonly string[];
	readonly entries: readonly { readonly no: number; readonly lineNo: number }[];
}

interface JoinedEntryLine extends LedgerLine {
	readonly key: EntryLineKey;
}

/**
 * Matches open lines of one account that add up, whatever the program thinks of them.
 * Refuses NOT_FOUND, ACCOUNT_UNKNOWN, MATCH_REFUSED (matched already, another account or currency), MATCH_UNEQUAL.
 */
export function join(tx: WriteTx, { company, user }: Actor, input: JoinInput) {
	const lines = distinct(
		input.lines.map((named) => findLine(tx, company, named)),
		({ id }) => String(id),
	);
	const entryLines = distinct(
		input.entries.map(({ no, lineNo }) => findEntryLine(tx, company, no, lineNo)),
		({ key }) => key.join(':'),
	);
	const account = accountOf(tx, company, input, lines);
	checkAccount(account, lines, entryLines);
	const [lineIds, keys] = [lines.map(({ id }) => id).sort((one, other) => one - other), entryLines.map(({ key }) => key).sort(byKey)];
	checkOpen(tx, company, lineIds, keys);
	checkSum(account, lines, entryLines);
	const throughDay = Math.max(...lines.map(({ day }) => day), ...entryLines.map(({ day }) => day));
	const id = newMatch(tx, company, { accountId: account.id, kind: 'MANUAL', lineIds, entryLines: keys, throughDay });
	joinLines(tx, company, id, lineIds, keys, user.id);
	return viewAfter(tx, company, id);
}

/** The statement line of this number or id, of a statement that stands. Refuses NOT_FOUND. */
export function findLine(db: ReadDb, company: Company, named: string): NamedLine {
	const line = lineNamed(db, company.id, named.trim());
	if (line && line.undone === 0) return line;
	throw new AppError('NOT_FOUND', `There is no statement line "${named}". See \`statement unmatched --account CODE\`.`, { line: named });
}

function findEntryLine(db: ReadDb, company: Company, no: number, lineNo: number): JoinedEntryLine {
	const line = ledgerLine(db, company.id, no, lineNo);
	if (line) return { ...line, key: [no, lineNo] };
	throw new AppError('NOT_FOUND', `There is no line ${lineNo} of entry ${no}. See \`journal show ${no}\`.`, { no, lineNo });
}

interface JoinAccount {
	readonly id: number;
	readonly code: string;
	readonly currency: string;
	/** As a ledger line has it: null is the company's own. */
	readonly lineCurrency: string | null;
}

function accountOf(db: ReadDb, company: Company, input: JoinInput, [line]: readonly NamedLine[]): JoinAccount {
	const account = input.account === undefined ? line && accountById(db, company.id, line.accountId) : findAccount(db, company, input.account);
	if (!account) throw new AppError('MATCH_REFUSED', 'Say which account: --account CODE, or name a statement line.', {});
	const currency = account.currency ?? company.currency;
	return { id: account.id, code: account.code, currency, lineCurrency: currency === company.currency ? null : currency };
}

function checkAccount(account: JoinAccount, lines: readonly NamedLine[], entryLines: readonly JoinedEntryLine[]): void {
	const line = lines.find(({ accountId }) => accountId !== account.id);
	if (line) {
		throw new AppError('MATCH_REFUSED', `Line ${line.id} is one of account ${line.code}, not of ${account.code}. A match joins lines of one account.`, {
			line: line.id,
			account: account.code,
		});
	}
	const entryLine = entryLines.find(({ accountId, currency }) => accountId !== account.id || currency !== account.lineCurrency);
	if (!entryLine) return;
	const [no, lineNo] = entryLine.key;
	throw new AppError('MATCH_REFUSED', `Line ${lineNo} of entry ${no} is not one of account ${account.code} in ${account.currency}.`, {
		no,
		lineNo,
		account: account.code,
	});
}

function checkSum(account: JoinAccount, lines: readonly NamedLine[], entryLines: readonly JoinedEntryLine[]): void {
	if (lines.length + entryLines.length < 2)
		throw new AppError('MATCH_UNEQUAL', 'A match joins two lines at least.', { lines: lines.length + entryLines.length });
	const sum = (all: readonly { readonly amountMinor: number }[]) => all.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
	const differenceMinor = sum(lines) - sum(entryLines);
	if (differenceMinor === 0n) return;
	const { currency } = account;
	const [bank, books, difference] = [sum(lines), sum(entryLines), differenceMinor].map((minor) => formatAmount(minor, currency));
	throw new AppError(
		'MATCH_UNEQUAL',
		`The bank has ${bank} and the books have ${books} ${currency}: a difference of ${difference}. Add the lines that are missing, post an entry for the difference, or correct the entry.`,
		{ bank, books, difference, currency },
	);
}

export interface NewMatch {
	readonly accountId: number;
	readonly kind: StoredMatchKind;
	readonly lineIds: readonly number[];
	readonly entryLines: readonly EntryLineKey[];
	/** The last day of its lines. */
	readonly throughDay: number;
	/** As of a proposal: where the match comes of one. */
	readonly score?: number;
	readonly reasons?: string;
	readonly detail?: MatchDetail;
}

/** A match that a person makes, still to be confirmed; its number. */
export function newMatch(tx: WriteTx, company: Company, match: NewMatch): number {
	const id = nextMatchId(tx, company.id);
	insertMatch(tx, company.id, {
		id,
		uuid: uuidV7({ now: () => new Date(tx.instant) }),
		madeAt: tx.instant,
		accountId: match.accountId,
		kind: match.kind,
		score: match.score ?? 0,
		certain: 0,
		reasons: match.reasons ?? '[]',
		lineIds: JSON.stringify(match.lineIds),
		entryLines: JSON.stringify(match.entryLines),
		detail: JSON.stringify(match.detail ?? {}),
		throughDay: match.throughDay,
	});
	return id;
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
	return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function byKey(one: EntryLineKey, other: EntryLineKey): number {
	return one[0] - other[0] || one[1] - other[1];
}
