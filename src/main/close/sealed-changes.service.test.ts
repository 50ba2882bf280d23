import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listSealedTables } from '#main/ledger/index.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks } from '#test/books.ts';

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'] as const;
const FIRST_BILLS = 120;
const PARTY = 'Marigold Bakery';

/** Many bills in January; in each month after it two are paid, one of them in part, and one comes. */
function billsOfFiveMonths(): TestBooks {
	const books = openTestBooks({ booksFrom: '2026-01-01', now: '2026-06-30T12:00:00.000Z' });
	books.openPeriods('2026-05-31');
	books.connection.raw.exec(`UPDATE accounts SET requires_reconciliation = 0, exempt_reason = 'of a test'`);
	for (let number = 1; number <= FIRST_BILLS; number++) bill(books, '2026-01', number);
	for (const [index, month] of MONTHS.slice(1).entries()) {
		bill(books, month, FIRST_BILLS + 1 + index);
		pay(books, month, 2 * index + 1, '10.00');
		pay(books, month, 2 * index + 2, '4.00');
	}
	return books;
}

function bill(books: TestBooks, month: string, number: number): void {
	books.post(`${month}-05`, 'bill', [
		['1200', '10.00', '', { party: PARTY, reference: `INV-${number}` }],
		['4000', '', '10.00'],
	]);
}

function pay(books: TestBooks, month: string, number: number, amount: string): void {
	books.post(`${month}-20`, 'payment', [
		['1100', amount, ''],
		['1200', '', amount, { party: PARTY, reference: `INV-${number}` }],
	]);
}

interface Stored {
	readonly close: number;
	readonly base: number | null;
	readonly sha256: string;
	readonly bytes: number;
}

const openItemsOf = (books: TestBooks): Stored[] =>
	books.runner.db.all<Stored>(
		`SELECT close_id AS close, base_close_id AS base, sha256, length(content) AS bytes FROM sealed_tables WHERE name = 'open_items' ORDER BY close_id`,
	);

async function closeAll(books: TestBooks, beforeEach: () => void = () => undefined) {
	const desk = closeDesk(books);
	for (const month of MONTHS) {
		beforeEach();
		await desk.close(month);
	}
	return desk;
}

const ALLOW = ['sealed_tables_never_changed', 'sealed_tables_never_deleted', 'standing_open_items_never_changed', 'standing_open_items_until_the_next'];

function tamper(books: TestBooks, sql: string): void {
	books.connection.raw.exec(`${ALLOW.map((trigger) => `DROP TRIGGER IF EXISTS ${trigger};`).join('')} ${sql}`);
}

describe('open items of closes one after the other', () => {
	it('are stored as what changed, and each reads as it was sealed', async () => {
		const books = billsOfFiveMonths();
		const desk = await closeAll(books);
		const stored = openItemsOf(books);
		// The opening period has none; January is whole; each month after it changes the one before.
		expect(stored.map(({ close, base }) => [close, base])).toEqual([
			[1, null],
			[2, null],
			[3, 2],
			[4, 3],
			[5, 4],
			[6, 5],
		]);
		expect(stored[5]?.bytes).toBeLessThan((stored[1]?.bytes ?? 0) / 2);
		for (const { close } of stored) {
			for (const { sha256, content } of listSealedTables(books.runner.db, books.company, close)) expect(sha256Hex(content)).toBe(sha256);
		}
		const may = listSealedTables(books.runner.db, books.company, 6).find(({ name }) => name === 'open_items');
		const [row] = Buffer.from(may?.content ?? [])
			.toString()
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as { bills: number[][] });
		// Of 124 bills 4 are paid and 4 in part.
		expect(row?.bills).toHaveLength(120);
		expect(row?.bills.filter(([, , open]) => open !== undefined).map(([no, , open]) => [no, open])).toEqual([
			[2, 600],
			[4, 600],
			[6, 600],
			[8, 600],
		]);
		expect(books.runner.db.column('SELECT close_id FROM standing_open_items')).toEqual([6]);
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', findings: [] });
		books.close();
	});

	it('are the same without the open items at hand, and where these were altered', async () => {
		const digests = async (sql: string): Promise<string[]> => {
			const books = billsOfFiveMonths();
			await closeAll(books, () => {
				if (sql !== '') tamper(books, sql);
			});
			const found = openItemsOf(books).map(({ sha256 }) => sha256);
			books.close();
			return found;
		};
		const usual = await digests('');
		const other = JSON.stringify([{ account: '1200', accountId: 1, party: null, partyId: null, currency: null, bills: [], advances: [], credits: [] }]);
		expect(await digests('DELETE FROM standing_open_items')).toEqual(usual);
		expect(await digests(`UPDATE standing_open_items SET content = x'00'`)).toEqual(usual);
		expect(await digests(`UPDATE standing_open_items SET content = x'${deflateSync(other).toString('hex')}'`)).toEqual(usual);
	});

	it.each([
		['changes', `UPDATE sealed_tables SET content = CAST('' AS BLOB) WHERE name = 'open_items' AND close_id = 4`, 'open_items', 3],
		['changes that are no JSON', `UPDATE sealed_tables SET content = x'ff00' WHERE name = 'open_items' AND close_id = 6`, 'open_items', 1],
		['what is compressed', `UPDATE sealed_tables SET encoding = 'DEFLATE' WHERE name = 'open_items' AND close_id = 5`, 'open_items', 2],
		['a whole table that others go back to', `DELETE FROM sealed_tables WHERE name = 'open_items' AND close_id = 2`, 'open_items', 5],
		['what it goes back to', `UPDATE sealed_tables SET base_close_id = 2 WHERE name = 'open_items' AND close_id = 6`, 'open_items', 1],
		['the open items at hand', `UPDATE standing_open_items SET content = x'00'`, 'standing_open_items', 1],
	])('that were altered are named: %s', async (_what, sql, table, count) => {
		const books = billsOfFiveMonths();
		const desk = await closeAll(books);
		tamper(books, sql);
		const { result, findings } = desk.verifyAll();
		expect(result).toBe('ALTERED');
		expect(findings.filter((finding) => finding.code === 'TABLE_CHANGED' && finding.table === table)).toHaveLength(count);
		books.close();
	});
});
