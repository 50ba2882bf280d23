import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atMonthEnds, type JournalBook, judgeJournal } from './journal-book.ts';
import { journalRows } from './journal-rows.ts';
import type { KnownAnswers } from './known-answers.ts';
import type { Outcome } from './outcome.ts';
import { Program } from './program.ts';

let program: Program;
beforeAll(async () => {
	program = await Program.start();
});
afterAll(() => program.stop());

type Posting = readonly [entry: number, date: string, account: string, amount: string, commodity: string];
type Known = readonly [monthEnd: string, account: string, commodity: string, balance: string];

const HEADER =
	'"txnidx","date","date2","status","code","description","comment","account","amount","commodity","credit","debit","posting-status","posting-comment"';

function csvOf(postings: readonly Posting[]): string {
	const rows = postings.map(([entry, date, account, amount, commodity]) => [entry, date, '', '', '', 'trade', '', account, amount, commodity, '', '', '', '']);
	return `${[HEADER, ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n')}\n`;
}

function answersOf(known: readonly Known[]): KnownAnswers {
	const days = [...new Set(known.map(([day]) => day))];
	return new Map(days.map((day) => [day, known.filter(([of]) => of === day).map(([, account, commodity, balance]) => ({ account, commodity, balance }))]));
}

function judged(postings: readonly Posting[], known: readonly Known[] | null, more: Partial<JournalBook> = {}): Promise<Outcome> {
	const csv = csvOf(postings);
	const answers = atMonthEnds(journalRows(csv), known && answersOf(known));
	return judgeJournal(program, { name: 'a journal', csv, answers, hasRealAnswers: false, prices: [], ...more });
}

const RENT: readonly Posting[] = [
	[1, '2023-01-15', 'expenses:rent', '700.50', '$'],
	[1, '2023-01-15', 'assets:bank', '-700.50', '$'],
];
const RENT_KNOWN: readonly Known[] = [
	['2023-01-31', 'assets:bank', '$', '-700.5'],
	['2023-01-31', 'expenses:rent', '$', '700.5'],
];

describe('a journal against its known answers', () => {
	test('the same to the cent, whatever the zeros behind it', async () => {
		expect(await judged(RENT, RENT_KNOWN)).toEqual({ book: 'a journal', lines: 2, compared: 1, result: 'equal', note: '' });
	});

	test('a cent more is a difference, and is named', async () => {
		const known: readonly Known[] = [RENT_KNOWN[0] as Known, ['2023-01-31', 'expenses:rent', '$', '700.51']];
		expect(await judged(RENT, known)).toMatchObject({ result: 'different', note: '2023-01-31 expenses:rent USD: 700.5 here, 700.51 known' });
	});

	test('a month that the answers pass over is one in which all is nil', async () => {
		const postings: readonly Posting[] = [...RENT, [2, '2023-03-02', 'expenses:rent', '-700.50', '$'], [2, '2023-03-02', 'assets:bank', '700.50', '$']];
		expect(await judged(postings, RENT_KNOWN)).toMatchObject({ result: 'different', note: '2023-02-28 assets:bank USD: -700.5 here, 0 known' });
		const february = RENT_KNOWN.map(([, ...rest]): Known => ['2023-02-28', ...rest]);
		expect(await judged(postings, [...RENT_KNOWN, ...february])).toMatchObject({ result: 'equal', compared: 3 });
	});

	test('shares are refused by name, and all the rest agrees with the answers', async () => {
		const postings: readonly Posting[] = [...RENT, [2, '2023-01-20', 'assets:broker', '3', 'SHARE'], [2, '2023-01-20', 'assets:bank', '-90', '$']];
		const known: readonly Known[] = [
			['2023-01-31', 'assets:bank', '$', '-790.50'],
			['2023-01-31', 'assets:broker', 'SHARE', '3'],
			['2023-01-31', 'expenses:rent', '$', '700.50'],
		];
		expect(await judged(postings, known)).toEqual({
			book: 'a journal',
			lines: 2,
			compared: 1,
			result: 'refused',
			note: 'COMMODITY_NOT_A_CURRENCY, 1 entry: no currency: SHARE',
		});
	});

	test('a foreign entry takes the price that the journal states', async () => {
		const postings: readonly Posting[] = [...RENT, [2, '2023-01-20', 'income:gift', '-20', '€'], [2, '2023-01-20', 'assets:cash', '20', '€']];
		const known: readonly Known[] = [...RENT_KNOWN, ['2023-01-31', 'assets:cash', 'EUR', '20'], ['2023-01-31', 'income:gift', '€', '-20']];
		expect(await judged(postings, known, { prices: [{ commodity: 'EUR', price: '1.10', in: '$' }] })).toMatchObject({ result: 'equal', note: '' });
		expect(await judged(postings, known)).toMatchObject({ result: 'equal', note: 'no price of EUR in it, taken at 1' });
	});

	test('virtual postings are left out; where the answers count them, that is a refusal', async () => {
		const postings: readonly Posting[] = [...RENT, [1, '2023-01-15', '(budget:rent)', '-700.50', '$'], [2, '2023-01-20', '(assets:bank)', '5', '$']];
		expect(await judged(postings, RENT_KNOWN, { hasRealAnswers: true })).toMatchObject({ result: 'equal', note: '2 virtual postings left out' });
		const counted: readonly Known[] = [...RENT_KNOWN, ['2023-01-31', 'budget:rent', '$', '-700.50']];
		expect(await judged(postings, counted)).toMatchObject({ result: 'refused', note: '2 virtual postings left out' });
	});

	test('an account whose first word says nothing is added first', async () => {
		const postings: readonly Posting[] = [
			[1, '2023-01-15', 'Left column:Ünïcode 口座', '1', ''],
			[1, '2023-01-15', 'Right column', '-1', ''],
		];
		expect(await judged(postings, null)).toMatchObject({ lines: 2, result: 'equal' });
	});

	test('a date before 1970 is refused by name', async () => {
		const postings: readonly Posting[] = [
			[1, '1969-12-31', 'expenses:rent', '1', '$'],
			[1, '1969-12-31', 'assets:bank', '-1', '$'],
		];
		expect(await judged(postings, null)).toMatchObject({ result: 'refused', note: expect.stringMatching(/^DATE_INVALID, 1 entry: 1969-12-31/) });
	});

	test('a journal without entries has nothing to compare', async () => {
		expect(await judged([], null)).toMatchObject({ result: 'empty', compared: 0 });
	});
});
