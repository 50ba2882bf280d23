import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { Client } from '#shared/contract/client.ts';
import type * as tableModule from '#main/app/report-tables.ts';
import type { TerminalContext } from './context.ts';
import type { Output } from './output.ts';
import { reportText } from './report-text.ts';
import { UsageError } from './usage-error.ts';
import { companyFigures, respond } from './words.ts';

const FORMATS = ['table', 'csv', 'xlsx', 'pdf', 'json'] as const;
type ReportFormat = (typeof FORMATS)[number];
const ENDINGS: Readonly<Record<string, ReportFormat>> = { '.csv': 'csv', '.json': 'json', '.xlsx': 'xlsx', '.pdf': 'pdf' };

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

type Company = Awaited<ReturnType<TerminalContext['inCompany']>>;
type Without<Input, Key extends PropertyKey> = Input extends unknown ? Omit<Input, Key> : never;
/** A report and what is asked of it. */
type Asked = Without<Parameters<Client['reports']['write']>[0], 'companyId' | 'format' | 'file'>;
type Answers = { [Name in Asked['report'] & keyof Client['reports']]: Awaited<ReturnType<Client['reports'][Name]>> } & {
	reconciliationStatement: Awaited<ReturnType<Client['reconciliation']['reconciliationStatement']>>;
	closingVoucher: Awaited<ReturnType<Client['close']['closingVoucher']>>;
	reopenDifference: Awaited<ReturnType<Client['close']['reopenDifference']>>;
};
type TableMakers = { readonly [Name in Asked['report']]: (tables: typeof tableModule, answer: Answers[Name]) => tableModule.ReportTable };

const TABLES: TableMakers = {
	trialBalance: (tables, answer) => tables.trialBalanceTable(answer),
	incomeStatement: (tables, answer) => tables.incomeStatementTable(answer),
	balanceSheet: (tables, answer) => tables.balanceSheetTable(answer),
	ledger: (tables, answer) => tables.ledgerTable(answer),
	dayBook: (tables, answer) => tables.dayBookTable(answer),
	outstanding: (tables, answer) => tables.outstandingTable(answer),
	moneyBook: (tables, answer) => tables.moneyBookTable(answer),
	closingVoucher: (tables, answer) => tables.closingVoucherTable(answer),
	reopenDifference: (tables, answer) => tables.reopenDifferenceTable(answer),
	checkBalances: (tables, answer) => tables.balanceCheckTable(answer),
	reconciliationStatement: (tables, answer) => tables.reconciliationStatementTable(answer),
};

/**
 * What all reports have in common: the command line is judged, then the books are asked, then the answer is printed or written to a
 * file (`{"file","bytes","sha256"}`). Amounts in JSON and CSV are plain; for people their digits stand in groups.
 * Gives the answer, or null where a document was written straight from the books.
 */
export async function giveReport<Name extends Asked['report']>(
	context: TerminalContext,
	options: GivenOptions,
	asked: Extract<Asked, { readonly report: Name }>,
): Promise<Answers[Name] | null> {
	const { output } = context;
	const { format, file } = outputOf(context, options);
	const company = await context.inCompany();
	const { client, companyId } = company;
	if (file !== null && (format === 'xlsx' || format === 'pdf')) {
		sayWritten(output, await client.reports.write({ ...asked, companyId, format, file }));
		return null;
	}
	const { report: name, ...input } = asked;
	const ask = procedureOf(client, name) as unknown as (input: object) => Promise<Answers[Name]>;
	const report = await ask({ ...input, companyId });
	if (file === null && output.json) {
		output.printJson(report);
		return report;
	}
	const text = await textOf(format, company, report, (tables) => TABLES[name](tables, report));
	if (file === null) output.print(text);
	else await writeText(context, file, text);
	return report;
}

/** Most reports are of the domain of reports; what tells of a reconciliation or a close is of theirs. */
function procedureOf(client: Client, name: Asked['report']) {
	if (name === 'reconciliationStatement') return client.reconciliation.reconciliationStatement;
	if (name === 'closingVoucher') return client.close.closingVoucher;
	if (name === 'reopenDifference') return client.close.reopenDifference;
	return client.reports[name];
}

function outputOf({ output, path }: TerminalContext, options: GivenOptions): ReportOutput {
	const file = options.out === undefined ? null : path(options.out);
	const format = options.format ?? formatOfFile(file) ?? (output.json ? 'json' : 'table');
	if (file !== null && !existsSync(dirname(file)))
		throw new UsageError(`There is no folder ${dirname(file)}. Make it first, or give another --out.`, { option: 'out' });
	if (file === null && (format === 'xlsx' || format === 'pdf')) {
		throw new UsageError(`A report as ${format} goes to a file: add --out FILE.${format}.`, { option: 'out' });
	}
	if (output.json && file === null && format !== 'json') {
		throw new UsageError(`--json prints one JSON document: leave out --format ${format}, or add --out FILE.`, { option: 'format' });
	}
	return { format, file };
}

function formatOfFile(file: string | null): ReportFormat | undefined {
	return file === null ? undefined : ENDINGS[extname(file).toLowerCase()];
}

async function textOf(
	format: ReportFormat,
	{ client, companyId, company }: Company,
	report: unknown,
	table: (tables: typeof tableModule) => tableModule.ReportTable,
): Promise<string> {
	if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
	const described = table(await import('#main/app/report-tables.ts'));
	if (format === 'table') return reportText(company.name, described, await companyFigures(client, companyId));
	const { csvPieces } = await import('#main/platform/csv/csv-writer.ts');
	const columns = described.columns.map(({ key, kind }) => ({
		name: key,
		kind: kind === 'amount' || kind === 'side' || kind === 'number' ? ('number' as const) : ('text' as const),
	}));
	const rows = described.rows.map((row) => described.columns.map(({ key }) => row[key]));
	return [...csvPieces(columns, rows)].join('');
}

async function writeText({ output }: TerminalContext, file: string, text: string): Promise<void> {
	const [{ writeFileAtomic }, { sha256Hex }] = await Promise.all([import('#main/platform/files/atomic-file.ts'), import('#main/platform/signing.ts')]);
	const bytes = Buffer.from(text, 'utf8');
	await writeFileAtomic(file, bytes);
	sayWritten(output, { file, bytes: bytes.length, sha256: sha256Hex(bytes) });
}

function sayWritten(output: Output, written: { readonly file: string; readonly bytes: number; readonly sha256: string }): void {
	respond(output, written, () => `Wrote ${written.file} (${written.bytes} bytes, SHA-256 ${written.sha256}).\n`);
}
