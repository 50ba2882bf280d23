/** Sums of lines in minor units: two sides in the row's currency, two in the company's. */
export interface Sums {
	readonly debit: bigint;
	readonly credit: bigint;
	readonly baseDebit: bigint;
	readonly baseCredit: bigint;
}

export interface CurrencySums extends Sums {
	readonly currency: string;
}

/** Sums by account id, one for each currency that the account holds. */
export type SumsByAccount = Map<number, CurrencySums[]>;

const NOTHING: Sums = { debit: 0n, credit: 0n, baseDebit: 0n, baseCredit: 0n };

/** Adds `sums` to what stands for the account and its currency. */
export function addSums(into: SumsByAccount, accountId: number, sums: CurrencySums): void {
	const standing = into.get(accountId);
	if (!standing) {
		into.set(accountId, [sums]);
		return;
	}
	const index = standing.findIndex((other) => other.currency === sums.currency);
	const other = standing[index];
	if (other) standing[index] = plus(other, sums);
	else standing.push(sums);
}

function plus(one: CurrencySums, other: CurrencySums): CurrencySums {
	return {
		currency: one.currency,
		debit: one.debit + other.debit,
		credit: one.credit + other.credit,
		baseDebit: one.baseDebit + other.baseDebit,
		baseCredit: one.baseCredit + other.baseCredit,
	};
}

export function negated(sums: CurrencySums): CurrencySums {
	return { currency: sums.currency, debit: -sums.debit, credit: -sums.credit, baseDebit: -sums.baseDebit, baseCredit: -sums.baseCredit };
}

/** The sums of an account in a currency; all nil where it has none. */
export function sumsOf(table: SumsByAccount, accountId: number, currency: string): Sums {
	return table.get(accountId)?.find((sums) => sums.currency === currency) ?? NOTHING;
}

/** Debits less credits of an account in the company's currency, over all its currencies. */
export function baseBalance(table: SumsByAccount, accountId: number): bigint {
	let balance = 0n;
	for (const sums of table.get(accountId) ?? []) balance += sums.baseDebit - sums.baseCredit;
	return balance;
}
