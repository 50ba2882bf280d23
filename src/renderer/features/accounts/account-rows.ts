import type { z } from 'zod';
import type { account } from '#shared/contract/ledger.contract.ts';
import type { trialBalanceRow } from '#shared/contract/reports.contract.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';

export type Account = z.output<typeof account>;
type TrialBalanceRow = z.output<typeof trialBalanceRow>;

export interface AccountRow extends Account {
	/** Balance in the company's currency, debit positive; null where nothing was ever posted. */
	readonly balance: bigint | null;
	/** The same as plain text, each on its side. */
	readonly debit: string;
	readonly credit: string;
}

/** The chart with what each account stands at. Accounts in several currencies have a row each in a trial balance: they are added in base. */
export function accountRows(accounts: readonly Account[], balances: readonly TrialBalanceRow[], currency: string): AccountRow[] {
	const standing = new Map<string, bigint>();
	for (const row of balances) {
		const change = parseAmountBig(row.baseDebit, currency) - parseAmountBig(row.baseCredit, currency);
		standing.set(row.code, (standing.get(row.code) ?? 0n) + change);
	}
	return accounts.map((account) => {
		const balance = standing.get(account.code) ?? null;
		return {
			...account,
			balance,
			debit: balance !== null && balance > 0n ? formatAmount(balance, currency) : '',
			credit: balance !== null && balance < 0n ? formatAmount(-balance, currency) : '',
		};
	});
}

/** Rows whose code or name holds what was typed; all of it where nothing was. */
export function foundRows<Row extends { readonly code?: string; readonly name: string }>(rows: readonly Row[], typed: string): readonly Row[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === '') return rows;
	return rows.filter(({ code = '', name }) => code.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(wanted));
}
