import { describe, expect, it } from 'vitest';
import { utf8Bytes } from './bytes.ts';
import { createFindingList } from './findings.ts';
import type { CloseSeal } from './seal-document.ts';
import type { SealedBalance } from './sealed-tables.ts';
import { compareReopenDifference, REOPEN_DIFFERENCE_COLUMNS } from './verify-reopen-difference.ts';

type Row = Partial<Record<(typeof REOPEN_DIFFERENCE_COLUMNS)[number], string>>;

const SEAL = {
	company: { id: 'c', name: 'Alder Tools', currency: 'INR' },
	period: { id: 'p', name: '2026-03', kind: 'MONTH', start: '2026-03-01', end: '2026-03-31' },
	closeNumber: 2,
	closedAt: '2026-04-09T08:00:00.000Z',
	closedBy: 'asha',
	closeReason: 'Corrected',
	closeHash: 'ab'.repeat(32),
	supersedes: { sealSha256: 'cd'.repeat(32), reopenedAt: '2026-04-05T08:00:00.000Z', reopenedBy: 'ravi', reopenReason: '-12.00 was missing' },
} as unknown as CloseSeal;

const balance = (account: string, currency: string, opening: number, debit: number, credit: number, rate = 1): SealedBalance => ({
	account,
	code: account,
	currency,
	openingMinor: opening,
	debitMinor: debit,
	creditMinor: credit,
	closingMinor: opening + debit - credit,
	baseOpeningMinor: opening * rate,
	baseDebitMinor: debit * rate,
	baseCreditMinor: credit * rate,
	baseClosingMinor: (opening + debit - credit) * rate,
});
const BALANCES = [balance('1100', 'INR', 7500, 1500, 1200), balance('1150', 'USD', 100, 200, 0, 83), balance('4000', 'INR', 0, 0, 0)];

const CLOSE_1: Row = { row: 'close', close_number: '1', at: '2026-04-02T08:00:00.000Z', by: 'asha', reason: 'Done', close_hash: 'ef'.repeat(32) };
const REOPENING: Row = { row: 'reopening', close_number: '1', at: '2026-04-05T08:00:00.000Z', by: 'ravi', reason: "'-12.00 was missing" };
const CLOSE_2: Row = { row: 'close', close_number: '2', at: '2026-04-09T08:00:00.000Z', by: 'asha', reason: 'Corrected', close_hash: 'ab'.repeat(32) };

const figure = (code: string, currency: string, field: string, amounts: string, base = amounts): Row => {
	const [before, after, change] = amounts.split(' ') as [string, string, string];
	const [baseBefore, baseAfter, baseChange] = base.split(' ') as [string, string, string];
	return { row: 'figure', ref: code, code, currency, field, before, after, change, base_before: baseBefore, base_after: baseAfter, base_change: baseChange };
};
const entry = (no: number, date: string, code: string, currency: string, change: string, base = change): Row => ({
	row: 'entry',
	entry_no: String(no),
	date,
	ref: code,
	code,
	currency,
	change,
	base_change: base,
});

/** Rent of 12.00 came late, a sale of February was put right by 5.00, and two dollars came in. */
const ROWS: readonly Row[] = [
	CLOSE_1,
	REOPENING,
	CLOSE_2,
	{ row: 'net_profit', before: '1.00', after: '2.00', change: '1.00', currency: 'INR' },
	figure('1100', 'INR', 'opening', '70.00 75.00 5.00'),
	figure('1100', 'INR', 'debit', '15.00 15.00 0.00'),
	figure('1100', 'INR', 'credit', '0.00 12.00 12.00'),
	figure('1100', 'INR', 'closing', '85.00 78.00 -7.00'),
	figure('1100', 'INR', 'adjusted', '85.00 78.00 -7.00'),
	figure('1150', 'USD', 'opening', '1.00 1.00 0.00', '83.00 83.00 0.00'),
	figure('1150', 'USD', 'debit', '0.00 2.00 2.00', '0.00 166.00 166.00'),
	figure('1150', 'USD', 'credit', '0.00 0.00 0.00'),
	figure('1150', 'USD', 'closing', '1.00 3.00 2.00', '83.00 249.00 166.00'),
	figure('1150', 'USD', 'adjusted', '1.00 3.00 2.00', '83.00 249.00 166.00'),
	entry(8, '2026-02-28', '1100', 'INR', '5.00'),
	entry(9, '2026-03-31', '1100', 'INR', '-12.00'),
	entry(10, '2026-03-31', '1150', 'USD', '2.00', '166.00'),
	// There and back before the period: nothing of the account is another.
	entry(11, '2026-02-28', '4000', 'INR', '3.00'),
	entry(12, '2026-02-28', '4000', 'INR', '-3.00'),
	{ row: 'changed', ref: '1100', name: '1100 Bank', field: 'accounts.name', was: 'Bank', became: 'Main bank' },
];

const csvOf = (rows: readonly Row[]): string =>
	`\ufeff${[REOPEN_DIFFERENCE_COLUMNS.join(), ...rows.map((row) => REOPEN_DIFFERENCE_COLUMNS.map((name) => row[name] ?? '').join())].join('\n')}\n`;

function findingsOf(csv: string | null, seal: CloseSeal = SEAL): string[] {
	const list = createFindingList();
	compareReopenDifference(csv === null ? null : utf8Bytes(csv), BALANCES, seal, list);
	return list.findings.map(({ code, account }) => [code, account ?? ''].join(' ').trim());
}

/** The rows with one field of those that are like `like` put otherwise. */
const otherwise = (like: Row, change: Row): Row[] => {
	const isLike = (row: Row) => Object.entries(like).every(([name, text]) => row[name as keyof Row] === text);
	expect(ROWS.some(isLike)).toBe(true);
	return ROWS.map((row) => (isLike(row) ? { ...row, ...change } : row));
};

describe('what a package says of the close before', () => {
	it('stands where it is what was sealed and adds up', () => {
		expect(findingsOf(csvOf(ROWS))).toEqual([]);
	});

	it.each<[what: string, rows: readonly Row[], account: string]>([
		['who closed', otherwise({ row: 'close', close_number: '2' }, { by: 'ravi' }), ''],
		['the close hash', otherwise({ row: 'close', close_number: '2' }, { close_hash: 'ee'.repeat(32) }), ''],
		['a close left out', ROWS.slice(1), ''],
		['when it was reopened', otherwise({ row: 'reopening' }, { at: '2026-04-06T08:00:00.000Z' }), ''],
		['why it was reopened', otherwise({ row: 'reopening' }, { reason: 'Because' }), ''],
		['a second reopening', [...ROWS, REOPENING], ''],
		['what a balance became', otherwise({ code: '1100', field: 'closing' }, { after: '79.00', before: '86.00' }), '1100'],
		['what it became in base', otherwise({ code: '1150', field: 'closing' }, { base_after: '250.00', base_before: '84.00' }), '1150'],
		['what it was', otherwise({ code: '1100', field: 'credit' }, { before: '1.00' }), '1100'],
		['what it was on the adjusted basis', otherwise({ code: '1100', field: 'adjusted' }, { before: '1.00' }), '1100'],
		['the amount of an entry', otherwise({ entry_no: '9' }, { change: '-13.00' }), '1100'],
		['the base amount of an entry', otherwise({ entry_no: '10' }, { base_change: '167.00' }), '1150'],
		['the day of an entry', otherwise({ entry_no: '8' }, { date: '2026-03-01' }), '1100'],
		['an entry left out', ROWS.filter(({ entry_no: no }) => no !== '10'), '1150'],
		['an account left out', ROWS.filter(({ row, code }) => row !== 'figure' || code !== '1150'), '1150'],
		['a figure left out', ROWS.filter(({ code, field }) => code !== '1100' || field !== 'debit'), '1100'],
		['an account without a balance', otherwise({ code: '1150' }, { ref: '1151', code: '1151' }), '1151'],
		['an amount that is none', otherwise({ code: '1100', field: 'closing' }, { after: '78,00 INR'.replace(',', '.') }), ''],
	])('is found where it differs: %s', (_what, rows, account) => {
		const expected = ['REOPEN_DIFFERENCE_DIFFERS', account].join(' ').trim();
		expect(findingsOf(csvOf(rows))).toContain(expected);
	});

	it.each([
		['without its first line', csvOf(ROWS).split('\n').slice(1).join('\n')],
		['with a column left out', csvOf(ROWS).replace('close,1,', 'close,')],
		['with a quote left open', csvOf(ROWS).replace('Done', '"Done')],
		['that is empty', ''],
	])('is no such list %s', (_what, csv) => {
		expect(findingsOf(csv)).toEqual(['REOPEN_DIFFERENCE_DIFFERS']);
	});

	it('cannot be in the package of a first close', () => {
		expect(findingsOf(csvOf(ROWS), { ...SEAL, closeNumber: 1, supersedes: null })).toEqual(['REOPEN_DIFFERENCE_DIFFERS']);
	});

	it('is not compared where it is too long to be held in memory, which the answer says', () => {
		const list = createFindingList();
		compareReopenDifference(null, BALANCES, SEAL, list);
		expect(list).toMatchObject({ findings: [], skipped: [{ code: 'DOCUMENTS', message: expect.stringContaining('too long') }] });
	});
});
