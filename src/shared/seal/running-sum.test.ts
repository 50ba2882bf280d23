import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RunningSum } from './running-sum.ts';

it('is exact beyond 2^53, for amounts of both signs', () => {
	fc.assert(
		fc.property(fc.array(fc.maxSafeInteger()), (amounts) => {
			const sum = new RunningSum();
			for (const amount of amounts) sum.add(amount);
			expect(sum.total).toBe(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
		}),
	);
});
