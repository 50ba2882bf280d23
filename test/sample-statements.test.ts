import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { sampleTruth } from '../scripts/sample/sample-company.ts';

// Reads the statements with a few plain lines of its own: what the program's readers make of them is not asked here.
const SAMPLE = new URL('../resources/sample/', import.meta.url);
const TRUTH = new URL('./fixtures/sample-statements-truth.csv', import.meta.url);
const MONTHS = ['2026-01', '2026-02', '2026-03'] as const;

interface Line {
	readonly date: string;
	readonly amountMinor: number;
	readonly bankId: string;
	/** The line as the file has it, without its id. */
	readonly words: string;
}

interface Statement {
	readonly openingMinor: number;
	readonly closingMinor: number;
	/** Oldest first. */
	readonly lines: readonly Line[];
}

const minor = (amount: string) => Number(amount.replace(/[.,]/, ''));
const digits = (amountMinor = 0) => String(amountMinor).split('').toSorted();
const sum = (rows: readonly { readonly amountMinor: number }[]) => rows.reduce((total, row) => total + row.amountMinor, 0);
const read = (name: string) => readFileSync(new URL(name, SAMPLE), 'utf8');
const one = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
const dashed = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

/** OFX states no opening balance: it is what the closing balance says less the lines. */
function ofx(text: string): Statement {
	const lines = text
		.split('<STMTTRN>')
		.slice(1)
		.map((part) => ({
			date: dashed(one(part, /<DTPOSTED>(\d{8})/)),
			amountMinor: minor(one(part, /<TRNAMT>(.+)/)),
			bankId: one(part, /<FITID>(.+)/),
			words: [/<NAME>(.+)/, /<MEMO>(.+)/, /<REFNUM>(.+)/]
				.map((pattern) => one(part, pattern))
				.join(' ')
				.trim(),
		}));
	const closingMinor = minor(one(text, /<BALAMT>([\d.-]+)/));
	return { openingMinor: closingMinor - sum(lines), closingMinor, lines };
}

function camt(text: string): Statement {
	const signed = (part: string) => minor(one(part, /<Amt Ccy="KES">(.+?)</)) * (part.includes('<CdtDbtInd>DBIT<') ? -1 : 1);
	const balance = (code: string) => signed((text.match(/<Bal>.*?<\/Bal>/gs) ?? []).find((part) => part.includes(`<Cd>${code}<`)) ?? '');
	const lines = (text.match(/<Ntry>.*?<\/Ntry>/gs) ?? []).map((part) => ({
		date: one(part, /<BookgDt><Dt>(.+?)</),
		amountMinor: signed(part),
		bankId: one(part, /<AcctSvcrRef>(.+?)</),
		words: [/<AddtlNtryInf>(.+?)</, /<Nm>(.+?)</, /<EndToEndId>(?!NOTPROVIDED)(.+?)</, /<Ustrd>(.+?)</]
			.map((pattern) => one(part, pattern))
			.join(' ')
			.trim(),
	}));
	return { openingMinor: balance('OPBD'), closingMinor: balance('CLBD'), lines };
}

function mt940(text: string): Statement {
	const balance = (tag: string) => minor(one(text, new RegExp(`^:${tag}:C\\d{6}KES([\\d,]+)$`, 'm')));
	const lines = [...text.matchAll(/^:61:(\d{6})\d{4}([CD])([\d,]+)NTRF([^/\n]+)(?:\/\/(.+))?\n:86:(.+)/gm)].map(
		([, day = '', sign, amount = '', reference, bankId = '', words]) => ({
			date: dashed(`20${day}`),
			amountMinor: minor(amount) * (sign === 'D' ? -1 : 1),
			bankId,
			words: `${words} ${reference}`,
		}),
	);
	return { openingMinor: balance('60F'), closingMinor: balance('62F'), lines };
}

function mpesaRows(text: string): readonly Record<string, string>[] {
	return parse(text.slice(text.indexOf('Receipt No.')), { columns: true });
}

function mpesa(text: string): Statement {
	const lines = mpesaRows(text)
		.filter((row) => row['Transaction Status'] === 'Completed')
		.map((row) => ({
			date: (row['Completion Time'] ?? '').slice(0, 10).split('-').toReversed().join('-'),
			amountMinor: minor(`${row['Paid In']}${row['Withdrawn']}`),
			bankId: row['Receipt No.'] ?? '',
			words: row['Details'] ?? '',
		}))
		.toReversed();
	return { openingMinor: minor(one(text, /^Opening Balance:,(.+)$/m)), closingMinor: minor(one(text, /^Closing Balance:,(.+)$/m)), lines };
}

const ACCOUNTS: readonly (readonly [string, readonly (readonly [string, (text: string) => Statement])[]])[] = [
	[
		'1100',
		[
			['bank-1100-2026-01.ofx', ofx],
			['bank-1100-2026-02.camt053.xml', camt],
			['bank-1100-2026-03.camt053.xml', camt],
		],
	],
	['1150', MONTHS.map((month) => [`mpesa-1150-${month}.csv`, mpesa] as const)],
	['1170', MONTHS.map((month) => [`card-1170-${month}.mt940`, mt940] as const)],
];
const FILES = ACCOUNTS.flatMap(([account, files]) =>
	files.map(([file, reader], index) => ({ account, month: MONTHS[index] ?? '', file, statement: reader(read(`statements/${file}`)) })),
);

const records = (text: string): readonly Record<string, string>[] => parse(text, { columns: true });
const journal = ['opening.csv', 'journal.csv'].flatMap((name) => records(read(name)));
const books = journal.map((row) => ({
	entryNo: row['entry_no'] ?? '',
	date: row['date'] ?? '',
	account: row['account_code'] ?? '',
	amountMinor: minor(row['debit'] || '0.00') - minor(row['credit'] || '0.00'),
	party: row['party'] ?? '',
	reference: row['reference'] ?? '',
}));
const bookLine = (account: string, entryNo: string) => books.find((row) => row.account === account && row.entryNo === entryNo);
const ledgerAt = (account: string, date: string) => sum(books.filter((row) => row.account === account && row.date <= date));

const truth = records(readFileSync(TRUTH, 'utf8'));
const lines = FILES.flatMap(({ account, file, statement }) =>
	statement.lines.map((line, index) => {
		const answer = truth.find((row) => row['file'] === file && row['line'] === String(index + 1));
		const entries = (answer?.['entries'] ?? '').split(' ').filter((entry) => entry !== '');
		return { ...line, account, file, kind: answer?.['kind'] ?? 'no answer', entries };
	}),
);
const ofKind = (...kinds: readonly string[]) => lines.filter(({ kind }) => kinds.includes(kind));

describe('the statements of the sample company', () => {
	it.each(FILES)('$file: opening balance and lines give the closing balance', ({ statement, month }) => {
		expect(statement.lines.length).toBeGreaterThan(30);
		expect(statement.openingMinor + sum(statement.lines)).toBe(statement.closingMinor);
		expect(new Set(statement.lines.map(({ date }) => date.slice(0, 7)))).toEqual(new Set([month]));
	});

	it.each(ACCOUNTS.map(([account]) => account))('of account %s follow one another, from the opening balance of the books', (account) => {
		const chain = FILES.filter((file) => file.account === account).map(({ statement }) => statement);
		expect(chain.map(({ openingMinor }) => openingMinor)).toEqual([
			ledgerAt(account, '2025-12-31'),
			...chain.slice(0, -1).map(({ closingMinor }) => closingMinor),
		]);
	});

	it.each([
		['bank-1100-2026-01.ofx', '1684135.60', '2320019.45'],
		['bank-1100-2026-02.camt053.xml', '2320019.45', '2006805.93'],
		['bank-1100-2026-03.camt053.xml', '2006805.93', '2646060.90'],
		['mpesa-1150-2026-01.csv', '86272.40', '46896.75'],
		['mpesa-1150-2026-02.csv', '46896.75', '41627.02'],
		['mpesa-1150-2026-03.csv', '41627.02', '10498.58'],
		['card-1170-2026-01.mt940', '16900.00', '0.00'],
		['card-1170-2026-02.mt940', '0.00', '0.00'],
		['card-1170-2026-03.mt940', '0.00', '0.00'],
	])('%s goes from %s to %s', (name, opening, closing) => {
		const statement = FILES.find(({ file }) => file === name)?.statement;
		expect([statement?.openingMinor, statement?.closingMinor]).toEqual([minor(opening), minor(closing)]);
	});

	it.each(ACCOUNTS.map(([account]) => account))('of account %s never show money that is not there', (account) => {
		const days = Map.groupBy(
			lines.filter((line) => line.account === account),
			({ date }) => date,
		);
		let balanceMinor = ledgerAt(account, '2025-12-31');
		for (const day of [...days.keys()].toSorted()) {
			balanceMinor += sum(days.get(day) ?? []);
			expect(balanceMinor, day).toBeGreaterThanOrEqual(0);
		}
	});

	it.each(FILES)('$file holds each line that the list of answers has, and no other', ({ file, statement }) => {
		const answers = truth.filter((row) => row['file'] === file).map((row) => [row['line'], row['bank_id'], row['date'], minor(row['amount'] ?? '')]);
		expect(statement.lines.map((line, index) => [String(index + 1), line.bankId, line.date, line.amountMinor])).toEqual(answers);
	});

	it('have their answers from the generator', () => {
		expect(readFileSync(TRUTH, 'utf8')).toBe(sampleTruth());
	});
});

describe('the M-Pesa statement', () => {
	it.each(MONTHS)('of %s is newest first, with a balance on every row and one row that was never completed', (month) => {
		const text = read(`statements/mpesa-1150-${month}.csv`);
		const rows = mpesaRows(text).toReversed();
		let balanceMinor = minor(one(text, /^Opening Balance:,(.+)$/m));
		for (const row of rows) {
			if (row['Transaction Status'] === 'Completed') balanceMinor += minor(`${row['Paid In']}${row['Withdrawn']}`);
			expect(minor(row['Balance'] ?? ''), row['Receipt No.']).toBe(balanceMinor);
		}
		const times = rows.map((row) => (row['Initiation Time'] ?? '').replace(/^(\d\d)-(\d\d)-(\d{4})/, '$3-$2-$1'));
		expect(times).toEqual(times.toSorted());
		expect(rows.filter((row) => ['Failed', 'Pending'].includes(row['Transaction Status'] ?? ''))).toHaveLength(1);
	});

	it('charges under the receipt of the payment that it charges for', () => {
		const charges = ofKind('fee').filter(({ account }) => account === '1150');
		const payments = new Set(lines.filter(({ kind, account }) => kind === 'match' && account === '1150').map(({ bankId }) => bankId));
		expect(charges.length).toBeGreaterThan(15);
		for (const charge of charges) expect(payments.has(charge.bankId), charge.bankId).toBe(true);
	});
});

describe('a line of the statements', () => {
	it('that matches has the amount of its entry, within the month, on its day or later', () => {
		const matches = ofKind('match', 'timing').concat(ofKind('twin').filter(({ account }) => account === '1100'));
		for (const line of matches) {
			expect(line.entries, line.words).toHaveLength(1);
			const book = bookLine(line.account, line.entries[0] ?? '');
			expect(book?.amountMinor, line.words).toBe(line.amountMinor);
			expect((book?.date ?? '9') <= line.date, line.words).toBe(true);
			expect(book?.date.slice(0, 7) === line.date.slice(0, 7), line.words).toBe(line.kind !== 'timing');
		}
	});

	it('that was keyed wrong differs from its entry by two exchanged digits, once in January and once in March', () => {
		const slips = ofKind('transposed').map((line) => ({ line, book: bookLine('1100', line.entries.join()) }));
		expect(slips.map(({ line, book }) => [line.date, line.amountMinor, book?.amountMinor])).toEqual([
			['2026-01-15', -754_000, -745_000],
			['2026-03-24', -8_755_100, -8_575_100],
		]);
		for (const { line, book } of slips) {
			expect(Math.abs(line.amountMinor - (book?.amountMinor ?? 0)) % 9).toBe(0);
			expect(digits(line.amountMinor)).toEqual(digits(book?.amountMinor));
			// A plain payment of one invoice: two lines, the supplier and the bank.
			expect(books.filter(({ entryNo }) => entryNo === book?.entryNo).map(({ account }) => account)).toEqual(['2000', '1100']);
		}
	});

	it('is one for two receipts, or one of two for a till roll', () => {
		const groups = Map.groupBy(
			lines.filter(({ kind, account }) => kind === 'combined' || (kind === 'twin' && account === '1170')),
			(line) => line.entries.join(' '),
		);
		expect([...groups.values()].map((group) => group.length)).toEqual([1, 1, 1, 2, 2, 2]);
		for (const [entries, group] of groups) {
			const booked = entries.split(' ').map((entryNo) => bookLine(group[0]?.account ?? '', entryNo)?.amountMinor ?? 0);
			expect(booked).toHaveLength(3 - group.length);
			expect(sum(group), entries).toBe(booked.reduce((total, amountMinor) => total + amountMinor, 0));
		}
	});

	it('that is a twin is told apart by its words, or by nothing at all', () => {
		const twins = Map.groupBy(ofKind('twin'), (line) => `${line.date} ${line.amountMinor}`);
		expect([...twins].map(([key, pair]) => [key, new Set(pair.map(({ words }) => words)).size, new Set(pair.flatMap(({ entries }) => entries)).size])).toEqual([
			['2026-01-06 -8700000', 2, 2],
			['2026-01-13 12296000', 2, 2],
			['2026-01-02 743500', 1, 1],
		]);
		const coins = ofKind('fee').filter(({ words }) => words === 'COIN HANDLING FEE');
		expect(new Set(coins.map(({ date, amountMinor }) => `${date} ${amountMinor}`))).toEqual(new Set(['2026-02-16 -12000']));
		expect(new Set(coins.map(({ bankId }) => bankId)).size).toBe(2);
	});

	it('has an id of the bank, never a reference of the books', () => {
		const bank = lines.filter(({ account }) => account === '1100');
		expect(new Set(bank.map(({ bankId }) => bankId)).size).toBe(bank.length);
		expect(bank.map(({ bankId }) => bankId)).toEqual(bank.map(({ bankId }) => bankId).toSorted());
		const references = new Set(books.map(({ reference }) => reference));
		expect(bank.filter(({ bankId, words }) => references.has(bankId) || words.includes(bankId))).toEqual([]);
	});

	it('carries the number that the books know it by, in most cases', () => {
		const known = ofKind('match', 'twin', 'timing').filter(({ account }) => account === '1100');
		const carried = known.filter((line) => line.words.includes((bookLine('1100', line.entries[0] ?? '')?.reference ?? '?').replace(/^(?:CHQ|DEP|CARD) /, '')));
		expect({ known: known.length, carried: carried.length }).toEqual({ known: 187, carried: 172 });
	});
});

describe('statements and books together', () => {
	it('leave three items of the books open at the end, and every other line has its place', () => {
		const found = new Set(lines.flatMap(({ account, entries }) => entries.map((entryNo) => `${account} ${entryNo}`)));
		const open = books.filter(
			(row) => ['1100', '1150', '1170'].includes(row.account) && row.entryNo !== 'S0000' && !found.has(`${row.account} ${row.entryNo}`),
		);
		expect(open.map(({ date, reference, amountMinor }) => [date, reference, amountMinor])).toEqual([
			['2026-03-24', 'CHQ 000421', -14_761_000],
			['2026-03-31', 'CARD 260331', 2_863_575],
			['2026-03-31', 'CHQ 000422', -7_296_400],
		]);
		const places = lines
			.filter(({ kind }) => kind !== 'combined' && kind !== 'twin')
			.flatMap(({ account, entries }) => entries.map((entry) => `${account} ${entry}`));
		expect(new Set(places).size).toBe(places.length);
	});

	it('differ by what nobody booked: three fees and an interest a month at the bank, the tariff at the till, one error of the bank', () => {
		const unbooked = ofKind('fee', 'interest', 'bank_error');
		expect(unbooked.every(({ entries }) => entries.length === 0)).toBe(true);
		const count = (account: string, month: string, kind: string) =>
			unbooked.filter((line) => line.account === account && line.date.startsWith(month) && line.kind === kind).length;
		expect(MONTHS.map((month) => [count('1100', month, 'fee'), count('1100', month, 'interest'), count('1150', month, 'fee')])).toEqual([
			[3, 1, 7],
			[3, 1, 6],
			[3, 1, 6],
		]);
		expect(ofKind('bank_error').map(({ date, amountMinor }) => [date, amountMinor])).toEqual([
			['2026-02-26', -2_375_000],
			['2026-03-03', 2_375_000],
		]);
	});

	it.each(FILES)('$account at the end of $month: the balance per bank, less what is in the way, is the balance per books', ({ account, month, statement }) => {
		const end = `${month}-31`;
		const shown = lines.filter((line) => line.account === account && line.date <= end);
		const seen = new Set(shown.flatMap(({ entries }) => entries));
		const open = books.filter((row) => row.account === account && row.date <= end && row.entryNo !== 'S0000' && !seen.has(row.entryNo));
		const unbookedMinor = sum(shown.filter(({ kind }) => ['fee', 'interest', 'bank_error'].includes(kind)));
		const slips = shown.filter(({ kind }) => kind === 'transposed');
		const slipsMinor = sum(slips) - sum(slips.flatMap(({ entries }) => books.filter((row) => row.account === account && entries.includes(row.entryNo))));
		expect(statement.closingMinor + sum(open) - unbookedMinor - slipsMinor).toBe(ledgerAt(account, end));
		if (account !== '1100') return expect(open).toEqual([]);
		// Two cheques at least are not presented, and a deposit at least is not yet at the bank.
		expect(open.filter(({ amountMinor }) => amountMinor < 0).length).toBeGreaterThanOrEqual(2);
		expect(open.filter(({ amountMinor }) => amountMinor > 0).length).toBeGreaterThanOrEqual(1);
	});
});
