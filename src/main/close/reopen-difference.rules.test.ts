import { describe, expect, it } from 'vitest';
import type { SealedBalance, SealedEntry } from '#shared/seal/index.ts';
import { accountDifferences, FIGURES, type FiguresByKey, figuresMoved, sealedFigures } from './reopen-difference.rules.ts';
import { sealedChanges, tableDifference } from './sealed-changes.rules.ts';

const MARCH = { start: '2026-03-01', end: '2026-03-31' };
const YEAR = '2026-01-01';

/** account, amount (debit positive); in base alike. */
type Line = readonly [account: string, amount: number];
const entry = (date: string, source: SealedEntry['source'], lines: readonly Line[]): SealedEntry =>
	({
		date,
		source,
		lines: lines.map(([account, amount]) => {
			const [debit, credit] = [Math.max(amount, 0), Math.max(-amount, 0)];
			return { account, currency: 'INR', debit, credit, baseDebit: debit, baseCredit: credit };
		}),
	}) as unknown as SealedEntry;

/** opening, debit, credit of an account in a period. */
const balance = (account: string, opening: number, debit: number, credit: number): SealedBalance => ({
	account,
	code: account,
	currency: 'INR',
	openingMinor: opening,
	debitMinor: debit,
	creditMinor: credit,
	closingMinor: opening + debit - credit,
	baseOpeningMinor: opening,
	baseDebitMinor: debit,
	baseCreditMinor: credit,
	baseClosingMinor: opening + debit - credit,
});
const told = (figures: FiguresByKey): Record<string, string> =>
	Object.fromEntries([...figures.values()].map(({ account, amount }) => [account, FIGURES.map((figure) => amount[figure]).join(' ')]));

describe('what entries move in the figures of March', () => {
	it.each<[what: string, entries: readonly SealedEntry[], opening_debit_credit_closing_adjusted: Record<string, string>]>([
		[
			'a sale in it',
			[
				entry('2026-03-05', 'MANUAL', [
					['1000', 90],
					['4000', -90],
				]),
			],
			{ 1000: '0 90 0 90 90', 4000: '0 0 90 -90 -90' },
		],
		[
			'a sale before it',
			[
				entry('2026-02-28', 'MANUAL', [
					['1000', 90],
					['4000', -90],
				]),
			],
			{ 1000: '90 0 0 90 90', 4000: '-90 0 0 -90 -90' },
		],
		[
			'a closing entry of the year',
			[
				entry('2026-03-31', 'CLOSING', [
					['4000', 90],
					['3100', -90],
				]),
			],
			{ 4000: '0 90 0 90 0', 3100: '0 0 90 -90 0' },
		],
		[
			'one of an earlier month of the year',
			[
				entry('2026-01-31', 'CLOSING', [
					['4000', 9],
					['3100', -9],
				]),
			],
			{ 4000: '9 0 0 9 0', 3100: '-9 0 0 -9 0' },
		],
		[
			'one of the year before',
			[
				entry('2025-12-31', 'CLOSING', [
					['4000', 9],
					['3100', -9],
				]),
			],
			{ 4000: '9 0 0 9 9', 3100: '-9 0 0 -9 -9' },
		],
		[
			'an entry and its reversal',
			[
				entry('2026-03-05', 'MANUAL', [
					['1000', 90],
					['4000', -90],
				]),
				entry('2026-03-06', 'REVERSAL', [
					['4000', 90],
					['1000', -90],
				]),
			],
			{ 1000: '0 90 90 0 0', 4000: '0 90 90 0 0' },
		],
	])('%s', (_what, entries, expected) => {
		expect(told(figuresMoved(entries, MARCH, YEAR))).toEqual(expected);
	});
});

describe('the difference of an account', () => {
	const before = sealedFigures([balance('1000', 10, 90, 0), balance('4000', 0, 90, 90)], [{ ref: '4000', currency: 'INR', amount: 90n, base: 90n }]);
	const after = (rows: readonly SealedBalance[], closing = 90n) => sealedFigures(rows, [{ ref: '4000', currency: 'INR', amount: closing, base: closing }]);
	const same = [balance('1000', 10, 90, 0), balance('4000', 0, 90, 90)];

	it('is none where both closes say the same and nothing moved', () => {
		expect(accountDifferences(before, after(same), new Map())).toEqual([]);
	});

	it('is after less before, explained where the entries give just that', () => {
		const sale = figuresMoved(
			[
				entry('2026-03-09', 'MANUAL', [
					['1000', 5],
					['4000', -5],
				]),
				entry('2026-03-31', 'CLOSING', [['4000', 5]]),
			],
			MARCH,
			YEAR,
		);
		const found = accountDifferences(before, after([balance('1000', 10, 95, 0), balance('4000', 0, 95, 95)], 95n), sale);
		expect(found.map(({ account, kind, explained, change }) => [account, kind, explained, FIGURES.map((figure) => change.amount[figure]).join(' ')])).toEqual([
			['1000', 'BALANCE', true, '0 5 0 5 5'],
			// The balance is nil before and after; only on the adjusted basis it is another.
			['4000', 'BALANCE', true, '0 5 5 0 -5'],
		]);
	});

	it('is one of sums alone where debits and credits grew alike', () => {
		const both = [entry('2026-03-09', 'MANUAL', [['1000', 5]]), entry('2026-03-09', 'REVERSAL', [['1000', -5]])];
		expect(accountDifferences(before, after([balance('1000', 10, 95, 5), ...same.slice(1)]), figuresMoved(both, MARCH, YEAR))).toMatchObject([
			{ account: '1000', kind: 'SUMS', explained: true },
		]);
	});

	it.each<[what: string, rows: readonly SealedBalance[], entries: readonly SealedEntry[]]>([
		['a sealed figure that no entry made', [balance('1000', 10, 91, 0), ...same.slice(1)], []],
		['an entry that no sealed figure shows', same, [entry('2026-03-09', 'MANUAL', [['1000', 5]])]],
		['an entry of another amount', [balance('1000', 10, 95, 0), ...same.slice(1)], [entry('2026-03-09', 'MANUAL', [['1000', 6]])]],
		['an entry on the other side of the first day', [balance('1000', 10, 95, 0), ...same.slice(1)], [entry('2026-02-28', 'MANUAL', [['1000', 5]])]],
	])('is not explained by %s', (_what, rows, entries) => {
		expect(accountDifferences(before, after(rows), figuresMoved(entries, MARCH, YEAR))).toMatchObject([{ account: '1000', explained: false }]);
	});
});

describe('what sealed tables say otherwise', () => {
	const called = (ref: string, name: string, more: object = {}) => ({
		ref,
		code: ref,
		name,
		type: 'ASSET',
		subtype: null,
		currency: 'INR',
		active: true,
		...more,
	});
	const reconciled = (account: string, actualMinor: number) => ({ account, currency: 'INR', status: 'VERIFIED', actualMinor, verifiedBy: 'asha' });
	const tables = (rows: Record<string, readonly Record<string, unknown>[]>) => (name: string) => rows[name] ?? [];

	it('names what is called otherwise, what is new, and what was verified with another figure', () => {
		const earlier = tables({
			accounts: [called('1000', 'Cash'), called('1100', 'Bank', { subtype: 'BANK' })],
			parties: [{ ref: 'P000001', name: 'Paper Giraffe' }],
			reconciliations: [reconciled('1100', 90_000)],
		});
		const later = tables({
			accounts: [called('1000', 'Cash', { active: false }), called('1100', 'Main bank'), called('1200', 'Till')],
			parties: [{ ref: 'P000001', name: 'Paper Giraffe Ltd' }],
			reconciliations: [reconciled('1000', 100), reconciled('1100', 118_450)],
		});
		expect(sealedChanges(earlier, later).map(({ table, name, field, before, after }) => [table, name, field, before, after])).toEqual([
			['accounts', '1000 Cash', 'active', 'true', 'false'],
			['accounts', '1100 Main bank', 'name', 'Bank', 'Main bank'],
			['accounts', '1100 Main bank', 'subtype', 'BANK', ''],
			['accounts', '1200 Till', null, null, '1200 Till'],
			['parties', 'Paper Giraffe Ltd', 'name', 'Paper Giraffe', 'Paper Giraffe Ltd'],
			['reconciliations', '1000 Cash', null, null, '1.00'],
			['reconciliations', '1100 Main bank', 'actual', '900.00', '1184.50'],
		]);
		expect(sealedChanges(earlier, earlier)).toEqual([]);
	});

	it.each<[before: readonly string[], after: readonly string[], difference: object | null]>([
		[['a', 'b'], ['a', 'b'], null],
		[['a', 'b'], ['a', 'c', 'd'], { before: 2, after: 3, added: 2, removed: 1 }],
		[[], ['a'], { before: 0, after: 1, added: 1, removed: 0 }],
		[['a'], [], { before: 1, after: 0, added: 0, removed: 1 }],
	])('counts rows: %j and then %j', (before, after, difference) => {
		const found = tableDifference({ name: 'balances', before, after });
		if (difference === null) expect(found).toBeNull();
		else expect(found).toEqual({ name: 'balances', ...difference });
	});
});
