import { expect, test } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { Balances } from './balances.ts';
import { readableJournal } from './other-programs.ts';
import { exitCodeOf, failed, type Outcome, outcomeTable, outcomeTotals } from './outcome.ts';

const equal: Outcome = { book: 'shop.journal', lines: 12, compared: 3, result: 'equal', note: '' };
const refused: Outcome = { book: 'a.dat', lines: 1484, compared: 34, result: 'refused', note: 'no currency: SHARE' };

test('the table is aligned, numbers to the right', () => {
	expect(outcomeTable([equal, refused]).split('\n')).toEqual([
		'book          lines  compared  result',
		'shop.journal     12         3  equal',
		'a.dat          1484        34  refused  no currency: SHARE',
	]);
});

test.each([
	['all equal or refused', [equal, refused], 0, '1 equal, 1 refused, 0 different'],
	['one different', [equal, { ...equal, result: 'different' }], 1, '1 equal, 0 refused, 1 different'],
	['a program missing', [equal, { ...equal, result: 'not compared' }], 1, '1 equal, 0 refused, 0 different, 1 not compared'],
	['a journal without entries', [equal, { ...equal, result: 'empty' }], 0, '1 equal, 0 refused, 0 different, 1 empty'],
	['no books at all', [], 1, '0 equal, 0 refused, 0 different'],
] as const)('%s', (_name, outcomes, exitCode, totals) => {
	expect(exitCodeOf(outcomes)).toBe(exitCode);
	expect(outcomeTotals(outcomes)).toBe(totals);
});

test('a refusal is a refusal, a fault of the program a difference', () => {
	expect(failed('a', new AppError('FILE_EMPTY', 'The file is empty.'))).toMatchObject({ result: 'refused', note: 'FILE_EMPTY: The file is empty.' });
	expect(failed('a', new TypeError('x is undefined'))).toMatchObject({ result: 'different', note: 'fault: x is undefined' });
});

test('amounts are exact, however long, and nil however they came to be', () => {
	const here = new Balances();
	here.add('assets', 'USD', '90071992547409930.000000000001');
	here.subtract('assets', 'USD', '90071992547409930');
	const there = new Balances();
	expect(here.firstDifference(there)).toEqual({ account: 'assets', commodity: 'USD', here: '0.000000000001', there: '0' });
	here.add('assets', 'USD', '-.000000000001');
	expect(here.firstDifference(there)).toBeNull();
	expect(() => here.add('assets', 'USD', '1e3')).toThrow('no exact amount');
});

test('an export of beancount as hledger reads it', () => {
	const exported = [
		'commodity SHARE.X',
		';; Query: 2015-01-01 "taxes" "',
		'  SELECT account, SUM(position)',
		'"',
		'2015-02-01 * Sale',
		'  P Assets:Broker   -8 SHARE @ 101.20 USD     @ 105.75 USD',
		'  Assets:Cash   845.99 USD',
		'  Equity:Rounding   0.004 USD',
	];
	expect(readableJournal(exported.join('\n')).split('\n')).toEqual([
		';; Query: 2015-01-01 "taxes" "',
		'2015-02-01 * Sale',
		'  Assets:Broker   -8 SHARE @ 101.20 USD',
		'  Assets:Cash   845.99 USD',
	]);
});
