import { type CurrencyCode, currencyDecimals, isCurrency } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';

/** What a statement says of its money, all in signed minor units of one currency; null where it does not say. */
export interface StatementSums {
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly lines: readonly { readonly amountMinor: number }[];
}

/** The sum of a statement's lines. It may pass what one line can hold. */
export function sumMinor(lines: StatementSums['lines']): bigint {
	return lines.reduce((sum, line) => sum + BigInt(line.amountMinor), 0n);
}

/** Closing balance less (opening balance plus lines): zero where the statement adds up, null where a balance is missing. */
export function closingDifferenceMinor({ openingMinor, closingMinor, lines }: StatementSums): bigint | null {
	if (openingMinor === null || closingMinor === null) return null;
	return BigInt(closingMinor) - (BigInt(openingMinor) + sumMinor(lines));
}

/** The doubt of a statement that does not add up, or null; `row` is where its closing balance stands, for the person who looks it up. */
export function closingDoubt(sums: StatementSums, currency: CurrencyCode, row: number | null = null) {
	const difference = closingDifferenceMinor(sums);
	if (difference === null || difference === 0n) return null;
	const [openingMinor, closingMinor] = [sums.openingMinor ?? 0, sums.closingMinor ?? 0];
	// Of a currency that is no more; whoever takes the statement in refuses it by name.
	const decimals = isCurrency(currency) ? currencyDecimals(currency) : 2;
	const amount = (minor: number | bigint) => formatMinor(minor, decimals);
	const count = sums.lines.length === 1 ? '1 line' : `${sums.lines.length} lines`;
	return {
		code: 'CLOSING_DIFFERS' as const,
		message:
			`Opening balance ${amount(openingMinor)} and ${count} come to ${amount(BigInt(closingMinor) - difference)} ${currency}, ` +
			`but the closing balance is ${amount(closingMinor)}: a difference of ${amount(difference)}. Lines may be missing or doubled.`,
		row,
	};
}
