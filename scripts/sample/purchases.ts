import { addDays, type CivilDate } from '#shared/kernel/civil-date.ts';
import { ACCOUNTS } from './accounts.ts';
import { roundedDown, share, shillings, VAT_BASIS_POINTS, wholeQuotient, withoutVat } from './amounts.ts';
import { isBankingDay, isBankingDayFrom, monthName, nextBankingDay, weekday } from './calendar.ts';
import { GOODS_SUPPLIERS, type PaymentWay, SERVICE_SUPPLIERS } from './parties.ts';
import { credit, debit } from './sample-book.ts';
import { nextCheque, type OpenItem, receiptCode, type Shop, transferReference } from './shop.ts';
import { keyedMinor } from './statements-untidiness.ts';

function nextSupplierReference(shop: Shop, prefix: string): string {
	shop.lastNumber.supplierInvoice += shop.random.between(1, 4);
	return `${prefix}-${shop.lastNumber.supplierInvoice}`;
}

interface PurchaseInvoice {
	readonly party: string;
	readonly prefix: string;
	readonly termDays: number;
	readonly way: OpenItem['way'];
	readonly account: string;
	readonly netMinor: number;
	readonly what: string;
}

function postInvoice(shop: Shop, date: CivilDate, invoice: PurchaseInvoice): void {
	const reference = nextSupplierReference(shop, invoice.prefix);
	const vatMinor = share(invoice.netMinor, VAT_BASIS_POINTS);
	const dueDate = addDays(date, invoice.termDays);
	shop.book.post(date, `${invoice.what}, ${invoice.party} invoice ${reference}`, [
		debit(invoice.account, invoice.netMinor, { reference }),
		debit(ACCOUNTS.vatInput, vatMinor, { reference }),
		credit(ACCOUNTS.payables, invoice.netMinor + vatMinor, { party: invoice.party, reference, dueDate }),
	]);
	shop.payables.push({
		party: invoice.party,
		reference,
		invoiceDate: date,
		dueDate,
		way: invoice.way,
		payFrom: nextBankingDay(dueDate),
		paysInTwo: false,
		remainingMinor: invoice.netMinor + vatMinor,
	});
}

/** Goods and services invoiced to the shop on the day. */
export function postPurchases(shop: Shop, date: CivilDate): void {
	for (const supplier of SERVICE_SUPPLIERS) {
		if (!isBankingDayFrom(date, supplier.invoiceDay)) continue;
		const what = `${supplier.what} for ${monthName(date)}`;
		const netMinor = shillings(supplier.netShillings);
		postInvoice(shop, date, { ...supplier, party: supplier.name, way: 'TRANSFER', account: ACCOUNTS[supplier.account], netMinor, what });
	}
	for (const supplier of GOODS_SUPPLIERS) {
		if (!supplier.deliveryDays.some((day) => isBankingDayFrom(date, day))) continue;
		const around = wholeQuotient(supplier.usualDelivery * shop.random.between(84, 116), 100);
		postInvoice(shop, date, { ...supplier, party: supplier.name, account: ACCOUNTS.inventory, netMinor: shillings(roundedDown(around, 25)), what: 'Goods' });
	}
}

/** Once in the quarter cracked glass goes back to its supplier, against the invoice it came with. */
export function postPurchaseReturn(shop: Shop, date: CivilDate): void {
	const item = shop.payables.findLast((open) => open.party === 'Glass Heron Importers');
	if (date !== '2026-02-17' || !item) return;
	const netMinor = shillings(12_400);
	const vatMinor = share(netMinor, VAT_BASIS_POINTS);
	shop.book.post(date, `Cracked glass returned to ${item.party}`, [
		debit(ACCOUNTS.payables, netMinor + vatMinor, { party: item.party, reference: item.reference, memo: 'Supplier credit note' }),
		credit(ACCOUNTS.inventory, netMinor, { reference: item.reference }),
		credit(ACCOUNTS.vatInput, vatMinor, { reference: item.reference }),
	]);
	item.remainingMinor -= netMinor + vatMinor;
}

/** The payment runs, Tuesdays and Thursdays: everything due, one payment for each supplier. */
export function postSupplierPayments(shop: Shop, date: CivilDate): void {
	if (!isBankingDay(date) || ![2, 4].includes(weekday(date))) return;
	const due = shop.payables.filter((open) => open.remainingMinor > 0 && open.payFrom <= date);
	for (const [party, items] of Map.groupBy(due, (item) => item.party)) {
		const { reference, byCheque } = paymentReference(shop, date, party, items[0]?.way);
		const bookedMinor = (item: OpenItem) => keyedMinor(date, party, item.remainingMinor);
		const totalMinor = items.reduce((sum, item) => sum + bookedMinor(item), 0);
		const invoices = items.map((item) => item.reference).join(' and ');
		shop.book.post(date, `${byCheque ? 'Cheque' : 'Transfer'} to ${party} for ${invoices}`, [
			...items.map((item) => debit(ACCOUNTS.payables, bookedMinor(item), { party, reference: item.reference })),
			credit(ACCOUNTS.bank, totalMinor, { reference, memo: `${party} ${invoices}` }),
		]);
		for (const item of items) item.remainingMinor = 0;
	}
}

function paymentReference(shop: Shop, date: CivilDate, party: string, way: PaymentWay | undefined) {
	if (way === 'CHEQUE') return { reference: nextCheque(shop), byCheque: true };
	// A transfer is made ready in any case; who wants a cheque gets that instead.
	const transfer = transferReference(shop, date);
	shop.transfersSent += 1;
	const byCheque = GOODS_SUPPLIERS.some(({ name, wantsCheques }) => name === party && wantsCheques);
	return { reference: byCheque ? nextCheque(shop) : transfer, byCheque };
}

/** Small running costs paid from the till's mobile money: electricity tokens with VAT, airtime, delivery riders. */
export function postMobileMoneyExpenses(shop: Shop, date: CivilDate): void {
	if (isBankingDayFrom(date, 4) || isBankingDayFrom(date, 17)) {
		const grossMinor = shillings(shop.random.between(72, 98) * 100);
		const netMinor = withoutVat(grossMinor);
		payByMobileMoney(shop, date, 'Electricity tokens', [
			[ACCOUNTS.electricity, netMinor],
			[ACCOUNTS.vatInput, grossMinor - netMinor],
		]);
	}
	if (weekday(date) === 3) payByMobileMoney(shop, date, 'Airtime for the shop phones', [[ACCOUNTS.airtime, shillings(shop.random.between(12, 18) * 100)]]);
	if (weekday(date) === 5) payByMobileMoney(shop, date, 'Delivery riders of the week', [[ACCOUNTS.transport, shillings(shop.random.between(18, 36) * 100)]]);
}

function payByMobileMoney(shop: Shop, date: CivilDate, what: string, costs: readonly (readonly [string, number])[]): void {
	const reference = receiptCode(shop, date);
	const totalMinor = costs.reduce((sum, [, amountMinor]) => sum + amountMinor, 0);
	shop.book.post(date, `${what}, M-Pesa ${reference}`, [
		...costs.map(([account, amountMinor]) => debit(account, amountMinor, { reference })),
		credit(ACCOUNTS.mobileMoney, totalMinor, { reference }),
	]);
}
