import { AppError } from '#shared/kernel/app-error.ts';
import { CsvReader, type CsvNewline, detectDelimiter, detectNewline } from '#main/platform/csv/csv-reader.ts';
import { decodedSample, type FileSurvey, readText, surveyFile } from '#main/platform/csv/decode.ts';
import { type FoundHeader, findHeader, type SampleRow } from './header.rules.ts';
import { isHledgerHeader } from './hledger-csv.rules.ts';
import type { KnownOptions } from './journal-file-options.ts';
import { needsAnswer } from './question.rules.ts';

/** A file of journal lines of which is known how its rows and columns are to be read. */
export interface JournalTable {
	readonly survey: FileSurvey;
	readonly format: 'csv' | 'hledger-csv';
	readonly delimiter: string;
	readonly newline: CsvNewline;
	/** Names of the columns. */
	readonly names: readonly string[];
	/** Rows begin below this line; 0 where there is no header. */
	readonly headerLine: number;
	/** null for hledger-csv, whose columns are fixed. */
	readonly header: FoundHeader | null;
}

const SAMPLE_CHARACTERS = 128 * 1024;
const SAMPLE_ROWS = 60;
const ASKED_ENCODINGS = ['cp1252', 'windows-1250', 'windows-1251', 'macintosh', 'gb18030', 'shift_jis'] as const;

/**
 * Finds encoding, delimiter, format and header of a file. Refuses FILE_UNREADABLE, FILE_EMPTY, FILE_NOT_RECOGNISED and
 * NEEDS_ANSWER (encoding, map).
 */
export async function openJournalTable(path: string, options: KnownOptions): Promise<JournalTable> {
	const survey = await surveyFile(path, options);
	if (survey.bytes <= survey.markBytes) throw new AppError('FILE_EMPTY', `${path} is empty.`, { file: path });
	refuseOtherKinds(survey);
	if (survey.encoding === null) throw needsAnswer([encodingQuestion(survey)]);
	const sample = await sampleOf(survey);
	if (sample.trim() === '') throw new AppError('FILE_EMPTY', `${path} holds nothing but blanks.`, { file: path });
	const newline = detectNewline(sample);
	const delimiter = options.delimiter ?? detectDelimiter(sample, newline);
	if (delimiter === null) throw notRecognised(path, 'It has one column only, whichever delimiter is tried. Name the delimiter, for instance ";".');
	const rows = rowsOfSample(sample, delimiter, newline);
	const hledger = options.format === 'csv' ? undefined : rows.find((row) => isHledgerHeader(row.fields));
	if (hledger !== undefined) return { survey, format: 'hledger-csv', delimiter, newline, names: hledger.fields, headerLine: hledger.line, header: null };
	if (options.format === 'hledger-csv')
		throw notRecognised(path, 'It is not what "hledger print -O csv" writes: the columns txnidx, date, account, amount and commodity are not all there.');
	const found = findHeader(rows, options.map);
	if (found.kind === 'question') throw needsAnswer([found.question]);
	return { survey, format: 'csv', delimiter, newline, names: found.names, headerLine: found.line, header: found };
}

function notRecognised(path: string, why: string): AppError {
	return new AppError('FILE_NOT_RECOGNISED', `${path} is no table of journal lines. ${why}`, { file: path });
}

const OTHER_KINDS: readonly (readonly [start: RegExp, why: string])[] = [
	[/^PK\u0003\u0004/, 'It is a workbook or an archive. Save the sheet as CSV and import that.'],
	[/^\u00d0\u00cf\u0011\u00e0/, 'It is an old workbook. Save the sheet as CSV and import that.'],
	[/^%PDF/, 'It is a PDF. Export the journal as CSV.'],
	[/^SQLite format 3/, 'It is a database.'],
	[/^\u001f\u008b/, 'It is compressed. Unpack it first.'],
	[/^\s*<(?:!doctype|html|head|body|\?xml|[a-z][\w:-]*[\s>])/i, 'It is a web page or XML. If it was downloaded, sign in again and export the journal as CSV.'],
	[/^\s*[[{]\s*(?:["{[\]}]|$)/, 'It is JSON. Use "journal post" for that.'],
];

function refuseOtherKinds(survey: FileSurvey): void {
	const start = survey.head.subarray(survey.markBytes, survey.markBytes + 512);
	const text = (survey.encoding?.startsWith('utf-16') === true ? start.filter((byte) => byte !== 0) : start).toString('latin1');
	const kind = OTHER_KINDS.find(([pattern]) => pattern.test(text));
	if (kind) throw notRecognised(survey.path, kind[1]);
}

function encodingQuestion(survey: FileSurvey) {
	const choices = ASKED_ENCODINGS.flatMap((value) => {
		const meaning = decodedSample(survey.sample, value);
		return meaning === null ? [] : [{ value, meaning }];
	});
	return {
		id: 'encoding',
		question: `The text encoding of ${survey.path} cannot be told for certain. Name it, for instance --encoding cp1252.`,
		choices,
		example: { line: 0, value: survey.sample.toString('latin1') },
	};
}

async function sampleOf(survey: FileSurvey): Promise<string> {
	let sample = '';
	for await (const text of readText(survey)) {
		sample += text;
		if (sample.length >= SAMPLE_CHARACTERS) return sample;
	}
	return sample.endsWith('\n') || sample.endsWith('\r') ? sample : `${sample}\n`;
}

function rowsOfSample(sample: string, delimiter: string, newline: CsvNewline): SampleRow[] {
	const rows: SampleRow[] = [];
	const reader = new CsvReader({ delimiter, newline }, (fields, line) => {
		if (rows.length < SAMPLE_ROWS) rows.push({ fields, line });
	});
	reader.push(sample);
	return rows;
}
