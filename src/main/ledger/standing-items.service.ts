import { deflateSync, inflateSync } from 'node:zlib';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { OpenItemGroup } from './open-item-changes.rules.ts';
import type { OpenItem } from './allocation.rules.ts';
import { replaceStandingContent, standingContent } from './open-items.queries.ts';

type StandingItem = readonly [
	no: number,
	lineNo: number,
	day: number,
	dueDay: number | null,
	reference: string | null,
	amountMinor: number,
	baseMinor: number,
	openMinor: number,
];

interface StandingRow extends Omit<OpenItemGroup, 'bills' | 'advances' | 'credits'> {
	readonly bills: readonly StandingItem[];
	readonly advances: readonly StandingItem[];
	readonly credits: readonly StandingItem[];
}

/** Written at every close: the quickest. */
const LEVEL = 1;

/**
 * What a close found open, as the next one needs it: without it each open line and its entry would be looked up again at every close.
 * Whoever reads it compares it with what was sealed.
 */
export function keepStandingItems(tx: WriteTx, companyId: number, closeId: number, groups: readonly OpenItemGroup[]): void {
	const rows = groups.map(
		(group): StandingRow => ({ ...group, bills: group.bills.map(stored), advances: group.advances.map(stored), credits: group.credits.map(stored) }),
	);
	replaceStandingContent(tx, companyId, closeId, deflateSync(JSON.stringify(rows), { level: LEVEL }));
}

function stored({ no, lineNo, day, dueDay, reference, amountMinor, baseMinor, openMinor }: OpenItem): StandingItem {
	return [no, lineNo, day, dueDay, reference, amountMinor, baseMinor, openMinor];
}

/** undefined where the close has none at hand, or what is there can't be read any more. */
export function standingItems(db: ReadDb, companyId: number, closeId: number): OpenItemGroup[] | undefined {
	const content = standingContent(db, companyId, closeId);
	if (content === undefined) return undefined;
	try {
		return (JSON.parse(inflateSync(content).toString('utf8')) as StandingRow[]).map((row): OpenItemGroup => {
			const item = ([no, lineNo, day, dueDay, reference, amountMinor, baseMinor, openMinor]: StandingItem): OpenItem => {
				const { accountId, partyId, currency } = row;
				return { no, lineNo, day, dueDay, reference, amountMinor, openMinor, accountId, partyId, currency, baseMinor };
			};
			return { ...row, bills: row.bills.map(item), advances: row.advances.map(item), credits: row.credits.map(item) };
		});
	} catch {
		return undefined;
	}
}
