import { type CivilDate, dateParts, dayNumber } from '#shared/kernel/civil-date.ts';
import type { PaymentWay } from './parties.ts';
import { SeededRandom } from './random.ts';
import { SampleBook } from './sample-book.ts';

const SEED = 20_260_101;
// Without O and I, as they would be read for 0 and 1.
const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const RECEIPT_DAYS = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/** What a customer owes or a supplier is owed: one invoice, with what is left of it in minor units. */
export interface OpenItem {
	readonly party: string;
	readonly reference: string;
	readonly invoiceDate: CivilDate;
	readonly dueDate: CivilDate;
	readonly way: PaymentWay;
	/** The day from which it is paid. */
	payFrom: CivilDate;
	/** Still to come in a second payment. */
	paysInTwo: boolean;
	remainingMinor: number;
}

/** The shop as it stands on a day: its books, what is open, and the numbers last given out. */
export interface Shop {
	readonly book: SampleBook;
	readonly random: SeededRandom;
	readonly receivables: OpenItem[];
	readonly payables: OpenItem[];
	readonly lastNumber: { invoice: number; chequeOut: number; deposit: number; creditNote: number; supplierInvoice: number };
	/** Till charges since the last sweep, in minor units. */
	tillChargesMinor: number;
	/** Bank transfers sent since the last bank charges. */
	transfersSent: number;
}

export function newShop(): Shop {
	return {
		book: new SampleBook(),
		random: new SeededRandom(SEED),
		receivables: [],
		payables: [],
		lastNumber: { invoice: 1040, chequeOut: 411, deposit: 5530, creditNote: 30, supplierInvoice: 2100 },
		tillChargesMinor: 0,
		transfersSent: 0,
	};
}

/** A bank's transfer reference: year, day of the year, four characters. */
export function transferReference(shop: Shop, date: CivilDate): string {
	const { year } = dateParts(date);
	const dayOfYear = dayNumber(date) - dayNumber(`${year}-01-01`) + 1;
	return `FT${year % 100}${String(dayOfYear).padStart(3, '0')}${shop.random.text(4, CODE_CHARACTERS)}`;
}

/** A mobile-money receipt: a letter of the year (U for 2026) and of the month, a character of the day, seven more. */
export function receiptCode(shop: Shop, date: CivilDate): string {
	const { year, month, day } = dateParts(date);
	const letter = (index: number) => String.fromCharCode(65 + index);
	return `${letter(year - 2006)}${letter(month - 1)}${RECEIPT_DAYS.charAt(day)}${shop.random.text(7, CODE_CHARACTERS)}`;
}

export function nextCheque(shop: Shop): string {
	shop.lastNumber.chequeOut += 1;
	return `CHQ ${String(shop.lastNumber.chequeOut).padStart(6, '0')}`;
}
