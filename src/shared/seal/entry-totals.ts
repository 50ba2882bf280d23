import type { SealedEntry } from './entry-text.ts';
import { RunningSum } from './running-sum.ts';

/** Sums of one currency over the entries of a period, in minor units. */
export interface CurrencyTotals {
	journalCount: number;
	lineCount: number;
	readonly debit: RunningSum;
	readonly credit: RunningSum;
	readonly baseDebit: RunningSum;
	readonly baseCredit: RunningSum;
}

/** Sums of one account in one currency; the closing sums are signed, debit positive, and cover the entries of source CLOSING alone. */
export interface AccountTotals {
	/** The account's ref. */
	readonly account: string;
	readonly currency: string;
	readonly debit: RunningSum;
	readonly credit: RunningSum;
	readonly baseDebit: RunningSum;
	readonly baseCredit: RunningSum;
	readonly closing: RunningSum;
	readonly baseClosing: RunningSum;
	/** An entry that has a line of it, to name it by. */
	readonly firstEntryNo: number;
}

/** The figures that follow from the entries of a period, in memory that grows with accounts and not with entries. */
export class EntryTotals {
	readonly byCurrency = new Map<string, CurrencyTotals>();
	readonly byAccount = new Map<string, AccountTotals>();
	readonly baseDebit = new RunningSum();
	readonly baseCredit = new RunningSum();

	add(entry: SealedEntry): void {
		const currencies: string[] = [];
		const isClosing = entry.source === 'CLOSING';
		for (const line of entry.lines) {
			const currency = this.currency(line.currency);
			currency.lineCount++;
			if (!currencies.includes(line.currency)) {
				currency.journalCount++;
				currencies.push(line.currency);
			}
			const account = this.account(line.account, line.currency, entry.no);
			for (const totals of [currency, account]) {
				totals.debit.add(line.debit);
				totals.credit.add(line.credit);
				totals.baseDebit.add(line.baseDebit);
				totals.baseCredit.add(line.baseCredit);
			}
			this.baseDebit.add(line.baseDebit);
			this.baseCredit.add(line.baseCredit);
			if (!isClosing) continue;
			account.closing.add(line.debit - line.credit);
			account.baseClosing.add(line.baseDebit - line.baseCredit);
		}
	}

	private currency(code: string): CurrencyTotals {
		let totals = this.byCurrency.get(code);
		if (totals === undefined) {
			totals = { journalCount: 0, lineCount: 0, debit: new RunningSum(), credit: new RunningSum(), baseDebit: new RunningSum(), baseCredit: new RunningSum() };
			this.byCurrency.set(code, totals);
		}
		return totals;
	}

	private account(account: string, currency: string, firstEntryNo: number): AccountTotals {
		const key = balanceKey(account, currency);
		let totals = this.byAccount.get(key);
		if (totals === undefined) {
			totals = {
				account,
				currency,
				debit: new RunningSum(),
				credit: new RunningSum(),
				baseDebit: new RunningSum(),
				baseCredit: new RunningSum(),
				closing: new RunningSum(),
				baseClosing: new RunningSum(),
				firstEntryNo,
			};
			this.byAccount.set(key, totals);
		}
		return totals;
	}
}

/** Key of a balance: account (ref, or code) and currency. */
export function balanceKey(account: string, currency: string): string {
	return `${currency} ${account}`;
}
