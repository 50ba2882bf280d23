import { type CurrencyCode, isCurrency } from '#shared/kernel/currency.ts';
import type { ImportQuestion } from './question.rules.ts';

/** Signs that several currencies share: theirs where the company's is one of them, otherwise the first where that is certain, otherwise asked. */
const SHARED_SIGNS: Readonly<Record<string, { readonly currencies: readonly CurrencyCode[]; readonly isFirstCertain: boolean }>> = {
	$: {
		currencies: [
			'USD',
			'AUD',
			'CAD',
			'NZD',
			'SGD',
			'HKD',
			'TWD',
			'MXN',
			'BRL',
			'ARS',
			'CLP',
			'COP',
			'JMD',
			'NAD',
			'FJD',
			'BSD',
			'BBD',
			'TTD',
			'BZD',
			'LRD',
			'XCD',
		],
		isFirstCertain: false,
	},
	'£': { currencies: ['GBP', 'EGP', 'GIP', 'FKP', 'SHP', 'SSP'], isFirstCertain: true },
	'¥': { currencies: ['JPY', 'CNY'], isFirstCertain: false },
	'₨': { currencies: ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR'], isFirstCertain: false },
	RS: { currencies: ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR'], isFirstCertain: false },
	KR: { currencies: ['SEK', 'NOK', 'DKK', 'ISK'], isFirstCertain: false },
	SH: { currencies: ['KES', 'TZS', 'UGX'], isFirstCertain: false },
	'₩': { currencies: ['KRW', 'KPW'], isFirstCertain: true },
};

const OWN_SIGNS: Readonly<Record<string, CurrencyCode>> = {
	'€': 'EUR',
	'₹': 'INR',
	KSH: 'KES',
	KSHS: 'KES',
	TSH: 'TZS',
	USH: 'UGX',
	US$: 'USD',
	A$: 'AUD',
	C$: 'CAD',
	NZ$: 'NZD',
	HK$: 'HKD',
	S$: 'SGD',
	R$: 'BRL',
	'₦': 'NGN',
	'₵': 'GHS',
	'₱': 'PHP',
	'฿': 'THB',
	'₫': 'VND',
	'₪': 'ILS',
	'₴': 'UAH',
	'₽': 'RUB',
	'₺': 'TRY',
	'৳': 'BDT',
	ZŁ: 'PLN',
};

export type CommodityMeaning =
	| { readonly kind: 'currency'; readonly currency: CurrencyCode }
	| { readonly kind: 'question'; readonly question: ImportQuestion }
	/** A share, an hour, a point: nothing that a company keeps its books in. */
	| { readonly kind: 'none' };

/**
 * The currency that a commodity of a journal (or a cell of a currency column) means. `given` is what a person said
 * (`--commodity '$=USD'`) and outweighs all; no commodity at all is the company's currency.
 */
export function commodityMeaning(commodity: string, baseCurrency: CurrencyCode, given: Readonly<Record<string, CurrencyCode>>, line: number): CommodityMeaning {
	const sign = commodity.trim();
	const said = given[sign];
	if (said !== undefined) return { kind: 'currency', currency: said };
	if (sign === '') return { kind: 'currency', currency: baseCurrency };
	const key = sign.toUpperCase().replace(/\.$/, '');
	// A lower-case word may be anything in a journal ("try", "all"): as a code it counts only in the case of codes.
	if (isCurrency(sign)) return { kind: 'currency', currency: sign };
	const own = OWN_SIGNS[key];
	if (own !== undefined) return { kind: 'currency', currency: own };
	const shared = SHARED_SIGNS[key];
	if (shared === undefined) return { kind: 'none' };
	if (shared.currencies.includes(baseCurrency)) return { kind: 'currency', currency: baseCurrency };
	const [first = baseCurrency] = shared.currencies;
	if (shared.isFirstCertain) return { kind: 'currency', currency: first };
	return { kind: 'question', question: signQuestion(sign, shared.currencies, line) };
}

function signQuestion(sign: string, currencies: readonly CurrencyCode[], line: number): ImportQuestion {
	return {
		id: `commodity:${sign}`,
		question: `Which currency is "${sign}" in this file? Say it with --commodity '${sign}=${currencies[0] ?? 'USD'}'.`,
		choices: currencies.map((currency) => ({ value: currency, meaning: currency })),
		example: { line, value: sign },
	};
}
