import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { allCurrencies } from '#shared/kernel/currency.ts';
import { readCamtStatements } from '#main/reconciliation/formats/camt-reader.ts';
import { readOfxStatements } from '#main/reconciliation/formats/ofx-reader.ts';
import type { ParsedStatement, ParsedStatementFile, StatementReader } from '#main/reconciliation/formats/parsed-statement.ts';
import { camtFile, closingMinor, ofxFile, type WrittenStatement } from '#test/statement-files.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const fixture = (name: string) => readFileSync(new URL(`fixtures/statements/${name}`, import.meta.url));

interface Way {
	readonly name: string;
	readonly write: (statement: WrittenStatement) => string;
	readonly read: StatementReader;
}

const WAYS: readonly Way[] = [
	{ name: 'OFX 1.02', write: (statement) => ofxFile(statement, 'sgml'), read: readOfxStatements },
	{ name: 'OFX 2.11', write: (statement) => ofxFile(statement, 'xml'), read: readOfxStatements },
	{ name: 'camt.053.001.02', write: (statement) => camtFile(statement, '02'), read: readCamtStatements },
	{ name: 'camt.053.001.08', write: (statement) => camtFile(statement, '08'), read: readCamtStatements },
];

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => /^[^\p{C}\p{Z}]+$/u.test(text));
const aText = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ').normalize('NFC'));
const aDay = fc.integer({ min: 1, max: 31 }).map((day) => `2024-01-${String(day).padStart(2, '0')}`);
const anAmount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const aLine = fc.record({
	date: aDay,
	amountMinor: anAmount,
	text: aText,
	id: fc.nat().map((number) => `id ${number}`),
	reference: fc.option(fc.nat().map((number) => `INV-${number}`)),
});
const aStatement: fc.Arbitrary<WrittenStatement> = fc.record({
	account: fc.stringMatching(/^[A-Z]{2}[0-9]{10,20}$/),
	currency: fc.constantFrom(...allCurrencies()),
	openingMinor: anAmount,
	lines: fc.array(aLine, { maxLength: 12 }),
	from: fc.constant('2024-01-01'),
	to: fc.constant('2024-01-31'),
});

/** The lines as written, in the shape they must come back in. */
const written = (statement: WrittenStatement) =>
	statement.lines.map(({ date, amountMinor, text, id, reference }) => ({ bookDate: date, amountMinor, description: text, bankId: id, reference }));

const readBack = (statement: ParsedStatement | undefined) =>
	(statement?.lines ?? []).map(({ bookDate, amountMinor, description, bankId, reference }) => ({ bookDate, amountMinor, description, bankId, reference }));

/** What a reader made of bytes that no bank wrote: its answer, or null for a refusal. Anything else that it throws fails the test. */
function answer(read: StatementReader, file: Uint8Array): ParsedStatementFile | null {
	try {
		return read(file, { currency: 'EUR' });
	} catch (error) {
		if (isAppError(error)) return null;
		throw error;
	}
}

describe.each(WAYS)('$name', ({ write, read }) => {
	test('whatever a statement says is read back, to the last unit and letter', () => {
		fc.assert(
			fc.property(aStatement, (statement) => {
				const file = read(bytes(write(statement)), { currency: 'EUR' });
				expect(file.statements).toHaveLength(1);
				const [parsed] = file.statements;
				expect(readBack(parsed)).toEqual(written(statement));
				expect(parsed).toMatchObject({ accountId: statement.account, currency: statement.currency, from: '2024-01-01', to: '2024-01-31' });
				expect(parsed?.closing).toEqual({ amountMinor: closingMinor(statement), date: '2024-01-31' });
				expect(parsed?.opening?.amountMinor ?? statement.openingMinor).toBe(statement.openingMinor);
				expect([parsed?.doubts, parsed?.rejected, parsed?.pending]).toEqual([[], [], 0]);
			}),
		);
	});

	test('a file cut at any byte is refused or doubted, and no line of it is ever half of one', () => {
		fc.assert(
			fc.property(aStatement, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (statement, share) => {
				const whole = bytes(write(statement).trimEnd());
				const file = answer(read, whole.subarray(0, Math.floor(whole.length * share)));
				if (file === null) return;
				const [parsed] = file.statements;
				expect(parsed?.doubts.map(({ code }) => code)).toContain('FILE_CUT_SHORT');
				expect(parsed?.rejected).toEqual([]);
				const lines = readBack(parsed);
				expect(lines).toEqual(written(statement).slice(0, lines.length));
				if (parsed?.closing) expect(parsed.closing.amountMinor).toBe(closingMinor(statement));
			}),
			{ numRuns: 300 },
		);
	});

	test('bytes changed at random are read or refused, nothing else', () => {
		const change = fc.record({ at: fc.nat(), byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('<>&/!?;[]:"-.,0\n\0'))) });
		fc.assert(
			fc.property(aStatement, fc.array(change, { minLength: 1, maxLength: 20 }), (statement, changes) => {
				const file = bytes(write(statement));
				for (const { at, byte } of changes) file[at % file.length] = byte;
				const parsed = answer(read, file);
				for (const line of parsed?.statements.flatMap(({ lines }) => lines) ?? []) expect(Number.isSafeInteger(line.amountMinor)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	test('any bytes at all are refused or read', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), (file) => {
				answer(read, file);
			}),
		);
		expect(answer(read, bytes('Date,Amount\n2024-01-01,5.00\n'))).toBeNull();
	});
});

describe('files that banks and other projects wrote', () => {
	const sum = (statement: ParsedStatement) => statement.lines.reduce((total, line) => total + line.amountMinor, 0);
	const table = (file: ParsedStatementFile) =>
		file.statements.map((one) => [one.accountId, one.currency, one.opening?.amountMinor ?? null, one.closing?.amountMinor ?? null, one.lines.length, sum(one)]);

	test.each([
		['smallbiz-ke/2024-02.ofx', [['0112345678900', 'KES', null, 51_879_88, 14, 5_350_53]]],
		['smallbiz-ke/2024-02.xml2.ofx', [['0112345678900', 'KES', null, 51_879_88, 14, 5_350_53]]],
	])('%s', (name, expected) => {
		const file = readOfxStatements(fixture(name), { currency: 'USD' });
		expect(table(file)).toEqual(expected);
		expect(file.statements.flatMap((one) => [...one.doubts, ...one.rejected])).toEqual([]);
	});

	test.each([
		[
			'genkgo-camt/camt053.v2.multi.statement.xml',
			[
				['NL26VAYB8060476890', 'EUR', 18_15, 27_00, 1, 8_85],
				['NL26VAYB8060476890', 'EUR', 27_00, 20_00, 1, -7_00],
			],
			[],
		],
		['genkgo-camt/camt053.v8.xml', [['NL26VAYB8060476890', 'EUR', 18_15, null, 1, 8_85]], ['AMOUNT_DOUBTFUL']],
		['genkgo-camt/camt053.v2.five.decimals.xml', [['NL26VAYB8060476890', 'EUR', 18_15, 27_05, 1, 8_85]], ['CLOSING_DIFFERS']],
		[
			'subite-camt/2024-03-22.xml',
			[
				['LT625883379695428516', 'EUR', 19_227_508_73, 20_440_127_61, 10, 1_212_618_88],
				['LT414319056143772570', 'EUR', 4801_55, 2801_55, 1, -2000_00],
			],
			['BALANCE_SIGN_MISSING'],
		],
		['genkgo-camt/camt054.v8.xml', [['CH2801234000123456789', 'SEK', null, null, 1, -200_000_00]], ['NOT_A_STATEMENT']],
	])('%s', (name, expected, doubts) => {
		const file = readCamtStatements(fixture(name), { currency: 'USD' });
		expect(table(file)).toEqual(expected);
		expect([...new Set(file.statements.flatMap((one) => one.doubts.map(({ code }) => code)))]).toEqual(doubts);
	});

	test('undated entries of a statement of one day have that day, without a doubt', () => {
		const [statement] = readCamtStatements(fixture('subite-camt/2024-03-22.xml'), { currency: 'EUR' }).statements;
		expect(new Set(statement?.lines.map((line) => line.bookDate))).toEqual(new Set(['2024-03-22']));
	});
});
