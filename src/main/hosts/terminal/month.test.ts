import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXEMPT_REASON, exemptAccounts, openTerminal, type Terminal } from '#test/terminal.ts';

const HASH = /^[0-9a-f]{64}$/;
const SAMPLE = resolve('resources/sample');

/** The sample company with its opening balances and three months of entries. */
async function sampleBooks(): Promise<Terminal> {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Mango Lane', '--currency', 'KES', '--chart', 'kenya', '--timezone', 'Africa/Nairobi']);
	await terminal.json(['opening', 'import', join(SAMPLE, 'opening.csv')]);
	await terminal.json(['journal', 'import', join(SAMPLE, 'journal.csv')]);
	return terminal;
}

interface TrialBalance {
	readonly rows: readonly { readonly code: string; readonly debit: string; readonly credit: string }[];
	readonly totals: { readonly debit: string; readonly credit: string };
	readonly balanced: boolean;
}

interface Closed {
	readonly closeId: string;
	readonly closeHash: string;
	readonly netProfit: string;
}

describe('a month of books in the terminal', () => {
	it('comes in once, however often it is imported', async () => {
		const terminal = openTerminal();
		await terminal.json(['company', 'create', '--name', 'Mango Lane', '--currency', 'KES', '--chart', 'kenya']);
		const opening = await terminal.json(['opening', 'import', join(SAMPLE, 'opening.csv')]);
		expect(opening).toMatchObject({ lines: 42, entryCount: 1, entries: [{ no: 1, date: '2025-12-31', hash: expect.stringMatching(HASH) }] });
		const dry = await terminal.json(['journal', 'import', join(SAMPLE, 'journal.csv'), '--dry-run']);
		expect(dry).toMatchObject({ entries: 555, lines: 1560, duplicates: 0, rejected: [], dryRun: true });
		expect(await terminal.json(['journal', 'import', '-'], { stdin: readFileSync(join(SAMPLE, 'journal.csv'), 'utf8') })).toMatchObject({
			entries: 555,
			lines: 1560,
		});
		expect(await terminal.json(['journal', 'import', join(SAMPLE, 'journal.csv')])).toMatchObject({ entries: 0, lines: 0, duplicates: 555 });
		expect(await terminal.json(['report', 'check'])).toMatchObject({ agree: true, differences: [] });
		const { imports } = await terminal.json<{ imports: { importId: string; kind: string }[] }>(['import', 'list']);
		const journal = imports.find(({ kind }) => kind === 'JOURNAL');
		expect(await terminal.json(['import', 'undo', journal?.importId ?? ''])).toMatchObject({ reversed: 555 });
	});

	it('is refused as a whole where rows cannot be read, and kept going where that is asked', async () => {
		const terminal = openTerminal();
		await terminal.json(['company', 'create', '--name', 'Short', '--currency', 'KES', '--chart', 'kenya']);
		const file = join(terminal.folder, 'books.csv');
		writeFileSync(
			file,
			'entry_no,date,account_code,debit,credit\n1,2026-01-05,6100,10.00,\n1,2026-01-05,1100,,10.00\n2,2026-01-06,6100,10.00,\n2,2026-01-06,7777,,10.00\n',
		);
		const refused = await terminal.json<{ error: { code: string; details: { rejected: { row: number; code: string }[] } } }>(
			['journal', 'import', 'books.csv'],
			{ status: 1 },
		);
		expect(refused.error.code).toBe('IMPORT_REJECTED');
		expect(refused.error.details.rejected).toContainEqual({ row: expect.any(Number), code: 'ACCOUNT_UNKNOWN', message: expect.stringContaining('7777') });
		expect(refused.error.details.rejected.map(({ row }) => row)).toEqual([4, 5]);
		expect(await terminal.json(['journal', 'list'])).toMatchObject({ entries: [] });
		const people = await terminal.run(['journal', 'import', 'books.csv']);
		expect(people.stderr).toContain('line 5: ');
		const kept = await terminal.json<{ rejectFile: string }>(['journal', 'import', '-', '--keep-going'], { stdin: readFileSync(file, 'utf8') });
		expect(kept).toMatchObject({ entries: 1, lines: 2, rejectFile: join(terminal.folder, 'standard-input.rejected.csv') });
		expect(readFileSync(kept.rejectFile, 'utf8')).toContain('7777');
	});

	it('asks what is ambiguous, or refuses with the question', async () => {
		const terminal = openTerminal();
		await terminal.json(['company', 'create', '--name', 'Asked', '--currency', 'EUR', '--chart', 'generic']);
		const stdin = 'entry_no;date;account;amount\n1;03.04.2026;1000;1,234\n1;03.04.2026;4000;-1,234\n';
		const words = ['journal', 'import', '-', '--create-accounts'];
		const refused = await terminal.json<{ error: { code: string; details: { questions: { id: string; choices: unknown[] }[] } } }>(words, { status: 1, stdin });
		expect(refused.error.code).toBe('NEEDS_ANSWER');
		expect(refused.error.details.questions.map(({ id }) => id)).toContain('decimal');
		expect(await terminal.json([...words, '--decimal', '.', '--date-format', 'DD.MM.YYYY'], { stdin })).toMatchObject({ entries: 1, lines: 2 });
	});

	it('is reported on the screen, as JSON and in files', async () => {
		const terminal = await sampleBooks();
		const words = ['report', 'trial-balance', '--as-of', '2026-01-31'];
		const report = await terminal.json<TrialBalance>(words);
		expect(report.balanced).toBe(true);
		expect(report.totals.debit).toBe(report.totals.credit);
		expect(report.rows.find(({ code }) => code === '1100')).toMatchObject({ name: 'Bank current account', type: 'ASSET', debit: '2189272.35', credit: '0.00' });
		expect(await terminal.json([...words, '--recompute'])).toEqual(report);

		const screen = await terminal.run(words);
		expect(screen.stdout).toMatch(/^Mango Lane: Trial balance at 2026-01-31/);
		expect(screen.stdout).toContain('2,189,272.35');
		await terminal.json(['company', 'set', 'number_format', 'indian']);
		expect((await terminal.run(words)).stdout).toContain('21,89,272.35');

		const written = await terminal.json<{ file: string; bytes: number; sha256: string }>([...words, '--format', 'csv', '--out', 'tb.csv']);
		const bytes = readFileSync(join(terminal.folder, 'tb.csv'));
		expect(written).toEqual({ file: join(terminal.folder, 'tb.csv'), bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
		expect((await terminal.run([...words, '--format', 'csv'])).stdout).toBe(bytes.toString());
		await terminal.json([...words, '--out', 'tb.json']);
		expect(JSON.parse(readFileSync(join(terminal.folder, 'tb.json'), 'utf8'))).toEqual(report);
		expect((await terminal.run([...words, '--format', 'csv', '--json'])).status).toBe(2);
	});

	it.each([
		['income-statement', ['--from', '2026-01-01', '--to', '2026-01-31'], { netProfit: '288055.52', rows: expect.any(Array) }],
		['balance-sheet', ['--as-of', '2026-01-31'], { assets: '8976723.10', rows: expect.any(Array) }],
		['ledger', ['--account', '1100', '--from', '2026-01-01', '--to', '2026-01-31'], { opening: '1684135.60', closing: '2189272.35' }],
		['ledger', ['--party', 'Tin Elephant Hotel', '--from', '2026-01-01', '--to', '2026-01-31'], { party: 'Tin Elephant Hotel', rows: expect.any(Array) }],
		['day-book', ['--from', '2026-01-02', '--to', '2026-01-02'], { entries: expect.any(Array) }],
	])('has its %s', async (report, options, expected) => {
		const terminal = await sampleBooks();
		const words = ['report', report, ...options];
		expect(await terminal.json(words)).toMatchObject(expected);
		expect((await terminal.run(words)).stdout.split('\n').length).toBeGreaterThan(5);
		expect((await terminal.run([...words, '--format', 'csv'])).stdout).toMatch(/^\w+(?:,\w+)+\n/);
	});

	it('is validated, closed, verified, reopened and closed again', async () => {
		const terminal = await sampleBooks();
		await exemptAccounts(terminal);
		const validation = await terminal.json<{ canClose: boolean; issues: { code: string; severity: string }[] }>(['period', 'validate', '2026-01']);
		expect(validation.canClose).toBe(true);
		expect(validation.issues).toContainEqual(
			expect.objectContaining({ code: 'RECONCILIATION_EXEMPT', severity: 'INFO', message: expect.stringContaining(EXEMPT_REASON) }),
		);
		expect(await terminal.json(['period', 'close', '2026-02'], { status: 1 })).toMatchObject({
			error: { code: 'CLOSE_REFUSED', details: { validation: expect.anything() } },
		});

		const close = ['period', 'close', '2026-01', '--acknowledge', 'all', '--note', 'Reviewed', '--reason', 'Month end'];
		const closed = await terminal.json<Closed>(close);
		expect(closed).toMatchObject({
			success: true,
			closeNumber: 1,
			alreadyClosed: false,
			netProfit: '288055.52',
			closingEntryNo: 557,
			contentRoot: expect.stringMatching(HASH),
		});
		expect(await terminal.json(close)).toMatchObject({ closeId: closed.closeId, closeHash: closed.closeHash, alreadyClosed: true });
		const late = {
			date: '2026-01-31',
			description: 'Late',
			lines: [
				{ account: '6100', debit: '1.00' },
				{ account: '1100', credit: '1.00' },
			],
		};
		expect(await terminal.json(['journal', 'post', '-'], { status: 1, stdin: JSON.stringify(late) })).toMatchObject({ error: { code: 'PERIOD_CLOSED' } });
		expect(await terminal.json(['period', 'verify', '2026-01'])).toMatchObject({
			result: 'VERIFIED',
			signature: 'good',
			signer: { known: true },
			findings: [],
		});
		expect((await terminal.run(['period', 'verify', '2026-01'])).stdout).toMatch(/^VERIFIED: /);

		expect(await terminal.json(['period', 'reopen', '2026-01', '--reason', 'short', '--confirm', '2026-01'], { status: 1 })).toMatchObject({
			error: { code: 'REASON_TOO_SHORT' },
		});
		const reopen = ['period', 'reopen', '2026-01', '--reason', 'A supplier credit note was found', '--confirm', '2026-01'];
		expect(await terminal.json(reopen)).toMatchObject({ closeNumber: 1, reversalEntryNo: 558, period: { status: 'OPEN' } });
		await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify(late) });
		const again = await terminal.json<Closed>(close);
		expect(again).toMatchObject({ closeNumber: 2, netProfit: '288054.52' });
		for (const number of ['1', '2'])
			expect(await terminal.json(['period', 'verify', '2026-01', '--close-number', number])).toMatchObject({ result: 'VERIFIED' });
		const { periods } = await terminal.json<{ periods: { name: string; status: string }[] }>(['period', 'list']);
		expect(periods.filter(({ status }) => status === 'CLOSED').map(({ name }) => name)).toEqual(['opening', '2026-01']);
		expect(await terminal.json(['audit', 'verify'])).toMatchObject({ result: 'VERIFIED' });
	});

	it('shows a person what stands in the way', async () => {
		const terminal = await sampleBooks();
		await terminal.json(['journal', 'draft', 'save', '-'], { stdin: '{"date":"2026-01-20","description":"Unfinished"}' });
		expect(await terminal.json(['period', 'validate', '2026-01'])).toMatchObject({ canClose: false });
		const refused = await terminal.run(['period', 'close', '2026-01']);
		expect(refused.status).toBe(1);
		expect(refused.stderr).toContain('DRAFT_ENTRIES_PENDING, must be put right');
		expect((await terminal.run(['period', 'soft-close', '2026-01'])).stdout).toBe('2026-01 is soft-closed.\n');
		expect((await terminal.run(['period', 'open', '2026-01', '--reason', 'Two bills were missing'])).stdout).toBe('2026-01 is open.\n');
	});
});
