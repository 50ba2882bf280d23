import { AppError } from '#shared/kernel/app-error.ts';
import { assert } from '#shared/kernel/assert.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { convertMinor, divideRounded, formatAmount, toSafeMinor } from '#shared/kernel/money.ts';

/** A line as it was entered. Amounts are minor units: debit and credit of `currency`, `baseMinor` of the base currency. */
export interface LineAmounts {
	readonly currency: CurrencyCode;
	readonly debitMinor: number;
	readonly creditMinor: number;
	/** Signed, debit positive. Left out or null where it is to be worked out. */
	readonly baseMinor?: number | null | undefined;
}

export interface BaseLine {
	readonly baseDebitMinor: number;
	readonly baseCreditMinor: number;
}

export interface BaseAmounts {
	/** One for each line, in order. */
	readonly lines: readonly BaseLine[];
	/** What a line on FX_ROUNDING must take so that the entry balances: signed, debit positive; 0 where none is needed. */
	readonly residueMinor: number;
}

/** Rates as plain decimal text: units of base currency for one unit of the foreign currency. */
export type Rates = ReadonlyMap<CurrencyCode, string>;

/** Rates that disagree by more than a twentieth of the entry are no rounding: the entry is then refused as unbalanced. */
const RESIDUE_LIMIT_DIVISOR = 20n;

/**
 * The base amounts of an entry's lines (docs/specs/posting: Currencies). Lines in base currency keep their amount and given
 * base amounts stay; where the rest is in one currency beside known amounts, the entry's own rate applies; otherwise `rates`.
 * Each line is rounded half away from zero. The residue goes to the converted line of the largest base amount, or to
 * FX_ROUNDING where it exceeds one unit per line. The result always balances.
 * Refuses RATE_MISSING, ENTRY_UNBALANCED (differenceMinor in details), LINE_INVALID (base amount on the other side, or other
 * than the amount of a line in base currency) and AMOUNT_TOO_LARGE.
 */
export function assignBaseAmounts(lines: readonly LineAmounts[], baseCurrency: CurrencyCode, rates: Rates): BaseAmounts {
	const isPlain = lines.every((line) => line.currency === baseCurrency);
	for (const line of lines) checkGiven(line, baseCurrency);
	const known = lines.map((line) => knownBase(line, baseCurrency));
	const open = isPlain ? [] : lines.flatMap((line, index) => (known[index] === null ? [index] : []));
	let knownSum = 0n;
	for (const base of known) if (base !== null) knownSum += BigInt(base ?? 0);
	if (open.length === 0) {
		if (knownSum !== 0n) throw unbalanced(knownSum, baseCurrency);
		return result(known as number[], 0);
	}
	const ownRate = ownRateOf(lines, open, knownSum, baseCurrency);
	const base: number[] = known.map((amount, index) => amount ?? converted(lines[index] as LineAmounts, baseCurrency, ownRate, rates));
	let residue = 0n;
	for (const amount of base) residue += BigInt(amount);
	if (magnitude(residue) > BigInt(lines.length)) return result(base, fxRounding(base, residue, baseCurrency));
	absorb(base, open, Number(residue), lines);
	return result(base, 0);
}

const signed = (line: LineAmounts) => line.debitMinor - line.creditMinor;
const magnitude = (amount: bigint) => (amount < 0n ? -amount : amount);

function knownBase(line: LineAmounts, baseCurrency: CurrencyCode): number | null {
	return line.currency === baseCurrency && (line.debitMinor !== 0 || line.creditMinor !== 0) ? signed(line) : (line.baseMinor ?? null);
}

function checkGiven(line: LineAmounts, baseCurrency: CurrencyCode): void {
	assert(line.debitMinor === 0 || line.creditMinor === 0, 'a line has one side');
	const base = line.baseMinor;
	if (base === null || base === undefined) return;
	const amount = signed(line);
	if (line.currency === baseCurrency && amount !== 0 && base !== amount) {
		throw new AppError(
			'LINE_INVALID',
			`A line of ${formatAmount(amount, baseCurrency)} ${baseCurrency} has the base amount ${formatAmount(base, baseCurrency)}. In the company's own currency both are the same.`,
			{
				amountMinor: amount,
				baseMinor: base,
			},
		);
	}
	if ((base > 0 && amount < 0) || (base < 0 && amount > 0)) {
		throw new AppError(
			'LINE_INVALID',
			`A line of ${formatAmount(amount, line.currency)} ${line.currency} has its base amount ${formatAmount(base, baseCurrency)} ${baseCurrency} on the other side. Give it the same sign.`,
			{
				amountMinor: amount,
				baseMinor: base,
			},
		);
	}
}

interface OwnRate {
	readonly baseMinor: bigint;
	readonly foreignMinor: bigint;
}

/** The rate that the entry itself states, or null where it states none and a given rate is needed. */
function ownRateOf(lines: readonly LineAmounts[], open: readonly number[], knownSum: bigint, baseCurrency: CurrencyCode): OwnRate | null {
	const currencies = new Set(open.map((index) => lines[index]?.currency));
	if (currencies.size !== 1) return null;
	let foreign = 0n;
	for (const index of open) foreign += BigInt(signed(lines[index] as LineAmounts));
	if (foreign === 0n && knownSum === 0n) return null;
	const [currency = baseCurrency] = currencies;
	if (open.length === lines.length) throw unbalanced(foreign, currency);
	if (foreign === 0n || knownSum === 0n || foreign > 0n === knownSum > 0n)
		throw unbalanced(knownSum === 0n ? foreign : knownSum, knownSum === 0n ? currency : baseCurrency);
	return { baseMinor: magnitude(knownSum), foreignMinor: magnitude(foreign) };
}

function converted(line: LineAmounts, baseCurrency: CurrencyCode, ownRate: OwnRate | null, rates: Rates): number {
	if (ownRate !== null) return toSafeMinor(divideRounded(BigInt(signed(line)) * ownRate.baseMinor, ownRate.foreignMinor));
	const rate = rates.get(line.currency);
	if (rate === undefined) {
		throw new AppError(
			'RATE_MISSING',
			`The entry has amounts in ${line.currency} and no rate to ${baseCurrency}. Give base amounts, or a rate such as --rate ${line.currency}=83.45.`,
			{
				currency: line.currency,
				baseCurrency,
			},
		);
	}
	return convertMinor(signed(line), line.currency, baseCurrency, rate);
}

function fxRounding(base: readonly number[], residue: bigint, baseCurrency: CurrencyCode): number {
	let debits = 0n;
	for (const amount of base) if (amount > 0) debits += BigInt(amount);
	if (magnitude(residue) * RESIDUE_LIMIT_DIVISOR > debits) throw unbalanced(residue, baseCurrency);
	return toSafeMinor(-residue);
}

/** Takes the residue from the converted lines, the largest first; no line passes to its other side for it. */
function absorb(base: number[], open: readonly number[], residue: number, lines: readonly LineAmounts[]): void {
	const order = [...open].sort((a, b) => Math.abs(base[b] ?? 0) - Math.abs(base[a] ?? 0) || a - b);
	let left = residue;
	for (const index of order) {
		const side = signed(lines[index] as LineAmounts) > 0 ? 1 : -1;
		const now = base[index] ?? 0;
		const wanted = now - left;
		const taken = wanted * side >= 0 ? wanted : 0;
		left -= now - taken;
		base[index] = taken;
		if (left === 0) return;
	}
	assert(left === 0, 'the converted lines take the whole residue');
}

function result(base: readonly number[], residueMinor: number): BaseAmounts {
	return { lines: base.map((amount) => ({ baseDebitMinor: amount > 0 ? amount : 0, baseCreditMinor: amount < 0 ? -amount : 0 })), residueMinor };
}

function unbalanced(difference: bigint, currency: CurrencyCode): AppError {
	const amount = formatAmount(magnitude(difference), currency);
	return new AppError(
		'ENTRY_UNBALANCED',
		`The ${difference > 0n ? 'debits' : 'credits'} are ${amount} ${currency} larger than the ${difference > 0n ? 'credits' : 'debits'}. An entry must balance.`,
		{
			differenceMinor: String(difference),
			currency,
		},
	);
}
