import { addDays, type CivilDate } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { FIRST_DAY, isTradingDay, LAST_DAY } from './calendar.ts';
import { postMonthEnd } from './month-end.ts';
import { postOpening } from './opening.ts';
import { postMobileMoneyExpenses, postPurchaseReturn, postPurchases, postSupplierPayments } from './purchases.ts';
import { postCounterSales, postCreditNote, postCreditSales, postCustomerPayments } from './sales.ts';
import type { SampleEntry } from './sample-book.ts';
import { newShop, type Shop } from './shop.ts';
import { statementFiles, statementTruth } from './statements.ts';
import { postCalendarPayments, postCardSettlement, postCashBanked, postMobileMoneySweep, postPayday, postPettyCash } from './treasury.ts';

const COMPANY = {
	name: 'Mango Lane Traders (sample)',
	currency: 'KES',
	timezone: 'Africa/Nairobi',
	fiscalYearStart: '01-01',
	chart: 'kenya',
} as const;

const HEADER = 'entry_no,date,account_code,account_name,account_type,party,description,debit,credit,currency,reference,due_date,memo';

/** What the sample needs to know of an account of its chart. */
export interface ChartAccount {
	readonly code: string;
	readonly name: string;
	readonly type: string;
}

function tradeOneDay(shop: Shop, date: CivilDate): void {
	if (isTradingDay(date)) {
		postPettyCash(shop, date);
		postCustomerPayments(shop, date);
		postPurchases(shop, date);
		postPurchaseReturn(shop, date);
		postCreditSales(shop, date);
		postCreditNote(shop, date);
		postCounterSales(shop, date);
		postMobileMoneyExpenses(shop, date);
		postCardSettlement(shop, date);
		postCashBanked(shop, date);
		postMobileMoneySweep(shop, date);
		postSupplierPayments(shop, date);
		postCalendarPayments(shop, date);
		postPayday(shop, date);
	}
	postMonthEnd(shop, date);
}

/** The whole of the sample company's books, opening entry first. */
function sampleEntries(): readonly SampleEntry[] {
	const shop = newShop();
	postOpening(shop);
	for (let date = FIRST_DAY; date <= LAST_DAY; date = addDays(date, 1)) tradeOneDay(shop, date);
	return shop.book.entries;
}

/** The files of `resources/sample/` that are made and not written, by name. `chart` is the chart that COMPANY names. */
export function sampleFiles(chart: readonly ChartAccount[]): ReadonlyMap<string, string> {
	const entries = sampleEntries();
	const [opening, ...journal] = entries;
	return new Map([
		['company.json', `${JSON.stringify(COMPANY, null, '\t')}\n`],
		['opening.csv', csvOf(opening ? [opening] : [], chart)],
		['journal.csv', csvOf(journal, chart)],
		...statementFiles(entries).map(({ name, text }) => [`statements/${name}`, text] as const),
	]);
}

/** What every line of the sample's statements is, for the tests that measure matching by it. */
export function sampleTruth(): string {
	return statementTruth(statementFiles(sampleEntries()));
}

function csvOf(entries: readonly SampleEntry[], chart: readonly ChartAccount[]): string {
	const accounts = new Map(chart.map((account) => [account.code, account]));
	const rows = entries.flatMap((entry) =>
		entry.lines.map((line) => {
			const account = accounts.get(line.account);
			if (!account) throw new Error(`The chart "${COMPANY.chart}" has no account ${line.account}.`);
			const amount = (minor: number) => (minor === 0 ? '' : formatAmount(minor, COMPANY.currency));
			return [
				entry.entryNo,
				entry.date,
				account.code,
				account.name,
				account.type,
				line.party ?? '',
				entry.description,
				amount(line.debitMinor),
				amount(line.creditMinor),
				COMPANY.currency,
				line.reference ?? '',
				line.dueDate ?? '',
				line.memo ?? '',
			];
		}),
	);
	return `${[HEADER, ...rows.map((row) => row.map(quoted).join(','))].join('\n')}\n`;
}

function quoted(field: string): string {
	return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
