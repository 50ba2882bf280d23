import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { type CommandEntry, commandDefiner, type GlobalOptions } from './arguments.ts';
import type { Output } from './output.ts';
import { type Program, runCommandLine } from './run-command.ts';

interface Context {
	readonly globals: GlobalOptions;
	readonly output: Output;
}

const defineCommand = commandDefiner<Context>();
const list = defineCommand({
	path: ['company', 'list'],
	summary: 'lists the companies',
	examples: ['company list --json'],
	options: { all: { type: 'boolean', summary: 'also hidden ones' } },
	positionals: [],
	run: async ({ output, globals }, { options }) => {
		output.printJson({ all: options.all, dataDir: globals.dataDir ?? null });
		if (!output.json) output.print('Demo\n');
	},
});
const verify = defineCommand({
	path: ['package', 'verify'],
	summary: 'verifies a package',
	examples: [],
	options: {},
	positionals: [{ name: 'FILE', summary: 'the package' }],
	run: async ({ output }, { positionals }) => {
		if (positionals.FILE === 'missing.zip') throw new AppError('PACKAGE_UNREADABLE', 'It is not there.', { path: positionals.FILE });
		if (positionals.FILE === 'bug.zip') throw new TypeError('seal is undefined');
		output.printJson({ result: 'ALTERED' });
		return 1;
	},
});
const demo = defineCommand({ path: ['demo'], summary: 'shows it', examples: [], options: {}, positionals: [], run: async () => undefined });

interface Ran {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
	/** What was loaded, opened, closed and logged, in order. */
	readonly events: string[];
}

async function run(argv: readonly string[], fault: Partial<Program<Context>> = {}): Promise<Ran> {
	const events: string[] = [];
	const screens = { stdout: '', stderr: '' };
	const stream = (name: 'stdout' | 'stderr') => ({
		write: (text: string) => {
			screens[name] += text;
		},
		on: () => undefined,
	});
	const entry = (command: Awaited<ReturnType<CommandEntry<Context>['load']>>): CommandEntry<Context> => ({
		path: command.path,
		load: async () => {
			events.push(`load ${command.path.join(' ')}`);
			return command;
		},
	});
	const program: Program<Context> = {
		name: 'ledgerseal',
		version: '0.1.0',
		commands: [entry(list), entry(verify), entry(demo)],
		openContext: async (globals, output) => {
			events.push('open');
			return { context: { globals, output }, close: async () => void events.push('close') };
		},
		logFault: (error, dataDir) => {
			events.push(`fault ${String(error)} in ${dataDir}`);
			return 'LS-7F3K-92QD';
		},
		...fault,
	};
	const status = await runCommandLine(program, argv, { stdout: stream('stdout'), stderr: stream('stderr') });
	return { status, ...screens, events };
}

describe('a command', () => {
	it('is loaded alone, runs in an opened context, and the context is closed', async () => {
		expect(await run(['company', 'list', '--all'])).toEqual({ status: 0, stdout: 'Demo\n', stderr: '', events: ['load company list', 'open', 'close'] });
	});

	it.each([
		[['--json', '--data-dir', '/books', 'company', 'list']],
		[['company', '--json', '--data-dir=/books', 'list']],
		[['company', 'list', '--data-dir', '/books', '--json']],
	])('takes the options of every command in any place: %j', async (argv) => {
		expect(await run(argv)).toMatchObject({ status: 0, stdout: '{"all":false,"dataDir":"/books"}\n' });
	});

	it('may end with another status without being refused', async () => {
		expect(await run(['package', 'verify', 'a.zip', '--json'])).toMatchObject({ status: 1, stdout: '{"result":"ALTERED"}\n', stderr: '' });
	});

	it('that is refused gives the error and closes the context', async () => {
		const { status, stdout, events } = await run(['package', 'verify', 'missing.zip', '--json']);
		expect(status).toBe(1);
		expect(JSON.parse(stdout)).toEqual({ error: { code: 'PACKAGE_UNREADABLE', message: 'It is not there.', details: { path: 'missing.zip' } } });
		expect(events.at(-1)).toBe('close');
		expect(await run(['package', 'verify', 'missing.zip'])).toMatchObject({ status: 1, stdout: '', stderr: 'It is not there.\n' });
	});

	it('with a bug is logged, and ends with 3', async () => {
		const { status, stdout, events } = await run(['package', 'verify', 'bug.zip', '--json', '--data-dir', '/books']);
		expect(status).toBe(3);
		expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'FAULT', details: { incident: 'LS-7F3K-92QD' } } });
		expect(events.slice(-2)).toEqual(['close', 'fault TypeError: seal is undefined in /books']);
	});

	it('whose context cannot be opened is refused', async () => {
		const refused = await run(['demo'], { openContext: () => Promise.reject(new AppError('DATABASE_TOO_NEW', 'Update the program.')) });
		expect(refused).toMatchObject({ status: 1, stderr: 'Update the program.\n' });
	});

	it('must be the one that the table says', async () => {
		const commands = [{ path: ['demo'], load: async () => list }];
		expect(await run(['demo'], { commands })).toMatchObject({ status: 3 });
	});
});

describe('a wrong command line', () => {
	it.each<[string[], string]>([
		[['compny', 'list'], 'There is no command "compny". Did you mean "company"? See ledgerseal help.'],
		[['pakage', 'verify', 'a.zip'], 'There is no command "pakage". Did you mean "package"?'],
		[['company', 'lsit'], 'There is no command "company lsit". Did you mean "company list"? See ledgerseal help company.'],
		[['company', 'list', 'more'], '"more" is one word too many.'],
		[['company', 'list', '--al'], 'Did you mean --all?'],
		[['package', 'verify'], 'FILE is missing: the package.'],
		[['company'], 'Say what to do: ledgerseal company …'],
		[[], 'Say what to do.'],
	])('%j ends with 2 and opens nothing', async (argv, message) => {
		const plain = await run(argv);
		expect(plain).toMatchObject({ status: 2, stdout: '' });
		expect(plain.stderr).toContain(message);
		expect(plain.events).not.toContain('open');
		const json = await run([...argv, '--json']);
		expect(json).toMatchObject({ status: 2, stderr: '' });
		expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'USAGE' } });
	});
});

describe('help', () => {
	it.each([[['help', 'company', 'list']], [['company', 'list', '--help']], [['company', 'list', '-h', '--unknown']], [['--help', 'company', 'list']]])(
		'%j shows the page of the command and opens nothing',
		async (argv) => {
			const { status, stdout, events } = await run(argv);
			expect(status).toBe(0);
			expect(stdout).toContain('ledgerseal company list [--all]');
			expect(events).toEqual(['load company list']);
		},
	);

	it.each([[['help']], [['--help']], [['-h']]])('%j lists every command', async (argv) => {
		const { status, stdout } = await run(argv);
		expect(status).toBe(0);
		for (const line of ['company list    lists the companies', 'package verify  verifies a package', 'demo            shows it'])
			expect(stdout).toContain(line);
	});

	it.each([[['help', 'company']], [['company', '--help']]])('%j lists the commands of a group', async (argv) => {
		const { stdout } = await run(argv);
		expect(stdout).toContain('company list');
		expect(stdout).not.toContain('package verify');
	});

	it('of something unknown ends with 2', async () => {
		expect(await run(['help', 'company', 'lis'])).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean "company list"?') });
	});

	it('is one JSON document with --json', async () => {
		const { stdout } = await run(['--json', 'help', 'demo']);
		expect(JSON.parse(stdout)).toEqual({ help: expect.stringContaining('ledgerseal demo') });
	});
});

describe('--version', () => {
	it('gives the version', async () => {
		expect(await run(['--version'])).toMatchObject({ status: 0, stdout: '0.1.0\n' });
		expect(await run(['--version', '--json'])).toMatchObject({ status: 0, stdout: '{"version":"0.1.0"}\n' });
	});
});
