import { AppError } from '#shared/kernel/app-error.ts';
import { closingDoubt } from '../statement-arithmetic.rules.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { CsvReader, detectDelimiter, detectNewline } from '#main/platform/csv/csv-reader.ts';
import type { StatementRow } from './csv-cells.rules.ts';
import { findStatementHeader, STATEMENT_FIELDS } from './csv-columns.rules.ts';
import { type LineGroup, lineGroups } from './csv-lines.ts';
import { orderedLines } from './csv-order.ts';
import { preambleAccount } from './csv-preamble.rules.ts';
import { PRESETS } from './csv-presets.rules.ts';
import { cellStyle } from './csv-style.rules.ts';
import { refuseOtherKinds } from './other-kinds.ts';
import type { ParsedStatement, StatementDoubt, StatementReader, StatementReadOptions } from './parsed-statement.ts';
import { cutShort, statementText } from './statement-bytes.ts';
import { asking } from './statement-text.rules.ts';

const SAMPLE_CHARACTERS = 128 * 1024;
const SAMPLE_ROWS = 60;

/**
 * CSV of any bank: columns by a map, by a preset or by the words of the header. Everything that can be read in two ways is asked:
 * encoding, map, dateFormat, decimal.
 */
export const readCsvStatements: StatementReader = (bytes, options) => {
	refuseUnknownOptions(options);
	refuseOtherKinds(bytes);
	const { text, doubts } = statementText(bytes, options, 'ask');
	const { rows, delimiter } = readRows(text, options);
	const header = findStatementHeader(rows.slice(0, SAMPLE_ROWS), options.map ?? {}, options.preset);
	if ('question' in header) throw asking(header.question);
	const { columns, preset, currency: headerCurrency } = header;
	const below = rows.slice(header.index + 1);
	const style = cellStyle(below, columns, options);
	const isInverted = options.invertSigns ?? (preset?.invertSigns === true && columns.amount !== undefined);
	const columnCount = header.index === -1 ? Number.MAX_SAFE_INTEGER : (rows[header.index] as StatementRow).fields.length;
	const last = below.at(-1);
	const isCut = last !== undefined && last.fields.length < columnCount && header.index !== -1 && !/[\r\n]$/.test(text.slice(-1));
	const fileDoubts = isCut ? [...doubts, cutShort(`The last row (line ${last.line}) has fewer columns than the header and no line end.`, last.line)] : doubts;
	const groups = lineGroups(below, { columns, columnCount, style, currency: options.currency, headerCurrency, preset, isInverted });
	const account = preambleAccount(rows.slice(0, Math.max(header.index, 0)));
	const statements = groups.map((group, index) =>
		statementOf(group, account, { isInverted, currency: group.currency ?? options.currency }, index === 0 ? fileDoubts : []),
	);
	const name = delimiter === '\t' ? 'tab' : delimiter;
	return { format: 'csv', dialect: `CSV (${preset === null ? '' : `${preset.name}, `}columns by ${name})`, statements };
};

function refuseUnknownOptions(options: StatementReadOptions): void {
	if (options.preset !== undefined && !PRESETS.some((preset) => preset.id === options.preset)) {
		const known = PRESETS.map((preset) => preset.id).join(', ');
		throw new AppError('INPUT_INVALID', `No preset is called "${options.preset}". Known are ${known}.`, { preset: options.preset });
	}
	const unknown = Object.keys(options.map ?? {}).find((name) => !STATEMENT_FIELDS.some((field) => field === name));
	if (unknown !== undefined) {
		throw new AppError('INPUT_INVALID', `"${unknown}" is no field of a statement. Known are ${STATEMENT_FIELDS.join(', ')}.`, { field: unknown });
	}
}

function readRows(text: string, options: StatementReadOptions): { readonly rows: StatementRow[]; readonly delimiter: string } {
	const newline = detectNewline(text.slice(0, SAMPLE_CHARACTERS));
	const sample = text.length < SAMPLE_CHARACTERS ? `${text}${newline}` : text.slice(0, SAMPLE_CHARACTERS);
	const delimiter = options.delimiter ?? detectDelimiter(sample, newline);
	if (delimiter === null || delimiter.length !== 1) {
		throw new AppError('FILE_NOT_RECOGNISED', 'The file has one column only, whichever delimiter is tried. Name the delimiter, for instance ";".', {
			format: 'csv',
		});
	}
	const rows: StatementRow[] = [];
	const reader = new CsvReader({ delimiter, newline }, (fields, line, isFlawed) => rows.push({ fields, line, isFlawed }));
	reader.push(text);
	reader.end();
	return { rows, delimiter };
}

interface StatementReading {
	readonly isInverted: boolean;
	readonly currency: CurrencyCode;
}

function statementOf(group: LineGroup, account: string | null, how: StatementReading, fileDoubts: readonly StatementDoubt[]): ParsedStatement {
	const { isInverted, currency } = how;
	const ordered = orderedLines(group.lines, isInverted);
	const closingDate = ordered.lines.at(-1)?.bookDate ?? null;
	const [openingMinor, closingMinor] = [group.openingMinor ?? ordered.openingMinor, group.closingMinor ?? ordered.closingMinor];
	const opening = openingMinor === null ? null : { amountMinor: openingMinor, date: null };
	const closing = closingMinor === null ? null : { amountMinor: closingMinor, date: closingDate };
	const doubts = [...fileDoubts, ...ordered.doubts];
	const differs = closingDoubt({ openingMinor: opening?.amountMinor ?? null, closingMinor: closing?.amountMinor ?? null, lines: ordered.lines }, currency);
	if (ordered.doubts.length === 0 && differs) doubts.push(differs);
	return {
		accountId: group.account ?? account,
		currency: group.currency,
		number: null,
		from: null,
		to: null,
		opening,
		closing,
		lines: ordered.lines,
		pending: group.pending,
		doubts,
		rejected: group.rejected,
	};
}
