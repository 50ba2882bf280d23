import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { civilDate, dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount, formatMinor } from '#shared/kernel/money.ts';
import { billSign, type ControlAccount, controlAccounts, listPartyRows, type OpenItem, openItemsAt } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { sumsBetween } from './balances.service.ts';
import { type Bucket, bucketsOf, DEFAULT_BUCKETS, type ItemKind, type ItemTotals, type StatedItem, statementsOf, totalsOf } from './outstanding.rules.ts';
import { itemKind, statedItems } from './stated-items.service.ts';
import { addSums, type SumsByAccount, sumsOf } from './sums.rules.ts';

type Input = Omit<InputOf<ReportsContract['outstanding']>, 'companyId'>;
export type Outstanding = OutputOf<ReportsContract['outstanding']>;
type ItemView = Outstanding['parties'][number]['items'][number];

/**
 * Open receivables or payables by party and age at the end of a day; amounts are above zero where the side grows. The items add up to the control
 * accounts, to the last unit; `control.agrees` says that they were compared. Refuses INPUT_INVALID.
 */
export function outstanding(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): Outstanding {
	const asOf = civilDate(input.asOf);
	const asOfDay = dayNumber(asOf);
	const ageBy = input.ageBy ?? 'due';
	const lastDays = input.buckets ?? DEFAULT_BUCKETS;
	const buckets = bucketsOf(lastDays);
	const accounts = controlAccounts(db, company.id).filter(({ subtype }) => subtype === SUBTYPES[input.side]);
	const open = openItemsAt(db, company, { accounts, day: asOfDay });
	const signs = new Map(accounts.map((account) => [account.id, billSign(account)]));
	const kindOf = (item: OpenItem): ItemKind => itemKind(db, company.id, item, signs.get(item.accountId) ?? 1);
	const items = statedItems(db, company, open, { accounts, asOfDay, ageBy, buckets, throughNo: Number.MAX_SAFE_INTEGER, kindOf });
	const names = new Map(listPartyRows(db, company.id).map((party) => [party.id, party.name]));
	const totals = totalsOf(items, buckets.length);
	const view = itemViews(company, accounts, buckets);
	return {
		side: input.side,
		asOf,
		ageBy,
		currency: company.currency,
		...totalsView(company, totals, buckets),
		control: controlOf(db, company, accounts, asOf, items, totals),
		parties: statementsOf(items, (partyId) => names.get(partyId) ?? '', buckets.length).map((statement) => ({
			party: statement.name,
			...totalsView(company, statement.totals, buckets),
			items: statement.items.map(view),
		})),
	};
}

const SUBTYPES = { receivable: 'RECEIVABLE', payable: 'PAYABLE' } as const;

function totalsView(company: Company, { baseOpenMinor, buckets: sums, currencies }: ItemTotals, buckets: readonly Bucket[]) {
	return {
		total: formatMinor(baseOpenMinor, company.decimals),
		buckets: buckets.map((bucket, index) => ({ ...bucket, amount: formatMinor(sums[index] ?? 0n, company.decimals) })),
		currencies: currencies.map((sum) => ({
			currency: sum.currency,
			total: formatAmount(sum.openMinor, sum.currency),
			baseTotal: formatMinor(sum.baseOpenMinor, company.decimals),
		})),
	};
}

function itemViews(company: Company, accounts: readonly ControlAccount[], buckets: readonly Bucket[]): (item: StatedItem) => ItemView {
	const codes = new Map(accounts.map(({ id, code }) => [id, code]));
	const dates = new Map<number, string>();
	// Many items share a day.
	const dateOf = (day: number | null): string | null => {
		if (day === null) return null;
		let date = dates.get(day);
		if (date === undefined) {
			date = fromDayNumber(day);
			dates.set(day, date);
		}
		return date;
	};
	return (item) => ({
		no: item.no,
		lineNo: item.lineNo,
		date: dateOf(item.day),
		dueDate: dateOf(item.dueDay),
		reference: item.reference,
		kind: item.kind,
		code: codes.get(item.accountId) ?? '',
		currency: item.currency,
		amount: formatAmount(item.amountMinor, item.currency),
		open: formatAmount(item.openMinor, item.currency),
		baseOpen: formatMinor(item.baseOpenMinor, company.decimals),
		daysOverdue: item.daysOverdue,
		bucket: buckets[item.bucket]?.label ?? '',
	});
}

/** What the control accounts stand at, and whether the items add up to it in each currency and in base. */
function controlOf(
	db: ReadDb,
	company: Company,
	accounts: readonly ControlAccount[],
	asOf: string,
	items: readonly StatedItem[],
	totals: ItemTotals,
): Outstanding['control'] {
	const kept = sumsBetween(db, company, { start: null, end: asOf, withoutClosings: null, recompute: false });
	const stated: SumsByAccount = new Map();
	for (const { accountId, currency, openMinor, baseOpenMinor } of items) {
		addSums(stated, accountId, { currency, debit: openMinor, credit: 0n, baseDebit: baseOpenMinor, baseCredit: 0n });
	}
	let balance = 0n;
	let agrees = true;
	for (const account of accounts) {
		const sign = BigInt(billSign(account));
		const currencies = new Set([...(kept.get(account.id) ?? []), ...(stated.get(account.id) ?? [])].map(({ currency }) => currency));
		for (const currency of currencies) {
			const book = sumsOf(kept, account.id, currency);
			const own = sumsOf(stated, account.id, currency);
			balance += sign * (book.baseDebit - book.baseCredit);
			if (own.debit !== sign * (book.debit - book.credit) || own.baseDebit !== sign * (book.baseDebit - book.baseCredit)) agrees = false;
		}
	}
	return { balance: formatMinor(balance, company.decimals), agrees: agrees && balance === totals.baseOpenMinor };
}
