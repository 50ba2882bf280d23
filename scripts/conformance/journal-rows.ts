import { parse } from 'csv-parse/sync';
import { isCurrency } from '#shared/kernel/currency.ts';
import { Balances } from './balances.ts';

/** Signs whose currency a person would say with `--commodity`. */
export const COMMODITIES: Readonly<Record<string, string>> = { $: 'USD', '£': 'GBP', '€': 'EUR' };

/** One posting as `hledger print -O csv` writes it. */
export interface JournalRow {
	/** `txnidx`. */
	readonly entryNo: string;
	readonly date: string;
	/** Without the brackets of a virtual posting. */
	readonly account: string;
	readonly isVirtual: boolean;
	readonly amount: string;
	readonly commodity: string;
}

/** The postings of a file that `hledger print -O csv` wrote. */
export function journalRows(csv: string): JournalRow[] {
	if (csv.trim() === '') return [];
	const rows: Record<string, string>[] = parse(csv, { columns: true, relax_column_count: true });
	return rows.map((row) => {
		const account = row['account'] ?? '';
		const bare = /^[([](.*)[)\]]$/.exec(account)?.[1];
		return {
			entryNo: row['txnidx'] ?? '',
			date: row['date'] ?? '',
			account: accountText(bare ?? account),
			isVirtual: bare !== undefined,
			amount: row['amount'] ?? '',
			commodity: row['commodity'] ?? '',
		};
	});
}

/** An account as the books keep its name. */
export function accountText(account: string): string {
	return account.trim().normalize('NFC');
}

/** The currency of a commodity, or null where it is none: a share, an hour, a point. */
export function currencyOf(commodity: string, companyCurrency: string): string | null {
	if (commodity === '') return companyCurrency;
	if (isCurrency(commodity)) return commodity;
	return Object.hasOwn(COMMODITIES, commodity) ? (COMMODITIES[commodity] ?? null) : null;
}

/** The currency of most postings: the one in which a company with this journal would keep its books. */
export function mainCurrency(rows: readonly JournalRow[]): string {
	const counts = new Map<string, number>();
	for (const { commodity } of rows) {
		const currency = commodity === '' ? null : currencyOf(commodity, 'USD');
		if (currency !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1);
	}
	const [most] = [...counts].sort(([, one], [, other]) => other - one);
	return most?.[0] ?? 'USD';
}

/** What the postings add up to at the end of a day, with currencies in place of signs. */
export function sumOfRows(rows: readonly JournalRow[], asOf: string, companyCurrency: string): Balances {
	const sum = new Balances();
	for (const { date, account, commodity, amount } of rows) {
		if (date <= asOf && amount !== '') sum.add(account, currencyOf(commodity, companyCurrency) ?? commodity, amount);
	}
	return sum;
}
