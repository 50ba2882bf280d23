/** The five account types (the ledger's `accounts.type`). */
export type PathAccountType = 'ASSET' | 'LIABILITY' | 'EQUITY' | 'INCOME' | 'EXPENSE';

/** The subtypes that a word of a path can tell (a subset of the ledger's `accounts.subtype`). */
export type PathSubtype =
	| 'CASH'
	| 'BANK'
	| 'MOBILE_MONEY'
	| 'CREDIT_CARD'
	| 'CLEARING'
	| 'RECEIVABLE'
	| 'PAYABLE'
	| 'INVENTORY'
	| 'TAX'
	| 'RETAINED_EARNINGS'
	| 'OPENING_EQUITY'
	| 'SUSPENSE'
	| 'FX_GAIN_LOSS'
	| 'FX_ROUNDING'
	| 'CASH_OVER_SHORT';

const TYPE_WORDS: Readonly<Record<PathAccountType, string>> = {
	ASSET: 'asset assets aktiva activo activos actif actifs vermogen activa attivita',
	LIABILITY: 'liability liabilities debt debts passiva pasivo pasivos passif passifs verbindlichkeiten passivita',
	EQUITY: 'equity capital eigenkapital kapital patrimonio capitaux',
	INCOME: 'income incomes revenue revenues sales ertrag ertrage einnahmen erlose ingresos produits ricavi',
	EXPENSE: 'expense expenses cost costs aufwand aufwendungen ausgaben gastos charges depenses costi',
};

const TYPE_BY_WORD = new Map<string, PathAccountType>(
	Object.entries(TYPE_WORDS).flatMap(([type, words]) => words.split(' ').map((word) => [word, type as PathAccountType] as const)),
);

interface SubtypeWords {
	readonly subtype: PathSubtype;
	readonly types: readonly PathAccountType[];
	readonly words: RegExp;
}

const POSITION: readonly PathAccountType[] = ['ASSET', 'LIABILITY'];
const ANY: readonly PathAccountType[] = ['ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'];

// In order of precedence within one segment: "Bank clearing" is a clearing account, "Cash over and short" no cash, and "GST receivable" a tax account: no customer owes it.
// The types say where a word may mean this: "Expenses:Bank fees" is no bank account.
const SUBTYPE_WORDS: readonly SubtypeWords[] = [
	{ subtype: 'FX_ROUNDING', types: ['EQUITY', 'INCOME', 'EXPENSE'], words: /\b(?:fx|currency|exchange) rounding\b/ },
	{ subtype: 'FX_GAIN_LOSS', types: ['INCOME', 'EXPENSE'], words: /\b(?:fx|foreign exchange|exchange|currency) (?:gains?|loss(?:es)?|differences?)\b/ },
	{ subtype: 'CASH_OVER_SHORT', types: ['INCOME', 'EXPENSE'], words: /\bcash (?:over|short)/ },
	{ subtype: 'SUSPENSE', types: ANY, words: /\bsuspense\b/ },
	{ subtype: 'CLEARING', types: POSITION, words: /\b(?:clearing|undeposited|in transit)\b/ },
	{
		subtype: 'RETAINED_EARNINGS',
		types: ['EQUITY'],
		words: /\b(?:retained earnings|retained profits?|accumulated (?:profits?|earnings)|reserves and surplus|gewinnvortrag)\b/,
	},
	{ subtype: 'OPENING_EQUITY', types: ['EQUITY'], words: /\bopening(?: |$)/ },
	{ subtype: 'CREDIT_CARD', types: POSITION, words: /\b(?:credit cards?|creditcards?|kreditkarten?)\b/ },
	{ subtype: 'MOBILE_MONEY', types: ['ASSET'], words: /\b(?:mobile money|m pesa|mpesa|airtel money|mtn momo|momo|till|paybill)\b/ },
	{ subtype: 'TAX', types: POSITION, words: /\b(?:vat|gst|igst|cgst|sgst|utgst|tax|taxes|tds|paye|ust|vorsteuer|tva|iva)\b/ },
	{ subtype: 'RECEIVABLE', types: ['ASSET'], words: /\b(?:receivables?|debtors?|forderungen)\b/ },
	{ subtype: 'PAYABLE', types: ['LIABILITY'], words: /\b(?:payables?|creditors?)\b/ },
	{ subtype: 'INVENTORY', types: ['ASSET'], words: /\b(?:inventory|inventories|stock in hand|stock|merchandise)\b/ },
	{ subtype: 'BANK', types: ['ASSET'], words: /\b(?:banks?|checking|current account|savings?)\b/ },
	{ subtype: 'CASH', types: ['ASSET'], words: /\b(?:cash|petty cash|kasse|caja|caisse|wallet)\b/ },
];

/** Lower case, accents off, everything that is no letter or digit a blank: `M-Pesa` -> `m pesa`, `CreditCard` -> `credit card`. */
function plainWords(text: string): string {
	return text
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** The account type that a word names (`Assets`, `revenue`, `Asset`), or null. */
export function accountTypeOf(word: string): PathAccountType | null {
	const plain = plainWords(word);
	return TYPE_BY_WORD.get(plain) ?? TYPE_BY_WORD.get(plain.split(' ')[0] ?? '') ?? null;
}

/** True for what is meant as a path (`Assets:Bank`), as opposed to a code or a bare name. */
export function isAccountPath(text: string): boolean {
	return text.includes(':');
}

export interface PathMeaning {
	/** null where the first word names no type: then the type must come from elsewhere. */
	readonly type: PathAccountType | null;
	readonly subtype: PathSubtype | null;
}

/**
 * Type from the first word of a path and subtype from its last known word: `Assets:Current:Bank:Operating` is an ASSET and a
 * BANK. `givenType` is the type where a column states it; the path is then asked for the subtype only.
 */
export function pathMeaning(path: string, givenType: PathAccountType | null = null): PathMeaning {
	const segments = path.split(':');
	const type = givenType ?? accountTypeOf(segments[0] ?? '');
	if (type === null) return { type: null, subtype: null };
	for (const segment of segments.reverse()) {
		const words = plainWords(segment);
		const found = SUBTYPE_WORDS.find((one) => one.types.includes(type) && one.words.test(words));
		if (found) return { type, subtype: found.subtype };
	}
	return { type, subtype: null };
}

/** What two spellings of one account have in common: letter case, width and blanks taken away. */
export function accountSpellingKey(text: string): string {
	return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
