import { copyFile, constants } from 'node:fs/promises';
import type { z } from 'zod';
import type { importResult } from '#shared/contract/imports.contract.ts';
import { type AppError, isAppError } from '#shared/kernel/app-error.ts';
import { type CompanyContext, defineCommand, type TerminalContext } from '../context.ts';
import { importWithAnswers, type ImportOptions } from '../import-answers.ts';
import { longWork } from '../long-work.ts';
import { withStandardInputFile } from '../standard-input.ts';
import { formatTable } from '../table.ts';
import { currencyCode, pairsOf, ratesOf } from '../values.ts';
import { counted, instantWords, respond } from '../words.ts';

type ImportResult = z.input<typeof importResult>;
type ImportProcedure = 'importJournal' | 'importOpening';

const REJECTED_SHOWN = 20;
const FILE_OPTIONS = {
	format: { type: 'string', choices: ['auto', 'csv', 'hledger-csv'], default: 'auto', summary: 'how the file is written' },
	'create-accounts': { type: 'boolean', summary: 'makes accounts that are named in the file and not there yet' },
	rate: { type: 'string', value: 'USD=83.45', multiple: true, summary: "what one unit costs in the company's currency" },
	commodity: { type: 'string', value: "'$=USD'", multiple: true, summary: 'the currency that a sign or word of the file means' },
	map: { type: 'string', value: 'entry_no=txn,amount=Betrag', multiple: true, summary: 'which column holds what; #1 is the first' },
	'date-format': { type: 'string', value: 'DD.MM.YYYY', summary: 'how its dates are written' },
	decimal: { type: 'string', choices: ['.', ','], summary: 'its decimal sign' },
	encoding: { type: 'string', value: 'cp1252', summary: 'its text encoding' },
	delimiter: { type: 'string', value: "';'", summary: 'what stands between its columns; tab for a tab' },
	'account-case': { type: 'string', choices: ['same', 'different'], summary: 'whether Bank and bank are one account' },
	'virtual-postings': { type: 'string', choices: ['skip', 'balanced'], summary: 'leaves out all virtual postings, or keeps those that balance' },
	'dry-run': { type: 'boolean', summary: 'reads and checks everything and books nothing' },
	'keep-going': { type: 'boolean', summary: 'books the good entries and writes the rejected rows to a CSV beside the file' },
} as const;
const ABOUT_FILES = `Without --keep-going all of the file is booked or none of it. The same file twice adds nothing. What can be read in two ways is
asked at a terminal, and refused with the question otherwise. FILE is - for standard input.`;

interface GivenFileOptions {
	readonly format: 'auto' | 'csv' | 'hledger-csv';
	readonly 'create-accounts': boolean;
	readonly rate: readonly string[];
	readonly commodity: readonly string[];
	readonly map: readonly string[];
	readonly 'date-format': string | undefined;
	readonly decimal: '.' | ',' | undefined;
	readonly encoding: string | undefined;
	readonly delimiter: string | undefined;
	readonly 'account-case': 'same' | 'different' | undefined;
	readonly 'virtual-postings': 'skip' | 'balanced' | undefined;
	readonly 'dry-run': boolean;
	readonly 'keep-going': boolean;
}

export const journalImport = defineCommand({
	path: ['journal', 'import'],
	summary: 'imports journal entries from a CSV file',
	description: `${ABOUT_FILES}

csv: one line of an entry in each row, with the columns
  entry_no,date,account_code,account_name,account_type,party,description,debit,credit,currency,reference
in any order, and perhaps due_date,memo,base_amount. Common headers of other programs are recognised.
hledger-csv: what \`hledger print -O csv\` writes, for hledger, ledger and beancount journals.`,
	examples: [
		'journal import books.csv',
		'journal import books.csv --create-accounts --dry-run',
		'journal import export.csv --map entry_no=Beleg,account=Konto,amount=Betrag --date-format DD.MM.YYYY --decimal ,',
		"journal import books.hledger.csv --format hledger-csv --create-accounts --commodity '$=USD' --rate USD=83.45",
		'journal import books.csv --keep-going --json',
	],
	options: FILE_OPTIONS,
	positionals: [{ name: 'FILE', summary: 'the file, or - for standard input' }],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		const result = await importFile(context, company, 'importJournal', positionals.FILE, importOptionsOf(options));
		respond(context.output, result, () => resultWords(result));
	},
});

export const openingImport = defineCommand({
	path: ['opening', 'import'],
	summary: 'imports opening balances from a CSV file',
	description: `${ABOUT_FILES}

The columns are those of \`journal import\`; the entries are dated the day before the first day of the books. Receivables and payables
come in as open items: party, reference, date and due date. What does not balance goes to the account of subtype OPENING_EQUITY.`,
	examples: ['opening import opening.csv', 'opening import opening.csv --create-accounts --dry-run'],
	options: FILE_OPTIONS,
	positionals: [{ name: 'FILE', summary: 'the file, or - for standard input' }],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		const result = await importFile(context, company, 'importOpening', positionals.FILE, importOptionsOf(options));
		// Scripts get the entries themselves here, as from every command that posts; how many there are stands beside.
		const document = context.output.json ? { ...result, entryCount: result.entries, entries: await openingEntries(company, result.importId) } : null;
		respond(context.output, document, () => resultWords(result));
	},
});

function importOptionsOf(given: GivenFileOptions): ImportOptions {
	const commodities = pairsOf('commodity', given.commodity);
	return {
		format: given.format,
		createAccounts: given['create-accounts'],
		rates: ratesOf(given.rate),
		commodities: commodities && Object.fromEntries(Object.entries(commodities).map(([sign, currency]) => [sign, currencyCode(currency)])),
		map: pairsOf('map', given.map, ','),
		dateFormat: given['date-format'],
		decimal: given.decimal,
		encoding: given.encoding,
		delimiter: given.delimiter,
		accountCase: given['account-case'],
		virtualPostings: given['virtual-postings'],
		dryRun: given['dry-run'],
		keepGoing: given['keep-going'],
	};
}

async function importFile(
	context: TerminalContext,
	{ client, companyId }: CompanyContext,
	procedure: ImportProcedure,
	typed: string,
	options: ImportOptions,
): Promise<ImportResult> {
	const run = (path: string): Promise<ImportResult> =>
		importWithAnswers(
			() => context.prompt,
			options,
			(answered) => longWork(context, 'importing', (call) => client.imports[procedure]({ companyId, path, options: answered }, call)),
		);
	try {
		if (typed !== '-') return await run(context.path(typed));
		return await withStandardInputFile(context.surroundings.stdin, 'standard-input.csv', async (path) => keepRejectFile(context, await run(path)));
	} catch (error) {
		if (isAppError(error, 'IMPORT_REJECTED')) noteRejected(context, error);
		throw error;
	}
}

/** The rejected rows of standard input are put where the person works: the temporary folder goes away. */
async function keepRejectFile(context: TerminalContext, result: ImportResult): Promise<ImportResult> {
	if (result.rejectFile === null) return result;
	for (let number = 1; ; number++) {
		const rejectFile = context.path(`standard-input.rejected${number === 1 ? '' : `-${number}`}.csv`);
		try {
			await copyFile(result.rejectFile, rejectFile, constants.COPYFILE_EXCL);
			return { ...result, rejectFile };
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		}
	}
}

function noteRejected({ output }: TerminalContext, error: AppError): void {
	if (output.json) return;
	const rejected = (error.details.rejected ?? []) as ImportResult['rejected'];
	output.note(rejectedWords(rejected, Number(error.details.rejectedCount ?? rejected.length)));
}

function rejectedWords(rejected: ImportResult['rejected'], count: number): string {
	const lines = rejected.slice(0, REJECTED_SHOWN).map(({ row, code, message }) => `  line ${row}: ${message} (${code})`);
	if (count > lines.length) lines.push(`  and ${counted(count - lines.length, 'more row')}`);
	return lines.join('\n');
}

function resultWords(result: ImportResult): string {
	const { entries, lines, duplicates, rejected, rejectedCount, rejectFile, accountsCreated, partiesCreated, dryRun, importId } = result;
	const sentences = [`${dryRun ? 'Would import' : 'Imported'} ${counted(entries, 'entry', 'entries')} with ${counted(lines, 'line')}.`];
	const made = [accountsCreated > 0 ? counted(accountsCreated, 'account') : '', partiesCreated > 0 ? counted(partiesCreated, 'party', 'parties') : ''];
	const madeWords = made.filter((word) => word !== '').join(' and ');
	if (madeWords !== '') sentences.push(`${dryRun ? 'Would make' : 'Made'} ${madeWords}.`);
	if (duplicates > 0) sentences.push(`${counted(duplicates, 'entry was', 'entries were')} in the books already.`);
	if (dryRun) sentences.push('Nothing was booked.');
	if (importId !== null && !dryRun) sentences.push(`Import ${importId}.`);
	const rejectedText = rejectedCount > 0 ? `Rejected ${counted(rejectedCount, 'row')}:\n${rejectedWords(rejected, rejectedCount)}\n` : '';
	const fileText = rejectFile === null ? '' : `They are in ${rejectFile}: correct them there and import that file.\n`;
	return `${sentences.join(' ')}\n${rejectedText}${fileText}`;
}

async function openingEntries({ client, companyId }: CompanyContext, importId: string | null) {
	if (importId === null) return [];
	const { imports } = await client.imports.list({ companyId });
	const made = imports.find((candidate) => candidate.importId === importId);
	const entries: { no: number | null; date: string; id: string; hash: string | null }[] = [];
	for (let no = made?.firstNo ?? 1; no <= (made?.lastNo ?? 0); no++) {
		const { date, id, hash } = await client.ledger.showEntry({ companyId, no });
		entries.push({ no, date, id, hash });
	}
	return entries;
}

export const importList = defineCommand({
	path: ['import', 'list'],
	summary: 'lists what was imported',
	examples: ['import list', 'import list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.imports.list({ companyId });
		respond(context.output, answer, () =>
			formatTable(
				[
					{ header: 'When' },
					{ header: 'File', maxWidth: 40 },
					{ header: 'Kind' },
					{ header: 'Entries', align: 'right' },
					{ header: 'Numbers' },
					{ header: 'Status' },
					{ header: 'Id' },
				],
				answer.imports.map((made) => [
					instantWords(made.importedAt),
					made.fileName,
					made.kind.toLowerCase(),
					String(made.entries),
					made.firstNo === null ? '' : `${made.firstNo}-${made.lastNo ?? made.firstNo}`,
					made.status.toLowerCase(),
					made.importId,
				]),
			),
		);
	},
});

export const importUndo = defineCommand({
	path: ['import', 'undo'],
	summary: 'takes an import back by reversing its entries',
	description: 'Nothing is deleted; the file can be imported again afterwards. Possible until a period with one of its entries is closed.',
	examples: ['import undo 0198c0de-0000-7000-8000-000000000001'],
	options: {},
	positionals: [{ name: 'ID', summary: 'the import, as `import list` shows it' }],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.imports.undo({ companyId, importId: positionals.ID });
		respond(context.output, answer, () => `Took the import back: reversed ${counted(answer.reversed, 'entry', 'entries')}.\n`);
	},
});
