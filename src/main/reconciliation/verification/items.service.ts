import { AppError } from '#shared/kernel/app-error.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ReconcilingItemAnswer } from '#shared/contract/reconciliation.contract.ts';
import { bookText } from '#shared/kernel/text.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { AccountAtEnd } from '../accounts/accounts.queries.ts';
import { statementSpan } from '../strategies/statement-balance.queries.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { itemName, parseItemName } from './item-name.rules.ts';
import { type CarriedRow, carriedBy, deleteItem, insertItem, type ItemRow, itemsOf } from './items.queries.ts';
import { type OpenBankLine, openBankLines, type OpenBookLine, openBookLines } from './open-lines.queries.ts';
import { withoutCancelled } from './open-lines.rules.ts';
import { type ReconciliationRow, verifiedBefore } from './reconciliations.queries.ts';

export type OpenLine = OpenBookLine | OpenBankLine;

/** What a line that may be chosen is called, and whether the reconciliation before lists it. */
interface Candidate {
	readonly name: string;
	readonly line: OpenLine;
	readonly carried: CarriedRow | null;
}

/** A reconciliation with its account and how that is reconciled. */
export interface Subject {
	readonly company: Company;
	readonly account: AccountAtEnd;
	readonly strategy: Strategy;
	readonly reconciliation: ReconciliationRow;
}

/** What an open line adds to expected less actual, in minor units: a ledger line its amount, a line of the bank its amount turned round. */
export function contributionOf(line: OpenLine): number {
	return line.kind === 'BOOK' ? line.amountMinor : -line.amountMinor;
}

/**
 * The lines that may explain a variance at the reconciliation's day: in no match by then, not cancelled by a reversal. Ledger lines
 * before the first statement are contained in its opening balance, unless a later match or an item says otherwise; where nothing is
 * matched, so are those that the verified reconciliation before has settled. `withOlder` offers them all.
 */
function candidatesOf(db: ReadDb, subject: Subject, withOlder: boolean): Candidate[] {
	const { company, account, strategy, reconciliation } = subject;
	if (strategy.items.length === 0) return [];
	const previous = verifiedBefore(db, company.id, account.id, reconciliation.endDay);
	const carried = new Map((previous ? carriedBy(db, company.id, previous.id) : []).map((row) => [nameOf(row), row]));
	return openLinesOf(db, subject, withOlder).map((line) => ({ name: itemName(line), line, carried: carried.get(itemName(line)) ?? null }));
}

/** What is open at the reconciliation's day, by date; also of an account that has no items because it is counted. */
export function openLinesOf(db: ReadDb, { company, account, strategy, reconciliation }: Subject, withOlder: boolean): OpenLine[] {
	const previous = verifiedBefore(db, company.id, account.id, reconciliation.endDay);
	const bank = strategy.items.includes('BANK') ? openBankLines(db, company.id, account.id, reconciliation.endDay) : [];
	const book = openBookLines(db, company.id, {
		account,
		endDay: reconciliation.endDay,
		fromDay: firstDay(db, company, account, strategy, previous),
		withOlder,
		reconciliationId: reconciliation.id,
		previousId: previous?.id ?? null,
	});
	const offered = withoutCancelled(book).filter((line) => withOlder || line.older === 0);
	return [...offered, ...bank].sort((one, other) => one.day - other.day);
}

function firstDay(db: ReadDb, company: Company, account: AccountAtEnd, strategy: Strategy, previous: ReconciliationRow | undefined): number {
	if (strategy.items.includes('BANK')) return statementSpan(db, company.id, account.id).fromDay ?? 0;
	return previous ? previous.endDay + 1 : 0;
}

function nameOf(row: Pick<ItemRow, 'entryId' | 'lineNo' | 'lineUuid'>): string {
	return row.lineUuid === null ? itemName({ entryId: row.entryId ?? 0, lineNo: row.lineNo ?? 0 }) : itemName({ lineUuid: row.lineUuid });
}

/** Takes out the items whose line is open no more: matched, reversed or undone since. */
export function dropClosedItems(tx: WriteTx, subject: Subject): void {
	const { company, reconciliation } = subject;
	const items = itemsOf(tx, company.id, reconciliation.id);
	if (items.length === 0) return;
	const open = new Set(candidatesOf(tx, subject, false).map(({ name }) => name));
	for (const item of items) if (!open.has(nameOf(item))) deleteItem(tx, company.id, reconciliation.id, item.itemNo);
}

export interface ItemsChange {
	readonly add?: readonly string[] | undefined;
	readonly remove?: readonly string[] | undefined;
	readonly all?: boolean | undefined;
	readonly older?: boolean | undefined;
	readonly note?: string | undefined;
}

/** Takes items out of a draft, then puts others in. Adding one again changes its note. Refuses ITEM_REFUSED, TEXT_INVALID. */
export function changeItems(tx: WriteTx, subject: Subject, change: ItemsChange): void {
	const { company, reconciliation } = subject;
	const note = change.note?.trim() ? bookText(change.note.trim(), 'note') : null;
	const chosen = new Map(itemsOf(tx, company.id, reconciliation.id).map((item) => [nameOf(item), item]));
	for (const typed of change.remove ?? []) {
		const names = [...chosen.keys()].filter((name) => isNamed(name, typed));
		if (names.length === 0) throw new AppError('ITEM_REFUSED', `"${typed}" is no item of this reconciliation.`, { item: typed, id: reconciliation.uuid });
		for (const name of names) {
			deleteItem(tx, company.id, reconciliation.id, chosen.get(name)?.itemNo ?? 0);
			chosen.delete(name);
		}
	}
	const candidates = candidatesOf(tx, subject, change.older === true || (change.add ?? []).length > 0);
	const wanted = new Set((change.add ?? []).flatMap((typed) => namedCandidates(subject, candidates, typed)));
	if (change.all) for (const candidate of candidates) if (change.older || !isOlder(candidate)) wanted.add(candidate);
	for (const candidate of wanted) {
		const standing = chosen.get(candidate.name);
		if (standing && note === null) continue;
		if (standing) deleteItem(tx, company.id, reconciliation.id, standing.itemNo);
		insertItem(tx, company.id, reconciliation.id, newItem(candidate, note));
	}
}

function isOlder({ line }: Candidate): boolean {
	return line.kind === 'BOOK' && line.older === 1;
}

function isNamed(name: string, typed: string): boolean {
	const parsed = parseItemName(typed);
	if (parsed.kind === 'BANK') return name === itemName(parsed);
	return parsed.lineNo === null ? name.startsWith(`entry:${parsed.entryId}:`) : name === itemName({ entryId: parsed.entryId, lineNo: parsed.lineNo });
}

function namedCandidates({ account, strategy, reconciliation }: Subject, candidates: readonly Candidate[], typed: string): Candidate[] {
	const found = candidates.filter(({ name }) => isNamed(name, typed));
	if (found.length > 0) return found;
	const why =
		strategy.items.length === 0
			? `Account ${account.code} is counted: a count has no items, its difference is booked.`
			: `It is no open line of account ${account.code} up to ${fromDayNumber(reconciliation.endDay)}: matched, reversed, dated later, or of another account. See \`reconcile items ${reconciliation.uuid} --older\`.`;
	throw new AppError('ITEM_REFUSED', `"${typed}" cannot be chosen. ${why}`, { item: typed, id: reconciliation.uuid });
}

function newItem({ line, carried }: Candidate, note: string | null) {
	// A bank's error carries the bank's reference, so that it can be asked about.
	const own = line.kind === 'BANK' ? (line.reference ?? line.bankId) : null;
	return {
		kind: line.kind,
		entryId: line.kind === 'BOOK' ? line.entryId : null,
		lineNo: line.kind === 'BOOK' ? line.lineNo : null,
		lineId: line.kind === 'BANK' ? line.lineId : null,
		amountMinor: contributionOf(line),
		note: note ?? carried?.note ?? own,
	};
}

/** The items of a reconciliation as they are kept. */
export function chosenItems(db: ReadDb, company: Company, reconciliation: ReconciliationRow): ReconcilingItemAnswer[] {
	return itemsOf(db, company.id, reconciliation.id).map((item) => ({
		ref: nameOf(item),
		kind: item.kind,
		date: fromDayNumber(item.day),
		ageDays: reconciliation.endDay - item.day,
		amount: formatAmount(item.amountMinor, reconciliation.currency),
		description: item.description,
		party: item.party,
		reference: item.reference,
		note: item.note,
		chosen: true,
		carriedSince: item.carriedSinceDay === null ? null : fromDayNumber(item.carriedSinceDay),
		older: false,
	}));
}

/** Open lines that are not chosen. */
export function offeredItems(db: ReadDb, subject: Subject, withOlder: boolean): ReconcilingItemAnswer[] {
	const { company, reconciliation } = subject;
	const chosen = new Set(itemsOf(db, company.id, reconciliation.id).map(nameOf));
	return candidatesOf(db, subject, withOlder)
		.filter(({ name }) => !chosen.has(name))
		.map((candidate) => ({
			ref: candidate.name,
			kind: candidate.line.kind,
			date: fromDayNumber(candidate.line.day),
			ageDays: reconciliation.endDay - candidate.line.day,
			amount: formatAmount(contributionOf(candidate.line), reconciliation.currency),
			description: candidate.line.description,
			party: candidate.line.party,
			reference: candidate.line.reference ?? (candidate.line.kind === 'BANK' ? candidate.line.bankId : null),
			note: candidate.carried?.note ?? null,
			chosen: false,
			carriedSince: candidate.carried === null ? null : fromDayNumber(candidate.carried.sinceDay),
			older: isOlder(candidate),
		}));
}
