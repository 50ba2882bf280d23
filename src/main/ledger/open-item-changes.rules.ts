import { canonicalJson } from '#shared/seal/index.ts';
import type { OpenItem } from './allocation.rules.ts';

/** An open line as a close sealed it: entry, line, and signed minor units (debit positive) where less than the whole line is open. */
export type SealedOpenLine = readonly [no: number, lineNo: number, openMinor?: number];

/** A row of the sealed table `open_items`: what is open of one account, party and currency; lines in order of entry and line. */
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

/** The open items of one account, party and currency with what is known of each, by kind and in order of entry and line. */
export interface OpenItemGroup {
	readonly account: string;
	readonly accountId: number;
	readonly party: string | null;
	readonly partyId: number | null;
	/** null: the company's own. */
	readonly currency: string | null;
	readonly bills: readonly OpenItem[];
	readonly advances: readonly OpenItem[];
	readonly credits: readonly OpenItem[];
}

/** What of a group is sealed: short, for the rest of an item stands in its entry, which is sealed too. */
export function sealedOpenItems({ account, party, currency, bills, advances, credits }: OpenItemGroup, ownCurrency: string): SealedOpenItems {
	return {
		account,
		party,
		currency: currency ?? ownCurrency,
		bills: bills.map(sealedLine),
		advances: advances.map(sealedLine),
		credits: credits.map(sealedLine),
	};
}

function sealedLine({ no, lineNo, amountMinor, openMinor }: OpenItem): SealedOpenLine {
	return openMinor === amountMinor ? [no, lineNo] : [no, lineNo, openMinor];
}

/** What became of a row since the close before: lines that came or are open with another amount, and places of lines that are open no more. */
interface OpenItemChange extends SealedOpenItems {
	readonly gone: readonly SealedOpenLine[];
}

const KINDS = ['bills', 'advances', 'credits'] as const;

/** Which lines an account, party and currency has open. Rows of the company's own currency come before those of others. */
type PlaceOf = Pick<SealedOpenItems, 'account' | 'party' | 'currency'>;

export function openItemsKey({ account, party, currency }: PlaceOf, ownCurrency: string): string {
	return `${account}\u001f${party ?? ''}\u001f${currency === ownCurrency ? '' : currency}`;
}

/** Canonical JSON lines, each ended by one LF: the text that is sealed. */
export function canonicalLines(rows: readonly object[]): string {
	return rows.map((row) => `${canonicalJson(row)}\n`).join('');
}

/** The same text of open items, put together in the order of its keys, because a close writes tens of thousands of lines. */
export function openItemLines(rows: readonly (SealedOpenItems & Partial<OpenItemChange>)[]): string {
	let text = '';
	for (const { account, advances, bills, credits, currency, gone, party } of rows) {
		text += `{"account":${JSON.stringify(account)},"advances":${JSON.stringify(advances)},"bills":${JSON.stringify(bills)},"credits":${JSON.stringify(credits)},`;
		text += `"currency":${JSON.stringify(currency)},${gone === undefined ? '' : `"gone":${JSON.stringify(gone)},`}"party":${JSON.stringify(party)}}\n`;
	}
	return text;
}

/** The rows of such a text. */
export function parseLines<Row>(text: string): Row[] {
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Row);
}

/** What has to be done to `before` to have `after`, as canonical JSON lines. Both in the order of `openItemsKey`. */
export function openItemChanges(before: readonly SealedOpenItems[], after: readonly SealedOpenItems[], ownCurrency: string): string {
	const standing = new Map(before.map((row) => [openItemsKey(row, ownCurrency), row]));
	const changes: OpenItemChange[] = [];
	const note = (one: SealedOpenItems, other: SealedOpenItems): void => {
		const change = changeOf(one, other);
		if ([...KINDS, 'gone' as const].some((list) => change[list].length > 0)) changes.push(change);
	};
	for (const row of after) {
		const key = openItemsKey(row, ownCurrency);
		note(standing.get(key) ?? withoutLines(row), row);
		standing.delete(key);
	}
	for (const row of standing.values()) note(row, withoutLines(row));
	return openItemLines(changes);
}

const withoutLines = ({ account, party, currency }: PlaceOf): SealedOpenItems => ({ account, party, currency, bills: [], advances: [], credits: [] });

function changeOf(before: SealedOpenItems, after: SealedOpenItems): OpenItemChange {
	const gone: SealedOpenLine[] = [];
	const came = KINDS.map((kind) => linesThatCame(before[kind], after[kind], gone));
	const [bills = [], advances = [], credits = []] = came;
	const { account, party, currency } = after;
	return { account, party, currency, bills, advances, credits, gone };
}

/** Both lists are in order of entry and line. A line with another amount came; its place is not gone. */
function linesThatCame(before: readonly SealedOpenLine[], after: readonly SealedOpenLine[], gone: SealedOpenLine[]): SealedOpenLine[] {
	const came: SealedOpenLine[] = [];
	let at = 0;
	for (const line of after) {
		let other = before[at];
		for (; other !== undefined && inOrder(other, line) < 0; other = before[++at]) gone.push([other[0], other[1]]);
		if (other === undefined || inOrder(other, line) > 0) came.push(line);
		else {
			at++;
			if (other[2] !== line[2]) came.push(line);
		}
	}
	for (const [no, lineNo] of before.slice(at)) gone.push([no, lineNo]);
	return came;
}

function inOrder(one: SealedOpenLine, other: SealedOpenLine): number {
	return one[0] - other[0] || one[1] - other[1];
}

interface Standing {
	readonly place: PlaceOf;
	readonly lines: Map<string, { readonly kind: (typeof KINDS)[number]; readonly line: SealedOpenLine }>;
}

/** The text of a sealed table from the whole one that it goes back to and the changes since, oldest first. */
export function openItemsText(whole: string, changes: readonly string[], ownCurrency: string): string {
	const standing = new Map<string, Standing>();
	for (const text of [whole, ...changes]) {
		for (const row of parseLines<SealedOpenItems & Partial<OpenItemChange>>(text)) apply(standing, row, ownCurrency);
	}
	const rows = [...standing].filter(([, { lines }]) => lines.size > 0).sort(([one], [other]) => (one < other ? -1 : 1));
	return openItemLines(rows.map(([, row]) => rowOf(row)));
}

function apply(standing: Map<string, Standing>, row: SealedOpenItems & Partial<OpenItemChange>, ownCurrency: string): void {
	const key = openItemsKey(row, ownCurrency);
	let held = standing.get(key);
	if (!held) {
		held = { place: row, lines: new Map() };
		standing.set(key, held);
	}
	// First: a line that only became of another kind is gone from one list and comes in another.
	for (const [no, lineNo] of row.gone ?? []) held.lines.delete(`${no}/${lineNo}`);
	for (const kind of KINDS) for (const line of row[kind]) held.lines.set(`${line[0]}/${line[1]}`, { kind, line });
}

function rowOf({ place: { account, party, currency }, lines }: Standing): SealedOpenItems {
	const row = { account, party, currency, bills: [] as SealedOpenLine[], advances: [] as SealedOpenLine[], credits: [] as SealedOpenLine[] };
	for (const { kind, line } of lines.values()) row[kind].push(line);
	for (const kind of KINDS) row[kind].sort(inOrder);
	return row;
}
