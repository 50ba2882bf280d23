import { assert } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { shillings, wholeQuotient } from './amounts.ts';

/** Monthly gross pay of the six people of the shop, in shillings. */
const GROSS_PAY: readonly number[] = [82_000, 54_000, 43_000, 36_000, 31_000, 28_000];

/** What one month of pay comes to, in minor units. `nssf` and `housingLevy` hold both the employees' and the employer's part. */
export interface PayrollMonth {
	readonly grossMinor: number;
	readonly payeMinor: number;
	readonly nssfMinor: number;
	readonly employerNssfMinor: number;
	readonly shifMinor: number;
	readonly housingLevyMinor: number;
	readonly employerHousingLevyMinor: number;
	readonly trainingLevyMinor: number;
	readonly netMinor: number;
}

/**
 * The payroll of the month that `date` lies in, in whole shillings: NSSF 6 % up to the upper limit (72 000, from February 2026 108 000), SHIF 2.75 % with
 * 300 at least, housing levy 1.5 %, all three taken off before PAYE of 10, 25 and 30 % less 2 400 of personal relief; the employer adds NSSF,
 * housing levy and 50 of training levy for each.
 */
export function payrollOf(date: CivilDate): PayrollMonth {
	const upperLimit = date < '2026-02-01' ? 72_000 : 108_000;
	const people = GROSS_PAY.map((gross) => {
		const nssf = partOf(Math.min(gross, upperLimit), 600);
		const shif = Math.max(300, partOf(gross, 275));
		const levy = partOf(gross, 150);
		const paye = incomeTax(gross - nssf - shif - levy);
		return { gross, nssf, shif, levy, paye, net: gross - nssf - shif - levy - paye };
	});
	const total = (key: 'gross' | 'nssf' | 'shif' | 'levy' | 'paye' | 'net') => shillings(people.reduce((sum, person) => sum + person[key], 0));
	return {
		grossMinor: total('gross'),
		payeMinor: total('paye'),
		nssfMinor: 2 * total('nssf'),
		employerNssfMinor: total('nssf'),
		shifMinor: total('shif'),
		housingLevyMinor: 2 * total('levy'),
		employerHousingLevyMinor: total('levy'),
		trainingLevyMinor: shillings(50 * people.length),
		netMinor: total('net'),
	};
}

/** Basis points of whole shillings, to the nearest shilling. */
function partOf(amount: number, basisPoints: number): number {
	return wholeQuotient(amount * basisPoints + 5_000, 10_000);
}

/** PAYE of one month in whole shillings, rounded down. */
function incomeTax(taxable: number): number {
	assert(taxable <= 500_000, 'the sample pays nobody above the third band');
	const first = Math.min(taxable, 24_000) * 10;
	const second = Math.min(Math.max(taxable - 24_000, 0), 8_333) * 25;
	const third = Math.max(taxable - 32_333, 0) * 30;
	return Math.max(0, wholeQuotient(first + second + third, 100) - 2_400);
}
