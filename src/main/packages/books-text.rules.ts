import type { SealedAccount } from '#shared/seal/index.ts';

/** First word of an account in plain-text books, by type; both hledger and beancount know these five. */
const ROOTS: Readonly<Record<string, string>> = { ASSET: 'Assets', LIABILITY: 'Liabilities', EQUITY: 'Equity', INCOME: 'Income', EXPENSE: 'Expenses' };

// Controls, line and paragraph separators, and the marks that turn the direction of text (they can make a line read as another).
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** Text on one line: controls become blanks, blanks are single, none at the ends. */
export function oneLine(text: string): string {
	return text.replace(INVISIBLE, ' ').replace(/\s+/gu, ' ').trim();
}

/** A description for hledger: `;` would begin a comment and `|` would divide payee and note. */
export function hledgerDescription(text: string): string {
	return oneLine(text).replaceAll(';', ',').replaceAll('|', '/');
}

/**
 * A tag's value in a hledger comment. A colon would make another tag of the word before it (`date:` moves a posting), a comma ends the
 * value, and a date in brackets is a date.
 */
export function hledgerTagValue(text: string): string {
	return oneLine(text).replace(/[;,]/g, ' ').replaceAll(':', '.').replaceAll('[', '(').replaceAll(']', ')').replace(/ +/g, ' ').trim();
}

/** A string of beancount with its quotation marks. Quotation marks and backslashes inside become harmless ones. */
export function beancountString(text: string): string {
	return `"${oneLine(text).replaceAll('"', "'").replaceAll('\\', '/')}"`;
}

/** Names of accounts in one kind of books, by ref. */
export type AccountNames = ReadonlyMap<string, string>;

/**
 * `Assets:1000 Bank`. A colon in a name would make an account below another, two blanks would end it, so only letters, digits and some
 * signs stay. Where two accounts come to the same name, the later one in order of ref gets a number.
 */
export function hledgerAccountNames(accounts: readonly SealedAccount[]): AccountNames {
	return distinctNames(accounts, ({ code, name }) => {
		const safe = `${code} ${name}`.replace(/[^\p{L}\p{M}\p{N} \-_.,&'/+#%()]/gu, (sign) => (sign === ':' ? '/' : '_'));
		return oneLine(safe) || '_';
	});
}

/** `Assets:1000`: the ref in the letters that beancount allows (a capital or digit first, then letters, digits and `-`). */
export function beancountAccountNames(accounts: readonly SealedAccount[]): AccountNames {
	return distinctNames(accounts, ({ ref }) => {
		const safe = ref.replace(/[^A-Za-z0-9-]/g, '-');
		return /^[A-Z0-9]/.test(safe) ? safe : `A${safe}`;
	});
}

function distinctNames(accounts: readonly SealedAccount[], nameOf: (account: SealedAccount) => string): AccountNames {
	const taken = new Set<string>();
	const names = new Map<string, string>();
	const inOrder = [...accounts].sort((one, other) => (one.ref < other.ref ? -1 : 1));
	for (const account of inOrder) {
		const wanted = `${ROOTS[account.type] ?? 'Assets'}:${nameOf(account)}`;
		let name = wanted;
		for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
		taken.add(name);
		names.set(account.ref, name);
	}
	return names;
}
