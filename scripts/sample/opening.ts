import { addDays, type CivilDate } from '#shared/kernel/civil-date.ts';
import { ACCOUNTS } from './accounts.ts';
import { shillings } from './amounts.ts';
import { nextBankingDay, OPENING_DAY } from './calendar.ts';
import { CUSTOMERS, GOODS_SUPPLIERS, type PaymentWay } from './parties.ts';
import { payrollOf } from './payroll.ts';
import { credit, debit, type SampleLine } from './sample-book.ts';
import type { OpenItem, Shop } from './shop.ts';

/** Invoices open on the opening day: party, reference, invoice date, gross shillings. */
const OPEN_SALES: readonly (readonly [string, string, CivilDate, number])[] = [
	['Lantern Hill School Kitchen', 'INV-0987', '2025-11-05', 87_000],
	['Tin Elephant Hotel', 'INV-1021', '2025-12-03', 194_880],
	['Seventh Spoon Catering', 'INV-1024', '2025-12-05', 139_200],
	['Cloudberry Event Hire', 'INV-1026', '2025-12-09', 122_960],
	['Blue Ladder Homeware', 'INV-1028', '2025-12-11', 122_960],
	['Quiet Drum Guesthouse', 'INV-1030', '2025-12-12', 109_040],
	['Umbrella Tree Lodge', 'INV-1032', '2025-12-15', 178_640],
	['Marble Kettle Restaurant', 'INV-1034', '2025-12-17', 99_760],
	['Clockwork Loaf Bakery', 'INV-1036', '2025-12-19', 84_680],
	['Half Moon Canteen', 'INV-1038', '2025-12-22', 67_280],
	['Paper Giraffe Café', 'INV-1040', '2025-12-29', 51_040],
];

const OPEN_PURCHASES: readonly (readonly [string, string, CivilDate, number])[] = [
	['Ironwood Pot Makers', 'IPM-2071', '2025-12-05', 87_000],
	['Rainbarrel Plastics', 'RBP-2076', '2025-12-08', 290_000],
	['Glass Heron Importers', 'GHI-2080', '2025-12-11', 225_040],
	['Polished Penguin Supplies', 'PPS-2084', '2025-12-13', 88_160],
	['Ironwood Pot Makers', 'IPM-2089', '2025-12-19', 636_840],
	['Rainbarrel Plastics', 'RBP-2093', '2025-12-22', 303_920],
	['Woven Moon Basketry', 'WMB-2096', '2025-12-23', 136_880],
	['Glass Heron Importers', 'GHI-2100', '2025-12-27', 233_160],
];

interface Terms {
	readonly name: string;
	readonly termDays: number;
	readonly way: PaymentWay;
	readonly lateDays?: number;
	readonly paysInTwo?: boolean;
}

function openItem(terms: readonly Terms[], [party, reference, invoiceDate, gross]: readonly [string, string, CivilDate, number]): OpenItem {
	const of = terms.find(({ name }) => name === party);
	if (!of) throw new Error(`${party} is no party of the sample`);
	const dueDate = addDays(invoiceDate, of.termDays);
	// The school pays its invoice of November only after the half term, so that one item is truly old.
	const payFrom = reference === 'INV-0987' ? '2026-02-24' : nextBankingDay(addDays(dueDate, of.lateDays ?? 0));
	return { party, reference, invoiceDate, dueDate, way: of.way, payFrom, paysInTwo: of.paysInTwo ?? false, remainingMinor: shillings(gross) };
}

function controlDetail(item: OpenItem) {
	return { party: item.party, reference: item.reference, dueDate: item.dueDate, memo: `Invoice of ${item.invoiceDate}` };
}

/** Posts what the company owns and owes at the end of 2025; retained earnings are what makes it balance. */
export function postOpening(shop: Shop): void {
	shop.receivables.push(...OPEN_SALES.map((sale) => openItem(CUSTOMERS, sale)));
	shop.payables.push(...OPEN_PURCHASES.map((purchase) => openItem(GOODS_SUPPLIERS, purchase)));
	const december = payrollOf(OPENING_DAY);
	const lines: SampleLine[] = [
		debit(ACCOUNTS.cash, shillings(23_850)),
		debit(ACCOUNTS.pettyCash, shillings(6_420)),
		debit(ACCOUNTS.bank, 168_413_560),
		debit(ACCOUNTS.mobileMoney, 8_627_240),
		debit(ACCOUNTS.cardClearing, shillings(16_900), { memo: 'Card sales of 2025-12-31' }),
		...shop.receivables.map((item) => debit(ACCOUNTS.receivables, item.remainingMinor, controlDetail(item))),
		debit(ACCOUNTS.inventory, shillings(3_412_000)),
		debit(ACCOUNTS.prepaidInsurance, shillings(108_000), { memo: 'Shop and vehicle cover of 2026' }),
		debit(ACCOUNTS.deposits, shillings(225_000), { memo: 'Rent deposit, three months' }),
		debit(ACCOUNTS.vehicles, shillings(1_950_000)),
		credit(ACCOUNTS.vehiclesDepreciation, shillings(780_000)),
		debit(ACCOUNTS.furniture, shillings(624_000)),
		credit(ACCOUNTS.furnitureDepreciation, shillings(195_000)),
		debit(ACCOUNTS.computers, shillings(240_000)),
		credit(ACCOUNTS.computersDepreciation, shillings(102_000)),
		...shop.payables.map((item) => credit(ACCOUNTS.payables, item.remainingMinor, controlDetail(item))),
		credit(ACCOUNTS.vatDue, shillings(124_310), { memo: 'VAT of December 2025' }),
		credit(ACCOUNTS.paye, december.payeMinor, { memo: 'December 2025' }),
		credit(ACCOUNTS.nssf, december.nssfMinor, { memo: 'December 2025' }),
		credit(ACCOUNTS.shif, december.shifMinor, { memo: 'December 2025' }),
		credit(ACCOUNTS.housingLevy, december.housingLevyMinor, { memo: 'December 2025' }),
		credit(ACCOUNTS.trainingLevy, december.trainingLevyMinor, { memo: 'December 2025' }),
		credit(ACCOUNTS.loan, shillings(1_200_000)),
		credit(ACCOUNTS.capital, shillings(3_000_000)),
	];
	const earningsMinor = lines.reduce((sum, line) => sum + line.debitMinor - line.creditMinor, 0);
	shop.book.post(OPENING_DAY, 'Opening balances', [...lines, credit(ACCOUNTS.retainedEarnings, earningsMinor)]);
}
