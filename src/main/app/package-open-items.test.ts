import { describe, expect, test } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import { closePeriod, line, makeCompany, openFolder, type OpenFolder, postQuarter } from '#test/closed-books.ts';
import { textIn } from '#test/package-files.ts';
import { verifyPackageFile } from './verify-package.ts';

/** The quarter of an invented company, with a foreign customer; nothing of it has to be reconciled. */
async function quarter(): Promise<{ books: OpenFolder; companyId: string }> {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	for (const account of ['1000', '1100', '1110']) {
		await books.client.ledger.setAccount({ companyId, account, requiresReconciliation: false, reason: 'Invented for a test' });
	}
	await postQuarter(books, companyId);
	await books.client.ledger.addParty({ companyId, name: 'Lindenhof Cafe' });
	const party = { party: 'Lindenhof Cafe', currency: 'USD' };
	await books.client.ledger.post({
		companyId,
		entries: [
			{ date: '2026-01-28', description: 'Sale abroad', lines: [line('1200', '10.00', { ...party, baseAmount: '830.00' }), line('4100', '-830.00')] },
			{
				date: '2026-01-29',
				description: 'Receipt',
				lines: [line('1110', '4.00', { currency: 'USD', baseAmount: '340.00' }), line('1200', '-4.00', { ...party, baseAmount: '-340.00' })],
			},
		],
	});
	return { books, companyId };
}

const rowsOf = (csv: string): string[] => csv.replace('\ufeff', '').trimEnd().split('\n');

describe('open items of a close', () => {
	test('are sealed with what settled what, and the package lists them with their age', async () => {
		const { books, companyId } = await quarter();
		await closePeriod(books, companyId, '2026-01');
		await closePeriod(books, companyId, '2026-02');
		const january = await books.client.packages.build({ companyId, period: '2026-01' });
		const file = present(january.file, 'the file of a package');
		expect(await verifyPackageFile(file)).toMatchObject({ result: 'VERIFIED', findings: [] });
		expect(rowsOf(await textIn(file, 'data/csv/outstanding.csv'))).toEqual([
			'side,party_ref,party,account_code,account_name,entry_no,line_no,date,due_date,reference,kind,currency,amount,open,base_open,days_overdue,age',
			'receivable,P000001,Blue Lantern Stores,1200,Receivables,2,1,2026-01-05,2026-02-04,INV-1,BILL,INR,1180.00,1180.00,1180.00,-4,not due',
			'receivable,P000002,Lindenhof Cafe,1200,Receivables,10,1,2026-01-28,,,BILL,USD,10.00,6.00,498.00,3,0-30',
			'receivable,P000002,Lindenhof Cafe,1200,Receivables,,,,,,EXCHANGE_DIFFERENCE,USD,0.00,0.00,-8.00,,not due',
		]);
		expect(rowsOf(await textIn(file, 'data/sealed-tables/allocations.jsonl'))).toEqual([
			'{"effective":"2026-01-29","rule":"FIFO","settled":[[10,1,11,2,400]]}',
		]);
		const february = present((await books.client.packages.build({ companyId, period: '2026-02' })).file, 'the file of a package');
		expect(rowsOf(await textIn(february, 'data/sealed-tables/allocations.jsonl'))).toEqual([
			'{"effective":"2026-02-03","rule":"REFERENCE","settled":[[2,1,5,2,118000]]}',
		]);
		expect(rowsOf(await textIn(february, 'data/sealed-tables/open_items.jsonl'))).toEqual([
			'{"account":"1200","advances":[],"bills":[[10,1,600]],"credits":[],"currency":"USD","party":"P000002"}',
		]);
	});

	test('are the same when the package is made again after payments, names and uses changed', async () => {
		const { books, companyId } = await quarter();
		await closePeriod(books, companyId, '2026-01');
		const { client } = books;
		const first = await client.packages.build({ companyId, period: '2026-01' });
		await client.ledger.post({
			companyId,
			entries: [
				{
					date: '2026-02-08',
					description: 'Receipt',
					lines: [
						line('1110', '6.00', { currency: 'USD', baseAmount: '498.00' }),
						line('1200', '-6.00', { party: 'Lindenhof Cafe', currency: 'USD', baseAmount: '-498.00', settles: 10 }),
					],
				},
			],
		});
		await client.ledger.setParty({ companyId, party: 'Lindenhof Cafe', name: 'Lindenhof Ltd' });
		await client.ledger.setAccount({ companyId, account: '1200', name: 'Customers', subtype: null });
		const again = await client.packages.regenerate({ companyId, period: '2026-01' });
		expect(again.contentSha256).toBe(first.contentSha256);
	});

	test('an allocation made after the close counts from the first open day on', async () => {
		const { books, companyId } = await quarter();
		const { client } = books;
		await closePeriod(books, companyId, '2026-01');
		const before = await client.reports.outstanding({ companyId, side: 'receivable', asOf: '2026-01-31' });
		expect(await client.ledger.allocate({ companyId, no: 11, to: 10 })).toMatchObject({ allocations: [{ amount: '4.00', effective: '2026-02-01' }] });
		expect(await client.reports.outstanding({ companyId, side: 'receivable', asOf: '2026-01-31' })).toEqual(before);
	});

	test('the closing voucher shows the entry of each close, with who and when', async () => {
		const { books, companyId } = await quarter();
		const { client } = books;
		await expect(client.close.closingVoucher({ companyId, period: '2026-01' })).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED' });
		const closed = await closePeriod(books, companyId, '2026-01');
		await client.close.reopen({ companyId, period: '2026-01', reason: 'A bill came late', confirm: '2026-01' });
		const again = await closePeriod(books, companyId, '2026-01');
		const voucher = await client.close.closingVoucher({ companyId, period: '2026-01' });
		expect(voucher).toMatchObject({
			closeNumber: 2,
			status: 'CLOSED',
			reason: 'The month is done.',
			netProfit: again.netProfit,
			reopenedAt: null,
			entry: { no: again.closingEntryNo, date: '2026-01-31', description: 'Closing entry 2026-01' },
		});
		expect(voucher.entry?.totals.debit).toBe(voucher.entry?.totals.credit);
		expect(voucher.entry?.lines.map(({ code, debit, credit }) => `${code} ${debit} ${credit}`)).toContain('4000 1180.00 0.00');
		expect(await client.close.closingVoucher({ companyId, period: '2026-01', closeNumber: 1 })).toMatchObject({
			status: 'REOPENED',
			reopenReason: 'A bill came late',
			entry: { no: closed.closingEntryNo },
		});
		await expect(client.close.closingVoucher({ companyId, period: '2026-01', closeNumber: 3 })).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED' });
	});
});
