import { CsvReader, detectDelimiter, detectNewline } from '#main/platform/csv/csv-reader.ts';
import { readText, surveyFile } from '#main/platform/csv/decode.ts';
import { AppError } from '#shared/kernel/app-error.ts';

/** Columns of a chart by what other files call them. */
const SYNONYMS: Readonly<Record<string, string>> = {
	account_code: 'code',
	account: 'code',
	account_name: 'name',
	account_type: 'type',
	account_subtype: 'subtype',
};
const NEEDED = ['code', 'name', 'type'] as const;

/**
 * Rows of a chart of accounts in a CSV file, by column name: code, name, type and perhaps subtype, currency, requires_reconciliation.
 * Refuses FILE_UNREADABLE, FILE_EMPTY and FILE_NOT_RECOGNISED.
 */
export async function readChartFile(path: string): Promise<Record<string, string>[]> {
	const text = await wholeText(path);
	const newline = detectNewline(text);
	const rows: string[][] = [];
	const reader = new CsvReader({ delimiter: detectDelimiter(text, newline) ?? ',', newline }, (fields, line, isFlawed) => {
		if (isFlawed) throw notRecognised(path, `Line ${line} has text behind a closing quotation mark.`, { line });
		rows.push(fields);
	});
	reader.push(text);
	reader.end();
	const [header, ...accounts] = rows;
	if (!header) throw new AppError('FILE_EMPTY', `${path} is empty. A chart has the columns code,name,type.`, { path });
	const columns = header.map((cell) => columnName(cell));
	const missing = NEEDED.filter((column) => !columns.includes(column));
	if (missing.length > 0) throw notRecognised(path, `It has no column ${missing.join(', ')}.`, { missing });
	return accounts.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
}

function columnName(cell: string): string {
	const name = cell
		.trim()
		.toLowerCase()
		.replaceAll(/[\s-]+/g, '_');
	return SYNONYMS[name] ?? name;
}

function notRecognised(path: string, reason: string, details: Readonly<Record<string, unknown>>): AppError {
	return new AppError('FILE_NOT_RECOGNISED', `${path} is no chart of accounts. ${reason} Its first line names the columns code,name,type.`, {
		path,
		...details,
	});
}

async function wholeText(path: string): Promise<string> {
	const survey = await surveyFile(path);
	if (survey.encoding === null) throw notRecognised(path, 'Its text encoding cannot be told: save it as UTF-8.', {});
	let text = '';
	for await (const piece of readText(survey)) text += piece;
	return text;
}
