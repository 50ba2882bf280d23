import { describe, expect, it, onTestFinished } from 'vitest';
import { recordEvent } from '#main/audit/index.ts';
import { type Issue, registerCloseHooks } from '#main/close/index.ts';
import { setSetting } from '#main/companies/index.ts';
import { ledgerHandlers } from '#main/ledger/index.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { CommandHandler } from '#main/platform/run/handlers.ts';
import { verifyAccounts } from '#test/reconciled.ts';
import { closeDesk } from '#test/close-books.ts';
import { type ChartLine, openTestBooks, SMALL_CHART, type TestBooks, type TestBooksOptions, type TestLine } from '#test/books.ts';

const CHART: readonly ChartLine[] = [
	...SMALL_CHART,
	['1110', 'Bank EUR', 'ASSET', 'BANK', 'EUR'],
	['1400', 'Card clearing', 'ASSET', 'CLEARING'],
	['1900', 'Suspense', 'ASSET', 'SUSPENSE'],
];

const move = (debit: string, credit: string, amount: string, extra = {}): TestLine[] => [
	[debit, amount, '', extra],
	[credit, '', amount, extra],
];

/** Books from January 2026, seen on 10 March 2026; nothing stands in the way of closing January. */
function cleanBooks(options: TestBooksOptions = {}): TestBooks {
	const books = openTestBooks({ chart: CHART, now: '2026-03-10T12:00:00.000Z', settings: { backdated_days: '90', ...options.settings }, ...options });
	books.post('2026-01-02', 'Capital paid in', move('1100', '3000', '1000.00'));
	return books;
}

function alter(books: TestBooks, ...statements: string[]): void {
	const { raw } = books.connection;
	for (const name of raw.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[]) raw.exec(`DROP TRIGGER ${name}`);
	raw.pragma('foreign_keys = OFF');
	raw.pragma('ignore_check_constraints = ON');
	for (const statement of statements) raw.exec(statement);
}

const setting = (books: TestBooks, key: string, value: string) => books.runner.write((tx) => setSetting(tx, books.company, key, value));

type Row = readonly [
	code: string,
	severity: Issue['severity'],
	what: string,
	make: (books: TestBooks) => void,
	says: RegExp,
	metadata?: Record<string, unknown>,
];
const ISSUES: readonly Row[] = [
	[
		'DRAFT_ENTRIES_PENDING',
		'ERROR',
		'a draft is dated in the month',
		(books) => {
			books.connection.raw.exec(
				`INSERT INTO journal_entries (company_id, id, date, description, source, status, uuid, draft) VALUES (1, -1, '2026-01-30', 'Half an entry', 'MANUAL', 'DRAFT', 'd-1', '{}')`,
			);
		},
		/1 draft is dated in 2026-01: 2026-01-30 "Half an entry"\. Post or delete it/,
		{ count: 1, drafts: ['d-1'] },
	],
	[
		'RETAINED_EARNINGS_MISSING',
		'ERROR',
		'no account takes the result',
		(books) => void books.connection.raw.exec("UPDATE accounts SET subtype = NULL WHERE code = '3100'"),
		/Give one EQUITY account the subtype RETAINED_EARNINGS/,
	],
	[
		'UNBALANCED_ENTRIES',
		'ERROR',
		'a line was altered',
		(books) => alter(books, 'UPDATE journal_lines SET debit_minor = 5, base_debit_minor = 5 WHERE entry_id = 1 AND line_no = 1'),
		/Debits and credits differ in posted entries: 1\./,
		{ count: 1, entries: [1] },
	],
	[
		'CHAIN_BROKEN',
		'ERROR',
		'a description was altered',
		(books) => alter(books, "UPDATE journal_entries SET description = 'x'"),
		/not what their hash recorded: 1\./,
		{ entries: [1] },
	],
	[
		'CHAIN_BROKEN',
		'ERROR',
		'an entry is gone',
		(books) => {
			books.post('2026-01-03', 'To be deleted', move('1000', '1100', '1.00'));
			books.post('2026-01-04', 'Stays', move('1000', '1100', '1.00'));
			alter(books, 'DELETE FROM journal_lines WHERE entry_id = 2', 'DELETE FROM journal_entries WHERE id = 2');
		},
		/The entry before these is gone: 3\.|1 entry number is missing/,
	],
	[
		'BALANCES_DIFFER',
		'ERROR',
		'a kept balance was altered',
		(books) => alter(books, "UPDATE account_balances SET credit_minor = credit_minor + 700 WHERE account_id = (SELECT id FROM accounts WHERE code = '3000')"),
		/Kept balances of 2026-01 differ from the lines: 3000 Capital 7\.00 USD/,
		{ accounts: [{ account: '3000', name: 'Capital', currency: 'USD', amount: '7.00', amountMinor: '700' }] },
	],
	[
		'TRIAL_BALANCE_NOT_BALANCED',
		'ERROR',
		'a kept balance was altered in base',
		(books) =>
			alter(books, "UPDATE account_balances SET base_debit_minor = base_debit_minor + 250 WHERE account_id = (SELECT id FROM accounts WHERE code = '1100')"),
		/debits less credits are 2\.50 USD/,
		{ difference: '2.50', differenceMinor: '250' },
	],
	[
		'SUBLEDGER_DIFFERENCE',
		'ERROR',
		"a party's row is gone",
		(books) => {
			books.post('2026-01-05', 'Invoice', [
				['1200', '80.00', '', { party: 'Brightwater Tools' }],
				['4000', '', '80.00'],
			]);
			alter(books, 'DELETE FROM parties');
		},
		/do not add up to their control account: 1200 Receivables 80\.00 USD/,
		{ count: 1, accounts: [{ account: '1200', name: 'Receivables', currency: 'USD', amount: '80.00', amountMinor: '8000' }] },
	],
	[
		'SUSPENSE_NOT_ZERO',
		'WARNING',
		'something is in suspense',
		(books) => void books.post('2026-01-05', 'What is it', move('1900', '1100', '12.00')),
		/1900 Suspense 12\.00 USD/,
	],
	[
		'CLEARING_NOT_ZERO',
		'WARNING',
		'cards are not settled',
		(books) => void books.post('2026-01-05', 'Cards', move('1400', '4000', '12.00')),
		/1400 Card clearing 12\.00 USD/,
	],
	[
		'OPENING_EQUITY_NOT_ZERO',
		'WARNING',
		'the opening balances are not complete',
		(books) => void books.postOpening(move('1100', '3900', '33.00')),
		/a remainder stands on: 3900 Opening balances -33\.00 USD/,
	],
	[
		'NEGATIVE_CASH',
		'WARNING',
		'cash was below zero on one day, though not at the end',
		(books) => {
			books.post('2026-01-05', 'Cash bought something', move('6000', '1000', '30.00'));
			books.post('2026-01-09', 'Cash was drawn', move('1000', '1100', '100.00'));
		},
		/1000 Cash is below zero on 2026-01-05: -30\.00 USD/,
		{ account: '1000', date: '2026-01-05', balance: '-30.00', balanceMinor: '-3000', currency: 'USD' },
	],
	[
		'CONTROL_LINE_WITHOUT_PARTY',
		'WARNING',
		'a receivable names nobody',
		(books) => void books.post('2026-01-05', 'Invoice', move('1200', '4000', '5.00'), { externalNo: 'INV-1' }),
		/name no party: 2 \(INV-1\)/,
		{ count: 1, entries: [2] },
	],
	[
		'CONTROL_LINE_WITHOUT_PARTY',
		'INFO',
		'an imported receivable names nobody',
		(books) => void books.post('2026-01-05', 'Invoice', move('1200', '4000', '5.00'), { source: 'IMPORT' }),
		/Imported receivable or payable lines name no party: 2\./,
	],
	[
		'FX_NOT_REVALUED',
		'WARNING',
		'foreign money is carried at an old rate',
		(books) => void books.post('2026-01-05', 'Export', move('1110', '4000', '50.00', { currency: 'EUR', base: '55.00' })),
		/not revalued on 2026-01-31: 1110 Bank EUR 50\.00 EUR\. Revalue them/,
	],
	[
		'BACKDATED_ENTRIES',
		'WARNING',
		'an entry was posted late',
		(books) => void setting(books, 'backdated_days', '30'),
		/more than 30 days after their date: 1\./,
		{ days: 30 },
	],
	[
		'ENTRY_WITHOUT_ATTACHMENT',
		'WARNING',
		'the company asks for evidence',
		(books) => void setting(books, 'attachments_required', 'yes'),
		/no evidence attached: 1\./,
	],
	[
		'SCHEMA_ALTERED',
		'WARNING',
		'guards were altered once',
		(books) => void books.runner.write((tx) => recordEvent(tx, { company: books.company, user: null }, 'SCHEMA_ALTERED', { altered: ['a_guard'] })),
		/altered outside this program/,
	],
	['NO_WITNESS', 'INFO', 'nobody outside gets the fingerprint', () => {}, /what has left the machine cannot be taken back/],
];

describe('each issue', () => {
	it.each(ISSUES.map(([code, severity, what, make, says, metadata]) => [code, severity, what, { make, says, metadata }] as const))(
		'%s (%s): %s',
		async (code, severity, _what, { make, says, metadata }) => {
			const books = cleanBooks();
			const desk = closeDesk(books);
			make(books);
			const { issues, canClose } = desk.validate('2026-01');
			expect(issues).toContainEqual(expect.objectContaining({ code, severity, message: expect.stringMatching(says) }));
			if (metadata) expect(issues.find((issue) => issue.code === code && issue.severity === severity)?.metadata).toMatchObject(metadata);
			expect(canClose).toBe(severity !== 'ERROR');
			if (severity === 'ERROR') {
				await expect(desk.close('2026-01')).rejects.toMatchObject({
					code: 'CLOSE_REFUSED',
					details: { codes: expect.arrayContaining([code]), validation: { canClose: false } },
				});
			} else if (severity === 'WARNING') {
				await expect(desk.close('2026-01', { acknowledge: [], note: '' })).rejects.toMatchObject({
					code: 'WARNINGS_NOT_ACKNOWLEDGED',
					details: { codes: [code] },
				});
				await expect(desk.close('2026-01', { acknowledge: [code], note: ' ' })).rejects.toMatchObject({ code: 'WARNINGS_NOT_ACKNOWLEDGED' });
				expect(await desk.close('2026-01', { acknowledge: [code.toLowerCase()], note: 'Seen.' })).toMatchObject({ success: true });
				expect(desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED' });
			} else {
				expect(await desk.close('2026-01', { acknowledge: [], note: '' })).toMatchObject({ success: true });
			}
		},
	);

	it('of clean books is only that nobody outside is told', () => {
		expect(closeDesk(cleanBooks()).codes('2026-01')).toEqual(['NO_WITNESS']);
	});
});

describe('the order of closes', () => {
	it('goes from month to month, and not before the last day', async () => {
		const books = cleanBooks();
		const desk = closeDesk(books);
		expect(desk.codes('2026-02', 'ERROR')).toEqual(['PREVIOUS_PERIOD_OPEN']);
		expect(desk.codes('2026-04', 'ERROR')).toEqual(['PERIOD_END_IN_FUTURE', 'PREVIOUS_PERIOD_OPEN']);
		await desk.close('2026-01');
		expect(desk.codes('2026-01', 'ERROR')).toEqual(['PERIOD_ALREADY_CLOSED']);
		expect(desk.codes('2026-02', 'ERROR')).toEqual([]);
		expect(desk.codes('FY2026', 'ERROR')).toEqual(['PERIOD_END_IN_FUTURE', 'PREVIOUS_PERIOD_OPEN']);
	});

	it.each([
		['2026-01-31T18:29:00.000Z', 'Asia/Kolkata', []],
		['2026-01-30T18:29:00.000Z', 'Asia/Kolkata', ['PERIOD_END_IN_FUTURE']],
		['2026-01-30T18:31:00.000Z', 'Asia/Kolkata', []],
		['2026-01-31T04:59:00.000Z', 'America/New_York', ['PERIOD_END_IN_FUTURE']],
		['2026-01-31T05:01:00.000Z', 'America/New_York', []],
	])('at %s in %s', (now, timezone, codes) => {
		expect(closeDesk(cleanBooks({ now, timezone })).codes('2026-01', 'ERROR')).toEqual(codes);
	});

	it('a date that is no last day names no period to close', async () => {
		const desk = closeDesk(cleanBooks());
		expect(desk.validate('2026-01-15')).toMatchObject({
			canClose: false,
			issues: [{ code: 'PERIOD_DATE_INVALID', metadata: { end: '2026-01-31' } }, { code: 'NO_WITNESS' }],
		});
		await expect(desk.close('2026-01-15')).rejects.toMatchObject({ code: 'PERIOD_DATE_INVALID' });
		await expect(desk.close('2031-01')).rejects.toMatchObject({ code: 'PERIOD_NOT_FOUND' });
		expect(await desk.close('2026-01-31')).toMatchObject({ success: true });
	});
});

describe('at the end of the year', () => {
	it('what was a warning about suspense, clearing and openings is an error', async () => {
		const books = openTestBooks({ chart: CHART, now: '2027-01-10T12:00:00.000Z', settings: { backdated_days: '9999' } });
		books.post('2026-01-02', 'Capital paid in', move('1100', '3000', '1000.00'));
		books.postOpening(move('1100', '3900', '33.00'));
		books.post('2026-12-02', 'Cards', move('1400', '1100', '12.00'));
		books.post('2026-12-02', 'What is it', move('1900', '1100', '12.00'));
		const desk = closeDesk(books);
		for (let month = 1; month <= 12; month++) await desk.close(`2026-${String(month).padStart(2, '0')}`);
		expect(desk.codes('FY2026', 'ERROR')).toEqual(['SUSPENSE_NOT_ZERO', 'CLEARING_NOT_ZERO', 'OPENING_EQUITY_NOT_ZERO']);
	});
});

describe('reconciliation', () => {
	const bare = { reconcile: false } as const;

	it('stands in the way until every account is verified, and is sealed then', async () => {
		const books = cleanBooks();
		const desk = closeDesk(books, bare);
		expect(desk.codes('2026-01')).toEqual(['RECONCILIATION_MISSING', 'STATEMENT_SHORT', 'NO_WITNESS']);
		await expect(desk.close('2026-01')).rejects.toMatchObject({
			code: 'CLOSE_REFUSED',
			message: expect.stringContaining('1100 Bank: is not reconciled at 2026-01-31. Reconcile it:'),
		});
		verifyAccounts(books, '2026-01', { contentFolder: desk.context.paths.content });
		expect(desk.codes('2026-01')).toEqual(['NO_WITNESS']);
		await desk.close('2026-01');
		const table = (name: string) =>
			Buffer.from(books.runner.db.value<Uint8Array>('SELECT content FROM sealed_tables WHERE name = ? AND close_id = 2', name) ?? []).toString();
		expect(JSON.parse(table('reconciliations'))).toMatchObject({
			account: '1100',
			status: 'VERIFIED',
			expectedMinor: 100_000,
			actualMinor: 100_000,
			items: [],
		});
		expect(JSON.parse(table('statements'))).toMatchObject({ account: '1100', from: '2026-01-31', to: '2026-01-31', fileName: 'statement.csv' });
		expect(table('statement_lines') + table('statement_matches') + table('reconciliation_sessions')).toBe('');
	});

	it('is asked for neither at the year nor of the opening period', async () => {
		const books = openTestBooks({ now: '2027-01-10T12:00:00.000Z', settings: { backdated_days: '9999' }, booksFrom: '2026-12-01' });
		books.openPeriods('2026-12-31');
		books.postOpening(move('1100', '3000', '1000.00'));
		const desk = closeDesk(books);
		await desk.close('2026-12');
		expect(closeDesk(books, bare).codes('FY2026')).toEqual(['NO_WITNESS']);
		await desk.close('FY2026');
		const tables = books.runner.db.all<{ name: string; periods: string }>(
			`SELECT t.name, group_concat(p.kind ORDER BY p.kind) AS periods FROM sealed_tables t
			JOIN period_closes c ON c.company_id = t.company_id AND c.id = t.close_id
			JOIN accounting_periods p ON p.company_id = c.company_id AND p.id = c.period_id
			WHERE t.name IN ('reconciliations', 'accounts') GROUP BY t.name ORDER BY t.name`,
		);
		expect(tables).toEqual([
			{ name: 'accounts', periods: 'MONTH,OPENING,YEAR' },
			{ name: 'reconciliations', periods: 'MONTH' },
		]);
	});

	it('tells who exempted an account and why, at every close', async () => {
		const books = cleanBooks();
		change(books, { account: '1100', requiresReconciliation: false, reason: 'The auditor reconciles it' });
		const desk = closeDesk(books, bare);
		const { login } = books.actor.user;
		for (const period of ['2026-01', '2026-02']) {
			const { validation } = await desk.close(period);
			expect(validation.issues).toContainEqual(
				expect.objectContaining({
					code: 'RECONCILIATION_EXEMPT',
					severity: 'INFO',
					message: expect.stringMatching(new RegExp(`^1100 Bank: is exempt from reconciliation by ${login} at .*: The auditor reconciles it\\.$`)),
				}),
			);
		}
	});

	it('tells of accounts that ceased to hold money, and of those that began to, in the one close that looks at it first', async () => {
		const books = cleanBooks();
		change(books, { account: '1400', subtype: null, requiresReconciliation: false });
		change(books, { account: '1300', subtype: 'CLEARING' });
		change(books, { account: '1900', subtype: null });
		const desk = closeDesk(books);
		const told = () => desk.validate('2026-01').issues.filter(({ code }) => code === 'RECONCILIATION_EXEMPT');
		expect(told().map(({ metadata }) => metadata)).toMatchObject([
			{ account: '1400', was: 'CLEARING', is: null, by: books.actor.user.login },
			{ account: '1300', was: 'INVENTORY', is: 'CLEARING' },
		]);
		await desk.close('2026-01');
		expect(desk.codes('2026-02')).toEqual(['NO_WITNESS']);
		// Close 2 of January looks at all of it again.
		await desk.reopen('2026-01');
		expect(told()).toHaveLength(2);
	});

	function change(books: TestBooks, input: { account: string; subtype?: null | 'CLEARING'; requiresReconciliation?: boolean; reason?: string }): void {
		const { command } = ledgerHandlers.setAccount as CommandHandler<Actor, unknown, unknown>;
		books.runner.write((tx) => command(tx, books.actor, { companyId: books.company.uuid, ...input }));
	}
});

describe('what other domains say', () => {
	it('hooks run inside the close: one that throws undoes it', async () => {
		const books = cleanBooks();
		const desk = closeDesk(books);
		const seen: string[] = [];
		const remove = registerCloseHooks({
			onClosed: (_tx, _actor, close) => void seen.push(`closed ${close.id}`),
			onReopened: () => {
				throw new Error('no space for a job');
			},
		});
		onTestFinished(remove);
		await desk.close('2026-01');
		expect(seen).toEqual(['closed 1', 'closed 2']);
		await expect(desk.reopen('2026-01')).rejects.toThrow('no space for a job');
		expect(desk.closes().map(({ status }) => status)).toEqual(['CLOSED', 'CLOSED']);
	});

	it('what was acknowledged is sealed with its note and who it was', async () => {
		const books = cleanBooks();
		books.post('2026-01-05', 'What is it', move('1900', '1100', '12.00'));
		await closeDesk(books).close('2026-01', { acknowledge: ['SUSPENSE_NOT_ZERO'], note: 'The bank is asked.' });
		const table = books.runner.db.value<Uint8Array>("SELECT content FROM sealed_tables WHERE name = 'validations' AND close_id = 2");
		const rows = Buffer.from(table ?? [])
			.toString()
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as unknown);
		expect(rows).toMatchObject([
			{ code: 'SUSPENSE_NOT_ZERO', acknowledged: true, note: 'The bank is asked.', acknowledgedBy: books.actor.user.login },
			{ code: 'NO_WITNESS', acknowledged: false, note: null },
		]);
	});
});
