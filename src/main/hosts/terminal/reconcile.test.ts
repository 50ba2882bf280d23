import { describe, expect, it } from 'vitest';
import { openConnection } from '#main/platform/database/connection.ts';
import { openTerminal, type Terminal } from '#test/terminal.ts';

interface Reconciliation {
	readonly id: string;
	readonly status: string;
	readonly items: readonly { readonly ref: string }[];
}

/** A company with a till, a bank and card clearing; takings, a cheque and card sales of January 2026. */
async function shop(): Promise<Terminal> {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Corner Shop', '--currency', 'KES', '--chart', 'none', '--timezone', 'Africa/Nairobi']);
	for (const [code, name, type, subtype] of [
		['1000', 'Till', 'ASSET', 'CASH'],
		['1010', 'Bank', 'ASSET', 'BANK'],
		['1090', 'Card clearing', 'ASSET', 'CLEARING'],
		['3000', 'Capital', 'EQUITY', ''],
		['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
		['4000', 'Sales', 'INCOME', ''],
		['6000', 'Rent', 'EXPENSE', ''],
		['6800', 'Cash over and short', 'EXPENSE', 'CASH_OVER_SHORT'],
	]) {
		await terminal.json(['account', 'add', '--code', code ?? '', '--name', name ?? '', '--type', type ?? '', ...(subtype ? ['--subtype', subtype] : [])]);
	}
	const entry = (date: string, description: string, debit: string, credit: string, amount: string) => ({
		date,
		description,
		lines: [
			{ account: debit, debit: amount },
			{ account: credit, credit: amount },
		],
	});
	const entries = [
		entry('2026-01-02', 'Capital', '1010', '3000', '1000.00'),
		entry('2026-01-20', 'Cheque 17', '6000', '1010', '340.00'),
		entry('2026-01-31', 'Takings', '1000', '4000', '1500.00'),
		entry('2026-01-31', 'Card sales', '1090', '4000', '80.00'),
	];
	await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify(entries) });
	return terminal;
}

/** A statement of the bank for January, as an import leaves it: the capital, and the cheque with two digits changed round. */
function bankStatement({ dataFolder }: Terminal): void {
	const connection = openConnection(`${dataFolder}/ledgerseal.db`, 'write');
	const first = Date.parse('2026-01-01') / 86_400_000;
	connection.raw.exec(`
		INSERT INTO bank_statements (company_id, id, uuid, account_id, currency, format, dialect, file_name, file_sha256, file_bytes, from_day, to_day,
			opening_minor, closing_minor, line_count, added_count, status, imported_at, imported_by)
			SELECT 1, 1, '01890a5d-ac96-774b-bcce-b302099a8001', id, 'KES', 'csv', 'test', 's.csv', '${'a'.repeat(64)}', 0, ${first}, ${first + 30}, 0, 57000, 2, 2,
				'IMPORTED', 'x', 1 FROM accounts WHERE code = '1010';
		INSERT INTO statement_pages VALUES (1, 1, 1, NULL, ${first}, ${first + 30}, 0, 57000, 2);
		INSERT INTO statement_lines (company_id, id, uuid, account_id, statement_id, day, amount_minor, description, reference, text_key, occurrence)
			SELECT 1, 1, '01890a5d-ac96-774b-bcce-b302099a8002', id, 1, ${first + 1}, 100000, 'Capital', NULL, 'capital', 1 FROM accounts WHERE code = '1010'
			UNION ALL SELECT 1, 2, '01890a5d-ac96-774b-bcce-b302099a8003', id, 1, ${first + 25}, -43000, 'Cheque', '17', 'cheque', 1 FROM accounts WHERE code = '1010';
		INSERT INTO statement_page_lines VALUES (1, 1, 1, 1, 1), (1, 1, 2, 1, 2);
	`);
	connection.close();
}

describe('reconcile', () => {
	it('takes a month from its status to a closed session', async () => {
		const terminal = await shop();
		const status = await terminal.json(['reconcile', 'status', '--period', '2026-01']);
		expect(status).toMatchObject({
			period: '2026-01',
			complete: false,
			session: null,
			accounts: [
				{ code: '1000', name: 'Till', currency: 'KES', expected: '1500.00', actual: null, variance: null, status: 'MISSING' },
				{ code: '1010', expected: '660.00', status: 'MISSING', strategy: 'statement', statementsReach: null },
				{ code: '1090', expected: '80.00', status: 'MISSING' },
			],
		});
		const session = await terminal.json<{ sessionId: string }>(['reconcile', 'session', 'start', '--period', '2026-01', '--notes', 'January']);
		expect(await terminal.json(['reconcile', 'session', 'show'])).toMatchObject({ sessions: [{ sessionId: session.sessionId, notes: 'January' }] });
		await terminal.json(['period', 'soft-close', '2026-01']);

		const till = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1000', '--period', '2026-01', '--count', '1000=1,200=2,50=1']);
		expect(till).toMatchObject({ expected: '1500.00', actual: '1450.00', variance: '50.00', status: 'DRAFT' });
		expect(await terminal.json(['reconcile', 'verify', till.id], { status: 1 })).toMatchObject({
			error: { code: 'RECONCILIATION_VARIANCE', details: { unexplained: '50.00' } },
		});
		expect(await terminal.json(['reconcile', 'over-short', till.id])).toMatchObject({ reconciliation: { variance: '0.00' } });
		expect(await terminal.json(['reconcile', 'verify', till.id])).toMatchObject({ status: 'VERIFIED' });

		const transfer = ['reconcile', 'transfer', '--from', '1090', '--to', '1010', '--amount', '80.00', '--date', '2026-01-31', '--period', '2026-01'];
		expect(await terminal.json(transfer)).toMatchObject({ sessionId: session.sessionId, entries: [{ no: 6, date: '2026-01-31' }] });
		expect(await terminal.json(['reconcile', 'create', '--account', '1090', '--period', '2026-01'], { status: 1 })).toMatchObject({
			error: { code: 'NEEDS_ANSWER', details: { questions: [{ id: 'actual' }] } },
		});
		const clearing = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1090', '--period', '2026-01', '--actual', '0.00']);
		await terminal.json(['reconcile', 'verify', clearing.id]);
		expect(await terminal.json(['reconcile', 'session', 'close', '--period', '2026-01'], { status: 1 })).toMatchObject({
			error: { code: 'SESSION_INCOMPLETE', details: { accounts: [{ code: '1010', status: 'MISSING' }] } },
		});

		expect(await terminal.json(['reconcile', 'create', '--account', '1010', '--period', '2026-01'], { status: 1 })).toMatchObject({
			error: { code: 'STATEMENT_SHORT', details: { reaches: null } },
		});
		bankStatement(terminal);
		const bank = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1010', '--period', '2026-01']);
		expect(bank).toMatchObject({ expected: '740.00', actual: '570.00', variance: '170.00' });
		const wrong = {
			date: '2026-01-31',
			description: 'Cheque 17 put right',
			lines: [
				{ account: '6000', debit: '90.00' },
				{ account: '1010', credit: '90.00' },
			],
		};
		expect(await terminal.json(['journal', 'post', '-'], { status: 1, stdin: JSON.stringify(wrong) })).toMatchObject({ error: { code: 'PERIOD_CLOSING' } });
		await terminal.json(['journal', 'post', '-', '--session', session.sessionId], { stdin: JSON.stringify(wrong) });
		const { items } = await terminal.json<Reconciliation>(['reconcile', 'items', bank.id]);
		expect(items.map(({ ref }) => ref)).toEqual([
			'entry:1:1',
			'line:01890a5d-ac96-774b-bcce-b302099a8002',
			'entry:2:2',
			'line:01890a5d-ac96-774b-bcce-b302099a8003',
			'entry:6:1',
			'entry:7:2',
		]);
		await terminal.json(['reconcile', 'items', bank.id, '--add', 'entry:6', '--note', 'Card company pays on the next day']);
		const verified = await terminal.json(['reconcile', 'verify', bank.id]);
		expect(verified).toMatchObject({ status: 'VERIFIED', variance: '80.00', items: [{ ref: 'entry:6:1', note: 'Card company pays on the next day' }] });
		expect(await terminal.json(['reconcile', 'status', '--period', '2026-01'])).toMatchObject({ complete: true, accounts: [{}, { unmatchedLines: 2 }, {}] });
		expect(await terminal.json(['reconcile', 'session', 'close', session.sessionId])).toMatchObject({ status: 'CLOSED', entries: [5, 6, 7] });
		expect(await terminal.json(['reconcile', 'undo', bank.id, '--reason', 'wrong'], { status: 1 })).toMatchObject({ error: { code: 'REASON_TOO_SHORT' } });
		expect(await terminal.json(['reconcile', 'undo', bank.id, '--reason', 'The wrong statement'])).toMatchObject({ status: 'UNDONE' });
		const { events } = await terminal.json<{ events: { action: string; detail: object }[] }>(['audit', 'list', '--limit', '1']);
		expect(events[0]).toMatchObject({ action: 'reconciliation.undoReconciliation', detail: { account: '1010', reason: 'The wrong statement' } });
	});

	it('explains a difference', async () => {
		const terminal = await shop();
		bankStatement(terminal);
		const { id } = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1010', '--period', '2026-01']);
		const explained = await terminal.json(['reconcile', 'explain', id]);
		expect(explained).toMatchObject({
			difference: '90.00',
			unmatchedBank: [{ amount: '-1000.00' }, { amount: '430.00', reference: '17' }],
			unmatchedBook: [
				{ ref: 'entry:1:1', amount: '1000.00' },
				{ ref: 'entry:2:2', amount: '-340.00' },
			],
			changedSince: [],
			hints: [{ code: 'DIGITS_EXCHANGED', lines: ['entry:2:2', 'line:01890a5d-ac96-774b-bcce-b302099a8003'] }],
		});
		const { stdout } = await terminal.run(['reconcile', 'explain', id]);
		expect(stdout).toContain('90.00 KES is not explained');
		expect(stdout).toMatch(/- .*two digits changed places/);
	});

	it('names what came after a verified reconciliation and reaches into it', async () => {
		const terminal = await shop();
		const { id } = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1000', '--period', '2026-01', '--actual', '1500.00']);
		await terminal.json(['reconcile', 'verify', id]);
		const late = {
			date: '2026-01-30',
			description: 'Late taking',
			lines: [
				{ account: '1000', debit: '7.00' },
				{ account: '4000', credit: '7.00' },
			],
		};
		await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify(late) });
		expect(await terminal.json(['reconcile', 'show', id])).toMatchObject({ status: 'STALE', staleReason: 'entry 5 was posted on 2026-01-30' });
		const next = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1000', '--period', '2026-02', '--actual', '1500.00']);
		expect(await terminal.json(['reconcile', 'explain', next.id])).toMatchObject({
			difference: '7.00',
			changedSince: [{ no: 5, date: '2026-01-30', amount: '7.00', description: 'Late taking' }],
		});
		const { stdout } = await terminal.run(['reconcile', 'status', '--period', '2026-01']);
		expect(stdout).toContain('1000 is stale: entry 5 was posted on 2026-01-30.');
		expect(stdout).toContain('2026-01 is not reconciled yet. No session is active.');
	});

	it('writes the reconciliation statement in textbook form, on the screen, as CSV and as JSON', async () => {
		const terminal = await shop();
		bankStatement(terminal);
		const { id } = await terminal.json<Reconciliation>(['reconcile', 'create', '--account', '1010', '--period', '2026-01']);
		await terminal.json(['reconcile', 'items', id, '--all', '--note', 'Asked the bank: ticket 9']);
		await terminal.json(['reconcile', 'verify', id]);
		const report = ['report', 'reconciliation', '--account', '1010', '--from', '2026-01', '--to', '2026-02'];
		expect(await terminal.json(report)).toMatchObject({
			code: '1010',
			currency: 'KES',
			periods: [
				{
					period: '2026-01',
					status: 'VERIFIED',
					balancePerBank: '570.00',
					depositsInTransit: { total: '1000.00', items: [{ ref: 'entry:1:1' }] },
					unpresented: { total: '-340.00', items: [{ ref: 'entry:2:2' }] },
					bankErrors: { total: '-570.00' },
					unexplained: '0.00',
					balancePerBooks: '660.00',
				},
			],
		});
		const { stdout } = await terminal.run(report);
		expect(stdout.split('\n').map((line) => line.trimEnd())).toMatchInlineSnapshot(`
			[
			  "Corner Shop: Reconciliation statement of 1010 Bank at 2026-01-31, KES",
			  "",
			  "Period   Date        Line                  Reference  Note                                            Days     Amount     Total",
			  "-------  ----------  --------------------  ---------  ----------------------------------------------  ----  ---------  --------",
			  "2026-01  2026-01-31  Balance per bank                 verified, prepared by owner, verified by owner                     570.00",
			  "2026-01  2026-01-02  Capital                          Asked the bank: ticket 9                          29   1,000.00",
			  "2026-01              Deposits in transit                                                                               1,000.00",
			  "2026-01  2026-01-20  Cheque 17                        Asked the bank: ticket 9                          11    -340.00",
			  "2026-01              Unpresented payments                                                                               -340.00",
			  "2026-01  2026-01-02  Capital                          Asked the bank: ticket 9                          29  -1,000.00",
			  "2026-01  2026-01-26  Cheque                17         Asked the bank: ticket 9                           5     430.00",
			  "2026-01              Errors of the bank                                                                                 -570.00",
			  "2026-01  2026-01-31  Balance per books                                                                                   660.00",
			  "",
			]
		`);
		const csv = await terminal.run([...report, '--format', 'csv']);
		expect(csv.stdout.split(/\r?\n/)[0]).toBe('period,date,line,reference,note,ageDays,amount,total');
		expect(csv.stdout.split(/\r?\n/)).toHaveLength(11);
	});

	it('refuses a count that is none before it asks the books', async () => {
		const terminal = await shop();
		const create = ['reconcile', 'create', '--account', '1000', '--period', '2026-01', '--count'];
		for (const count of ['1000=1.5', '1000', '1000=1,1000=2', '1000=-1']) expect((await terminal.run([...create, count])).status, count).toBe(2);
		expect(await terminal.json([...create, '30=1'], { status: 1 })).toMatchObject({ error: { code: 'RECONCILIATION_REFUSED', details: { face: '30' } } });
		expect((await terminal.run(['reconcile', 'session', 'close'])).status).toBe(2);
		expect((await terminal.run(['reconcile', 'items', 'x', '--note', 'y'])).status).toBe(2);
	});
});
