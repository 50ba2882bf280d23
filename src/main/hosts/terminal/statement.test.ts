import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from '#test/terminal.ts';
import { withStatementAnswer } from './statement-answers.ts';

const JANUARY = 'Date,Description,Amount,Balance\n2026-01-05,Sale to Blue Lantern,1180.00,6180.00\n2026-01-20,Rent,-900.00,5280.00\n';
const FEBRUARY = 'Date,Description,Amount,Balance\n2026-01-21,Sale,100.00,9999.00\n';

async function withBank(): Promise<Terminal> {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Mango Lane', '--currency', 'KES', '--chart', 'kenya']);
	writeFileSync(join(terminal.folder, 'january.csv'), JANUARY);
	writeFileSync(join(terminal.folder, 'february.csv'), FEBRUARY);
	return terminal;
}

describe('statements in the terminal', () => {
	it('come in once, are shown, and are taken back', async () => {
		const terminal = await withBank();
		const seen = await terminal.json(['statement', 'import', 'january.csv', '--account', '1100', '--dry-run']);
		expect(seen).toEqual(await terminal.json(['statement', 'preview', 'january.csv', '--account', '1100']));
		expect(seen).toMatchObject({ lines: 2, duplicates: 0, sum: '280.00', questions: [] });
		const answer = await terminal.json(['statement', 'import', 'january.csv', '--account', '1100']);
		expect(answer).toMatchObject({ lines: 2, duplicates: 0, openingBalance: '5000.00', closingBalance: '5280.00', currency: 'KES', format: 'csv' });
		const { statementId } = answer as { statementId: string };
		const again = await terminal.json(['statement', 'import', '-', '--account', '1100'], { stdin: JANUARY });
		expect(again).toMatchObject({ statementId, lines: 0, duplicates: 2 });
		expect(await terminal.json(['statement', 'show', statementId])).toMatchObject({
			lines: [
				{
					line: 1,
					date: '2026-01-05',
					amount: '1180.00',
					description: 'Sale to Blue Lantern',
					bankId: null,
					reference: null,
					status: 'UNMATCHED',
					match: null,
				},
				{ line: 2, amount: '-900.00' },
			],
			matched: 0,
			unmatched: 2,
		});
		expect(await terminal.json(['statement', 'list'])).toMatchObject({ statements: [{ statementId, no: 1 }], breaks: [] });
		expect(await terminal.json(['statement', 'undo', '1', '--reason', 'wrong account'])).toEqual({ statementId, lines: 2, passed: 0, proposals: 0 });
		expect(await terminal.json(['statement', 'import', 'january.csv', '--account', '1100'])).toMatchObject({ lines: 2 });
	});

	it('are refused with the question where nobody can answer, and taken in with the answer', async () => {
		const terminal = await withBank();
		await terminal.json(['statement', 'import', 'january.csv', '--account', '1100']);
		const refused = await terminal.json(['statement', 'import', 'february.csv', '--account', '1100'], { status: 1 });
		expect(refused).toMatchObject({ error: { code: 'NEEDS_ANSWER', details: { questions: [{ id: 'accept:OPENING_DIFFERS' }] } } });
		const argv = ['statement', 'import', 'february.csv', '--account', '1100', '--accept', 'opening-differs', '--note', 'seen'];
		expect(await terminal.json(argv)).toMatchObject({ lines: 1, accepted: [{ code: 'OPENING_DIFFERS' }] });
		expect(await terminal.run(['statement', 'import', 'february.csv', '--account', '1100', '--accept', 'OPENING'])).toMatchObject({ status: 2 });
	});

	it('are told in words', async () => {
		const terminal = await withBank();
		expect((await terminal.run(['statement', 'preview', 'january.csv', '--account', '1100'])).stdout).toContain('Would take in 2 lines for 1100');
		const { stdout } = await terminal.run(['statement', 'import', 'january.csv', '--account', '1100', '--from', '2026-01-01']);
		expect(stdout).toContain('Took in 2 lines for 1100');
		expect(stdout).toContain('opening 5,000.00, closing 5,280.00');
		expect(stdout).toContain('recorded DAYS_TYPED: The first day was typed: 2026-01-01.');
		await terminal.run(['statement', 'import', 'february.csv', '--account', '1100', '--accept', 'all']);
		const list = (await terminal.run(['statement', 'list', '--account', '1100'])).stdout;
		expect(list).toMatch(/ 1 +1100 .*2026-01-01 +2026-01-20 +5,000\.00 +5,280\.00 +2 +2 +january\.csv/);
		expect(list).toContain('opens with 9,899.00, the one to 2026-01-20 closed with 5,280.00: it does not follow');
		const shown = (await terminal.run(['statement', 'show', '1'])).stdout;
		expect(shown).toContain('Sale to Blue Lantern');
		expect(shown).toContain('0 matched, 2 unmatched (0 of them with a suggestion)');
		expect((await terminal.run(['statement', 'undo', '1', '--reason', 'wrong account'])).stdout).toBe('Took the statement back: 2 lines undone.\n');
	});

	it('name the lines that cannot be read', async () => {
		const terminal = await withBank();
		const file = 'Date,Description,Amount\n2026-01-05,Sale,10.00\n2026-01-06,Broken,1.2.3\n';
		const refused = await terminal.run(['statement', 'import', '-', '--account', '1100'], file);
		expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('  line 3: ') });
		expect((await terminal.run(['statement', 'import', '-', '--account', '1100', '--keep-going'], file)).stdout).toContain('Left out 1 line:\n  line 3: ');
	});
});

describe('an answer to a question about a statement', () => {
	it.each([
		['decimal', ',', { decimal: ',' }],
		['statementAccount', 'NL91', { statementAccount: 'NL91' }],
		['map', 'date=Datum, amount=#3', { map: { date: 'Datum', amount: '#3' } }],
		['accept:CLOSING_DIFFERS', 'yes', { accept: ['OPENING_DIFFERS', 'CLOSING_DIFFERS'] }],
	])('%s: %s', (id, answer, options) =>
		expect(withStatementAnswer({ accept: ['OPENING_DIFFERS'] }, id, answer)).toEqual({ accept: ['OPENING_DIFFERS'], ...options }),
	);

	it('may be no: then nothing is taken in', () => {
		expect(() => withStatementAnswer({}, 'accept:CLOSING_DIFFERS', 'no')).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
	});
});
