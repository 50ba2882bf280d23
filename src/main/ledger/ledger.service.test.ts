import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { deleteDraft, postDraft, saveDraft } from './drafts.service.ts';
import { type EntryInput, prepareEntry } from './entry-input.service.ts';
import { showEntry } from './journal-view.service.ts';
import { addParty, setAccount } from './names.service.ts';
import { entryUuid, postPrepared } from './posting.service.ts';
import { revalue } from './revaluation.service.ts';
import { correctEntry, reverseEntry } from './reversal.service.ts';

function books(): TestBooks {
	return openTestBooks({
		currency: 'INR',
		now: '2026-06-30T10:00:00.000Z',
		chart: [
			['1000', 'Cash', 'ASSET', 'CASH'],
			['1100', 'Bank', 'ASSET', 'BANK'],
			['1150', 'Bank USD', 'ASSET', 'BANK', 'USD'],
			['1200', 'Receivables', 'ASSET', 'RECEIVABLE'],
			['2000', 'Payables', 'LIABILITY', 'PAYABLE'],
			['3000', 'Capital', 'EQUITY'],
			['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
			['4000', 'Sales', 'INCOME'],
			['4900', 'Exchange differences', 'INCOME', 'FX_GAIN_LOSS'],
			['5000', 'Purchases', 'EXPENSE'],
			['5900', 'Exchange rounding', 'EXPENSE', 'FX_ROUNDING'],
		],
	});
}

type Written = Omit<EntryInput, 'lines'> & { lines: EntryInput['lines'] };
const write = (opened: TestBooks, input: Written) => opened.runner.write((tx) => postPrepared(tx, opened.actor, prepareEntry(tx, opened.company, input)));
const lines = (opened: TestBooks, no: number) =>
	showEntry(opened.runner.db, opened.company, { no }).lines.map(
		(line) => `${line.code} ${line.currency} ${line.debit}|${line.credit} base ${line.baseDebit}|${line.baseCredit}`,
	);

describe('posting', () => {
	it('numbers entries without gaps and chains their hashes', () => {
		const opened = books();
		const posted = [1, 2, 3].map((n) =>
			opened.post('2026-04-01', `Sale ${n}`, [
				['1000', `${n}.00`, ''],
				['4000', '', `${n}.00`],
			]),
		);
		expect(posted.map((entry) => entry.no)).toEqual([1, 2, 3]);
		const stored = opened.runner.db.column<string>('SELECT entry_hash FROM journal_entries ORDER BY id');
		expect(stored).toEqual(posted.map((entry) => entry.hash));
		expect(showEntry(opened.runner.db, opened.company, { id: entryUuid(stored[1] ?? '') }).no).toBe(2);
		opened.close();
	});

	// What is wrong, and what the program answers.
	it.each<[string, string, Partial<Written>]>([
		[
			'debits and credits that differ',
			'ENTRY_UNBALANCED',
			{
				lines: [
					{ account: '1000', debit: '5.00' },
					{ account: '4000', credit: '4.99' },
				],
			},
		],
		['one line', 'ENTRY_TOO_SHORT', { lines: [{ account: '1000', debit: '0.00' }] }],
		[
			'an account that does not exist',
			'ACCOUNT_UNKNOWN',
			{
				lines: [
					{ account: '9999', debit: '5.00' },
					{ account: '4000', credit: '5.00' },
				],
			},
		],
		[
			'a party that does not exist',
			'PARTY_UNKNOWN',
			{
				lines: [
					{ account: '1200', debit: '5.00', party: 'Nobody' },
					{ account: '4000', credit: '5.00' },
				],
			},
		],
		[
			'three decimals of rupees',
			'AMOUNT_INVALID',
			{
				lines: [
					{ account: '1000', debit: '5.001' },
					{ account: '4000', credit: '5.001' },
				],
			},
		],
		[
			'an amount with grouping',
			'AMOUNT_INVALID',
			{
				lines: [
					{ account: '1000', debit: '5,000.00' },
					{ account: '4000', credit: '5,000.00' },
				],
			},
		],
		[
			'a negative debit',
			'LINE_INVALID',
			{
				lines: [
					{ account: '1000', debit: '-5.00' },
					{ account: '4000', debit: '5.00' },
				],
			},
		],
		[
			'a line with both sides',
			'LINE_INVALID',
			{
				lines: [
					{ account: '1000', debit: '5.00', credit: '5.00' },
					{ account: '4000', credit: '5.00' },
				],
			},
		],
		[
			'rupees on the dollar account',
			'CURRENCY_MISMATCH',
			{
				lines: [
					{ account: '1150', debit: '5.00', currency: 'INR' },
					{ account: '4000', credit: '5.00' },
				],
			},
		],
		[
			'a currency that does not exist',
			'CURRENCY_UNKNOWN',
			{
				lines: [
					{ account: '1200', debit: '5.00', currency: 'XXQ' },
					{ account: '4000', credit: '5.00' },
				],
			},
		],
		[
			'dollars without a rate',
			'RATE_MISSING',
			{
				lines: [
					{ account: '1150', debit: '5.00' },
					{ account: '1200', credit: '5.00', currency: 'USD' },
				],
			},
		],
		['a day that does not exist', 'ENTRY_DATE_INVALID', { date: '2026-02-30' }],
		['a date over 366 days ahead', 'ENTRY_DATE_TOO_FAR', { date: '2027-07-02' }],
		['a date before the books begin', 'PERIOD_NOT_REACHED', { date: '2026-03-31' }],
		['a control character', 'TEXT_INVALID', { description: 'bell \u0007' }],
		['half of a surrogate pair', 'TEXT_INVALID', { description: 'broken \ud83d' }],
		['a session that is none', 'SESSION_NOT_ACTIVE', { session: '01890000-0000-7000-8000-000000000000' }],
	])('refuses %s', (_what, code, part) => {
		const opened = books();
		opened.post('2026-04-01', 'first', [
			['1000', '1.00', ''],
			['3000', '', '1.00'],
		]);
		const input: Written = {
			date: '2026-04-02',
			description: 'x',
			lines: [
				{ account: '1000', debit: '5.00' },
				{ account: '4000', credit: '5.00' },
			],
			...part,
		};
		expect(() => write(opened, input)).toThrow(
			expect.objectContaining({ code: code === 'ENTRY_TOO_SHORT' ? expect.stringMatching(/ENTRY_TOO_SHORT|LINE_INVALID/) : code }),
		);
		expect(opened.runner.db.value('SELECT count(*) FROM journal_entries')).toBe(1);
		opened.close();
	});

	it('brings text to NFC where it enters', () => {
		const opened = books();
		write(opened, {
			date: '2026-04-01',
			description: 'Cafe\u0301',
			lines: [
				{ account: '1000', debit: '1.00' },
				{ account: '3000', credit: '1.00' },
			],
		});
		expect(opened.runner.db.value('SELECT description FROM journal_entries')).toBe('Café');
		opened.close();
	});

	it('keeps parties, due dates, references and memos of lines', () => {
		const opened = books();
		opened.runner.write((tx) => addParty(tx, opened.company, { name: 'Paper Giraffe', aliases: ['PG'] }));
		const { no } = write(opened, {
			date: '2026-04-01',
			description: 'Invoice',
			reference: 'INV-1',
			lines: [
				{ account: '1200', debit: '118.00', party: 'PG', dueDate: '2026-05-01', memo: 'thirty days' },
				{ account: '4000', credit: '118.00' },
			],
		});
		expect(showEntry(opened.runner.db, opened.company, { no }).lines[0]).toMatchObject({ party: 'Paper Giraffe', dueDate: '2026-05-01', memo: 'thirty days' });
		opened.close();
	});
});

describe('several currencies', () => {
	const dollars = (opened: TestBooks, account: string, side: 'debit' | 'credit', amount: string) => ({
		account,
		[side]: amount,
		currency: 'USD',
		...(account === '1200' || account === '2000' ? { party: (opened.party('Blue Kettle Inc'), 'Blue Kettle Inc') } : {}),
	});

	it('takes the rate from the entry itself, from --rate, or from the rates known by date', () => {
		const opened = books();
		write(opened, {
			date: '2026-04-01',
			description: 'own rate',
			lines: [
				{ account: '1150', debit: '100.00' },
				{ account: '1100', credit: '8312.50' },
			],
		});
		write(opened, {
			date: '2026-04-02',
			description: 'given',
			rates: { USD: '83.456' },
			lines: [dollars(opened, '1200', 'debit', '10.01'), { ...dollars(opened, '4000', 'credit', '10.01') }],
		});
		expect(lines(opened, 1)).toEqual(['1150 USD 100.00|0.00 base 8312.50|0.00', '1100 INR 0.00|8312.50 base 0.00|8312.50']);
		expect(lines(opened, 2)).toEqual(['1200 USD 10.01|0.00 base 835.39|0.00', '4000 USD 0.00|10.01 base 0.00|835.39']);
		opened.close();
	});

	it.each([
		['a gain', '84.00', '4900 INR 0.00|100.00 base 0.00|100.00'],
		['a loss', '82.00', '4900 INR 100.00|0.00 base 100.00|0.00'],
	])('posts the realised difference of a payment: %s', (_what, rate, difference) => {
		const opened = books();
		write(opened, {
			date: '2026-04-01',
			description: 'Invoice',
			reference: 'X-7',
			rates: { USD: '83' },
			lines: [dollars(opened, '1200', 'debit', '100.00'), dollars(opened, '4000', 'credit', '100.00')],
		});
		write(opened, {
			date: '2026-05-01',
			description: 'Paid',
			reference: 'X-7',
			rates: { USD: rate },
			lines: [{ account: '1150', debit: '100.00' }, dollars(opened, '1200', 'credit', '100.00')],
		});
		expect(lines(opened, 2).slice(1)).toEqual(['1200 USD 0.00|100.00 base 0.00|8300.00', difference]);
		const sums = (table: string) =>
			opened.runner.db.get(`SELECT sum(debit_minor) AS d, sum(credit_minor) AS c, sum(base_debit_minor) AS bd, sum(base_credit_minor) AS bc FROM ${table}`);
		expect(sums('account_balances')).toEqual(sums('journal_lines'));
		opened.close();
	});

	it('settles into rupees, half of the claim, at what the books carry', () => {
		const opened = books();
		write(opened, {
			date: '2026-04-01',
			description: 'Invoice',
			rates: { USD: '83' },
			lines: [dollars(opened, '1200', 'debit', '100.00'), dollars(opened, '4000', 'credit', '100.00')],
		});
		write(opened, { date: '2026-05-01', description: 'Half', lines: [{ account: '1100', debit: '4200.00' }, dollars(opened, '1200', 'credit', '50.00')] });
		expect(lines(opened, 2)).toEqual([
			'1100 INR 4200.00|0.00 base 4200.00|0.00',
			'1200 USD 0.00|50.00 base 0.00|4150.00',
			'4900 INR 0.00|50.00 base 0.00|50.00',
		]);
		opened.close();
	});

	it('refuses a payment that is too far from what it settles', () => {
		const opened = books();
		write(opened, {
			date: '2026-04-01',
			description: 'Invoice',
			rates: { USD: '83' },
			lines: [dollars(opened, '1200', 'debit', '100.00'), dollars(opened, '4000', 'credit', '100.00')],
		});
		const settle = (debit: object) => () =>
			write(opened, { date: '2026-05-01', description: 'x', rates: { USD: '83' }, lines: [debit as never, dollars(opened, '1200', 'credit', '100.00')] });
		expect(settle({ account: '1150', debit: '90.00' })).toThrow(expect.objectContaining({ code: 'ENTRY_UNBALANCED' }));
		expect(settle({ account: '1100', debit: '83.00' })).toThrow(expect.objectContaining({ code: 'ENTRY_UNBALANCED' }));
		opened.close();
	});

	it('revalues money and claims, once, and takes it back on the next day if asked', () => {
		const opened = books();
		write(opened, {
			date: '2026-04-01',
			description: 'Bought',
			lines: [
				{ account: '1150', debit: '100.00' },
				{ account: '1100', credit: '8300.00' },
			],
		});
		const run = (reverseNextDay: boolean) =>
			opened.runner.write((tx) => revalue(tx, opened.actor, { date: '2026-04-30', rates: { USD: '84.25' }, origin: 'central bank', reverseNextDay }));
		expect(run(true)).toHaveLength(2);
		expect(lines(opened, 2)).toEqual(['1150 USD 0.00|0.00 base 125.00|0.00', '4900 INR 0.00|125.00 base 0.00|125.00']);
		expect(lines(opened, 3)).toEqual(['1150 USD 0.00|0.00 base 0.00|125.00', '4900 INR 125.00|0.00 base 125.00|0.00']);
		expect(showEntry(opened.runner.db, opened.company, { no: 3 })).toMatchObject({ date: '2026-05-01', reverses: 2 });
		expect(run(false)).toEqual([]);
		expect(opened.runner.db.get('SELECT currency, rate, origin FROM revaluations')).toEqual({ currency: 'USD', rate: '84.25', origin: 'central bank' });
		opened.close();
	});
});

describe('drafts, reversals, corrections', () => {
	it('keeps unfinished drafts, which count nowhere until they are posted', () => {
		const opened = books();
		const { id } = opened.runner.write((tx) => saveDraft(tx, opened.actor, { draft: { description: 'half a', lines: [{ account: '1000' }] } }));
		expect(() => opened.runner.write((tx) => postDraft(tx, opened.actor, id))).toThrow(expect.objectContaining({ code: 'LINE_INVALID' }));
		opened.runner.write((tx) =>
			saveDraft(tx, opened.actor, {
				id,
				draft: {
					date: '2026-04-03',
					description: 'whole',
					lines: [
						{ account: '1000', debit: '7.00' },
						{ account: '4000', credit: '7.00' },
					],
				},
			}),
		);
		expect(opened.runner.db.value('SELECT count(*) FROM journal_lines')).toBe(0);
		expect(opened.runner.write((tx) => postDraft(tx, opened.actor, id)).no).toBe(1);
		expect(() => opened.runner.write((tx) => deleteDraft(tx, opened.actor, id))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
		opened.close();
	});

	it('reverses once, exactly, and dates it in an open period', () => {
		const opened = books();
		opened.post('2026-04-10', 'Sale', [
			['1000', '10.00', ''],
			['4000', '', '10.00'],
		]);
		opened.connection.raw.exec(`UPDATE accounting_periods SET status = 'CLOSING' WHERE name = '2026-04'`);
		const reversal = opened.runner.write((tx) => reverseEntry(tx, opened.actor, 1));
		expect(reversal).toMatchObject({ no: 2, date: '2026-05-01' });
		expect(lines(opened, 2)).toEqual(['1000 INR 0.00|10.00 base 0.00|10.00', '4000 INR 10.00|0.00 base 10.00|0.00']);
		const again = () => opened.runner.write((tx) => reverseEntry(tx, opened.actor, 1));
		expect(again).toThrow(expect.objectContaining({ code: 'ENTRY_ALREADY_REVERSED' }));
		expect(() => opened.runner.write((tx) => reverseEntry(tx, opened.actor, 2, { date: '2026-04-01' }))).toThrow(
			expect.objectContaining({ code: 'ENTRY_DATE_INVALID' }),
		);
		opened.close();
	});

	it('corrects by reversing and entering anew, or not at all', () => {
		const opened = books();
		opened.post('2026-04-10', 'Sale', [
			['1000', '10.00', ''],
			['4000', '', '10.00'],
		]);
		const entry = {
			date: '2026-04-10',
			description: 'Sale',
			lines: [
				{ account: '1000', debit: '12.00' },
				{ account: '4000', credit: '12.00' },
			],
		};
		expect(() => opened.runner.write((tx) => correctEntry(tx, opened.actor, 1, { ...entry, lines: entry.lines.slice(0, 1) }))).toThrow(
			expect.objectContaining({ code: 'ENTRY_UNBALANCED' }),
		);
		expect(opened.runner.db.value('SELECT count(*) FROM journal_entries')).toBe(1);
		expect(opened.runner.write((tx) => correctEntry(tx, opened.actor, 1, entry)).map((posted) => posted.no)).toEqual([2, 3]);
		opened.close();
	});

	it('freezes the currency of an account with lines and asks why one is not reconciled', () => {
		const opened = books();
		opened.post('2026-04-10', 'Sale', [
			['1000', '10.00', ''],
			['4000', '', '10.00'],
		]);
		const change = (input: object) => () => opened.runner.write((tx) => setAccount(tx, opened.actor, { account: '1000', ...input }));
		expect(change({ currency: 'USD' })).toThrow(expect.objectContaining({ code: 'ACCOUNT_FROZEN' }));
		expect(change({ requiresReconciliation: false })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
		expect(change({ requiresReconciliation: false, reason: 'counted daily by the owner' })()).toMatchObject({ requiresReconciliation: false });
		opened.close();
	});

	// A close moves these after everything was reconciled: what was verified would be stale for ever.
	it.each(['4000', '5000', '3100'])('does not let %s be reconciled, because each close moves it', (account) => {
		const opened = books();
		const change = () => opened.runner.write((tx) => setAccount(tx, opened.actor, { account, requiresReconciliation: true }));
		expect(change).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('each close moves it') }));
		opened.close();
	});
});

it('makes an entry hash that plain tools recompute', () => {
	const opened = books();
	const { hash } = opened.post('2026-04-01', 'Sale', [
		['1000', '1.00', ''],
		['4000', '', '1.00'],
	]);
	const { company, user } = opened.actor;
	const postedAt = opened.runner.db.value<string>('SELECT posted_at FROM journal_entries');
	const line = (account: string, debit: number, credit: number) =>
		`{"account":"${account}","baseCredit":${credit},"baseDebit":${debit},"credit":${credit},"currency":"INR","debit":${debit},"dueDate":null,"memo":null,"party":null,"reference":null}`;
	const text = `{"attachments":[],"company":"${company.uuid}","date":"2026-04-01","description":"Sale","externalNo":null,"lines":[${line('1000', 100, 0)},${line('4000', 0, 100)}],"no":1,"postedAt":"${postedAt}","postedBy":"${user.uuid}","prev":"${'0'.repeat(64)}","reference":null,"reverses":null,"seq":1,"session":null,"source":"MANUAL","v":1}`;
	expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
	opened.close();
});
