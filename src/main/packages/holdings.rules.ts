import { present } from '#shared/kernel/assert.ts';
import type { SealedLine } from '#shared/seal/index.ts';

/** A posting of plain-text books in minor units, debit positive; `cost` is the whole cost in the company's currency, never negative. */
export interface Posting {
	readonly account: string;
	readonly amount: bigint;
	readonly currency: string;
	readonly cost: bigint | null;
}

/**
 * The postings of an amount and its base amount, so that books that balance at cost balance as ours do, to the last unit. An amount without
 * transaction amount (a revaluation, a residue at closing) is a posting in the company's currency; where amount and base amount stand on
 * different sides (a balance whose revaluations outweigh it) it takes two.
 */
export function postingsOf(account: string, currency: string, amount: bigint, base: bigint, baseCurrency: string): Posting[] {
	const inBase = (baseAmount: bigint): Posting => ({ account, amount: baseAmount, currency: baseCurrency, cost: null });
	if (currency === baseCurrency || amount === 0n) return base === 0n ? [] : [inBase(base)];
	const sameSide = base === 0n || amount > 0n === base > 0n;
	const cost = sameSide ? magnitude(base) : 0n;
	const foreign: Posting = { account, amount, currency, cost };
	return sameSide ? [foreign] : [foreign, inBase(base)];
}

/** The postings of a line of an entry. */
export function postingsOfLine(line: SealedLine, baseCurrency: string): Posting[] {
	return postingsOf(line.account, line.currency, BigInt(line.debit) - BigInt(line.credit), BigInt(line.baseDebit) - BigInt(line.baseCredit), baseCurrency);
}

/** What each account holds of each currency, as plain-text books count it: units, whatever they cost. */
export class Holdings {
	readonly #units = new Map<string, Map<string, bigint>>();

	add({ account, amount, currency }: Posting): void {
		let units = this.#units.get(account);
		if (!units) {
			units = new Map();
			this.#units.set(account, units);
		}
		units.set(currency, (units.get(currency) ?? 0n) + amount);
	}

	/** In order of account and currency; nil ones too, because they were moved. */
	*list(): Generator<{ readonly account: string; readonly currency: string; readonly amount: bigint }> {
		for (const account of [...this.#units.keys()].sort()) {
			const units = present(this.#units.get(account), 'the holdings of an account');
			for (const currency of [...units.keys()].sort()) yield { account, currency, amount: units.get(currency) ?? 0n };
		}
	}
}

function magnitude(amount: bigint): bigint {
	return amount < 0n ? -amount : amount;
}
