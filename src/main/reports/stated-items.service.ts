import { baseOpenMinor, billSign, type ControlAccount, counterpartOf, foreignBases, type OpenItem } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { type AgeBy, type Bucket, bucketIndex, daysOverdue, type ItemKind, type StatedItem } from './outstanding.rules.ts';

export interface Statement {
	readonly accounts: readonly ControlAccount[];
	readonly asOfDay: number;
	readonly ageBy: AgeBy;
	readonly buckets: readonly Bucket[];
	/** Entries up to this number count. */
	readonly throughNo: number;
	readonly kindOf: (item: OpenItem) => ItemKind;
}

/**
 * Open items as a report states them: with age, kind and base amount. What lines in a foreign currency stand at in base beyond their items (realised
 * differences that nobody posted, revaluations, rounding) is one more item of the party, so that all items add up to the control account.
 */
export function statedItems(
	db: ReadDb,
	company: { readonly id: number; readonly currency: string },
	open: readonly OpenItem[],
	statement: Statement,
): StatedItem[] {
	const signs = new Map(statement.accounts.map((account) => [account.id, billSign(account)]));
	const inBase = new Map<string, bigint>();
	const items = open.map((item): StatedItem => {
		const sign = BigInt(signs.get(item.accountId) ?? 1);
		const base = baseOpenMinor(item);
		if (item.currency !== null) {
			const key = placeKey(item.accountId, item.partyId, item.currency);
			inBase.set(key, (inBase.get(key) ?? 0n) + base);
		}
		const days = daysOverdue(item, statement.asOfDay, statement.ageBy);
		return {
			partyId: item.partyId,
			accountId: item.accountId,
			no: item.no,
			lineNo: item.lineNo,
			day: item.day,
			dueDay: item.dueDay,
			reference: item.reference,
			currency: item.currency ?? company.currency,
			amountMinor: sign * BigInt(item.amountMinor),
			openMinor: sign * BigInt(item.openMinor),
			baseOpenMinor: sign * base,
			daysOverdue: days,
			bucket: bucketIndex(days, statement.buckets),
			kind: statement.kindOf(item),
		};
	});
	return [...items, ...exchangeDifferences(db, company.id, statement, inBase)];
}

const placeKey = (accountId: number, partyId: number | null, currency: string): string => `${accountId} ${partyId ?? ''} ${currency}`;

/** What an item is, as the chart says it now; `sign` is that of bills. */
export function itemKind(db: ReadDb, companyId: number, item: OpenItem, sign: 1 | -1): Exclude<ItemKind, 'EXCHANGE_DIFFERENCE'> {
	if (item.openMinor * sign > 0) return 'BILL';
	return counterpartOf(db, companyId, item.no, item.lineNo) === 'RESULT' ? 'CREDIT' : 'ADVANCE';
}

function exchangeDifferences(db: ReadDb, companyId: number, statement: Statement, inBase: ReadonlyMap<string, bigint>): StatedItem[] {
	return statement.accounts.flatMap((account) => {
		const sign = BigInt(billSign(account));
		return foreignBases(db, companyId, account.id, statement.asOfDay, statement.throughNo).flatMap(({ partyId: id, currency, baseMinor }) => {
			const partyId = id === null ? null : Number(id);
			const difference = baseMinor - (inBase.get(placeKey(account.id, partyId, currency)) ?? 0n);
			if (difference === 0n) return [];
			const item: StatedItem = {
				partyId,
				accountId: account.id,
				no: null,
				lineNo: null,
				day: null,
				dueDay: null,
				reference: null,
				currency,
				amountMinor: 0n,
				openMinor: 0n,
				baseOpenMinor: sign * difference,
				daysOverdue: null,
				bucket: bucketIndex(null, statement.buckets),
				kind: 'EXCHANGE_DIFFERENCE',
			};
			return [item];
		});
	});
}
