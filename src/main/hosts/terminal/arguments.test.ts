import { describe, expect, expectTypeOf, it } from 'vitest';
import { commandDefiner, GLOBAL_OPTIONS, parseCommandArguments } from './arguments.ts';
import { commandHelp, overviewHelp, usageLine } from './help.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

const defineCommand = commandDefiner<{ log: string[] }>();

const importJournal = defineCommand({
	path: ['journal', 'import'],
	summary: 'imports entries from a file',
	description: 'All or nothing, unless --keep-going is given.',
	examples: ['journal import books.csv --company Demo'],
	options: {
		format: { type: 'string', choices: ['auto', 'csv', 'hledger-csv'], default: 'auto', summary: 'how the file is written' },
		rate: { type: 'string', value: 'USD=83.45', multiple: true, summary: 'a rate' },
		reason: { type: 'string', value: 'TEXT', summary: 'why' },
		as: { type: 'string', value: 'LOGIN', required: true, summary: 'for whom' },
		'dry-run': { type: 'boolean', summary: 'books nothing' },
	},
	positionals: [
		{ name: 'FILE', summary: 'the file' },
		{ name: 'SHEET', summary: 'the sheet', optional: true },
	],
	run: async (context, given) => {
		expectTypeOf(context).toEqualTypeOf<{ log: string[] }>();
		expectTypeOf(given.options.format).toEqualTypeOf<'auto' | 'csv' | 'hledger-csv'>();
		expectTypeOf(given.options.rate).toEqualTypeOf<readonly string[]>();
		expectTypeOf(given.options.reason).toEqualTypeOf<string | undefined>();
		expectTypeOf(given.options.as).toEqualTypeOf<string>();
		expectTypeOf(given.options['dry-run']).toEqualTypeOf<boolean>();
		expectTypeOf(given.positionals.FILE).toEqualTypeOf<string>();
		expectTypeOf(given.positionals.SHEET).toEqualTypeOf<string | undefined>();
		context.log.push(given.positionals.FILE);
	},
});

const parse = (...args: string[]) => parseCommandArguments(args, importJournal);

describe('parseCommandArguments', () => {
	it('gives defaults for what was not typed', () => {
		expect(parse('books.csv', '--as', 'asha')).toEqual({
			globals: { dataDir: undefined, company: undefined, user: undefined, json: false },
			given: {
				options: { format: 'auto', rate: [], reason: undefined, as: 'asha', 'dry-run': false },
				positionals: { FILE: 'books.csv', SHEET: undefined },
			},
		});
	});

	it('reads options of the command and of every command in any order', () => {
		const { globals, given } = parse(
			'--json',
			'--rate',
			'USD=83.45',
			'books.csv',
			'--as=asha',
			'--dry-run',
			'--data-dir=/data',
			'Sheet 1',
			'--rate=EUR=90',
			'--company',
			'Demo',
			'--format',
			'csv',
		);
		expect(globals).toEqual({ dataDir: '/data', company: 'Demo', user: undefined, json: true });
		expect(given.options).toEqual({ format: 'csv', rate: ['USD=83.45', 'EUR=90'], reason: undefined, as: 'asha', 'dry-run': true });
		expect(given.positionals).toEqual({ FILE: 'books.csv', SHEET: 'Sheet 1' });
	});

	it.each([
		['a negative amount', ['--reason', '-12.50'], '-12.50'],
		['a negative amount below one', ['--reason', '-.5'], '-.5'],
		['standard input', ['--reason', '-'], '-'],
		['a hyphen outright', ['--reason=--json'], '--json'],
		['nothing', ['--reason='], ''],
	])('takes as a value %s', (_name, args, expected) => {
		expect(parse('f', '--as', 'a', ...args).given.options.reason).toBe(expected);
	});

	it('takes everything after -- as words', () => {
		expect(parse('--as', 'a', '--', '--json', '-5').given.positionals).toEqual({ FILE: '--json', SHEET: '-5' });
	});

	it.each<[string, string[], string]>([
		['an option that is not there, with the nearest', ['f', '--as', 'a', '--fromat', 'csv'], 'Did you mean --format?'],
		['an option of every command, mistyped', ['f', '--as', 'a', '--compny', 'x'], 'Did you mean --company?'],
		['an option that nothing is near to', ['f', '--as', 'a', '--zzzzzz'], 'no option --zzzzzz here. See --help'],
		['a name of every object', ['f', '--as', 'a', '--constructor'], 'no option --constructor'],
		['a short option that is not there', ['f', '--as', 'a', '-x'], 'no option -x'],
		['a missing value', ['f', '--as'], '--as needs a value: --as LOGIN'],
		['a forgotten value', ['f', '--as', '--dry-run'], '--as needs a value'],
		['a value for a switch', ['f', '--as', 'a', '--dry-run=no'], '--dry-run takes no value'],
		['a wrong choice', ['f', '--as', 'a', '--format', 'cvs'], 'Did you mean csv? Possible: auto, csv, hledger-csv.'],
		['a value given twice', ['f', '--as', 'a', '--as', 'b'], '--as is given twice'],
		['a missing option', ['f'], '--as is missing. Add --as LOGIN.'],
		['a missing word', ['--as', 'a'], 'FILE is missing: the file.'],
		['a word too many', ['f', 'g', 'h', '--as', 'a'], '"h" is one word too many'],
	])('refuses %s', (_name, args, message) => {
		expect(() => parse(...args)).toThrow(UsageError);
		expect(() => parse(...args)).toThrow(message);
	});

	it('gives all that is left to a last word that takes several', () => {
		const command = defineCommand({
			path: ['package', 'verify'],
			summary: 'verifies',
			examples: [],
			options: {},
			positionals: [{ name: 'FILES', summary: 'packages', multiple: true }],
			run: async (_context, given) => {
				expectTypeOf(given.positionals.FILES).toEqualTypeOf<readonly string[]>();
			},
		});
		expect(parseCommandArguments(['a.zip', 'b.zip'], command).given.positionals).toEqual({ FILES: ['a.zip', 'b.zip'] });
		expect(() => parseCommandArguments([], command)).toThrow('FILES is missing');
	});

	it('does not let a command take an option of every command', () => {
		expect(() => parseCommandArguments([], { options: { json: { type: 'boolean', summary: '' } }, positionals: [] })).toThrow('option of every command');
	});
});

describe('help', () => {
	it('shows how a command is written', () => {
		expect(usageLine('ledgerseal', importJournal)).toBe(
			'ledgerseal journal import FILE [SHEET] [--format auto|csv|hledger-csv] [--rate USD=83.45]... [--reason TEXT] --as LOGIN [--dry-run]',
		);
	});

	it('tells of everything that was defined', () => {
		const text = commandHelp('ledgerseal', importJournal);
		for (const part of [
			'imports entries from a file',
			'All or nothing',
			'FILE   the file',
			'--format auto|csv|hledger-csv  how the file is written (default auto)',
			'(may be repeated)',
			'for whom (needed)',
			'  ledgerseal journal import books.csv --company Demo',
			...Object.keys(GLOBAL_OPTIONS).map((name) => `--${name}`),
		]) {
			expect(text).toContain(part);
		}
		expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
	});

	it('lists commands and how to learn more', () => {
		expect(overviewHelp('ledgerseal', [importJournal])).toContain('  journal import  imports entries from a file');
		expect(overviewHelp('ledgerseal', [importJournal], ['journal'])).toContain('ledgerseal help journal COMMAND tells more');
	});
});

describe('nearest', () => {
	const commands = ['journal import', 'journal post', 'company list', 'company create', 'period close'];
	it.each([
		['jornal import', 'journal import'],
		['journal improt', 'journal import'],
		['company lst', 'company list'],
		['period', 'period close'],
		['xyzzy', null],
		['', null],
	])('%j means %j', (typed, expected) => {
		expect(nearest(typed, commands)).toBe(expected);
	});
});
