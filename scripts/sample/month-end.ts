import { type CivilDate, dateParts, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { ACCOUNTS } from './accounts.ts';
import { roundedDown, share, shillings, wholeQuotient } from './amounts.ts';
import { monthName } from './calendar.ts';
import { credit, debit } from './sample-book.ts';
import type { Shop } from './shop.ts';

/** Cost of what was sold as the month's stock count shows it, in basis points of the month's net sales. */
const COST_BASIS_POINTS: Readonly<Record<number, number>> = { 1: 7_080, 2: 7_010, 3: 7_045 };
/** What the drawer's count differs from the books, in shillings. */
const COUNT_DIFFERENCE: Readonly<Record<number, number>> = { 1: -150, 2: 60, 3: -200 };
/** Cost in shillings and yearly rate in basis points of what is written off in equal parts. */
const ASSETS = [
	{ account: ACCOUNTS.vehiclesDepreciation, what: 'delivery van', cost: 1_950_000, from: '2026-01', rate: 2_500 },
	{ account: ACCOUNTS.furnitureDepreciation, what: 'furniture and fittings', cost: 624_000, from: '2026-01', rate: 1_250 },
	{ account: ACCOUNTS.computersDepreciation, what: 'computers', cost: 240_000, from: '2026-01', rate: 3_000 },
	{ account: ACCOUNTS.computersDepreciation, what: 'stock computer', cost: 64_000, from: '2026-02', rate: 3_000 },
] as const;

/** Everything booked on the month's last day: cash count, insurance, depreciation, cost of sales, VAT. */
export function postMonthEnd(shop: Shop, date: CivilDate): void {
	if (date !== lastOfMonth(date)) return;
	const month = monthName(date);
	const reference = `ME-${date.slice(0, 7)}`;
	postCashCount(shop, date, reference);
	shop.book.post(date, `Insurance of ${month}`, [
		debit(ACCOUNTS.insurance, shillings(9_000), { reference }),
		credit(ACCOUNTS.prepaidInsurance, shillings(9_000), { reference }),
	]);
	const parts = ASSETS.filter(({ from }) => from <= date).map(({ account, what, cost, rate }) => ({
		account,
		what,
		amountMinor: wholeQuotient(shillings(cost) * rate, 120_000),
	}));
	shop.book.post(date, `Depreciation of ${month}`, [
		...parts.map(({ what, amountMinor }) => debit(ACCOUNTS.depreciation, amountMinor, { reference, memo: what })),
		...parts.map(({ account, what, amountMinor }) => credit(account, amountMinor, { reference, memo: what })),
	]);
	const soldMinor = netSalesMinor(shop, date);
	const costMinor = roundedDown(share(soldMinor, COST_BASIS_POINTS[dateParts(date).month] ?? 7_000), shillings(1));
	shop.book.post(date, `Cost of goods sold in ${month}, from the stock count`, [
		debit(ACCOUNTS.costOfSales, costMinor, { reference }),
		credit(ACCOUNTS.inventory, costMinor, { reference }),
	]);
	postVatReturn(shop, date);
}

function postCashCount(shop: Shop, date: CivilDate, reference: string): void {
	const difference = shillings(COUNT_DIFFERENCE[dateParts(date).month] ?? 0);
	if (difference === 0) return;
	const amountMinor = Math.abs(difference);
	const lines =
		difference < 0
			? [debit(ACCOUNTS.cashOverShort, amountMinor, { reference }), credit(ACCOUNTS.cash, amountMinor, { reference })]
			: [debit(ACCOUNTS.cash, amountMinor, { reference }), credit(ACCOUNTS.cashOverShort, amountMinor, { reference })];
	shop.book.post(date, `Cash counted, ${difference < 0 ? 'short' : 'over'}`, lines);
}

/** VAT of the month is brought together in one account, to be paid on the 20th of the next. */
function postVatReturn(shop: Shop, date: CivilDate): void {
	const outputMinor = -shop.book.balanceMinor(ACCOUNTS.vatOutput);
	const inputMinor = shop.book.balanceMinor(ACCOUNTS.vatInput);
	const reference = `VAT-${date.slice(0, 7)}`;
	shop.book.post(date, `VAT return of ${monthName(date)}`, [
		debit(ACCOUNTS.vatOutput, outputMinor, { reference }),
		credit(ACCOUNTS.vatInput, inputMinor, { reference }),
		credit(ACCOUNTS.vatDue, outputMinor - inputMinor, { reference }),
	]);
}

/** Sales less returns of the month of `date`, in minor units. */
function netSalesMinor(shop: Shop, date: CivilDate): number {
	const accounts: readonly string[] = [ACCOUNTS.retailSales, ACCOUNTS.wholesaleSales, ACCOUNTS.salesReturns];
	return shop.book.entries
		.filter((entry) => entry.date.slice(0, 7) === date.slice(0, 7))
		.flatMap((entry) => entry.lines)
		.filter((line) => accounts.includes(line.account))
		.reduce((sum, line) => sum + line.creditMinor - line.debitMinor, 0);
}
