import { describe, expect, test } from 'vitest';
import { accountSpellingKey, accountTypeOf, isAccountPath, pathMeaning } from './account-path.rules.ts';

describe('what a path means', () => {
	test.each([
		['Assets:Current:Bank:Operating', 'ASSET', 'BANK'],
		['assets:bank:checking', 'ASSET', 'BANK'],
		['Assets:Checking', 'ASSET', 'BANK'],
		['Assets:Bank:Clearing', 'ASSET', 'CLEARING'],
		['Assets:Cash', 'ASSET', 'CASH'],
		['Assets:Petty cash box', 'ASSET', 'CASH'],
		['Assets:Current:M-Pesa', 'ASSET', 'MOBILE_MONEY'],
		['Assets:Mobile money:Till 1', 'ASSET', 'MOBILE_MONEY'],
		['Assets:Receivables:Cash customers', 'ASSET', 'CASH'],
		['assets:receivable:ab', 'ASSET', 'RECEIVABLE'],
		['Assets:Stock', 'ASSET', 'INVENTORY'],
		['Assets:VAT:Input', 'ASSET', 'TAX'],
		['Liabilities:GST Payable', 'LIABILITY', 'TAX'],
		['Liabilities:Output-IGST', 'LIABILITY', 'TAX'],
		['liabilities:credit card', 'LIABILITY', 'CREDIT_CARD'],
		['Liabilities:CreditCard', 'LIABILITY', 'CREDIT_CARD'],
		['Liabilities:Accounts Payable', 'LIABILITY', 'PAYABLE'],
		['Liabilities:Long term:Loan', 'LIABILITY', null],
		['Equity:Opening balances', 'EQUITY', 'OPENING_EQUITY'],
		['equity:opening/closing', 'EQUITY', 'OPENING_EQUITY'],
		['Equity:Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
		['Assets:Suspense', 'ASSET', 'SUSPENSE'],
		['Income:Sales', 'INCOME', null],
		['revenues:consulting:ab', 'INCOME', null],
		['Revenue:Cash sales', 'INCOME', null],
		['Expenses:Bank fees', 'EXPENSE', null],
		['Expenses:Exchange loss', 'EXPENSE', 'FX_GAIN_LOSS'],
		['Erträge:Verkauf', 'INCOME', null],
		['me:assets:bank', null, null],
		['1010', null, null],
	])('%s: %s %s', (path, type, subtype) => {
		expect(pathMeaning(path)).toEqual({ type, subtype });
	});
	test('a type that a column states is taken, the name tells the subtype', () => {
		expect(pathMeaning('Bank-HDFC', 'ASSET')).toEqual({ type: 'ASSET', subtype: 'BANK' });
	});
});

test.each([
	['Asset', 'ASSET'],
	['LIABILITIES', 'LIABILITY'],
	['Revenue', 'INCOME'],
	['Expense', 'EXPENSE'],
	['Bank', null],
])('type word %s: %s', (word, type) => {
	expect(accountTypeOf(word)).toBe(type);
});

test('a path has a colon; a code and a bare name have none', () => {
	expect(['Assets:Bank', '1010', 'Cash'].map(isAccountPath)).toEqual([true, false, false]);
});

test('spellings that only differ in case, width and blanks have one key', () => {
	expect(new Set(['Cash', 'CASH ', ' cash', 'Ｃash'].map(accountSpellingKey)).size).toBe(1);
	expect(accountSpellingKey('Cash')).not.toBe(accountSpellingKey('Cash 2'));
});
