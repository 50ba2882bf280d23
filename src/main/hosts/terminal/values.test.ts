import { describe, expect, it } from 'vitest';
import { UsageError } from './usage-error.ts';
import { choiceNamed, pairsOf, ratesOf, wholeNumber, yesOrNo } from './values.ts';

describe('values of a command line', () => {
	it.each([
		['asset', 'ASSET'],
		['Mobile-Money', 'MOBILE_MONEY'],
		['mobile_money', 'MOBILE_MONEY'],
	])('%j chooses %j', (typed, choice) => {
		expect(choiceNamed('type', typed, ['ASSET', 'MOBILE_MONEY'])).toBe(choice);
	});

	it('names the choices, the nearest first', () => {
		expect(() => choiceNamed('type', 'aset', ['ASSET', 'EQUITY'])).toThrow('--type cannot be "aset". Did you mean ASSET? Possible: ASSET, EQUITY.');
	});

	it.each([
		[['USD=83.45', 'EUR=90'], undefined, { USD: '83.45', EUR: '90' }],
		[['entry_no=txn,amount=Betrag in EUR'], ',' as const, { entry_no: 'txn', amount: 'Betrag in EUR' }],
		[['$=USD'], undefined, { $: 'USD' }],
		[['==EUR'], undefined, { '=': 'EUR' }],
		[[], ',' as const, undefined],
	])('%j are pairs', (typed, separator, pairs) => {
		expect(pairsOf('map', typed, separator)).toEqual(pairs);
	});

	it.each(['USD', '=USD', 'USD=', ''])('%j is no pair', (typed) => {
		expect(() => pairsOf('rate', [typed])).toThrow(UsageError);
	});

	it('reads codes of currencies in any case', () => {
		expect(ratesOf(['usd=83.45'])).toEqual({ USD: '83.45' });
		expect(ratesOf([])).toBeUndefined();
	});

	it('reads yes, no and nothing', () => {
		expect([yesOrNo('active', 'Yes'), yesOrNo('active', 'off'), yesOrNo('active', undefined)]).toEqual([true, false, undefined]);
		expect(() => yesOrNo('active', 'maybe')).toThrow(UsageError);
	});

	it.each(['0', '-1', '1.5', '1e3', '', 'x', '9'.repeat(16)])('%j is no number of anything', (typed) => {
		expect(() => wholeNumber('NO', typed)).toThrow(UsageError);
	});
});
