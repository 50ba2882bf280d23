import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountFolder, type PackedItem, type PackedReconciliation, statementFileName } from './reconciliation-rows.rules.ts';
import { reconciliationStatement } from './reconciliation-statement.rules.ts';
import { reconciliationText } from './reconciliation-text.rules.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const item = (kind: 'BOOK' | 'BANK', amountMinor: number, extra: Partial<PackedItem> = {}): PackedItem => ({
	no: 1,
	kind,
	date: '2026-01-30',
	amountMinor,
	description: 'What it is',
	reference: null,
	entryNo: kind === 'BOOK' ? 12 : null,
	bankId: kind === 'BANK' ? 'B-7' : null,
	note: null,
	...extra,
});

function reconciliation(actualMinor: number, items: readonly PackedItem[], extra: Partial<PackedReconciliation> = {}): PackedReconciliation {
	const explainedMinor = items.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
	return {
		id: 'r-1',
		account: '1100',
		currency: 'USD',
		strategy: 'statement',
		status: 'VERIFIED',
		end: '2026-01-31',
		expectedMinor: actualMinor + explainedMinor,
		actualMinor,
		varianceMinor: explainedMinor,
		explainedMinor,
		detail: {},
		preparedAt: '2026-02-01T09:00:00.000Z',
		preparedBy: 'arun',
		verifiedAt: '2026-02-01T10:00:00.000Z',
		verifiedBy: 'meera',
		items,
		...extra,
	};
}

describe('a reconciliation statement', () => {
	it('goes from the bank to the books: deposits in transit, unpresented payments, errors of the bank', () => {
		const statement = reconciliationStatement(
			reconciliation(100_000, [
				item('BANK', 2_500, { no: 1 }),
				item('BOOK', -30_000, { no: 2 }),
				item('BOOK', 50_000, { no: 3, date: '2026-01-29' }),
				item('BOOK', 700, { no: 4 }),
			]),
		);
		expect(statement.sections.map(({ line, items, sumMinor }) => [line, items.map(({ no }) => no), sumMinor])).toEqual([
			['DEPOSIT_IN_TRANSIT', [3, 4], 50_700n],
			['UNPRESENTED', [2], -30_000n],
			['BANK_ERROR', [1], 2_500n],
		]);
		expect(statement).toMatchObject({ actual: { line: 'BALANCE_PER_BANK', amountMinor: 100_000n }, unexplainedMinor: 0n, booksMinor: 123_200n });
	});

	it('adds up to the balance of the books, whatever the items are', () => {
		const items = fc.array(fc.tuple(fc.constantFrom('BOOK' as const, 'BANK' as const), fc.integer({ min: -1e9, max: 1e9 })), { maxLength: 20 });
		fc.assert(
			fc.property(fc.integer({ min: -1e12, max: 1e12 }), items, fc.integer({ min: -1e6, max: 1e6 }), (actualMinor, all, left) => {
				const row = reconciliation(
					actualMinor,
					all.map(([kind, amountMinor], index) => item(kind, amountMinor, { no: index + 1 })),
				);
				const draft = { ...row, expectedMinor: row.expectedMinor + left, varianceMinor: row.varianceMinor + left };
				const statement = reconciliationStatement(draft);
				const sum = statement.sections.reduce((total, { sumMinor }) => total + sumMinor, statement.actual.amountMinor + statement.unexplainedMinor);
				expect(sum).toBe(statement.booksMinor);
				expect(statement.sections.flatMap((section) => section.items)).toHaveLength(all.length);
			}),
		);
	});

	it.each([
		['cash-count', 'Cash counted'],
		['physical-count', 'Stock counted'],
		['balance', 'Actual balance'],
	])('of %s begins with: %s', (strategy, title) => {
		expect(reconciliationStatement(reconciliation(0, [], { strategy })).actual).toMatchObject({ line: 'ACTUAL_BALANCE', title });
	});

	it('shows the count of the cash, and keeps every text on its own line', () => {
		const row = reconciliation(650_000, [item('BOOK', 1, { description: 'Sale\nBalance per books   9.99', note: 'a\tnote' })], {
			strategy: 'cash-count',
			detail: { count: { '1000': 5, '500': 3 } },
		});
		const lines = reconciliationText(row, { code: '1000', name: 'Cash\nat hand' }, []).split('\n');
		expect(lines).toContain('Account     1000 Cash at hand');
		expect(lines).toContain('          1000 x 5');
		expect(lines.filter((one) => one.startsWith('Balance per books'))).toHaveLength(1);
		expect(lines.some((one) => one.includes('(a note)'))).toBe(true);
	});
});

describe('names in the package', () => {
	it.each([
		['1100', '1100'],
		['1100-2', '1100-2'],
		['1100~2', `account-${sha256('1100~2').slice(0, 16)}`],
		['../1100', `account-${sha256('../1100').slice(0, 16)}`],
		['Assets:Bank', `account-${sha256('Assets:Bank').slice(0, 16)}`],
		['con', `account-${sha256('con').slice(0, 16)}`],
	])('the folder of %s is %s', (ref, folder) => {
		expect(accountFolder(ref, sha256)).toBe(folder);
	});

	it('no two accounts share a folder, on file systems without cases either', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
				fc.pre(one !== other);
				expect(accountFolder(one, sha256).toLowerCase()).not.toBe(accountFolder(other, sha256).toLowerCase());
				expect(accountFolder(one, sha256)).toMatch(/^[0-9A-Za-z-]+$/);
			}),
		);
	});

	it.each([
		['ofx', 'ofx'],
		['camt053', 'xml'],
		['mt940', 'sta'],
		['qif', 'qif'],
		['csv', 'csv'],
	])('a %s file ends with .%s', (format, extension) => {
		expect(statementFileName({ id: 'id-1', format })).toBe(`id-1.${extension}`);
	});
});
