import { AppError } from '#shared/kernel/app-error.ts';

/** Days overdue at which a bucket ends, where nobody says otherwise. */
export const DEFAULT_BUCKETS: readonly number[] = [30, 60, 90];

/** What an item ages from: its due date (its own date where it has none), or its own date. */
export type AgeBy = 'due' | 'entry';

/** An age class. `not due` has no days; the last one has no end. */
export interface Bucket {
	readonly label: string;
	readonly fromDays: number | null;
	readonly toDays: number | null;
}

/** The age classes of some last days: what is not due, 0-30, 31-60, …, over 90. Refuses INPUT_INVALID unless they rise from above zero. */
export function bucketsOf(lastDays: readonly number[]): Bucket[] {
	if (lastDays.length === 0 || lastDays.some((days, index) => days <= (lastDays[index - 1] ?? 0))) {
		throw new AppError('INPUT_INVALID', `Age classes end at rising numbers of days above zero such as 30,60,90, not "${lastDays.join(',')}".`, {
			buckets: lastDays,
		});
	}
	const last = lastDays.at(-1) ?? 0;
	return [
		{ label: 'not due', fromDays: null, toDays: null },
		...lastDays.map((toDays, index) => {
			const fromDays = index === 0 ? 0 : (lastDays[index - 1] ?? 0) + 1;
			return { label: `${fromDays}-${toDays}`, fromDays, toDays };
		}),
		{ label: `over ${last}`, fromDays: last + 1, toDays: null },
	];
}

/** Days from an item's due day (or own day) to the day of the report; below zero: not due yet. */
export function daysOverdue(item: { readonly day: number; readonly dueDay: number | null }, asOfDay: number, ageBy: AgeBy): number {
	return asOfDay - (ageBy === 'due' ? (item.dueDay ?? item.day) : item.day);
}

/** The place of an age in its age classes; null (an exchange difference, which is due on no day) counts as not due. */
export function bucketIndex(days: number | null, buckets: readonly Bucket[]): number {
	if (days === null || days < 0) return 0;
	const index = buckets.findIndex(({ fromDays, toDays }) => fromDays !== null && (toDays === null || days <= toDays));
	return index < 0 ? buckets.length - 1 : index;
}

/** What an item is: a bill, money without a bill, a credit note or another credit, or what rates changed that belongs to no one bill. */
export type ItemKind = 'BILL' | 'ADVANCE' | 'CREDIT' | 'EXCHANGE_DIFFERENCE';

/** An open item. Amounts in minor units, above zero where the side grows: what customers owe us, what we owe suppliers. */
export interface StatedItem {
	readonly partyId: number | null;
	readonly accountId: number;
	/** null, like line and days, for an exchange difference. */
	readonly no: number | null;
	readonly lineNo: number | null;
	readonly day: number | null;
	readonly dueDay: number | null;
	readonly reference: string | null;
	readonly currency: string;
	readonly amountMinor: bigint;
	readonly openMinor: bigint;
	readonly baseOpenMinor: bigint;
	readonly daysOverdue: number | null;
	readonly bucket: number;
	readonly kind: ItemKind;
}

export interface CurrencyTotal {
	readonly currency: string;
	readonly openMinor: bigint;
	readonly baseOpenMinor: bigint;
}

export interface PartyStatement {
	readonly partyId: number | null;
	readonly name: string;
	readonly items: readonly StatedItem[];
	readonly totals: ItemTotals;
}

export interface ItemTotals {
	readonly baseOpenMinor: bigint;
	/** In base, in order of the age classes. */
	readonly buckets: readonly bigint[];
	/** In order of currency. */
	readonly currencies: readonly CurrencyTotal[];
}

export const NO_PARTY = '(none)';

/** Items by party, in order of name; items oldest first, an exchange difference last. */
export function statementsOf(items: readonly StatedItem[], nameOf: (partyId: number) => string, bucketCount: number): PartyStatement[] {
	const byParty = new Map<number | null, StatedItem[]>();
	for (const item of items) {
		const standing = byParty.get(item.partyId);
		if (standing) standing.push(item);
		else byParty.set(item.partyId, [item]);
	}
	return [...byParty]
		.map(([partyId, own]) => ({
			partyId,
			name: partyId === null ? NO_PARTY : nameOf(partyId),
			items: own.sort(oldestFirst),
			totals: totalsOf(own, bucketCount),
		}))
		.sort((one, other) => compare(one.name, other.name) || (one.partyId ?? 0) - (other.partyId ?? 0));
}

function oldestFirst(one: StatedItem, other: StatedItem): number {
	const last = Number.MAX_SAFE_INTEGER;
	const byDate = (one.day ?? last) - (other.day ?? last) || (one.no ?? last) - (other.no ?? last) || (one.lineNo ?? 0) - (other.lineNo ?? 0);
	return byDate || one.accountId - other.accountId || compare(one.currency, other.currency);
}

/** Order by code units: the same on every machine, whatever its language. */
function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

export function totalsOf(items: readonly StatedItem[], bucketCount: number): ItemTotals {
	const buckets = Array.from({ length: bucketCount }, () => 0n);
	const currencies = new Map<string, CurrencyTotal>();
	let baseOpenMinor = 0n;
	for (const item of items) {
		baseOpenMinor += item.baseOpenMinor;
		buckets[item.bucket] = (buckets[item.bucket] ?? 0n) + item.baseOpenMinor;
		const { currency } = item;
		const sums = currencies.get(currency);
		currencies.set(currency, {
			currency,
			openMinor: (sums?.openMinor ?? 0n) + item.openMinor,
			baseOpenMinor: (sums?.baseOpenMinor ?? 0n) + item.baseOpenMinor,
		});
	}
	return { baseOpenMinor, buckets, currencies: [...currencies.values()].sort((one, other) => compare(one.currency, other.currency)) };
}
