import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from '#test/terminal.ts';

const BANK = `Date,Description,Amount
2026-03-05,SALE BLUE LANTERN,30.00
2026-03-06,DEPOSIT,31.00
2026-03-09,TO WALLET,-50.00
2026-03-20,FEE MARCH,-2.00
2026-03-21,FEE CHEQUE BOOK,-3.00
`;

/** A shop with a bank, a wallet, and a month of both statements. */
async function shop(): Promise<Terminal> {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Mango Lane', '--currency', 'KES', '--chart', 'none']);
	for (const [code, name, type, subtype] of [
		['1100', 'Bank', 'ASSET', 'BANK'],
		['1160', 'Wallet', 'ASSET', 'MOBILE_MONEY'],
		['4000', 'Sales', 'INCOME', ''],
		['6100', 'Bank charges', 'EXPENSE', ''],
	] as const) {
		await terminal.json(['account', 'add', '--code', code, '--name', name, '--type', type, ...(subtype === '' ? [] : ['--subtype', subtype])]);
	}
	const entry = (date: string, description: string, amount: string) => ({
		date,
		description,
		lines: [
			{ account: '1100', debit: amount },
			{ account: '4000', credit: amount },
		],
	});
	const entries = [entry('2026-03-05', 'Sale to Blue Lantern', '30.00'), entry('2026-03-06', 'Sale', '31.00'), entry('2026-03-30', 'Sale', '7.00')];
	await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify(entries) });
	writeFileSync(join(terminal.folder, 'bank.csv'), BANK);
	writeFileSync(join(terminal.folder, 'wallet.csv'), 'Date,Description,Amount\n2026-03-09,TO WALLET,50.00\n');
	await terminal.json(['statement', 'import', 'bank.csv', '--account', '1100']);
	await terminal.json(['statement', 'import', 'wallet.csv', '--account', '1160']);
	return terminal;
}

interface Line {
	readonly no: number;
	readonly status: string;
	readonly description: string;
	readonly match: { readonly no: number; readonly kind: string } | null;
}
interface Matched {
	readonly lines: readonly Line[];
	readonly matched: number;
	readonly unmatched: number;
}

const matchOf = (lines: readonly Line[], description: string) => String(lines.find((line) => line.description === description)?.match?.no);
const lineOf = (lines: readonly Line[], description: string) => String(lines.find((line) => line.description === description)?.no);

describe('a statement in the terminal', () => {
	it('is matched, decided upon line by line, and nothing is left on the side of the bank', async () => {
		const terminal = await shop();
		const answer = await terminal.json<Matched>(['statement', 'match', '1', '--auto']);
		expect(answer).toMatchObject({ matched: 1, unmatched: 4, confirmed: { count: 1, sum: '30.00' } });
		expect(answer.lines[0]).toMatchObject({
			line: 1,
			date: '2026-03-05',
			amount: '30.00',
			status: 'MATCHED',
			match: { entries: [{ no: 1, externalNo: null }], certain: true },
		});
		const { lines } = await terminal.json<Matched>(['statement', 'match', '--account', '1100']);
		expect(await terminal.json(['statement', 'confirm', matchOf(lines, 'DEPOSIT')])).toMatchObject({ match: { status: 'CONFIRMED', entries: [{ no: 2 }] } });
		const transfer = await terminal.json(['statement', 'confirm', matchOf(lines, 'TO WALLET')]);
		expect(transfer).toMatchObject({
			entry: { no: 4, date: '2026-03-09' },
			match: { kind: 'TRANSFER', transfer: { from: '1100', to: '1160', amount: '50.00' } },
		});
		const added = await terminal.json(['statement', 'add-entry', lineOf(lines, 'FEE MARCH'), '--account', '6100']);
		expect(added).toMatchObject({ entry: { no: 5 }, match: { kind: 'ENTRY' } });
		await terminal.json(['statement', 'rule', 'add', 'Fees', '--text', 'fee', '--direction', 'out', '--counter', '6100']);
		expect(await terminal.json(['statement', 'rule', 'preview'])).toMatchObject({ count: 1, hits: [{ description: 'FEE CHEQUE BOOK' }] });
		const applied = await terminal.json<{ drafts: { draftId: string }[] }>(['statement', 'rule', 'apply']);
		await terminal.json(['journal', 'draft', 'post', applied.drafts[0]?.draftId ?? '']);
		expect(await terminal.json(['statement', 'match', '1', '--auto'])).toMatchObject({ matched: 5, unmatched: 0 });
		expect(await terminal.json(['statement', 'unmatched', '--account', '1100'])).toMatchObject({
			statement: { unmatched: { count: 0, sum: '0.00' }, lines: [] },
			ledger: { unmatched: { count: 1, sum: '7.00' }, lines: [{ no: 3, amount: '7.00' }] },
		});
	});

	it('is told in words: what was confirmed, what is suggested and why, what to do next', async () => {
		const terminal = await shop();
		const words = (await terminal.run(['statement', 'match', '1', '--auto'])).stdout;
		expect(words).toContain('Confirmed 1 match, 30.00 KES.');
		expect(words).toMatch(/DEPOSIT .* 2 +amount equal/);
		expect(words).toContain('1 line matched, 2 with a suggestion, 2 without.');
		expect(words).toContain('statement unmatched --account 1100');
		const open = (await terminal.run(['statement', 'unmatched', '--account', '1100'])).stdout;
		expect(open).toContain('Only the bank has, KES: 2 lines, -5.00; with a suggestion 2 lines, -19.00');
		expect(open).toContain('Only the books have: 1 line, 7.00; with a suggestion 1 line, 31.00');
	});

	it('says kindly what cannot be done', async () => {
		const terminal = await shop();
		const { lines } = await terminal.json<Matched>(['statement', 'match', '--account', '1100']);
		const reject = ['statement', 'reject', matchOf(lines, 'DEPOSIT')];
		expect(await terminal.json(reject)).toMatchObject({ match: { status: 'REJECTED' } });
		expect(await terminal.json(reject, { status: 1 })).toMatchObject({ error: { code: 'MATCH_REFUSED' } });
		const unequal = ['statement', 'join', '--lines', lineOf(lines, 'DEPOSIT'), '--entries', '3:1'];
		expect(await terminal.json(unequal, { status: 1 })).toMatchObject({ error: { code: 'MATCH_UNEQUAL', details: { difference: '24.00' } } });
		expect(await terminal.json(['statement', 'join', '--lines', lineOf(lines, 'DEPOSIT'), '--entries', '2:1'])).toMatchObject({ match: { kind: 'MANUAL' } });
		expect(await terminal.json(['statement', 'match'], { status: 2 })).toMatchObject({ error: { code: 'USAGE' } });
		expect(await terminal.json(['statement', 'join', '--entries', '2'], { status: 2 })).toMatchObject({ error: { code: 'USAGE' } });
		expect(await terminal.json(['statement', 'add-entry', '4'], { status: 2 })).toMatchObject({ error: { code: 'USAGE' } });
	});
});
