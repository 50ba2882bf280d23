// FIPS 180-4 sections 4.2 and 5.3: the constants of SHA-2 are the first bits of the fractional parts of roots of primes. They are computed, not copied.

/** The first primes in order. */
export function firstPrimes(howMany: number): number[] {
	const primes: number[] = [];
	for (let candidate = 2; primes.length < howMany; candidate++) {
		if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
	}
	return primes;
}

/** The first 64 bits of the fractional part of the square root (degree 2) or cube root (degree 3) of a whole number. */
export function rootFraction(number: number, degree: 2 | 3): bigint {
	return BigInt.asUintN(64, wholeRoot(BigInt(number) << BigInt(64 * degree), BigInt(degree)));
}

// Newton's method from above, which never goes below the root.
function wholeRoot(value: bigint, degree: bigint): bigint {
	const bits = BigInt(value.toString(2).length);
	for (let root = 1n << (bits / degree + 1n); ; ) {
		const next = ((degree - 1n) * root + value / root ** (degree - 1n)) / degree;
		if (next >= root) return root;
		root = next;
	}
}
