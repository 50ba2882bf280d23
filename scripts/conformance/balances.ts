/** Digits kept behind the decimal sign: more than any journal here writes. Amounts are exact integers of these. */
const PLACES = 24;

/** Exact amounts by account and commodity. Entries that are nil are left out. */
export class Balances {
	readonly #amounts = new Map<string, bigint>();

	/** Adds an amount in major units such as `-14.000`. */
	add(account: string, commodity: string, amount: string): void {
		this.#change(keyOf(account, commodity), exact(amount));
	}

	subtract(account: string, commodity: string, amount: string): void {
		this.#change(keyOf(account, commodity), -exact(amount));
	}

	#change(key: string, change: bigint): void {
		const amount = (this.#amounts.get(key) ?? 0n) + change;
		if (amount === 0n) this.#amounts.delete(key);
		else this.#amounts.set(key, amount);
	}

	/** What stands here and not there. */
	minus(there: Balances): Balances {
		const rest = new Balances();
		for (const [key, amount] of this.#amounts) rest.#amounts.set(key, amount);
		for (const [key, amount] of there.#amounts) rest.#change(key, -amount);
		return rest;
	}

	/** With other names of accounts; amounts that come to have one name are added up. */
	renamed(nameOf: (account: string) => string): Balances {
		const renamed = new Balances();
		for (const [key, amount] of this.#amounts) {
			const [account = '', commodity = ''] = JSON.parse(key) as string[];
			renamed.#change(keyOf(nameOf(account), commodity), amount);
		}
		return renamed;
	}

	withoutAccounts(isLeftOut: (account: string) => boolean): Balances {
		const rest = new Balances();
		for (const [key, amount] of this.#amounts) if (!isLeftOut((JSON.parse(key) as string[])[0] ?? '')) rest.#amounts.set(key, amount);
		return rest;
	}

	/** The first account and commodity, in order of their names, whose amount is another here than there; null where all agree. */
	firstDifference(there: Balances): { readonly account: string; readonly commodity: string; readonly here: string; readonly there: string } | null {
		const keys = new Set([...this.#amounts.keys(), ...there.#amounts.keys()]);
		for (const key of [...keys].sort()) {
			const own = this.#amounts.get(key) ?? 0n;
			const other = there.#amounts.get(key) ?? 0n;
			if (own === other) continue;
			const [account = '', commodity = ''] = JSON.parse(key) as string[];
			return { account, commodity, here: plain(own), there: plain(other) };
		}
		return null;
	}
}

function keyOf(account: string, commodity: string): string {
	return JSON.stringify([account, commodity]);
}

function exact(amount: string): bigint {
	const parts = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(amount.trim());
	if (parts === null || `${parts[2] ?? ''}${parts[3] ?? ''}` === '' || (parts[3] ?? '').length > PLACES) throw new Error(`"${amount}" is no exact amount`);
	const digits = BigInt(`${parts[2] ?? ''}${(parts[3] ?? '').padEnd(PLACES, '0')}`);
	return parts[1] === '-' ? -digits : digits;
}

function plain(amount: bigint): string {
	const digits = String(amount < 0n ? -amount : amount).padStart(PLACES + 1, '0');
	const fraction = digits.slice(-PLACES).replace(/0+$/, '');
	return `${amount < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`;
}
