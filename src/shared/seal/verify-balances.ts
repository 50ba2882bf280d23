import { type AccountTotals, balanceKey } from './entry-totals.ts';
import type { FindingList } from './findings.ts';
import type { CloseSeal, YearSeal } from './seal-document.ts';
import type { SealedAccount, SealedBalance } from './sealed-tables.ts';
import { sealedTableFile } from './sealed-tables.ts';
import { ENTRIES_FILE, type EntriesResult } from './verify-entries.ts';
import { SEAL_FILE } from './verify-signer.ts';

const BALANCES_FILE = sealedTableFile('balances');

/** A sealed balance in exact numbers: minor units, signed, debit positive. */
export interface Balance {
	readonly account: SealedAccount | undefined;
	readonly code: string;
	readonly currency: string;
	readonly closing: bigint;
	readonly baseClosing: bigint;
	/** Of that, by the period's entries of source CLOSING. */
	readonly byClosing: bigint;
	readonly baseByClosing: bigint;
}

/** Compares the sealed balances with the entries, and with themselves. Gives the balances for the comparison with the trial balance. */
export function compareBalances(
	rows: readonly SealedBalance[],
	accounts: readonly SealedAccount[],
	entries: EntriesResult,
	seal: CloseSeal | YearSeal,
	list: FindingList,
): Balance[] {
	const byRef = new Map(accounts.map((account) => [account.ref, account]));
	const unseen = new Map(entries.totals.byAccount);
	const seen = new Set<string>();
	const balances: Balance[] = [];
	let baseOpening = 0n;
	let baseClosing = 0n;
	for (const row of rows) {
		const key = balanceKey(row.account, row.currency);
		const totals = unseen.get(key);
		if (seen.has(key))
			list.add('BALANCES_DIFFER', `The sealed balances hold ${row.code} in ${row.currency} twice.`, { file: BALANCES_FILE, account: row.code });
		seen.add(key);
		unseen.delete(key);
		const account = byRef.get(row.account);
		if (account?.code !== row.code)
			list.add('ACCOUNT_UNKNOWN', `The sealed balances name the account ${row.code}, which the sealed accounts do not hold.`, {
				file: BALANCES_FILE,
				account: row.code,
			});
		compareRow(row, totals, list);
		baseOpening += BigInt(row.baseOpeningMinor);
		baseClosing += BigInt(row.baseClosingMinor);
		balances.push({
			account,
			code: row.code,
			currency: row.currency,
			closing: BigInt(row.closingMinor),
			baseClosing: BigInt(row.baseClosingMinor),
			byClosing: totals?.closing.total ?? 0n,
			baseByClosing: totals?.baseClosing.total ?? 0n,
		});
	}
	for (const totals of unseen.values()) reportUnknown(totals, byRef, list);
	if (baseOpening !== 0n || baseClosing !== 0n)
		list.add('BALANCES_DIFFER', "The sealed balances do not add up to nil in the company's currency.", { file: BALANCES_FILE });
	if (rows.length !== seal.closeHashFields.balanceRowCount) {
		list.add('TOTALS_DIFFER', `The package holds ${rows.length} balances, the seal says ${seal.closeHashFields.balanceRowCount}.`, { file: BALANCES_FILE });
	}
	return balances;
}

function compareRow(row: SealedBalance, totals: AccountTotals | undefined, list: FindingList): void {
	const place = { file: BALANCES_FILE, account: row.code };
	const [debit, credit, baseDebit, baseCredit] = [BigInt(row.debitMinor), BigInt(row.creditMinor), BigInt(row.baseDebitMinor), BigInt(row.baseCreditMinor)];
	if (
		BigInt(row.openingMinor) + debit - credit !== BigInt(row.closingMinor) ||
		BigInt(row.baseOpeningMinor) + baseDebit - baseCredit !== BigInt(row.baseClosingMinor)
	) {
		list.add('BALANCES_DIFFER', `The closing balance of ${row.code} in ${row.currency} does not follow from its opening balance and movements.`, place);
	}
	const found = [totals?.debit.total ?? 0n, totals?.credit.total ?? 0n, totals?.baseDebit.total ?? 0n, totals?.baseCredit.total ?? 0n];
	const sealed = [debit, credit, baseDebit, baseCredit];
	if (found.some((amount, index) => amount !== sealed[index])) {
		list.add(
			'BALANCES_DIFFER',
			`The entries move ${row.code} by ${found[0]} debit and ${found[1]} credit ${row.currency} (base ${found[2]} and ${found[3]}); sealed are ${debit} and ${credit} (base ${baseDebit} and ${baseCredit}). Amounts in minor units.`,
			place,
		);
	}
}

function reportUnknown(totals: AccountTotals, byRef: ReadonlyMap<string, SealedAccount>, list: FindingList): void {
	const account = byRef.get(totals.account);
	const place = { file: ENTRIES_FILE, entryNo: totals.firstEntryNo, account: account?.code ?? totals.account };
	if (account === undefined)
		list.add('ACCOUNT_UNKNOWN', `Entry ${totals.firstEntryNo} uses the account ${totals.account}, which the sealed accounts do not hold.`, place);
	else list.add('BALANCES_DIFFER', `The entries move ${account.code} in ${totals.currency}, which the sealed balances do not hold.`, place);
}

/** Income less expense of the period's entries without CLOSING ones, against the seal. The opening period has none: its income belongs to no month. */
export function compareNetProfit(entries: EntriesResult, accounts: readonly SealedAccount[], seal: CloseSeal | YearSeal, list: FindingList): void {
	if (seal.period.kind === 'OPENING') return;
	const results = new Set(accounts.filter(({ type }) => type === 'INCOME' || type === 'EXPENSE').map(({ ref }) => ref));
	let netProfit = 0n;
	for (const totals of entries.totals.byAccount.values()) {
		if (results.has(totals.account)) netProfit += totals.baseCredit.total - totals.baseDebit.total + totals.baseClosing.total;
	}
	if (String(netProfit) !== seal.netProfitMinor) {
		list.add('NET_PROFIT_DIFFERS', `The entries give a net profit of ${netProfit}, the seal says ${seal.netProfitMinor} (minor units).`, { file: SEAL_FILE });
	}
}
