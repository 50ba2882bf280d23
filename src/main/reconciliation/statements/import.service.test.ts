import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatAmount } from '#shared/kernel/money.ts';
import { ACCEPTABLE_DOUBTS } from '#shared/contract/statements.contract.ts';
import { MAX_STATEMENT_BYTES, STATEMENT_DOUBTS } from '#main/reconciliation/formats/parsed-statement.ts';
import { storeRole } from '#main/access/index.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { contentPath, hasContent, storeContent } from '#main/platform/files.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { makeCompany, openFolder, type OpenFolder } from '#test/closed-books.ts';
import { contentOf } from '#test/database-content.ts';
import { ofxFile, type WrittenLine } from '#test/statement-files.ts';

import { requireEvidence, withEvidence } from './evidence.service.ts';
import { readStatementFile } from './statement-file.service.ts';

type Options = NonNullable<Parameters<OpenFolder['client']['statements']['import']>[0]['options']>;

/** date, amount in minor units, text. */
type Row = readonly [date: string, amountMinor: number, text: string];

const JANUARY: readonly Row[] = [
	['2026-01-05', 118_000, 'Blue Lantern Stores INV-1'],
	['2026-01-12', -2500, 'Card fee'],
	['2026-01-12', -2500, 'Card fee'],
	['2026-01-20', -90_000, 'Rent January'],
];
const FEBRUARY: readonly Row[] = [['2026-02-03', 45_000, 'Payment Ms Example']];

async function newBank() {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	const folder = join(books.folder, '..');
	const judge = openConnection(join(books.folder, 'ledgerseal.db'), 'read');
	const { client } = books;
	let files = 0;
	const write = (content: string | Uint8Array, name = `statement-${++files}`): string => {
		writeFileSync(join(folder, name), content);
		return join(folder, name);
	};
	const take = (path: string, options: Options = {}, account = '1100') => client.statements.import({ companyId, path, account, options });
	return {
		books,
		client,
		companyId,
		write,
		take,
		preview: (path: string, options: Options = {}, account = '1100') => client.statements.preview({ companyId, path, account, options }),
		list: () => client.statements.list({ companyId }),
		show: (statementId: string) => client.statements.show({ companyId, statementId }),
		evidence: () =>
			existsSync(join(books.folder, 'content'))
				? readdirSync(join(books.folder, 'content'), { recursive: true })
						.map(String)
						.filter((name) => name.length > 60)
				: [],
		content: () => contentOf(judge),
		lastEvent: async () => (await client.audit.list({ companyId, limit: 1 })).events[0],
	};
}

function ofx(rows: readonly Row[], { from, to, account = '4001', currency = 'INR', ids = (index: number) => `F${from}-${index}` }: OfxFacts): string {
	const lines = rows.map(([date, amountMinor, text], index): WrittenLine => ({ date, amountMinor, text, id: ids(index), reference: null }));
	return ofxFile({ account, currency, openingMinor: 100_000, lines, from, to }, 'xml');
}

interface OfxFacts {
	readonly from: string;
	readonly to: string;
	readonly account?: string;
	readonly currency?: string;
	readonly ids?: (index: number) => string;
}

const csv = (rows: readonly Row[]): string =>
	`Date,Description,Amount\n${rows.map(([date, minor, text]) => `${date},${text},${formatAmount(minor, 'INR')}`).join('\n')}\n`;

/** With the balance after each line, so that the file states opening and closing. */
function csvWithBalances(rows: readonly Row[], openingMinor: number): string {
	let balance = openingMinor;
	const cells = rows.map(([date, minor, text]) => `${date},${text},${formatAmount(minor, 'INR')},${formatAmount((balance += minor), 'INR')}`);
	return `Date,Description,Amount,Balance\n${cells.join('\n')}\n`;
}

const jan = { from: '2026-01-01', to: '2026-01-31' };
const refusalOf = async (call: Promise<unknown>): Promise<{ code?: string; details?: Record<string, unknown>; message?: string }> => {
	try {
		await call;
		return {};
	} catch (error) {
		return error as { code: string };
	}
};

describe('a statement that is taken in', () => {
	it('stands with its lines and balances, its file as evidence, and one audit event', async () => {
		const { take, write, show, list, books, lastEvent } = await newBank();
		const path = write(ofx(JANUARY, jan), 'january.ofx');
		const imported = await take(path);
		expect(imported).toMatchObject({
			lines: 4,
			duplicates: 0,
			currency: 'INR',
			format: 'ofx',
			bankAccount: '4001',
			from: '2026-01-01',
			to: '2026-01-31',
			openingBalance: null,
			closingBalance: '1230.00',
			account: { code: '1100', name: 'Bank' },
			accepted: [],
			pages: [{ page: 1, lines: 4, closingBalance: '1230.00' }],
		});
		const bytes = readFileSync(path);
		expect(readFileSync(contentPath(join(books.folder, 'content'), sha256Hex(bytes)))).toEqual(bytes);
		expect(await show(imported.statementId)).toMatchObject({
			fileName: 'january.ofx',
			sha256: sha256Hex(bytes),
			matched: 0,
			unmatched: 4,
			lines: [
				{ line: 1, date: '2026-01-05', amount: '1180.00', description: 'Blue Lantern Stores INV-1', bankId: 'F2026-01-01-0', status: 'UNMATCHED', match: null },
				{ line: 2, amount: '-25.00' },
				{ line: 3, amount: '-25.00' },
				{ line: 4, amount: '-900.00' },
			],
		});
		expect(await lastEvent()).toMatchObject({
			action: 'statements.import',
			detail: { account: '1100', lines: 4, sha256: sha256Hex(bytes), fileName: 'january.ofx' },
		});
		expect(await show('1')).toMatchObject({ statementId: imported.statementId });
		expect(await list()).toMatchObject({ statements: [{ no: 1, status: 'IMPORTED', added: 4, lineCount: 4 }], breaks: [] });
	});

	it('twice adds nothing, under whatever name', async () => {
		const { take, write, content } = await newBank();
		const first = await take(write(ofx(JANUARY, jan)));
		const before = content();
		expect(await take(write(ofx(JANUARY, jan)))).toMatchObject({ statementId: first.statementId, lines: 0, duplicates: 4 });
		expect(content()).toBe(before);
	});

	it('twice at the same time is taken in once', async () => {
		const { take, write } = await newBank();
		const path = write(ofx(JANUARY, jan));
		const [one, other] = await Promise.all([take(path), take(path)]);
		expect([one.lines, other.lines].toSorted((a, b) => a - b)).toEqual([0, 4]);
		expect(one.statementId).toBe(other.statementId);
	});

	it('may stand in another account as well', async () => {
		const { take, write, client, companyId } = await newBank();
		const path = write(ofx(JANUARY, jan));
		await take(path);
		await client.ledger.addAccount({ companyId, code: '1120', name: 'Second bank', type: 'ASSET', subtype: 'BANK', currency: 'INR' });
		expect(await take(path, {}, '1120')).toMatchObject({ lines: 4, duplicates: 0 });
	});

	it('does not double the month that came as OFX before, as CSV or the other way round', async () => {
		const { take, write } = await newBank();
		await take(write(ofx(JANUARY, jan)));
		expect(await take(write(csv(JANUARY)))).toMatchObject({ lines: 0, duplicates: 4, notes: [] });
		expect(await take(write(csv([...JANUARY, ...FEBRUARY])))).toMatchObject({ lines: 1, duplicates: 4 });
		expect(await take(write(ofx([...JANUARY, ...FEBRUARY], { from: '2026-01-01', to: '2026-02-28' })))).toMatchObject({ lines: 0, duplicates: 5 });
	});

	it('keeps both lines where the bank uses an id again, and says so', async () => {
		const { take, write, show } = await newBank();
		await take(write(ofx(JANUARY.slice(0, 1), { ...jan, ids: () => 'ONE' })));
		const again = await take(write(ofx(FEBRUARY, { from: '2026-02-01', to: '2026-02-28', ids: () => 'ONE' })));
		expect(again).toMatchObject({ lines: 1, notes: [{ code: 'BANK_ID_REUSED' }] });
		expect((await show(again.statementId)).lines).toMatchObject([{ bankId: 'ONE', isBankIdReused: true }]);
	});

	it('is told to be of another bank account than before, and is taken in all the same', async () => {
		const { take, write } = await newBank();
		await take(write(ofx(JANUARY, jan)));
		const other = ofx(FEBRUARY, { from: '2026-02-01', to: '2026-02-28', account: '777888' });
		expect(await take(write(other))).toMatchObject({ lines: 1, notes: [{ code: 'ACCOUNT_DIFFERS' }] });
	});
});

describe('balances', () => {
	it('that do not follow are asked about, and what is accepted is recorded', async () => {
		const { take, write, content, list, lastEvent } = await newBank();
		await take(write(csvWithBalances([['2026-01-30', 1000, 'A']], 5000)));
		const path = write(csvWithBalances([['2026-01-31', 700, 'B']], 9999));
		const before = content();
		const refusal = await refusalOf(take(path));
		expect(refusal).toMatchObject({
			code: 'NEEDS_ANSWER',
			details: { questions: [{ id: 'accept:OPENING_DIFFERS', choices: [{ value: 'yes' }, { value: 'no' }], question: expect.stringContaining('60.00') }] },
		});
		expect(content()).toBe(before);
		const accepted = [{ code: 'OPENING_DIFFERS', message: expect.stringContaining('99.99') }];
		expect(await take(path, { accept: ['OPENING_DIFFERS'], note: 'On paper only' })).toMatchObject({ lines: 1, accepted });
		expect(await lastEvent()).toMatchObject({ detail: { accepted, note: 'On paper only' } });
		expect(await list()).toMatchObject({
			statements: [{ note: null }, { note: 'On paper only', accepted }],
			breaks: [{ kind: 'DIFFERS', expectedBalance: '60.00' }],
		});
		// What was accepted once is not asked again with the next file.
		expect(await take(write(csvWithBalances([['2026-02-01', 300, 'C']], 10_699)))).toMatchObject({ lines: 1, accepted: [] });
	});

	it('over days of which there is no statement are told, and fall into place when it comes', async () => {
		const { take, write, list } = await newBank();
		const days = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'];
		const files = days.map((date, index) => csvWithBalances([[date, 1000, `Sale ${index}`]], 5000 + 1000 * index));
		await take(write(files[0] ?? ''));
		expect(await take(write(files[3] ?? ''))).toMatchObject({ lines: 1, notes: [{ code: 'GAP' }] });
		expect(await list()).toMatchObject({ breaks: [{ kind: 'GAP', from: '2026-01-08', before: '2026-01-05' }] });
		expect(await take(write(files[2] ?? ''))).toMatchObject({ lines: 1 });
		expect(await take(write(files[1] ?? ''))).toMatchObject({ lines: 1, notes: [] });
		expect(await list()).toMatchObject({ breaks: [] });
	});

	it('that are typed stand where the file has none, and are recorded; the lines must lead from one to the other', async () => {
		const { take, write } = await newBank();
		const path = write(csv(JANUARY));
		expect(await refusalOf(take(path, { opening: '1000.00', closing: '1500.00' }))).toMatchObject({
			code: 'NEEDS_ANSWER',
			details: { questions: [{ id: 'accept:CLOSING_DIFFERS' }] },
		});
		const options = { opening: '1000.00', closing: '1230.00', from: '2026-01-01', to: '2026-01-31' };
		expect(await take(path, options)).toMatchObject({
			openingBalance: '1000.00',
			closingBalance: '1230.00',
			from: '2026-01-01',
			to: '2026-01-31',
			accepted: [{ code: 'DAYS_TYPED' }, { code: 'DAYS_TYPED' }, { code: 'OPENING_TYPED' }, { code: 'CLOSING_TYPED' }].map((one) =>
				expect.objectContaining(one),
			),
		});
	});

	it('that are typed against the file are refused', async () => {
		const { take, write } = await newBank();
		expect(await refusalOf(take(write(ofx(JANUARY, jan)), { closing: '1.00' }))).toMatchObject({ code: 'INPUT_INVALID', details: { option: 'closing' } });
		expect(await take(write(ofx(JANUARY, jan)), { closing: '1230.00' })).toMatchObject({ accepted: [] });
	});
});

describe('what is refused leaves nothing behind', () => {
	const broken = `${csv(JANUARY)}2026-01-22,Broken,1.2.3\n`;
	it.each<{ what: string; file: string; options?: Options; account?: string; code: string; details?: Record<string, unknown> }>([
		{ what: 'a line that cannot be read', file: broken, code: 'IMPORT_REJECTED', details: { rejectedCount: 1, rejected: [{ row: 6 }] } },
		{
			what: 'another currency',
			file: ofx(JANUARY, { ...jan, currency: 'USD' }),
			code: 'CURRENCY_MISMATCH',
			details: { currency: 'INR', statementCurrencies: ['USD'] },
		},
		{ what: 'an empty file', file: '', code: 'FILE_EMPTY' },
		{ what: 'no statement', file: '<html><body>Sign in</body></html>', code: 'FILE_NOT_RECOGNISED' },
		{ what: 'an account of expenses', file: csv(JANUARY), account: '5000', code: 'INPUT_INVALID' },
		{ what: 'an account that is not there', file: csv(JANUARY), account: '7777', code: 'ACCOUNT_UNKNOWN' },
		{
			what: 'an account that the file does not hold',
			file: ofx(JANUARY, jan),
			options: { statementAccount: '99' },
			code: 'INPUT_INVALID',
			details: { accountIds: ['4001'] },
		},
		{ what: 'days the wrong way round', file: csv(JANUARY), options: { from: '2026-02-01', to: '2026-01-01' }, code: 'INPUT_INVALID' },
		{ what: 'a date that is none', file: csv(JANUARY), options: { from: '2026-02-30' }, code: 'INPUT_INVALID' },
		{ what: 'a balance with too many decimals', file: csv(JANUARY), options: { opening: '1.234' }, code: 'AMOUNT_INVALID' },
		{ what: 'a balance beyond what a line can hold', file: csv(JANUARY), options: { closing: '99999999999999999.00' }, code: 'AMOUNT_TOO_LARGE' },
		{ what: 'a note that no book can keep', file: csv(JANUARY), options: { note: 'x\u0007', opening: '1.00' }, code: 'TEXT_INVALID' },
		{ what: 'a code that is no doubt', file: csv(JANUARY), options: { accept: ['NONSENSE' as 'all'] }, code: 'INPUT_INVALID' },
	])('$what: $code', async ({ file, options, account, code, details = {} }) => {
		const { take, write, content, evidence } = await newBank();
		const before = content();
		expect(await refusalOf(take(write(file), options, account))).toMatchObject({ code, details });
		expect(content()).toBe(before);
		expect(evidence()).toEqual([]);
	});

	it('a file that is too large, before it is read whole', async () => {
		const { take, write, evidence } = await newBank();
		const path = write('x');
		truncateSync(path, MAX_STATEMENT_BYTES + 1);
		expect(await refusalOf(take(path))).toMatchObject({
			code: 'FILE_UNREADABLE',
			details: { limitBytes: MAX_STATEMENT_BYTES },
			message: expect.stringContaining('64 MiB'),
		});
		expect(await refusalOf(take(`${path}-not-there`))).toMatchObject({ code: 'FILE_UNREADABLE' });
		expect(evidence()).toEqual([]);
	});

	it('a write that fails after the file was kept', async () => {
		const { books, companyId, write, content, evidence, client } = await newBank();
		const path = write(ofx(JANUARY, jan));
		let before = '';
		const importing = client.statements.import(
			{ companyId, path, account: '1100' },
			{
				onProgress: ({ fraction }) => {
					if (fraction < 0.6) return;
					const trigger = `CREATE TEMP TRIGGER refuse BEFORE INSERT ON statement_pages BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`;
					books.app.runner.write((tx) => tx.run(trigger));
					before = content();
				},
			},
		);
		await expect(importing).rejects.toThrow('refused by the test');
		expect(content()).toBe(before);
		expect(evidence()).toEqual([]);
	});

	it('where the person cancels', async () => {
		const { client, companyId, write, content, evidence } = await newBank();
		const path = write(ofx(JANUARY, jan));
		const before = content();
		const importing = client.statements.import({ companyId, path, account: '1100' }, { signal: AbortSignal.abort() });
		expect(await refusalOf(importing)).toMatchObject({ code: 'CANCELLED' });
		expect(content()).toBe(before);
		expect(evidence()).toEqual([]);
	});

	it('where another program gave up on the same file and took it away meanwhile', async () => {
		const { books, write, companyId } = await newBank();
		const file = await readStatementFile(write(ofx(JANUARY, jan)));
		const { paths } = books.app;
		const look = () => books.app.runner.write(() => requireEvidence({ paths }, file));
		expect(look).toThrow(expect.objectContaining({ code: 'DATABASE_BUSY', retryable: true }));
		await books.client.statements.import({ companyId, path: write(file.bytes), account: '1100' });
		expect(look).not.toThrow();
	});

	it('but never takes away what another row names', async () => {
		const { books, companyId, take, write, evidence, client } = await newBank();
		const path = write(ofx(JANUARY, jan));
		await take(path);
		await client.ledger.addAccount({ companyId, code: '1120', name: 'Second bank', type: 'ASSET', subtype: 'BANK', currency: 'INR' });
		books.app.runner.write((tx) => tx.run(`CREATE TEMP TRIGGER refuse BEFORE INSERT ON statement_pages BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`));
		await expect(take(path, {}, '1120')).rejects.toThrow('refused by the test');
		expect(evidence()).toHaveLength(1);
	});

	it('nor what lay there before, or what another program has named meanwhile', async () => {
		const { books, companyId, client, write } = await newBank();
		const { app } = books;
		const sale = [
			{ account: '1100', debit: '1.00' },
			{ account: '4000', credit: '1.00' },
		];
		const posted = await client.ledger.post({ companyId, entries: [{ date: '2026-01-05', description: 'Sale', lines: sale }] });
		const context = { paths: app.paths, write: ((_action, work) => app.runner.write((tx) => work(tx).output)) as TaskContext['write'] };
		const fail = (): never => {
			throw new Error('refused by the test');
		};
		const [lying, named] = [await readStatementFile(write('lying')), await readStatementFile(write('named'))];
		await storeContent(app.paths.content, lying.bytes);
		await expect(withEvidence(context, lying, fail)).rejects.toThrow('refused');
		const { company, user } = books.actor(companyId);
		const attach = `INSERT INTO attachments (company_id, id, entry_id, sha256, name, bytes, with_posting, added_at, added_by) VALUES (?, 1, ?, ?, 'x', 5, 0, ?, ?)`;
		const nameIt = (): never => {
			app.runner.write((tx) => tx.run(attach, company.id, posted.entries[0]?.no ?? 0, named.sha256, tx.instant, user.id));
			return fail();
		};
		await expect(withEvidence(context, named, nameIt)).rejects.toThrow('refused');
		expect([lying, named].map(({ sha256 }) => hasContent(app.paths.content, sha256))).toEqual([true, true]);
	});

	it('for who may no longer do it when it is written', async () => {
		const { books, companyId, write, client, content } = await newBank();
		const { user, company } = books.actor(companyId);
		let before = '';
		const importing = client.statements.import(
			{ companyId, path: write(ofx(JANUARY, jan)), account: '1100' },
			{
				onProgress: () => {
					if (before === '') books.app.runner.write((tx) => storeRole(tx, company.id, user.id, 'VIEWER'));
					before = content();
				},
			},
		);
		expect(await refusalOf(importing)).toMatchObject({ code: 'NOT_ALLOWED' });
		expect(content()).toBe(before);
	});
});

describe('every doubt of a reader', () => {
	it.each(STATEMENT_DOUBTS)('%s can be accepted', (code) => expect(ACCEPTABLE_DOUBTS).toContain(code));
});

describe('how a file is read', () => {
	it('goes on without the lines that cannot be read where that is wanted, and records it', async () => {
		const { take, write } = await newBank();
		const taken = await take(write(`${csv(JANUARY)}2026-01-22,Broken,1.2.3\n`), { keepGoing: true });
		expect(taken).toMatchObject({ lines: 4, rejectedCount: 1, accepted: [{ code: 'LINES_LEFT_OUT', message: expect.stringContaining('line 6') }] });
	});

	it('does not ask why the balances do not come out where lines were left out', async () => {
		const { take, write } = await newBank();
		const file = csvWithBalances(JANUARY, 100_000).replace('-25.00', '2.5.0');
		expect(await refusalOf(take(write(file)))).toMatchObject({ code: 'IMPORT_REJECTED', details: { rejectedCount: 1 } });
		const { accepted } = await take(write(file), { keepGoing: true });
		expect(new Set(accepted.map(({ code }) => code))).toEqual(new Set(['CLOSING_DIFFERS', 'LINES_LEFT_OUT']));
	});

	it('is kept for the account and used by itself the next time', async () => {
		const { take, write } = await newBank();
		const odd = (date: string, amount: string) => `Wann;Wieviel;Wofuer\n${date};${amount};Miete\n`;
		expect(await refusalOf(take(write(odd('05.01.2026', '-1.250,50'))))).toMatchObject({ code: 'NEEDS_ANSWER' });
		const map = { date: 'Wann', amount: 'Wieviel', description: 'Wofuer' };
		expect(await take(write(odd('05.01.2026', '-1.250,50')), { map, dateFormat: 'DD.MM.YYYY', decimal: ',', saveLayout: true })).toMatchObject({
			lines: 1,
			layoutSaved: true,
		});
		expect(await take(write(odd('06.02.2026', '-7,00')))).toMatchObject({ lines: 1, from: '2026-02-06', layoutSaved: false });
	});

	it('takes one of several accounts: the one that is named, then the one that is known', async () => {
		const { take, write, preview } = await newBank();
		const both = (rows: readonly Row[], span: { from: string; to: string }): string => {
			const [first, second] = ['4001', '5002'].map((account) => ofx(rows, { ...span, account }));
			const body = (text: string | undefined): string => /<STMTTRNRS>[^]*<\/STMTTRNRS>/.exec(text ?? '')?.[0] ?? '';
			return (first ?? '').replace('</BANKMSGSRSV1>', `${body(second)}</BANKMSGSRSV1>`);
		};
		const january = write(both(JANUARY, jan));
		const question = { id: 'statementAccount', choices: [{ value: '4001' }, { value: '5002' }] };
		expect(await refusalOf(take(january))).toMatchObject({ code: 'NEEDS_ANSWER', details: { questions: [question] } });
		expect(await preview(january)).toMatchObject({ lines: 0, questions: [question], statements: [{ isChosen: false }, { isChosen: false }] });
		expect(await take(january, { statementAccount: '5002' })).toMatchObject({ lines: 4, bankAccount: '5002' });
		expect(await take(write(both(FEBRUARY, { from: '2026-02-01', to: '2026-02-28' })))).toMatchObject({ lines: 1, bankAccount: '5002' });
	});
});

describe('a preview', () => {
	it('answers what the import then does, and writes nothing', async () => {
		const { take, preview, write, content, evidence } = await newBank();
		await take(write(csvWithBalances(JANUARY.slice(0, 3), 100_000)));
		const path = write(csvWithBalances([...JANUARY.slice(0, 3), ...JANUARY.slice(3)], 90_000));
		const [before, files] = [content(), evidence()];
		const seen = await preview(path);
		expect([content(), evidence()]).toEqual([before, files]);
		expect(seen).toMatchObject({
			format: 'csv',
			lines: 1 + 3,
			duplicates: 0,
			sum: '230.00',
			openingBalance: '900.00',
			closingBalance: '1130.00',
			statements: [{ isChosen: true, lines: 4, sum: '230.00' }],
		});
		const { lines, duplicates, openingBalance, closingBalance, from, to } = seen;
		expect(await take(path, { accept: ['all'] })).toMatchObject({ lines, duplicates, openingBalance, closingBalance, from, to });
		expect(await preview(path)).toMatchObject({ lines: 0, duplicates: 4, standingStatementId: expect.any(String) });
	});
});
