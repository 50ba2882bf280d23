/** VAT of 16 %. */
export const VAT_BASIS_POINTS = 1_600;

/** Whole shillings as minor units. */
export function shillings(amount: number): number {
	return amount * 100;
}

/** A share of an amount in basis points (1600 = 16 %), to the nearest cent, half up; both above zero. */
export function share(amountMinor: number, basisPoints: number): number {
	return Number((BigInt(amountMinor) * BigInt(basisPoints) + 5_000n) / 10_000n);
}

/** The part without VAT of an amount that includes 16 % of it, to the nearest cent. */
export function withoutVat(grossMinor: number): number {
	return Number((BigInt(grossMinor) * 200n + 116n) / 232n);
}

/** Down to whole steps of an amount, such as thousands of shillings. */
export function roundedDown(amountMinor: number, stepMinor: number): number {
	return amountMinor - (amountMinor % stepMinor);
}

/** The whole part of a quotient of two whole numbers, both not below zero. */
export function wholeQuotient(numerator: number, denominator: number): number {
	return Number(BigInt(numerator) / BigInt(denominator));
}
