import { CsvReader } from '#main/platform/csv/csv-reader.ts';
import { readText } from '#main/platform/csv/decode.ts';
import { CsvRows, StyleNeeded, StyleSurvey } from './csv-entries.rules.ts';
import { type DateStyle, dateStyleOf } from './date-style.rules.ts';
import { type AssemblyCounts, EntryAssembler } from './entry-assembler.rules.ts';
import { HledgerRows } from './hledger-csv.rules.ts';
import { checkedOptions, type JournalFileOptions, type KnownOptions } from './journal-file-options.ts';
import { type JournalTable, openJournalTable } from './journal-table.service.ts';
import { type DecimalSign, decimalSignOf } from './number-style.rules.ts';
import { needsAnswer } from './question.rules.ts';
import { isRejectHeader, restoredCell } from './reject-file.service.ts';
import type { RejectedRow, RowFault, StagedEntry } from './staged-entry.rules.ts';

/** What a file was and what became of its rows. */
export interface JournalFileSummary extends Readonly<AssemblyCounts> {
	readonly sha256: string;
	readonly bytes: number;
	readonly encoding: string;
	readonly format: 'csv' | 'hledger-csv';
	readonly delimiter: string;
	/** Names of the file's columns, for a reject file. */
	readonly header: readonly string[];
	/** Rows of totals, blank rows and virtual postings, left out. */
	readonly skippedRows: number;
}

/** What is known of a file before its entries are read: enough to open a reject file. */
export type JournalFileStart = Pick<JournalFileSummary, 'sha256' | 'bytes' | 'encoding' | 'format' | 'delimiter' | 'header'>;

export interface JournalFileHandlers {
	/** Told once, before the first entry. Throw to stop, for instance where this file has been imported already. */
	readonly onStart?: (start: JournalFileStart) => void;
	/** Told of every whole, balanced entry, in the order of the file; may refuse it, and all its rows are then rejected. */
	readonly onEntry: (entry: StagedEntry) => RowFault | null;
	/** Told of every row that is refused, with all rows of its entry. */
	readonly onReject: (row: RejectedRow) => void;
	/** Awaited after each piece of the file: who stores the entries may hold up the reading. */
	readonly onChunk?: () => Promise<void>;
}

/**
 * Reads a file of journal lines and hands on its entries, whole and balanced in base, in flat memory.
 *
 * The file is read twice: once for its bytes (SHA-256, encoding), once for its rows. Plain amounts (1250.00) and dates
 * (2024-02-13) need no inference; at the first value of another kind the whole file is surveyed for what its columns prove
 * and read again from the start, without telling anything twice: what had been read by then reads the same in every style.
 *
 * Refuses FILE_UNREADABLE, FILE_EMPTY, FILE_NOT_RECOGNISED, INPUT_INVALID (an option), CURRENCY_UNKNOWN (in an option),
 * CANCELLED, and NEEDS_ANSWER with `details.questions`. What was told before a refusal is to be thrown away.
 */
export async function readJournalFile(path: string, options: JournalFileOptions, handlers: JournalFileHandlers): Promise<JournalFileSummary> {
	const known = checkedOptions(options);
	const table = await openJournalTable(path, known);
	handlers.onStart?.(startOf(table));
	const told: Told = { entries: 0, rejects: 0, refused: new Map() };
	try {
		return await readRows(table, known, handlers, told);
	} catch (error) {
		if (!(error instanceof StyleNeeded)) throw error;
	}
	const styled = await inferStyles(table, known);
	return readRows(table, styled, handlers, told);
}

function startOf(table: JournalTable): JournalFileStart {
	const { survey, format, delimiter, names } = table;
	return { sha256: survey.sha256, bytes: survey.bytes, encoding: survey.label, format, delimiter, header: names };
}

interface Told {
	entries: number;
	rejects: number;
	/** Entries, counted from 1, that were refused when they were told. */
	readonly refused: Map<number, RowFault>;
}

async function readRows(table: JournalTable, options: KnownOptions, handlers: JournalFileHandlers, told: Told): Promise<JournalFileSummary> {
	const seen = { entries: 0, rejects: 0 };
	const assembler = new EntryAssembler(
		options.baseCurrency,
		options.rates,
		{
			onEntry: (entry) => {
				if (++seen.entries <= told.entries) return told.refused.get(seen.entries) ?? null;
				told.entries++;
				const fault = handlers.onEntry(entry);
				if (fault !== null) told.refused.set(told.entries, fault);
				return fault;
			},
			onReject: (row) => {
				if (++seen.rejects <= told.rejects) return;
				told.rejects++;
				handlers.onReject(row);
			},
		},
		options.allowsRemainder,
	);
	const rows = rowsOf(table, options, assembler);
	await eachRow(table, options, (fields, line, isFlawed) => rows.add(fields, line, isFlawed), handlers.onChunk);
	assembler.finish();
	return { ...startOf(table), ...assembler.counts, skippedRows: rows.skippedRows };
}

function rowsOf(table: JournalTable, options: KnownOptions, assembler: EntryAssembler): CsvRows | HledgerRows {
	const { baseCurrency, commodities, accountCase, virtualPostings, decimal, dateStyle } = options;
	if (table.header === null) return new HledgerRows({ names: table.names, baseCurrency, commodities, virtualPostings }, assembler);
	const { columns, isCanonical } = table.header;
	return new CsvRows({ columns, width: table.names.length, isCanonical, baseCurrency, commodities, accountCase, decimal, dateStyle }, assembler);
}

/** Every row below the header, as it was before a reject file guarded it. */
async function eachRow(
	table: JournalTable,
	options: KnownOptions,
	onRow: (fields: string[], line: number, isFlawed: boolean) => void,
	onChunk?: () => Promise<void>,
): Promise<void> {
	const isGuarded = isRejectHeader(table.names);
	const reader = new CsvReader(table, (fields, line, isFlawed) => {
		if (line > table.headerLine) onRow(isGuarded ? fields.map(restoredCell) : fields, line, isFlawed);
	});
	for await (const text of readText(table.survey, options)) {
		reader.push(text);
		await onChunk?.();
	}
	reader.end();
}

/** The options with the styles that the whole file proves; asks where it proves nothing. */
async function inferStyles(table: JournalTable, options: KnownOptions): Promise<KnownOptions> {
	if (table.header === null) return options;
	const survey = new StyleSurvey(table.header.columns);
	await eachRow(table, options, (fields, line) => survey.see(fields, line));
	const decimal: DecimalSign | ReturnType<typeof decimalSignOf> = options.decimal ?? decimalSignOf(survey.amounts, table.header.isCanonical);
	const dateStyle: DateStyle | ReturnType<typeof dateStyleOf> = options.dateStyle ?? dateStyleOf(survey.dates);
	const questions = [decimal, dateStyle].filter((answer) => typeof answer === 'object' && 'question' in answer);
	if (questions.length > 0) throw needsAnswer(questions);
	return { ...options, decimal: decimal as DecimalSign, dateStyle: dateStyle as DateStyle };
}
