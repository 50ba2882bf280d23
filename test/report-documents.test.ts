import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Worksheet } from 'exceljs';
import { describe, expect, it } from 'vitest';
import { groupDigits } from '#shared/kernel/grouping.ts';
import { HAS_OFFICE, pagesOf, recomputed, workbookOf } from './document-tools.ts';
import { openTerminal, type Terminal } from './terminal.ts';

interface Written {
	readonly file: string;
	readonly bytes: number;
	readonly sha256: string;
}

const HEADER = 'entry_no,date,account_code,account_name,account_type,party,description,debit,credit,currency,reference,base_amount';
const PARTY = 'देवनागरी व्यापार मंडळ';

/** An invented shop in rupees: lakhs, a party written in Devanagari, dollars and dinars, January and February. */
const SHOP = `1,2026-01-02,1100,Bank,Asset,,Capital,12345678.90,,,,
1,2026-01-02,3000,Capital,Equity,,Capital,,12345678.90,,,
2,2026-01-15,1200,Customers,Asset,${PARTY},विक्री पावती,250000.00,,,INV-1,
2,2026-01-15,4000,Sales,Income,,विक्री पावती,,250000.00,,,
3,2026-01-20,5000,Rent,Expense,,=cmd|' /C calc'!A0,45000.50,,,@SUM(A1),
3,2026-01-20,1100,Bank,Asset,,=cmd|' /C calc'!A0,,45000.50,,,
4,2026-01-25,1110,Dollars,Asset,,Goods abroad,100.00,,USD,,8345.00
4,2026-01-25,4000,Sales,Income,,Goods abroad,,8345.00,,,
5,2026-01-26,1120,Dinars,Asset,,Goods abroad,1.500,,KWD,,410.25
5,2026-01-26,1130,Yen,Asset,,Goods abroad,,1000,JPY,,-580.00
5,2026-01-26,4000,Sales,Income,,Goods abroad,169.75,,,,
6,2026-02-03,1100,Bank,Asset,,Paid,250000.00,,,,
6,2026-02-03,1200,Customers,Asset,${PARTY},Paid,,250000.00,,INV-1,
`;

async function shop(rows = SHOP): Promise<Terminal> {
	const terminal = openTerminal();
	writeFileSync(join(terminal.folder, 'books.csv'), `${HEADER}\n${rows}`);
	await terminal.json(['company', 'create', '--name', 'Bãzaar & Sons मुंबई', '--currency', 'INR', '--chart', 'none', '--timezone', 'Asia/Kolkata']);
	await terminal.json(['account', 'add', '--code', '3999', '--name', 'Retained earnings', '--type', 'EQUITY', '--subtype', 'RETAINED_EARNINGS']);
	await terminal.json(['account', 'add', '--code', '1200', '--name', 'Customers', '--type', 'ASSET', '--subtype', 'RECEIVABLE']);
	for (const [code, name] of [
		['1100', 'Bank'],
		['1110', 'Dollars'],
		['1120', 'Dinars'],
		['1130', 'Yen'],
	] as const)
		await terminal.json(['account', 'add', '--code', code, '--name', name, '--type', 'ASSET']);
	await terminal.json(['company', 'set', 'number_format', 'indian']);
	await terminal.json(['company', 'set', 'date_format', 'DD/MM/YYYY']);
	await terminal.json(['journal', 'import', 'books.csv', '--create-accounts']);
	return terminal;
}

/** Writes a report as pages and as a workbook, and reads both back. */
async function documents(terminal: Terminal, report: readonly string[]): Promise<{ pages: string[]; sheet: Worksheet; path: string; flat: string }> {
	const pdf = await terminal.json<Written>(['report', ...report, '--out', 'report.pdf']);
	const xlsx = await terminal.json<Written>(['report', ...report, '--format', 'xlsx', '--out', 'report.xlsx']);
	for (const { file, bytes, sha256 } of [pdf, xlsx]) {
		expect(statSync(file).size).toBe(bytes);
		expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
	}
	const pages = pagesOf(pdf.file);
	const sheet = (await workbookOf(xlsx.file)).worksheets[0] as Worksheet;
	return { pages, sheet, path: xlsx.file, flat: pages.join(' ').replace(/\s+/g, ' ') };
}

/** The figures of a column below the titles; of a formula, the value that it carries. */
function figures(sheet: Worksheet, title: string): (number | string)[] {
	const column = (sheet.getRow(6).values as string[]).indexOf(title);
	const found: (number | string)[] = [];
	sheet.eachRow((row, at) => {
		const { value, result } = row.getCell(column);
		const figure = typeof value === 'object' && value !== null ? result : value;
		if (at > 6 && (typeof figure === 'number' || typeof figure === 'string')) found.push(figure);
	});
	return found;
}

const SPAN = ['--from', '2026-01-01', '--to', '2026-01-31'];

describe('reports as documents', () => {
	it('show every figure of the trial balance, and its totals, as the terminal does', async () => {
		const terminal = await shop();
		const asked = ['trial-balance', '--as-of', '2026-01-31'];
		const { pages, sheet, flat, path } = await documents(terminal, asked);
		const answer = await terminal.json<{ rows: Record<string, string>[]; totals: { debit: string; credit: string } }>(['report', ...asked]);
		const shown = answer.rows.flatMap(({ debit = '', credit = '', baseDebit = '', baseCredit = '' }) =>
			[debit, credit, baseDebit, baseCredit].filter((figure) => /[1-9]/.test(figure)),
		);
		expect(shown.length).toBeGreaterThan(15);
		for (const figure of [...shown, answer.totals.debit]) expect(flat).toContain(` ${groupDigits(figure, 'indian')} `);
		expect(pages).toHaveLength(1);
		expect(figures(sheet, 'Debit in INR').at(-1)).toBe(Number(answer.totals.debit));
		expect(figures(sheet, 'Debit')).toEqual(answer.rows.map(({ debit }) => Number(debit)).filter((debit) => debit !== 0));
		expect(sheet.getColumn('G').values.at(-1)).toMatchObject({ formula: 'SUM(G7:G14)' });
		if (HAS_OFFICE) {
			const total = recomputed(path).find(([, name]) => name === 'Total') ?? [];
			expect(total.map(Number).filter((figure) => figure > 0)).toEqual([Number(answer.totals.debit), Number(answer.totals.credit)]);
		}
	});

	it.runIf(HAS_OFFICE)('compute the result and the equation of the balance sheet in a spreadsheet', async () => {
		const terminal = await shop();
		const income = await terminal.json<Record<'income' | 'expense' | 'netProfit', string>>(['report', 'income-statement', ...SPAN]);
		const totalsOf = (path: string): (readonly [string | undefined, number])[] =>
			recomputed(path)
				.filter(([code, name]) => code === '' && name !== undefined && name !== '')
				.map(([, name, figure]) => [name, Number(figure)]);
		const statement = await documents(terminal, ['income-statement', ...SPAN]);
		expect(totalsOf(statement.path)).toEqual([
			['Total income', Number(income.income)],
			['Total expenses', Number(income.expense)],
			['Net profit', Number(income.netProfit)],
		]);
		const sheet = await documents(terminal, ['balance-sheet', '--as-of', '2026-01-31']);
		const found = Object.fromEntries(totalsOf(sheet.path));
		expect(found['Total assets']).toBe(found['Liabilities and equity']);
		expect(sheet.flat).toContain(`Total assets ${groupDigits(String(found['Total assets']), 'indian')}`);
		expect(sheet.flat).toMatch(/Assets 1100 Bank .* Total assets .* Liabilities Total liabilities 0\.00 Equity .* Liabilities and equity/);
	});

	it('write a ledger with opening, running and closing balance, and a party in Devanagari', async () => {
		const terminal = await shop();
		const bank = await documents(terminal, ['ledger', '--account', '1100', '--from', '2026-01-15', '--to', '2026-01-31']);
		expect(bank.flat).toContain('Ledger of 1100 Bank from 15/01/2026 to 31/01/2026, INR');
		expect(bank.flat).toContain(
			"Opening balance 1,23,45,678.90 20/01/2026 3 =cmd|' /C calc'!A0 @SUM(A1) 45,000.50 1,23,00,678.40 Total 0.00 45,000.50 Closing balance 1,23,00,678.40",
		);
		expect(figures(bank.sheet, 'Balance')).toEqual([12345678.9, 12300678.4, 12300678.4]);
		expect(figures(bank.sheet, 'Date')).toEqual([]);
		expect(bank.sheet.getCell('A8').value).toEqual(new Date('2026-01-20T00:00:00Z'));
		expect(bank.sheet.getCell('D8').value).toBe("=cmd|' /C calc'!A0");
		const party = await documents(terminal, ['ledger', '--party', PARTY, '--from', '2026-01-01', '--to', '2026-02-28']);
		expect(party.flat).toContain(`Ledger of ${PARTY}`);
		expect(party.flat).toContain('15/01/2026 2 1200 Customers विक्री पावती INV-1 2,50,000.00 2,50,000.00');
		expect(party.sheet.name).toBe(`Ledger of ${PARTY}`.slice(0, 31));
		const yen = await documents(terminal, ['ledger', '--account', '1130', ...SPAN, '--currency', 'JPY']);
		expect(yen.flat).toContain('Goods abroad 1,000 (1,000) Total 0 1,000 Closing balance (1,000)');
		const dinars = await documents(terminal, ['ledger', '--account', '1120', ...SPAN, '--currency', 'KWD']);
		expect(dinars.flat).toContain('Closing balance 1.500');
	});

	it('write a day book on its side, with the foreign columns where there are any', async () => {
		const terminal = await shop();
		const { pages, flat, sheet } = await documents(terminal, ['day-book', ...SPAN]);
		expect(pages).toHaveLength(1);
		expect(flat).toContain('Debit in INR');
		expect(flat).toContain('USD 100.00 8,345.00');
		expect(sheet.pageSetup.orientation).toBe('landscape');
		const { totals } = await terminal.json<{ totals: { debit: string } }>(['report', 'day-book', ...SPAN]);
		expect(figures(sheet, 'Debit in INR').at(-1)).toBe(Number(totals.debit));
		const february = await documents(terminal, ['day-book', '--from', '2026-02-01', '--to', '2026-02-28']);
		expect(february.flat).not.toContain('in INR');
	});

	it('write the check of the kept balances', async () => {
		const { flat } = await documents(await shop(), ['check']);
		expect(flat).toMatch(/Check of kept balances .* All \d+ kept balances agree with their lines\./);
		expect(flat).not.toContain('DRAFT');
	});

	it('write the reconciliation statement', async () => {
		const terminal = await shop();
		await terminal.json(['account', 'add', '--code', '1000', '--name', 'Till', '--type', 'ASSET', '--subtype', 'CASH']);
		const asked = ['reconciliation', '--account', '1000', '--from', '2026-01'];
		expect((await documents(terminal, asked)).flat).toMatch(/Reconciliation statement of 1000 Till .* Nothing was reconciled\./);
		await terminal.json(['reconcile', 'create', '--account', '1000', '--period', '2026-01', '--actual', '0.00']);
		const { flat, sheet } = await documents(terminal, asked);
		expect(flat).toContain('Reconciliation statement of 1000 Till at 31/01/2026, INR');
		expect(flat).toMatch(/2026-01 31\/01\/2026 Actual balance .*prepared by owner 0\.00/);
		expect(figures(sheet, 'Total')).toEqual([0, 0]);
	});

	it('are drafts until every day is closed, then say the fingerprint of the seal, and are drafts again once reopened', async () => {
		const terminal = await shop();
		const asked = (asOf: string) => ['trial-balance', '--as-of', asOf];
		expect((await documents(terminal, asked('2026-01-31'))).flat).toContain('DRAFT');
		const { sealSha256, closeNumber } = await terminal.json<{ sealSha256: string; closeNumber: number }>([
			'period',
			'close',
			'2026-01',
			'--acknowledge',
			'all',
			'--note',
			'Seen',
		]);
		const groups = (sealSha256.slice(0, 32).toUpperCase().match(/.{4}/g) ?? []).join('-');
		const words = `SEALED by 2026-01, close ${closeNumber}: fingerprint ${groups}`;
		for (const asOf of ['2026-01-31', '2026-01-20']) {
			const { flat, sheet } = await documents(terminal, asked(asOf));
			expect(flat).toContain(words);
			expect(flat).not.toContain('DRAFT');
			expect(sheet.getCell('A4').value).toBe(words);
		}
		expect((await documents(terminal, ['day-book', ...SPAN])).flat).toContain(words);
		for (const asOf of ['2026-02-01', '2029-01-01']) expect((await documents(terminal, asked(asOf))).flat).toContain('DRAFT');
		expect((await documents(terminal, ['income-statement', '--from', '2026-01-01', '--to', '2026-02-28'])).flat).toContain('DRAFT');
		await terminal.json(['period', 'reopen', '2026-01', '--reason', 'A bill came late', '--confirm', '2026-01']);
		expect((await documents(terminal, asked('2026-01-31'))).flat).toContain('DRAFT');
	});

	it('draw 200 pages that carry the balance from one to the next, and the same rows in a sheet', async () => {
		const count = 9000;
		const rows = Array.from({ length: count }, (_, index) => {
			const [amount, day] = [
				`${(index * 7919) % 90_000}.${String(index % 100).padStart(2, '0')}`,
				String(1 + Math.floor((index * 28) / count)).padStart(2, '0'),
			];
			const text = `Voucher ${index + 1} of which a good deal more is said than fits into a line of the ledger`;
			const pair = index % 3 === 0 ? ['5000,Rent,Expense', '1100,Bank,Asset'] : ['1100,Bank,Asset', '4000,Sales,Income'];
			return `${index + 1},2026-02-${day},${pair[0]},,${text},${amount === '0.00' ? '1.00' : amount},,,,\n${index + 1},2026-02-${day},${pair[1]},,${text},,${amount === '0.00' ? '1.00' : amount},,,\n`;
		});
		const terminal = await shop(rows.join(''));
		const asked = ['ledger', '--account', '1100', '--from', '2026-02-01', '--to', '2026-02-28'];
		const answer = await terminal.json<{ closing: string; rows: { no: number; balance: string }[] }>(['report', ...asked]);
		const { pages, sheet } = await documents(terminal, asked);
		expect(pages.length).toBeGreaterThan(200);
		const shown = (plain: string): string => (plain.startsWith('-') ? `(${groupDigits(plain.slice(1), 'indian')})` : groupDigits(plain, 'indian'));
		const byNumber = new Map(answer.rows.map((row, index) => [row.no, index]));
		let next = 0;
		pages.forEach((page, index) => {
			expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
			const brought = /(Opening balance|Brought forward) +(\S+)$/m.exec(page);
			expect(brought?.slice(1)).toEqual(index === 0 ? ['Opening balance', '0.00'] : ['Brought forward', shown(answer.rows[next - 1]?.balance ?? '')]);
			for (const [, no, balance] of page.matchAll(/^\d{2}\/02\/2026 +(\d+) .* (\S+)$/gm)) {
				expect(byNumber.get(Number(no))).toBe(next);
				expect(balance).toBe(shown(answer.rows[next]?.balance ?? ''));
				next++;
			}
		});
		expect(next).toBe(answer.rows.length);
		expect(pages.at(-1)).toMatch(new RegExp(`Closing balance +${shown(answer.closing).replace(/[().]/g, '\\$&')}$`, 'm'));
		expect(figures(sheet, 'Balance')).toEqual([0, ...answer.rows.map(({ balance }) => Number(balance)), Number(answer.closing)]);
	}, 180_000);

	it('go to a file and nowhere else', async () => {
		const terminal = await shop();
		for (const format of ['pdf', 'xlsx']) {
			const answer = await terminal.run(['report', 'balance-sheet', '--as-of', '2026-01-31', '--format', format]);
			expect([answer.status, answer.stdout, answer.stderr]).toEqual([2, '', expect.stringContaining(`add --out FILE.${format}`)]);
		}
		const said = await terminal.run(['report', 'balance-sheet', '--as-of', '2026-01-31', '--out', 'CON =1+1 (2026).PDF']);
		expect(said.stdout).toMatch(/^Wrote .*\/CON =1\+1 \(2026\)\.PDF \(\d+ bytes, SHA-256 [0-9a-f]{64}\)\.\n$/);
	});

	it('refuse what the report refuses, and leave what was there', async () => {
		const terminal = await shop();
		mkdirSync(join(terminal.folder, 'a folder'));
		writeFileSync(join(terminal.folder, 'kept.pdf'), 'kept');
		const { error } = await terminal.json<{ error: { code: string } }>(['report', 'ledger', '--account', '9999', ...SPAN, '--out', 'kept.pdf'], { status: 1 });
		expect(error.code).toBe('ACCOUNT_UNKNOWN');
		expect(readFileSync(join(terminal.folder, 'kept.pdf'), 'utf8')).toBe('kept');
		for (const out of ['missing/report.pdf', 'missing/report.xlsx', 'missing/report.csv']) {
			const answer = await terminal.run(['report', 'balance-sheet', '--as-of', '2026-01-31', '--out', out]);
			expect([answer.status, answer.stdout, answer.stderr]).toEqual([2, '', expect.stringContaining('There is no folder')]);
		}
	});
});
