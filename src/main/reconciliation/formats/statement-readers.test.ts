import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import { isCleanText } from '#shared/kernel/text.ts';
import { refusalOf } from '#test/shown-statement.ts';
import { readCsvStatements } from './csv-statements.ts';
import { readMt940Statements } from './mt940-reader.ts';
import type { ParsedStatementFile, StatementReader } from './parsed-statement.ts';
import { readQifStatements } from './qif-reader.ts';
import { recogniseStatement } from './recognise.ts';

interface Written {
	readonly date: string;
	readonly minor: number;
	readonly text: string;
}

const date = fc.date({ min: new Date('2001-01-01'), max: new Date('2079-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
const minor = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
/** One line of text as a reader gives it back: NFC, no controls, single blanks; without what begins a tag, a subfield or a structured text. */
const text = fc
	.string({ unit: 'grapheme', maxLength: 40 })
	.map((raw) =>
		`T ${raw}`
			.replace(/[\s\p{Cc}]+/gu, ' ')
			.trim()
			.normalize('NFC'),
	)
	.filter((clean) => clean.isWellFormed() && clean === clean.normalize('NFC') && !/\/(?:NAME|REMI|CNTP)\//.test(clean));
const lines = fc.array(fc.record({ date, minor, text }), { minLength: 1, maxLength: 12 });
const BALANCE = 500_000;

const comma = (amount: number) => formatMinor(Math.abs(amount), 2).replace('.', ',');
const mark = (amount: number) => (amount < 0 ? 'D' : 'C');
const sumOf = (written: readonly Written[]) => written.reduce((sum, line) => sum + line.minor, BALANCE);

function mt940Of(written: readonly Written[]): string {
	const body = written.map((line) => `:61:${line.date.slice(2).replaceAll('-', '')}${mark(line.minor)}${comma(line.minor)}NTRFNONREF\n:86:${line.text}`);
	const closing = sumOf(written);
	return [':20:S', ':25:1', ':28C:1/1', `:60F:C240101EUR${comma(BALANCE)}`, ...body, `:62F:${mark(closing)}240131EUR${comma(closing)}`, '-', ''].join('\n');
}

function qifOf(written: readonly Written[]): string {
	return `!Type:Bank\n${written.map((line) => `D${line.date}\nT${formatMinor(line.minor, 2)}\nM${line.text}\n^\n`).join('')}`;
}

function csvOf(written: readonly Written[]): string {
	const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
	return `Date,Text,Amount\n${written.map((line) => `${line.date},${cell(line.text)},${formatMinor(line.minor, 2)}\n`).join('')}`;
}

const FORMATS: readonly (readonly ['mt940' | 'qif' | 'csv', StatementReader, (written: readonly Written[]) => string])[] = [
	['mt940', readMt940Statements, mt940Of],
	['qif', readQifStatements, qifOf],
	['csv', readCsvStatements, csvOf],
];

const linesOf = (file: ParsedStatementFile) => file.statements.flatMap((statement) => statement.lines);
const readBack = (file: ParsedStatementFile): Written[] =>
	linesOf(file).map((line) => ({ date: line.bookDate, minor: line.amountMinor, text: line.description }));
const byDate = (written: readonly Written[]) => written.toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));

describe.each(FORMATS)('%s', (format, reader, write) => {
	test('gives back the lines that were written', () => {
		fc.assert(
			fc.property(lines, (written) => {
				const bytes = Buffer.from(write(written));
				expect(recogniseStatement(bytes)).toBe(format);
				const file = reader(bytes, { currency: 'EUR' });
				const inOrder = format === 'csv' && written[0] !== undefined && written[0].date > (written.at(-1)?.date ?? '') ? written.toReversed() : written;
				expect(readBack(file)).toEqual(format === 'csv' ? byDate(inOrder) : written);
				expect(file.statements.flatMap((statement) => [...statement.doubts, ...statement.rejected])).toEqual([]);
			}),
		);
	});

	test('cut at any byte it is read in part or refused, never worse', () => {
		const whole = Buffer.from(
			write([
				{ date: '2024-01-31', minor: -123_450, text: 'Müller & "Söhne" €' },
				{ date: '2024-02-29', minor: 700, text: '/NAME/Wanjikũ/REMI/?20:61:' },
			]),
		);
		for (let end = 0; end <= whole.length; end++) expectSound(whole.subarray(0, end), reader);
	});

	test('changed at random it is read or refused, never worse', () => {
		const piece = fc.oneof(
			fc.uint8Array({ maxLength: 6 }),
			fc
				.constantFrom(
					':61:',
					':86:',
					':62F:',
					':20:',
					'-}',
					'{1:',
					'^',
					'!Type:Bank',
					'!Account',
					'D',
					'T',
					'"',
					',',
					';',
					'\r',
					'\n',
					'\u0000',
					'99999999999999999',
					'?20',
					'//',
				)
				.map((word) => Buffer.from(word)),
		);
		const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 20 }), inserted: piece });
		fc.assert(
			fc.property(lines, fc.array(edit, { minLength: 1, maxLength: 6 }), (written, edits) => {
				let bytes: Uint8Array = Buffer.from(write(written));
				for (const { at, removed, inserted } of edits) {
					const start = at % (bytes.length + 1);
					bytes = Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + removed)]);
				}
				expectSound(bytes, reader);
			}),
			{ numRuns: 300 },
		);
	});
});

/** Whatever the bytes are: a refusal that the contract knows, or lines that the books could hold. */
function expectSound(bytes: Uint8Array, reader: StatementReader): void {
	refusalOf(() => recogniseStatement(bytes));
	let file: ParsedStatementFile | null = null;
	refusalOf(() => {
		file = reader(bytes, { currency: 'EUR' });
	});
	if (file === null) return;
	for (const line of linesOf(file)) {
		expect(isCivilDate(line.bookDate) && (line.valueDate === null || isCivilDate(line.valueDate)), 'dates').toBe(true);
		expect(Number.isSafeInteger(line.amountMinor) && !Object.is(line.amountMinor, -0), 'amount').toBe(true);
		for (const said of [line.description, line.party, line.bankId, line.reference]) {
			if (said !== null) expect(isCleanText(said) && said === said.trim().normalize('NFC') && !/[\n\t]/.test(said), 'text').toBe(true);
		}
	}
}

test('any bytes at all are read or refused by every reader', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
			for (const [, reader] of FORMATS) expectSound(bytes, reader);
		}),
		{ numRuns: 200 },
	);
});
