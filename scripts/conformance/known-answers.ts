import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Balances } from './balances.ts';
import { accountText, currencyOf } from './journal-rows.ts';

export interface KnownBalance {
	readonly account: string;
	readonly commodity: string;
	readonly balance: string;
}

/** Balances of a book by the day at whose end they stand; a day without any is a day on which all are nil. */
export type KnownAnswers = ReadonlyMap<string, readonly KnownBalance[]>;

export function readTable(path: string): Record<string, string>[] {
	return parse(readFileSync(path, 'utf8'), { columns: true });
}

/** `month_end,account,commodity,balance`. Null where there is no such file: nobody else could read the book. */
export function readMonthEnds(path: string): KnownAnswers | null {
	if (!existsSync(path)) return null;
	const answers = new Map<string, KnownBalance[]>();
	for (const row of readTable(path)) push(answers, row['month_end'] ?? '', row);
	return answers;
}

/** `file,account,commodity,final_balance`, by file. */
export function readFinalBalances(path: string): ReadonlyMap<string, readonly KnownBalance[]> {
	const answers = new Map<string, KnownBalance[]>();
	for (const row of readTable(path)) push(answers, row['file'] ?? '', { ...row, balance: row['final_balance'] ?? '' });
	return answers;
}

function push(answers: Map<string, KnownBalance[]>, key: string, row: Readonly<Record<string, string>>): void {
	const list = answers.get(key);
	const known = { account: row['account'] ?? '', commodity: row['commodity'] ?? '', balance: row['balance'] ?? '' };
	if (list) list.push(known);
	else answers.set(key, [known]);
}

/** With the books' names of accounts, and currencies in place of signs. */
export function balancesOf(known: readonly KnownBalance[], companyCurrency: string): Balances {
	const balances = new Balances();
	for (const { account, commodity, balance } of known) balances.add(accountText(account), currencyOf(commodity, companyCurrency) ?? commodity, balance);
	return balances;
}
