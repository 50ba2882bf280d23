import { AppError } from './app-error.ts';

/**
 * Active ISO 4217 codes by number of decimals of their minor unit (source: ISO 4217 list one).
 * Kept here and not asked of Intl, because the answer must not move with the ICU of the machine.
 */
const CODES_BY_DECIMALS: Readonly<Record<number, string>> = {
	0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
	2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
	CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR
	JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
	NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
	TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
	3: 'BHD IQD JOD KWD LYD OMR TND',
	4: 'CLF UYW',
};

const DECIMALS: ReadonlyMap<string, number> = new Map(
	Object.entries(CODES_BY_DECIMALS).flatMap(([decimals, codes]) => codes.split(/\s+/).map((code) => [code, Number(decimals)] as const)),
);

/** An ISO 4217 alphabetic code. */
export type CurrencyCode = string;

export function isCurrency(code: string): boolean {
	return DECIMALS.has(code);
}

/** Number of decimals of the currency's minor unit (2 for INR, 0 for JPY, 3 for KWD). Refuses with CURRENCY_UNKNOWN. */
export function currencyDecimals(code: CurrencyCode): number {
	const decimals = DECIMALS.get(code);
	if (decimals === undefined) {
		throw new AppError('CURRENCY_UNKNOWN', `"${code}" is no ISO 4217 currency. Use a code such as INR, KES or USD.`, { currency: code });
	}
	return decimals;
}

export function allCurrencies(): readonly CurrencyCode[] {
	return [...DECIMALS.keys()].sort();
}
