import { addDays, type CivilDate, dateParts } from '#shared/kernel/civil-date.ts';
import { ACCOUNTS } from './accounts.ts';
import { roundedDown, share, shillings, VAT_BASIS_POINTS, wholeQuotient, withoutVat } from './amounts.ts';
import { isBankingDay, isBankingDayFrom, nextBankingDay, weekday } from './calendar.ts';
import { CUSTOMERS, type PaymentWay } from './parties.ts';
import { credit, debit } from './sample-book.ts';
import { type OpenItem, receiptCode, type Shop, transferReference } from './shop.ts';

/** The till costs 0.55 % of a receipt, 200 shillings at most. */
const TILL_CHARGE_BASIS_POINTS = 55;
const TILL_CHARGE_MOST = shillings(200);
/** Trade by month, in percent of a usual one: quiet after the holidays, better towards Easter. */
const MONTH_PERCENT: Readonly<Record<number, number>> = { 1: 95, 2: 101, 3: 107 };
/** Trade by weekday from Sunday on. */
const WEEKDAY_PERCENT: readonly number[] = [0, 88, 96, 95, 98, 108, 124];
/** The days on which credit customers are delivered to; with 12 customers each gets one a month. */
const DELIVERY_DAYS: readonly number[] = [3, 5, 7, 9, 10, 13, 14, 16, 19, 21, 23, 26];

/** Whole shillings around `usual` (give or take a fifth), moved by the month and the weekday, as minor units. */
function dayAmount(shop: Shop, date: CivilDate, usual: number): number {
	const around = wholeQuotient(usual * shop.random.between(800, 1_200), 1_000);
	const percent = (MONTH_PERCENT[dateParts(date).month] ?? 100) * (WEEKDAY_PERCENT[weekday(date)] ?? 100);
	return shillings(roundedDown(wholeQuotient(around * percent, 10_000), 10));
}

/** The day's counter sales: one entry for the till roll (cash and card), one for each mobile-money receipt. */
export function postCounterSales(shop: Shop, date: CivilDate): void {
	const cashMinor = dayAmount(shop, date, 27_500);
	const cardMinor = dayAmount(shop, date, 14_500);
	const roll = `Z${date.slice(2).replaceAll('-', '')}`;
	const netMinor = withoutVat(cashMinor + cardMinor);
	shop.book.post(date, `Counter sales, cash and card, till roll ${roll}`, [
		debit(ACCOUNTS.cash, cashMinor, { reference: roll }),
		debit(ACCOUNTS.cardClearing, cardMinor, { reference: roll }),
		credit(ACCOUNTS.retailSales, netMinor, { reference: roll }),
		credit(ACCOUNTS.vatOutput, cashMinor + cardMinor - netMinor, { reference: roll }),
	]);
	const receipts = shop.random.chance(20) ? 2 : 1;
	for (let receipt = 0; receipt < receipts; receipt++) {
		const grossMinor = dayAmount(shop, date, 29_000);
		const reference = receiptCode(shop, date);
		const saleMinor = withoutVat(grossMinor);
		shop.book.post(date, `Counter sale by M-Pesa ${reference}`, [
			debit(ACCOUNTS.mobileMoney, grossMinor, { reference }),
			credit(ACCOUNTS.retailSales, saleMinor, { reference }),
			credit(ACCOUNTS.vatOutput, grossMinor - saleMinor, { reference }),
		]);
		addTillCharge(shop, grossMinor);
	}
}

/** The credit invoices of the day, each due after the customer's term. */
export function postCreditSales(shop: Shop, date: CivilDate): void {
	const { month } = dateParts(date);
	for (const [index, day] of DELIVERY_DAYS.entries()) {
		if (!isBankingDayFrom(date, day)) continue;
		// The round starts with another customer each month.
		const customer = CUSTOMERS[(index + 5 * month) % CUSTOMERS.length];
		if (!customer) continue;
		shop.lastNumber.invoice += 1;
		const reference = `INV-${shop.lastNumber.invoice}`;
		const around = wholeQuotient(customer.usualOrder * shop.random.between(82, 118) * (MONTH_PERCENT[month] ?? 100), 10_000);
		const netMinor = shillings(roundedDown(around, 25));
		const vatMinor = share(netMinor, VAT_BASIS_POINTS);
		const dueDate = addDays(date, customer.termDays);
		shop.book.post(date, `Invoice ${reference} to ${customer.name}`, [
			debit(ACCOUNTS.receivables, netMinor + vatMinor, { party: customer.name, reference, dueDate }),
			credit(ACCOUNTS.wholesaleSales, netMinor, { reference }),
			credit(ACCOUNTS.vatOutput, vatMinor, { reference }),
		]);
		const payFrom = nextBankingDay(addDays(dueDate, Math.max(0, customer.lateDays + shop.random.between(-1, 3))));
		shop.receivables.push({
			party: customer.name,
			reference,
			invoiceDate: date,
			dueDate,
			way: customer.way,
			payFrom,
			paysInTwo: customer.paysInTwo ?? false,
			remainingMinor: netMinor + vatMinor,
		});
	}
}

/** Once a month one customer returns a part of the latest delivery, against its invoice. */
export function postCreditNote(shop: Shop, date: CivilDate): void {
	const item = shop.receivables.findLast((open) => open.invoiceDate < date);
	if (!isBankingDayFrom(date, 18) || !item) return;
	shop.lastNumber.creditNote += 1;
	const note = `CN-0${shop.lastNumber.creditNote}`;
	const netMinor = shillings(shop.random.between(16, 44) * 125);
	const vatMinor = share(netMinor, VAT_BASIS_POINTS);
	shop.book.post(date, `Credit note ${note} to ${item.party}, broken in delivery`, [
		debit(ACCOUNTS.salesReturns, netMinor, { reference: note }),
		debit(ACCOUNTS.vatOutput, vatMinor, { reference: note }),
		credit(ACCOUNTS.receivables, netMinor + vatMinor, { party: item.party, reference: item.reference, memo: note }),
	]);
	item.remainingMinor -= netMinor + vatMinor;
}

/** What customers pay on the day, each invoice by the customer's own way. */
export function postCustomerPayments(shop: Shop, date: CivilDate): void {
	if (!isBankingDay(date)) return;
	for (const item of shop.receivables.filter((open) => open.remainingMinor > 0 && open.payFrom <= date)) {
		const amountMinor = item.paysInTwo ? roundedDown(wholeQuotient(item.remainingMinor, 2), shillings(1)) : item.remainingMinor;
		const { account, reference, how } = paidInto(shop, date, item.way);
		const part = item.paysInTwo ? ', first part' : '';
		shop.book.post(date, `${how} from ${item.party} for ${item.reference}${part}`, [
			debit(account, amountMinor, { reference, memo: `${item.party} ${item.reference}` }),
			credit(ACCOUNTS.receivables, amountMinor, { party: item.party, reference: item.reference }),
		]);
		if (account === ACCOUNTS.mobileMoney) addTillCharge(shop, amountMinor);
		settle(item, amountMinor, date);
	}
}

function settle(item: OpenItem, amountMinor: number, date: CivilDate): void {
	item.remainingMinor -= amountMinor;
	if (!item.paysInTwo) return;
	item.paysInTwo = false;
	item.payFrom = nextBankingDay(addDays(date, 14));
}

function paidInto(shop: Shop, date: CivilDate, way: PaymentWay): { readonly account: string; readonly reference: string; readonly how: string } {
	switch (way) {
		case 'TRANSFER':
			return { account: ACCOUNTS.bank, reference: transferReference(shop, date), how: 'Transfer' };
		case 'CHEQUE':
			return { account: ACCOUNTS.bank, reference: `CHQ ${shop.random.between(100_200, 989_800)}`, how: 'Cheque' };
		case 'MOBILE_MONEY':
			return { account: ACCOUNTS.mobileMoney, reference: receiptCode(shop, date), how: 'M-Pesa' };
	}
}

function addTillCharge(shop: Shop, grossMinor: number): void {
	shop.tillChargesMinor += Math.min(TILL_CHARGE_MOST, share(grossMinor, TILL_CHARGE_BASIS_POINTS));
}
