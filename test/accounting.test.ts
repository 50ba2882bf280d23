import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closePeriod, line, makeCompany, type OpenFolder, openFolder } from './closed-books.ts';

interface Books extends OpenFolder {
	readonly companyId: string;
	/** One entry of two sides: what is debited, what is credited, an amount in rupees. */
	book(date: string, debit: string, credit: string, amount: string): Promise<number>;
	/** Each account and its balance, debit positive; accounts of nothing are left out. */
	balances(asOf: string, basis?: 'adjusted' | 'ledger'): Promise<Record<string, string>>;
	profit(from: string, to: string): Promise<string>;
	close(period: string): ReturnType<typeof closePeriod>;
	reopen(period: string): Promise<unknown>;
}

async function newBooks(options: { closing?: 'EVERY_PERIOD' | 'YEAR_END'; booksFrom?: string; yearStart?: string; now?: string } = {}): Promise<Books> {
	const folder = await openFolder({ now: options.now ?? '2027-02-01T09:00:00.000Z' });
	return booksIn(folder, await makeCompany(folder, 'Example Traders', options.yearStart ?? '01-01'), options);
}

async function booksIn(folder: OpenFolder, companyId: string, options: { closing?: string; booksFrom?: string } = {}): Promise<Books> {
	const { client } = folder;
	await client.companies.set({ companyId, key: 'books_from', value: options.booksFrom ?? '2026-01-01' });
	await client.companies.set({ companyId, key: 'closing_entry', value: options.closing ?? 'EVERY_PERIOD' });
	return {
		...folder,
		client,
		companyId,
		book: async (date, debit, credit, amount) => {
			const lines = [line(debit, amount), line(credit, `-${amount}`)];
			const { entries } = await client.ledger.post({ companyId, entries: [{ date, description: `${debit} from ${credit}`, lines }] });
			return entries[0]?.no ?? 0;
		},
		balances: async (asOf, basis = 'adjusted') => {
			const report = await client.reports.trialBalance({ companyId, asOf, basis });
			expect(report.balanced).toBe(true);
			expect(await client.reports.trialBalance({ companyId, asOf, basis, recompute: true })).toEqual(report);
			return Object.fromEntries(
				report.rows
					.map(({ code, baseDebit, baseCredit }) => [code, baseCredit === '0.00' ? baseDebit : `-${baseCredit}`])
					.filter(([, amount]) => amount !== '0.00'),
			);
		},
		profit: async (from, to) => (await client.reports.incomeStatement({ companyId, from, to })).netProfit,
		close: (period) => closePeriod(folder, companyId, period),
		reopen: (period) => client.close.reopen({ companyId, period, reason: 'A bill came late', confirm: period }),
	};
}

/** January earns 500 and pays 120 of rent, February earns 300. */
async function twoMonths(closing: 'EVERY_PERIOD' | 'YEAR_END'): Promise<Books> {
	const books = await newBooks({ closing });
	await books.book('2026-01-15', '1100', '4000', '500.00');
	await books.book('2026-01-20', '5000', '1100', '120.00');
	await books.book('2026-02-10', '1100', '4000', '300.00');
	return books;
}

const JANUARY = ['2026-01-01', '2026-01-31'] as const;
const FEBRUARY = ['2026-02-01', '2026-02-28'] as const;

describe('both bases of the trial balance, before and after closing', () => {
	const open = { '1100': '380.00', '4000': '-500.00', '5000': '120.00' };
	const openFebruary = { '1100': '680.00', '4000': '-800.00', '5000': '120.00' };

	it('month by month: the ledger basis goes to the result account, the adjusted basis stays', async () => {
		const books = await twoMonths('EVERY_PERIOD');
		for (const basis of ['adjusted', 'ledger'] as const) expect(await books.balances('2026-01-31', basis)).toEqual(open);

		expect(await books.close('2026-01')).toMatchObject({ netProfit: '380.00' });
		expect(await books.balances('2026-01-31', 'adjusted')).toEqual(open);
		expect(await books.balances('2026-01-31', 'ledger')).toEqual({ '1100': '380.00', '3100': '-380.00' });

		expect(await books.close('2026-02')).toMatchObject({ netProfit: '300.00' });
		expect(await books.balances('2026-02-28', 'adjusted')).toEqual(openFebruary);
		expect(await books.balances('2026-02-28', 'ledger')).toEqual({ '1100': '680.00', '3100': '-680.00' });
		expect(await books.balances('2027-01-15', 'adjusted')).toEqual({ '1100': '680.00', '3100': '-680.00' });
	});

	it('with the year only: no month has a closing entry, the last one has that of the year', async () => {
		const books = await twoMonths('YEAR_END');
		const months = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`);
		for (const month of months.slice(0, 11)) expect(await books.close(month)).toMatchObject({ closingEntryNo: null });
		expect(await books.balances('2026-11-30', 'ledger')).toEqual(openFebruary);
		expect(await books.close('2026-12')).toMatchObject({ closingEntryNo: 4, netProfit: '0.00' });
		expect(await books.balances('2026-12-31', 'ledger')).toEqual({ '1100': '680.00', '3100': '-680.00' });
		expect(await books.balances('2026-12-31', 'adjusted')).toEqual(openFebruary);
		expect(await books.profit('2026-01-01', '2026-12-31')).toBe('680.00');
		expect(await books.close('FY2026')).toMatchObject({ netProfit: '680.00', closingEntryNo: null });
		expect(await books.client.close.verifyAll({ companyId: books.companyId })).toMatchObject({ result: 'VERIFIED', findings: [] });
	});
});

describe('an income statement', () => {
	it('counts a month once, however often it is closed and reopened', async () => {
		const books = await twoMonths('EVERY_PERIOD');
		const seen: string[][] = [];
		const look = async (what: string) =>
			seen.push([what, await books.profit(...JANUARY), await books.profit(...FEBRUARY), await books.profit('2026-01-01', '2026-12-31')]);
		await look('open');
		await books.close('2026-01');
		await look('January closed');
		await books.reopen('2026-01');
		await look('January reopened');
		await books.book('2026-01-31', '5000', '1100', '30.00');
		await look('another bill of January');
		await books.close('2026-01');
		await look('January closed again');
		await books.close('2026-02');
		await look('February closed');
		expect(seen).toEqual([
			['open', '380.00', '300.00', '680.00'],
			['January closed', '380.00', '300.00', '680.00'],
			['January reopened', '380.00', '300.00', '680.00'],
			['another bill of January', '350.00', '300.00', '650.00'],
			['January closed again', '350.00', '300.00', '650.00'],
			['February closed', '350.00', '300.00', '650.00'],
		]);
		expect(await books.balances('2026-02-28', 'ledger')).toEqual({ '1100': '650.00', '3100': '-650.00' });
		for (const closeNumber of [1, 2]) {
			expect(await books.client.close.verify({ companyId: books.companyId, period: '2026-01', closeNumber })).toMatchObject({ result: 'VERIFIED' });
		}
	});
});

describe('books that begin in the middle of a year', () => {
	it('carry the year so far: it counts in the year to date and not in a month, and the first close brings it to the result', async () => {
		const books = await newBooks({ yearStart: '04-01', booksFrom: '2026-07-01' });
		const { client, companyId } = books;
		const path = join(books.folder, 'opening.csv');
		const rows = ['1100,1000.00,', '3000,,700.00', '4000,,450.00', '5000,150.00,'].map((row) => {
			const [code, debit, credit] = row.split(',');
			return `1,2026-06-30,${code},Opening,${debit},${credit}\n`;
		});
		writeFileSync(path, `entry_no,date,account_code,description,debit,credit\n${rows.join('')}`);
		await client.imports.importOpening({ companyId, path });
		await books.book('2026-07-10', '1100', '4000', '80.00');
		const before = await client.reports.incomeStatement({ companyId, from: '2026-07-01', to: '2026-07-31' });
		expect(before).toMatchObject({ netProfit: '80.00', yearToDate: { income: '530.00', expense: '150.00', netProfit: '380.00' } });
		expect(await books.close('2026-07')).toMatchObject({ netProfit: '80.00' });
		expect(await client.reports.incomeStatement({ companyId, from: '2026-07-01', to: '2026-07-31' })).toEqual(before);
		expect(await books.balances('2026-07-31', 'adjusted')).toEqual({ '1100': '1080.00', '3000': '-700.00', '4000': '-530.00', '5000': '150.00' });
		expect(await books.balances('2026-07-31', 'ledger')).toEqual({ '1100': '1080.00', '3000': '-700.00', '3100': '-380.00' });
	});
});

describe('foreign currency', () => {
	it('a bank in dollars is revalued at the month end, and settled at what the bank gave', async () => {
		const books = await newBooks();
		const { client, companyId } = books;
		const dollars = async (asOf: string) => {
			const { rows } = await client.reports.trialBalance({ companyId, asOf, basis: 'ledger' });
			return rows.filter(({ code }) => code === '1110').map(({ debit, baseDebit }) => `${debit} USD are ${baseDebit}`);
		};
		await client.ledger.post({
			companyId,
			entries: [
				{
					date: '2026-01-10',
					description: 'Sold abroad',
					lines: [line('1110', '100.00', { currency: 'USD', baseAmount: '8000.00' }), line('4100', '-8000.00')],
				},
			],
		});
		expect(await dollars('2026-01-31')).toEqual(['100.00 USD are 8000.00']);
		await client.ledger.revalue({ companyId, date: '2026-01-31', rates: { USD: '83.45' } });
		expect(await dollars('2026-01-31')).toEqual(['100.00 USD are 8345.00']);
		expect(await books.balances('2026-01-31')).toEqual({ '1110': '8345.00', '4100': '-8000.00', '4900': '-345.00' });
		await books.close('2026-01');

		await client.ledger.post({
			companyId,
			entries: [
				{
					date: '2026-02-05',
					description: 'All dollars sold at 82',
					lines: [line('1100', '8200.00'), line('4900', '145.00'), line('1110', '-100.00', { currency: 'USD', baseAmount: '-8345.00' })],
				},
			],
		});
		expect(await dollars('2026-02-28')).toEqual([]);
		expect(await books.profit(...FEBRUARY)).toBe('-145.00');
		await books.close('2026-02');
		expect(await books.balances('2026-02-28', 'adjusted')).toEqual({ '1100': '8200.00', '4100': '-8000.00', '4900': '-200.00' });
		expect(await books.balances('2026-02-28', 'ledger')).toEqual({ '1100': '8200.00', '3100': '-8200.00' });
	});

	it('income that is nil in dollars but not in rupees is brought to nil in rupees', async () => {
		const books = await newBooks();
		const { client, companyId } = books;
		const abroad = (date: string, sign: '' | '-', base: string) =>
			client.ledger.post({
				companyId,
				entries: [
					{
						date,
						description: 'Abroad',
						lines: [
							line('4100', `${sign}10.00`, { currency: 'USD', baseAmount: `${sign}${base}` }),
							line('1110', `${sign === '' ? '-' : ''}10.00`, { currency: 'USD', baseAmount: `${sign === '' ? '-' : ''}${base}` }),
						],
					},
				],
			});
		await abroad('2026-01-05', '-', '850.00');
		await abroad('2026-01-25', '', '830.00');
		const { rows } = await client.reports.trialBalance({ companyId, asOf: '2026-01-31' });
		expect(rows.find(({ code, currency }) => code === '4100' && currency === 'USD')).toMatchObject({ debit: '0.00', credit: '0.00', baseCredit: '20.00' });
		expect(await books.close('2026-01')).toMatchObject({ netProfit: '20.00', closingEntryNo: 3 });
		expect(await client.ledger.showEntry({ companyId, no: 3 })).toMatchObject({
			source: 'CLOSING',
			lines: [
				{ code: '4100', currency: 'USD', debit: '0.00', credit: '0.00', baseDebit: '20.00' },
				{ code: '3100', currency: 'INR', credit: '20.00', baseCredit: '20.00' },
			],
		});
		expect(await books.balances('2026-01-31', 'ledger')).toEqual({ '1110': '20.00', '3100': '-20.00' });
		expect(await client.close.verify({ companyId, period: '2026-01' })).toMatchObject({ result: 'VERIFIED' });
	});
});

describe('corrections', () => {
	it('a reversal of a closed month stands on the first day of the next open one', async () => {
		const books = await twoMonths('EVERY_PERIOD');
		const { client, companyId } = books;
		await books.close('2026-01');
		const { entries } = await client.ledger.reverse({ companyId, no: 2 });
		expect(entries).toMatchObject([{ date: '2026-02-01' }]);
		await expect(client.ledger.reverse({ companyId, no: 1, date: '2026-01-31' })).rejects.toMatchObject({ code: 'PERIOD_CLOSED' });
		expect([await books.profit(...JANUARY), await books.profit(...FEBRUARY)]).toEqual(['380.00', '420.00']);
		expect(await client.close.verify({ companyId, period: '2026-01' })).toMatchObject({ result: 'VERIFIED' });
	});

	it('an import is undone and done again: numbers go on, figures are as after the first', async () => {
		const books = await newBooks();
		const { client, companyId } = books;
		const path = join(books.folder, 'journal.csv');
		writeFileSync(path, 'entry_no,date,account_code,description,debit,credit\nA,2026-01-05,1100,Sale,90.00,\nA,2026-01-05,4000,Sale,,90.00\n');
		const first = await client.imports.importJournal({ companyId, path });
		const after = await books.balances('2026-01-31');
		expect(after).toEqual({ '1100': '90.00', '4000': '-90.00' });
		expect(await client.imports.importJournal({ companyId, path })).toMatchObject({ entries: 0, duplicates: 1 });
		expect(await client.imports.undo({ companyId, importId: first.importId ?? '' })).toMatchObject({ reversed: 1 });
		expect(await books.balances('2026-01-31')).toEqual({});
		expect(await client.imports.importJournal({ companyId, path })).toMatchObject({ entries: 1, duplicates: 0 });
		expect(await books.balances('2026-01-31')).toEqual(after);
		const { entries } = await client.ledger.listEntries({ companyId });
		expect(entries.map(({ no, source, reverses, reversedBy }) => [no, source, reverses, reversedBy])).toEqual([
			[1, 'IMPORT', null, 2],
			[2, 'REVERSAL', 1, null],
			[3, 'IMPORT', null, null],
		]);
		await books.close('2026-01');
		const standing = (await client.imports.list({ companyId })).imports.find(({ firstNo }) => firstNo === 3);
		await expect(client.imports.undo({ companyId, importId: standing?.importId ?? '' })).rejects.toMatchObject({ code: 'IMPORT_NOT_UNDOABLE' });
	});
});

describe('two companies with the same accounts', () => {
	it('never mix, in numbers, balances, reports, closes and seals', async () => {
		const folder = await openFolder({ now: '2027-02-01T09:00:00.000Z' });
		const one = await booksIn(folder, await makeCompany(folder, 'Twin One'));
		const two = await booksIn(folder, await makeCompany(folder, 'Twin Two'));
		expect(await one.book('2026-01-05', '1100', '4000', '100.00')).toBe(1);
		expect(await two.book('2026-01-05', '1100', '4000', '7.00')).toBe(1);
		expect(await one.book('2026-01-06', '5000', '1100', '40.00')).toBe(2);
		await one.close('2026-01');
		expect(await one.balances('2026-01-31', 'ledger')).toEqual({ '1100': '60.00', '3100': '-60.00' });
		expect(await two.balances('2026-01-31', 'ledger')).toEqual({ '1100': '7.00', '4000': '-7.00' });
		// January is closed in one company and open in the other.
		await expect(one.book('2026-01-07', '1100', '4000', '1.00')).rejects.toMatchObject({ code: 'PERIOD_CLOSED' });
		expect(await two.book('2026-01-07', '1100', '4000', '1.00')).toBe(2);
		expect(await two.close('2026-01')).toMatchObject({ sealNo: 2, netProfit: '8.00' });
		const { closes } = await one.client.close.closes({ companyId: one.companyId });
		expect(closes.map(({ period }) => period).sort()).toEqual(['2026-01', 'opening']);
		const [first, second] = [one, two].map(({ client, companyId }) => client.close.verifyAll({ companyId }));
		expect(await first).toMatchObject({ result: 'VERIFIED', seals: 2 });
		expect(await second).toMatchObject({ result: 'VERIFIED', seals: 2 });
		const found = await two.client.reports.ledger({ companyId: two.companyId, account: '1100', from: '2026-01-01', to: '2026-12-31' });
		expect(found.rows.map(({ debit }) => debit)).toEqual(['7.00', '1.00']);
	});
});
