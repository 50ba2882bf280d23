import { dayNumber } from '#shared/kernel/civil-date.ts';
import { present } from '#shared/kernel/assert.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { type OpenItemGroup, openItemLines, parseLines, type SealedOpenItems, sealedOpenItems } from './open-item-changes.rules.ts';
import { sealedContent } from './sealed-content.service.ts';
import { closeAtHand, closeWithOpenItems, type ControlAccount, controlLinesAt, keptControlBalances, type NamedControlRow } from './open-items.queries.ts';
import { lineKey, type OpenItem } from './allocation.rules.ts';
import { standingItems } from './standing-items.service.ts';

/** What the newest standing close on or before a day found open. */
export interface FrozenState {
	readonly closeId: number;
	/** As it was sealed. */
	readonly rows: readonly SealedOpenItems[];
	/** What was open of an account in a currency (null: the company's own); undefined where the close can't have known. */
	of(accountId: number, currency: string | null): { readonly day: number; readonly items: readonly OpenItem[] } | undefined;
}

/**
 * What the newest standing close on or before a day found open; undefined where none did. An account whose sealed items do not add up to its balance
 * (it was no control account then) is not taken from there.
 */
export function frozenState(db: ReadDb, company: Company, accounts: readonly ControlAccount[], day: number): FrozenState | undefined {
	const close = closeWithOpenItems(db, company.id, day);
	if (!close) return undefined;
	const { rows, items } = atHand(db, company, close) ?? lookedUp(db, company, close.closeId);
	const byPlace = new Map<string, OpenItem[]>();
	for (const item of items) {
		const place = placeKey(item.accountId, item.currency);
		const standing = byPlace.get(place);
		if (standing) standing.push(item);
		else byPlace.set(place, [item]);
	}
	const known = new Set(accounts.filter(({ id }) => addsUp(db, company, id, close.day, byPlace)).map(({ id }) => id));
	return {
		closeId: close.closeId,
		rows,
		of: (accountId, currency) => (known.has(accountId) ? { day: close.day, items: byPlace.get(placeKey(accountId, currency)) ?? [] } : undefined),
	};
}

const placeKey = (accountId: number, currency: string | null): string => `${accountId} ${currency ?? ''}`;

/** What a close found open: as it sealed it, and the items themselves. */
interface FoundOpen {
	readonly rows: readonly SealedOpenItems[];
	readonly items: readonly OpenItem[];
}

/** What the close left at hand, where that is what it sealed. */
function atHand(db: ReadDb, company: Company, { closeId, sha256 }: { readonly closeId: number; readonly sha256: string }): FoundOpen | undefined {
	const groups = standingItems(db, company.id, closeId);
	const rows = groups?.map((group) => sealedOpenItems(group, company.currency));
	if (!groups || !rows || sha256Hex(openItemLines(rows)) !== sha256) return undefined;
	return { rows, items: groups.flatMap(itemsOf) };
}

/** The sealed lines as they stand in the journal. */
function lookedUp(db: ReadDb, company: Company, closeId: number): FoundOpen {
	const rows = present(sealedRows(db, company, closeId), 'the sealed open items of a close');
	const lines = rows.flatMap(({ bills, advances, credits }) => [...bills, ...advances, ...credits]);
	const open = new Map(lines.map(([no, lineNo, openMinor]) => [lineKey({ no, lineNo }), openMinor]));
	const items = controlLinesAt(db, company.id, lines).map((row) => itemAt(row, open.get(lineKey({ no: row[0], lineNo: row[1] })) ?? row[6]));
	return { rows, items };
}

/** undefined where they are gone or can't be read any more. */
function sealedRows(db: ReadDb, company: Company, closeId: number): SealedOpenItems[] | undefined {
	const content = sealedContent(db, company, closeId, 'open_items');
	try {
		return content && parseLines<SealedOpenItems>(Buffer.from(content).toString('utf8'));
	} catch {
		return undefined;
	}
}

/** Are the open items at hand other than the sealed ones and their lines in the journal? Sealed ones that can't be read are another finding. */
export function standingItemsDiffer(db: ReadDb, company: Company): boolean {
	const closeId = closeAtHand(db, company.id);
	if (closeId === undefined || sealedRows(db, company, closeId) === undefined) return false;
	const groups = standingItems(db, company.id, closeId);
	if (!groups) return true;
	const texts = (items: readonly OpenItem[]): string => JSON.stringify(items.map(factsOf).sort());
	return texts(groups.flatMap(itemsOf)) !== texts(lookedUp(db, company, closeId).items);
}

function factsOf({ no, lineNo, day, dueDay, reference, amountMinor, openMinor, accountId, partyId, currency, baseMinor }: OpenItem): string {
	return JSON.stringify([no, lineNo, day, dueDay, reference, amountMinor, openMinor, accountId, partyId, currency, baseMinor]);
}

const itemsOf = ({ bills, advances, credits }: OpenItemGroup): OpenItem[] => [...bills, ...advances, ...credits];

function itemAt([no, lineNo, day, partyId, reference, dueDate, amountMinor, baseMinor, accountId, currency]: NamedControlRow, openMinor: number): OpenItem {
	const dueDay = dueDate === null ? null : dayNumber(dueDate);
	return { no, lineNo, day, dueDay, reference, amountMinor, openMinor, accountId, partyId, currency, baseMinor };
}

function addsUp(db: ReadDb, company: Company, accountId: number, day: number, byPlace: ReadonlyMap<string, readonly OpenItem[]>): boolean {
	return keptControlBalances(db, company.id, accountId, day).every(({ currency, net }) => {
		const items = byPlace.get(placeKey(accountId, currency === company.currency ? null : currency)) ?? [];
		return items.reduce((sum, item) => sum + BigInt(item.openMinor), 0n) === net;
	});
}
