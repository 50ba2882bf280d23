import { assert } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';

/** One line of a sample entry. Amounts are minor units (cents); one of the two is 0. */
export interface SampleLine {
	readonly account: string;
	readonly debitMinor: number;
	readonly creditMinor: number;
	readonly party?: string;
	readonly reference?: string;
	readonly dueDate?: CivilDate;
	readonly memo?: string;
}

export interface SampleEntry {
	readonly entryNo: string;
	readonly date: CivilDate;
	readonly description: string;
	readonly lines: readonly SampleLine[];
}

type LineDetail = Pick<SampleLine, 'party' | 'reference' | 'dueDate' | 'memo'>;

export function debit(account: string, amountMinor: number, detail: LineDetail = {}): SampleLine {
	return { account, debitMinor: amountMinor, creditMinor: 0, ...detail };
}

export function credit(account: string, amountMinor: number, detail: LineDetail = {}): SampleLine {
	return { account, debitMinor: 0, creditMinor: amountMinor, ...detail };
}

/** The entries so far and what each account stands at. */
export class SampleBook {
	readonly #entries: SampleEntry[] = [];
	readonly #balances = new Map<string, number>();

	get entries(): readonly SampleEntry[] {
		return this.#entries;
	}

	/** Debits less credits of an account, in minor units. */
	balanceMinor(account: string): number {
		return this.#balances.get(account) ?? 0;
	}

	/** Adds an entry; lines of nothing are left out. Entries come in date order. */
	post(date: CivilDate, description: string, lines: readonly SampleLine[]): void {
		const kept = lines.filter((line) => line.debitMinor !== 0 || line.creditMinor !== 0);
		assert(kept.length >= 2, `the entry "${description}" has two lines or more`);
		assert(kept.every(isOneSided), `each line of "${description}" has one side, above zero`);
		assert(kept.reduce((sum, line) => sum + line.debitMinor - line.creditMinor, 0) === 0, `the entry "${description}" balances`);
		assert((this.#entries.at(-1)?.date ?? '') <= date, 'entries come in date order');
		for (const line of kept) this.#balances.set(line.account, this.balanceMinor(line.account) + line.debitMinor - line.creditMinor);
		this.#entries.push({ entryNo: `S${String(this.#entries.length).padStart(4, '0')}`, date, description, lines: kept });
	}
}

function isOneSided(line: SampleLine): boolean {
	return (
		Number.isSafeInteger(line.debitMinor) &&
		Number.isSafeInteger(line.creditMinor) &&
		Math.min(line.debitMinor, line.creditMinor) === 0 &&
		line.debitMinor + line.creditMinor > 0
	);
}
