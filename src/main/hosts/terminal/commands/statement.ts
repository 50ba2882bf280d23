import { ACCEPTABLE_DOUBTS } from '#shared/contract/statements.contract.ts';
import { type AppError, isAppError } from '#shared/kernel/app-error.ts';
import type { CallOptions, Client } from '#shared/contract/client.ts';
import { type CompanyContext, defineCommand, type TerminalContext } from '../context.ts';
import { runWithAnswers } from '../import-answers.ts';
import { longWork } from '../long-work.ts';
import { withStandardInputFile } from '../standard-input.ts';
import { type StatementOptions, withStatementAnswer } from '../statement-answers.ts';
import { importedWords, listTable, previewWords, rejectedWords, shownTable } from '../statement-words.ts';
import { choiceNamed, pairsOf } from '../values.ts';
import { companyFigures, counted, respond } from '../words.ts';

const FILE_OPTIONS = {
	account: { type: 'string', value: 'CODE', required: true, summary: 'the account that the statement is of: an asset or a liability' },
	format: { type: 'string', choices: ['auto', 'ofx', 'camt053', 'mt940', 'qif', 'csv'], default: 'auto', summary: 'how the file is written' },
	'statement-account': { type: 'string', value: 'ID', summary: 'which account of a file that holds several: its IBAN or number' },
	encoding: { type: 'string', value: 'cp1252', summary: 'its text encoding' },
	delimiter: { type: 'string', value: "';'", summary: 'what stands between its columns; tab for a tab' },
	decimal: { type: 'string', choices: ['.', ','], summary: 'its decimal sign' },
	'date-format': { type: 'string', value: 'DD.MM.YYYY', summary: 'how its dates are written' },
	map: { type: 'string', value: 'date=Datum,amount=Betrag', multiple: true, summary: 'which column holds what; #1 is the first' },
	preset: { type: 'string', value: 'mpesa', summary: 'a kind of CSV statement that is known' },
	'invert-signs': { type: 'boolean', summary: 'money out is written positive, as many cards do' },
	'save-layout': { type: 'boolean', summary: 'reads the next file of this account the same way' },
	from: { type: 'string', value: 'DATE', summary: 'first day that the statement covers, where the file does not say' },
	to: { type: 'string', value: 'DATE', summary: 'last day that the statement covers, where the file does not say' },
	opening: { type: 'string', value: 'AMOUNT', summary: 'balance before the first line, where the file has none' },
	closing: { type: 'string', value: 'AMOUNT', summary: 'balance after the last line, where the file has none' },
	accept: { type: 'string', value: 'CODE,...', multiple: true, summary: 'doubts that are accepted, or all; recorded with the statement' },
	note: { type: 'string', value: 'TEXT', summary: 'why they are accepted' },
	'keep-going': { type: 'boolean', summary: 'takes in what can be read and leaves the rest out' },
} as const;

interface GivenFileOptions {
	readonly format: 'auto' | 'ofx' | 'camt053' | 'mt940' | 'qif' | 'csv';
	readonly 'statement-account': string | undefined;
	readonly encoding: string | undefined;
	readonly delimiter: string | undefined;
	readonly decimal: '.' | ',' | undefined;
	readonly 'date-format': string | undefined;
	readonly map: readonly string[];
	readonly preset: string | undefined;
	readonly 'invert-signs': boolean;
	readonly 'save-layout': boolean;
	readonly from: string | undefined;
	readonly to: string | undefined;
	readonly opening: string | undefined;
	readonly closing: string | undefined;
	readonly accept: readonly string[];
	readonly note: string | undefined;
	readonly 'keep-going': boolean;
}

const ABOUT = `Formats: OFX and QFX, camt.053, MT940, QIF, CSV; told by the content of the file. Lines that stand already are not taken in
again, so files may overlap. What is doubtful (balances that do not follow, a file cut short) is asked at a terminal, and refused with
the question otherwise; --accept answers it.`;

export const statementImport = defineCommand({
	path: ['statement', 'import'],
	summary: 'takes in a bank statement',
	description: `${ABOUT} The same file twice adds nothing. FILE is - for standard input.`,
	examples: [
		'statement import january.ofx --account 1100',
		'statement import export.csv --account 1100 --map date=Datum,amount=Betrag,description=Text --decimal , --save-layout',
		'statement import card.qif --account 2200 --from 2026-01-01 --to 2026-01-31 --closing -120.50',
		'statement import february.sta --account 1100 --accept OPENING_DIFFERS --note "January is on paper only"',
		'statement import january.ofx --account 1100 --dry-run --json',
	],
	options: { ...FILE_OPTIONS, 'dry-run': { type: 'boolean', summary: 'the same as `statement preview`' } },
	positionals: [{ name: 'FILE', summary: 'the file, or - for standard input' }],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		if (options['dry-run']) return preview(context, company, positionals.FILE, options.account, options);
		const { client, companyId } = company;
		const input = { companyId, account: options.account, options: optionsOf(options) };
		const answer = await withFile(context, positionals.FILE, input, (asked, call) => client.statements.import(asked, call));
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => importedWords(answer, figures));
	},
});

export const statementPreview = defineCommand({
	path: ['statement', 'preview'],
	summary: 'shows what taking in a bank statement would do',
	description: ABOUT,
	examples: ['statement preview january.ofx --account 1100', 'statement preview export.csv --account 1100 --json'],
	options: FILE_OPTIONS,
	positionals: [{ name: 'FILE', summary: 'the file, or - for standard input' }],
	run: async (context, { options, positionals }) => preview(context, await context.inCompany(), positionals.FILE, options.account, options),
});

async function preview(context: TerminalContext, company: CompanyContext, typed: string, account: string, options: GivenFileOptions): Promise<void> {
	const { client, companyId } = company;
	const input = { companyId, account, options: optionsOf(options) };
	const answer = await withFile(context, typed, input, (asked, call) => client.statements.preview(asked, call));
	const figures = await figuresFor(context, company);
	respond(context.output, answer, () => previewWords(answer, figures));
}

const figuresFor = ({ output }: TerminalContext, { client, companyId }: CompanyContext) =>
	output.json ? { amount: (plain: string) => plain } : companyFigures(client, companyId);

type FileInput = Parameters<Client['statements']['import']>[0];

/** One file through a procedure, with what it leaves open asked. */
async function withFile<Answer>(
	context: TerminalContext,
	typed: string,
	input: Omit<FileInput, 'path' | 'options'> & { readonly options: StatementOptions },
	call: (input: FileInput, options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
	const run = (path: string): Promise<Answer> =>
		runWithAnswers(
			() => context.prompt,
			input.options,
			withStatementAnswer,
			(options) => longWork(context, 'taking in', (callOptions) => call({ ...input, path, options }, callOptions)),
		);
	try {
		return typed === '-' ? await withStandardInputFile(context.surroundings.stdin, 'standard-input', run) : await run(context.path(typed));
	} catch (error) {
		if (isAppError(error, 'IMPORT_REJECTED')) noteRejected(context, error);
		throw error;
	}
}

function noteRejected({ output }: TerminalContext, { details }: AppError): void {
	const rejected = (details['rejected'] ?? []) as { row: number; code: string; message: string }[];
	if (!output.json) output.note(rejectedWords(rejected, Number(details['rejectedCount'] ?? rejected.length)));
}

function optionsOf(given: GivenFileOptions): StatementOptions {
	const accept = given.accept.flatMap((codes) => codes.split(',')).filter((code) => code.trim() !== '');
	return {
		format: given.format,
		encoding: given.encoding,
		delimiter: given.delimiter === 'tab' || given.delimiter === '\\t' ? '\t' : given.delimiter,
		decimal: given.decimal,
		dateFormat: given['date-format'],
		map: pairsOf('map', given.map, ','),
		preset: given.preset,
		// Left out it may still be the layout's or the preset's.
		invertSigns: given['invert-signs'] ? true : undefined,
		saveLayout: given['save-layout'],
		statementAccount: given['statement-account'],
		from: given.from,
		to: given.to,
		opening: given.opening,
		closing: given.closing,
		accept: accept.length === 0 ? undefined : accept.map((code) => acceptable(code)),
		note: given.note,
		keepGoing: given['keep-going'],
	};
}

function acceptable(typed: string): (typeof ACCEPTABLE_DOUBTS)[number] {
	return typed.trim().toLowerCase() === 'all' ? 'all' : choiceNamed('accept', typed, ACCEPTABLE_DOUBTS);
}

export const statementList = defineCommand({
	path: ['statement', 'list'],
	summary: 'lists the statements that were taken in',
	description: 'Below the list stands where the balances of an account do not follow each other: statements that are missing, or doubtful.',
	examples: ['statement list', 'statement list --account 1100 --json'],
	options: { account: { type: 'string', value: 'CODE', summary: 'of this account only' } },
	positionals: [],
	run: async (context, { options }) => {
		const company = await context.inCompany();
		const answer = await company.client.statements.list({ companyId: company.companyId, account: options.account });
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => listTable(answer, figures));
	},
});

export const statementShow = defineCommand({
	path: ['statement', 'show'],
	summary: 'shows a statement with its lines and what they are matched to',
	examples: ['statement show 1', 'statement show 0198c0de-0000-7000-8000-000000000001 --json'],
	options: {},
	positionals: [{ name: 'ID', summary: 'the statement, as `statement list` shows it' }],
	run: async (context, { positionals }) => {
		const company = await context.inCompany();
		const answer = await company.client.statements.show({ companyId: company.companyId, statementId: positionals.ID });
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => shownTable(answer, figures));
	},
});

export const statementUndo = defineCommand({
	path: ['statement', 'undo'],
	summary: 'takes a statement back, with its lines',
	description: `Possible until one of its lines is verified by a reconciliation; confirmed matches of its lines are unmatched first. Lines that
another statement holds as well stay. The file can be taken in again afterwards.`,
	examples: ['statement undo 3 --reason "wrong account"'],
	options: { reason: { type: 'string', value: 'TEXT', required: true, summary: 'why; it is recorded' } },
	positionals: [{ name: 'ID', summary: 'the statement, as `statement list` shows it' }],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.statements.undo({ companyId, statementId: positionals.ID, reason: options.reason });
		const passed = answer.passed > 0 ? ` ${counted(answer.passed, 'line')} stay with another statement.` : '';
		const proposals = answer.proposals > 0 ? ` Removed ${counted(answer.proposals, 'proposed match', 'proposed matches')}.` : '';
		respond(context.output, answer, () => `Took the statement back: ${counted(answer.lines, 'line')} undone.${passed}${proposals}\n`);
	},
});
