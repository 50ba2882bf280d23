import { extname } from 'node:path';
import type * as tableModule from '#main/app/report-tables.ts';
import type { TerminalContext } from './context.ts';
import { reportText } from './report-text.ts';
import { UsageError } from './usage-error.ts';
import { companyFigures, respond } from './words.ts';

const FORMATS = ['table', 'csv', 'json'] as const;
type ReportFormat = (typeof FORMATS)[number];

/** Options that every report takes. */
export const REPORT_OPTIONS = {
	format: { type: 'string', choices: FORMATS, summary: 'how it is written (default: by the ending of --out, else a table)' },
	out: { type: 'string', value: 'FILE', summary: 'writes it to a file, in place of one of that name' },
} as const;

interface ReportOutput {
	readonly format: ReportFormat;
	/** Absolute. */
	readonly file: string | null;
}

interface GivenOptions {
	readonly format: ReportFormat | undefined;
	readonly out: string | undefined;
}

type Tables = typeof tableModule;
type Company = Awaited<ReturnType<TerminalContext['inCompany']>>;

/**
 * What all reports have in common: the command line is judged, then the books are asked, then the answer is printed or written to a
 * file (`{"file","bytes","sha256"}`). Amounts in JSON and CSV are plain; on the screen their digits stand in groups.
 */
export async function giveReport<Report>(
	context: TerminalContext,
	options: GivenOptions,
	ask: (company: Company) => Promise<Report>,
	table: (tables: Tables, report: Report) => tableModule.ReportTable,
): Promise<Report> {
	const { output } = context;
	const { format, file } = outputOf(context, options);
	const company = await context.inCompany();
	const report = await ask(company);
	if (file === null && output.json) {
		output.printJson(report);
		return report;
	}
	const text = await textOf(format, company, report, table);
	if (file === null) output.print(text);
	else await writeReport(context, file, text);
	return report;
}

function outputOf({ output, path }: TerminalContext, options: GivenOptions): ReportOutput {
	const file = options.out === undefined ? null : path(options.out);
	const format = options.format ?? formatOfFile(file) ?? (output.json ? 'json' : 'table');
	if (output.json && file === null && format !== 'json') {
		throw new UsageError(`--json prints one JSON document: leave out --format ${format}, or add --out FILE.`, { option: 'format' });
	}
	return { format, file };
}

function formatOfFile(file: string | null): ReportFormat | undefined {
	const ending = file === null ? '' : extname(file).toLowerCase();
	if (ending === '.csv') return 'csv';
	return ending === '.json' ? 'json' : undefined;
}

async function textOf<Report>(
	format: ReportFormat,
	{ client, companyId, company }: Company,
	report: Report,
	table: (tables: Tables, report: Report) => tableModule.ReportTable,
): Promise<string> {
	if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
	const described = table(await import('#main/app/report-tables.ts'), report);
	if (format === 'table') return reportText(company.name, described, await companyFigures(client, companyId));
	const { csvPieces } = await import('#main/platform/csv/csv-writer.ts');
	const columns = described.columns.map(({ key, kind }) => ({
		name: key,
		kind: kind === 'amount' || kind === 'number' ? ('number' as const) : ('text' as const),
	}));
	const rows = described.rows.map((row) => described.columns.map(({ key }) => row[key]));
	return [...csvPieces(columns, rows)].join('');
}

async function writeReport({ output }: TerminalContext, file: string, text: string): Promise<void> {
	const [{ writeFileAtomic }, { sha256Hex }] = await Promise.all([import('#main/platform/files/atomic-file.ts'), import('#main/platform/signing.ts')]);
	const bytes = Buffer.from(text, 'utf8');
	await writeFileAtomic(file, bytes);
	const written = { file, bytes: bytes.length, sha256: sha256Hex(bytes) };
	respond(output, written, () => `Wrote ${file} (${bytes.length} bytes, SHA-256 ${written.sha256}).\n`);
}
