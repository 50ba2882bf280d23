import { describe, expect, it } from 'vitest';
import { type Account, accountRows, foundRows } from './account-rows.ts';

const account = (code: string, name: string): Account => ({
	code,
	name,
	type: 'ASSET',
	subtype: null,
	currency: null,
	requiresReconciliation: false,
	active: true,
	ref: `ref-${code}`,
});
const balance = (code: string, currency: string, baseDebit: string, baseCredit: string) => ({
	code,
	name: code,
	type: 'ASSET' as const,
	currency,
	debit: baseDebit,
	credit: baseCredit,
	baseDebit,
	baseCredit,
});

describe('the chart with balances', () => {
	it('puts each account on its side, adds its currencies in base, and leaves empty what never moved', () => {
		const rows = accountRows(
			[account('1000', 'Cash'), account('1100', 'Bank'), account('2000', 'Creditors'), account('3000', 'Capital')],
			[
				balance('1000', 'KES', '120.50', '0.00'),
				balance('1100', 'KES', '100.00', '0.00'),
				balance('1100', 'USD', '0.00', '130.00'),
				balance('2000', 'KES', '0.00', '9.99'),
			],
			'KES',
		);
		expect(rows.map(({ code, debit, credit, balance: standing }) => [code, debit, credit, standing])).toEqual([
			['1000', '120.50', '', 12050n],
			['1100', '', '30.00', -3000n],
			['2000', '', '9.99', -999n],
			['3000', '', '', null],
		]);
	});

	it.each([
		['', ['1000', '1100']],
		['11', ['1100']],
		['00', []],
		['ca', ['1000']],
	])('finds "%s" by the beginning of a code or any part of a name', (typed, codes) => {
		expect(foundRows([account('1000', 'Cash'), account('1100', 'Bank')], typed).map(({ code }) => code)).toEqual(codes);
	});
});
