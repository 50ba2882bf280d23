import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { type ControlAccount, controlLinesAt, type ControlRow, keptControlBalances, type NamedControlRow, sealedOpenItems } from './open-items.queries.ts';
import { lineKey } from './allocation.rules.ts';

/** An open line as a close sealed it: entry, line, and signed minor units (debit positive) where less than the whole line is open. */
export type SealedOpenLine = readonly [no: number, lineNo: number, openMinor?: number];

/** A row of the sealed table `open_items`: what is open of one account, party and currency. Short, because every close holds one of each. */
export interface SealedOpenItems {
	/** Refs, as everywhere outside the database. */
	readonly account: string;
	readonly party: string | null;
	readonly currency: string;
	readonly bills: readonly SealedOpenLine[];
	readonly advances: readonly SealedOpenLine[];
	/** Credit notes, write-offs, credits of opening balances. */
	readonly credits: readonly SealedOpenLine[];
}

export interface FrozenLine {
	readonly row: ControlRow;
	readonly openMinor: number;
}

export interface FrozenState {
	/** What was open of an account in a currency (null: the company's own); undefined where the close can't have known. */
	of(accountId: number, currency: string | null): { readonly day: number; readonly lines: readonly FrozenLine[] } | undefined;
}

/**
 * What the newest standing close on or before a day found open; undefined where none did. An account whose sealed items do not add up to its balance
 * (it was no control account then) is not taken from there.
 */
export function frozenState(db: ReadDb, company: Company, accounts: readonly ControlAccount[], day: number): FrozenState | undefined {
	const sealed = sealedOpenItems(db, company.id, day);
	if (!sealed) return undefined;
	const lines = parseOpenItems(sealed.content).flatMap(({ bills, advances, credits }) => [...bills, ...advances, ...credits]);
	const byPlace = new Map<string, FrozenLine[]>();
	const open = new Map(lines.map(([no, lineNo, openMinor]) => [lineKey({ no, lineNo }), openMinor]));
	for (const row of controlLinesAt(db, company.id, lines)) {
		const place = placeKey(row[8], row[9]);
		const line = { row: rowOf(row), openMinor: open.get(lineKey({ no: row[0], lineNo: row[1] })) ?? row[6] };
		const standing = byPlace.get(place);
		if (standing) standing.push(line);
		else byPlace.set(place, [line]);
	}
	const known = new Set(accounts.filter(({ id }) => addsUp(db, company, id, sealed.day, byPlace)).map(({ id }) => id));
	return {
		of: (accountId, currency) => (known.has(accountId) ? { day: sealed.day, lines: byPlace.get(placeKey(accountId, currency)) ?? [] } : undefined),
	};
}

const placeKey = (accountId: number, currency: string | null): string => `${accountId} ${currency ?? ''}`;

function rowOf([no, lineNo, day, partyId, reference, dueDate, amountMinor, baseMinor]: NamedControlRow): ControlRow {
	return [no, lineNo, day, partyId, reference, dueDate, amountMinor, baseMinor];
}

function parseOpenItems(content: Uint8Array): SealedOpenItems[] {
	const lines = Buffer.from(content).toString('utf8').split('\n');
	return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as SealedOpenItems);
}

function addsUp(db: ReadDb, company: Company, accountId: number, day: number, byPlace: ReadonlyMap<string, readonly FrozenLine[]>): boolean {
	return keptControlBalances(db, company.id, accountId, day).every(({ currency, net }) => {
		const lines = byPlace.get(placeKey(accountId, currency === company.currency ? null : currency)) ?? [];
		return lines.reduce((sum, line) => sum + BigInt(line.openMinor), 0n) === net;
	});
}
