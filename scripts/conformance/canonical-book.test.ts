import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Balances } from './balances.ts';
import { type CanonicalBook, judgeCanonical, judgeCanonicalFile, readTruth } from './canonical-book.ts';
import { Program } from './program.ts';

const folder = path.resolve(import.meta.dirname, '../../test/fixtures/smallbiz-ke');
const book = { name: 'smallbiz-ke', file: path.join(folder, 'books.csv'), currency: 'KES', fiscalYearStart: '01-01' } as const;

let program: Program;
beforeAll(async () => {
	program = await Program.start();
});
afterAll(() => program.stop());

function judgedWith(change: Partial<CanonicalBook>) {
	return judgeCanonical(program, { ...book, ...readTruth(path.join(folder, 'truth'), book.currency), options: {}, ...change });
}

test('three months of trade: every trial balance and income statement, before and after each month is closed', async () => {
	expect(await judgeCanonicalFile(program, book)).toEqual({
		book: 'smallbiz-ke',
		lines: 193,
		compared: 3,
		result: 'equal',
		note: 'before and after closing each month',
	});
});

test('a cent in a trial balance is a difference', async () => {
	const { trialBalances } = readTruth(path.join(folder, 'truth'), book.currency);
	const february = (trialBalances.get('2024-02-29') ?? []).map((known) =>
		known.account === 'Assets:Current:Prepaid' ? { ...known, balance: '1000.01' } : known,
	);
	expect(await judgedWith({ trialBalances: new Map([...trialBalances, ['2024-02-29', february]]) })).toMatchObject({
		result: 'different',
		note: '2024-02-29 before the close: Assets:Current:Prepaid KES is 1000 here, 1000.01 known',
	});
});

test('a cent in the net of a month is a difference', async () => {
	const { nets } = readTruth(path.join(folder, 'truth'), book.currency);
	const march = new Balances();
	march.add('Expenses:Rent', 'KES', '0.01');
	const wrong = (nets.get('2024-03') ?? new Balances()).minus(march);
	expect(await judgedWith({ nets: new Map([...nets, ['2024-03', wrong]]) })).toMatchObject({
		result: 'different',
		note: 'net of 2024-03 before the close: Expenses:Rent KES is 700 here, 699.99 known',
	});
});

test('a book that is refused is different: it is a company’s whole books', async () => {
	const outcome = await judgedWith({ currency: 'USD' });
	expect(outcome).toMatchObject({ result: 'different', lines: 0, note: expect.stringMatching(/^IMPORT_REJECTED: /) });
});
