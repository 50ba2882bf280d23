import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isCurrency } from '#shared/kernel/currency.ts';
import { isCleanText } from '#shared/kernel/text.ts';

const FOLDER = new URL('../resources/charts/', import.meta.url);
const HEADER = 'code,name,type,subtype,currency,requires_reconciliation';
const TYPE_ORDER = ['ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'];

/** The types an account of a subtype may have. */
const TYPES_OF_SUBTYPE: Record<string, readonly string[]> = {
	CASH: ['ASSET'],
	BANK: ['ASSET'],
	MOBILE_MONEY: ['ASSET'],
	CREDIT_CARD: ['LIABILITY'],
	CLEARING: ['ASSET'],
	RECEIVABLE: ['ASSET'],
	PAYABLE: ['LIABILITY'],
	INVENTORY: ['ASSET'],
	TAX: ['ASSET', 'LIABILITY'],
	RETAINED_EARNINGS: ['EQUITY'],
	OPENING_EQUITY: ['EQUITY'],
	SUSPENSE: ['ASSET'],
	FX_GAIN_LOSS: ['EXPENSE'],
	FX_ROUNDING: ['EXPENSE'],
	CASH_OVER_SHORT: ['EXPENSE'],
};
const PAYMENT_METHODS = ['CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING'];
const EXACTLY_ONE = ['RECEIVABLE', 'PAYABLE', 'RETAINED_EARNINGS', 'OPENING_EQUITY', 'SUSPENSE', 'FX_GAIN_LOSS', 'FX_ROUNDING', 'CASH_OVER_SHORT'];
const AT_LEAST_ONE = [...PAYMENT_METHODS, 'INVENTORY', 'TAX'];

interface ChartRow {
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly subtype: string;
	readonly currency: string;
	readonly requires_reconciliation: string;
}
interface ChartTitle {
	readonly name: string;
	readonly title: string;
	readonly country: string | null;
	readonly description: string;
}

const index: readonly ChartTitle[] = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8'));

function chartText(name: string): string {
	return readFileSync(new URL(`${name}.csv`, FOLDER), 'utf8');
}

function chartRows(name: string): readonly ChartRow[] {
	return parse(chartText(name), { columns: true });
}

/** Names at work in a country, each of which its template must hold somewhere. */
const COUNTRY_WORDS: Record<string, readonly string[]> = {
	generic: ['Mobile money', 'Card sales clearing', 'Sales tax on purchases recoverable', 'Sales tax on sales'],
	'india-gst': [
		'Input CGST',
		'Input SGST',
		'Input IGST',
		'Output CGST',
		'Output SGST',
		'Output IGST',
		'UPI clearing',
		'TDS receivable',
		'TDS payable on salaries',
	],
	kenya: [
		'M-Pesa till (Buy Goods)',
		'M-Pesa paybill',
		'VAT input',
		'VAT output',
		'PAYE payable',
		'NSSF payable',
		'SHIF payable',
		'Affordable housing levy payable',
	],
	uk: ['VAT on purchases', 'VAT on sales', 'PAYE due to HMRC', 'National Insurance due to HMRC', 'Card processor clearing'],
	us: ['State sales tax payable', 'Federal income tax withheld', 'Social Security payable', 'Medicare payable', 'Card processor clearing'],
};

describe('the index of chart templates', () => {
	it('names every template in the folder, and no other', () => {
		const files = readdirSync(FOLDER).filter((file) => file.endsWith('.csv'));
		expect(index.map((chart) => `${chart.name}.csv`).toSorted()).toEqual(files.toSorted());
		expect(index.map((chart) => chart.name)).toEqual(Object.keys(COUNTRY_WORDS));
	});

	it('says of each what it is for, and where', () => {
		for (const chart of index) {
			expect(Object.keys(chart)).toEqual(['name', 'title', 'country', 'description']);
			expect(chart.title).not.toBe('');
			expect(chart.description).toMatch(/\.$/);
			expect(chart.country === null || /^[A-Z]{2}$/.test(chart.country)).toBe(true);
		}
		expect(new Set(index.map((chart) => chart.title)).size).toBe(index.length);
	});
});

describe.each(Object.keys(COUNTRY_WORDS))('the chart template %s', (name) => {
	const rows = chartRows(name);

	it('has the canonical header and lines that end in LF', () => {
		const text = chartText(name);
		expect(text.startsWith(`${HEADER}\n`)).toBe(true);
		expect(text.endsWith('\n')).toBe(true);
		expect(text).not.toContain('\r');
	});

	it('holds 60 to 120 accounts', () => {
		expect(rows.length).toBeGreaterThanOrEqual(60);
		expect(rows.length).toBeLessThanOrEqual(120);
	});

	it('gives each account a code and a name of its own, in clean text', () => {
		expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
		expect(new Set(rows.map((row) => row.name.toLowerCase())).size).toBe(rows.length);
		for (const row of rows) {
			expect(row.code).toMatch(/^\d{4}$/);
			expect(isCleanText(row.name) && row.name === row.name.normalize('NFC')).toBe(true);
			// A colon would read as a path of accounts.
			expect(row.name).toMatch(/^[^\s:][^:\t\n]*[^\s:]$/);
			expect(row.name).not.toMatch(/ {2}/);
		}
	});

	it('stands in the order of codes: assets, liabilities, equity, income, expenses', () => {
		expect(rows.map((row) => row.code)).toEqual(rows.map((row) => row.code).toSorted());
		const order = rows.map((row) => TYPE_ORDER.indexOf(row.type));
		expect(order).not.toContain(-1);
		expect(order).toEqual(order.toSorted((left, right) => left - right));
		expect(new Set(order).size).toBe(TYPE_ORDER.length);
	});

	it('gives subtypes only to accounts of a type that can have them', () => {
		for (const row of rows.filter(({ subtype }) => subtype !== '')) {
			expect(TYPES_OF_SUBTYPE[row.subtype], `${row.code} ${row.subtype}`).toContain(row.type);
		}
	});

	it.each(EXACTLY_ONE)('has exactly one account of subtype %s', (subtype) => {
		expect(rows.filter((row) => row.subtype === subtype)).toHaveLength(1);
	});

	it.each(AT_LEAST_ONE)('has an account of subtype %s', (subtype) => {
		expect(rows.filter((row) => row.subtype === subtype)).not.toHaveLength(0);
	});

	it('binds a currency and a choice of reconciliation only to payment-method accounts', () => {
		for (const row of rows) {
			expect(row.currency === '' || (PAYMENT_METHODS.includes(row.subtype) && isCurrency(row.currency))).toBe(true);
			expect(['', 'yes', 'no']).toContain(row.requires_reconciliation);
		}
	});

	it('holds what its country asks for', () => {
		const names = rows.map((row) => row.name);
		for (const word of COUNTRY_WORDS[name] ?? []) expect(names).toContain(word);
	});
});
