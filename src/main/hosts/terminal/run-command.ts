import { assert } from '#shared/kernel/assert.ts';
import { type AnyCommand, type CommandEntry, type GlobalOptions, parseCommandArguments } from './arguments.ts';
import { findCommand, leadsOn } from './find-command.ts';
import { commandHelp, overviewHelp } from './help.ts';
import { createOutput, EXIT, type Output, type OutputStream } from './output.ts';
import { UsageError } from './usage-error.ts';

interface OpenedContext<Context> {
	readonly context: Context;
	/** Called once the command has ended, however it ended. */
	close(): Promise<void>;
}

export interface Program<Context> {
	/** The word it is called by: `ledgerseal`. */
	readonly name: string;
	readonly version: string;
	readonly commands: readonly CommandEntry<Context>[];
	/** Opens what commands work with. Not called for help, versions and wrong command lines. */
	openContext(globals: GlobalOptions, output: Output): Promise<OpenedContext<Context>>;
	/** Records a fault of the program and gives its incident id. `dataDir` as typed, where it was. */
	logFault(error: unknown, dataDir: string | undefined): string;
}

export interface Streams {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
}

/**
 * Runs one command line (without node and the program's file) and gives the exit status: 0 done, or what the command gave;
 * 1 refused; 2 the command line is wrong; 3 a fault of the program. Set process.exitCode to it; calling process.exit would cut
 * off output that is on its way.
 */
export async function runCommandLine<Context>(program: Program<Context>, argv: readonly string[], streams: Streams): Promise<number> {
	const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
	let dataDir: string | undefined;
	const output = createOutput({ ...streams, json: own.includes('--json'), logFault: (error) => program.logFault(error, dataDir) });
	try {
		const help = await helpText(program, argv, own);
		if (help !== null) return answer(output, 'help', help);
		if (own.includes('--version') && findCommand(argv, program.commands).entry === null) return answer(output, 'version', program.version);

		const { entry, words, rest } = findCommand(argv, program.commands);
		if (!entry) throw new UsageError(await whatToDo(program, words), { command: words.join(' ') });
		const command = await loadCommand(entry);
		const { globals, given } = parseCommandArguments(rest, command);
		dataDir = globals.dataDir;
		return await runWithContext(program, globals, output, (context) => command.run(context, given));
	} catch (error) {
		return output.fail(error);
	}
}

async function runWithContext<Context>(
	program: Program<Context>,
	globals: GlobalOptions,
	output: Output,
	run: (context: Context) => Promise<number | undefined> | Promise<void>,
): Promise<number> {
	const opened = await program.openContext(globals, output);
	try {
		return (await run(opened.context)) ?? EXIT.done;
	} finally {
		await opened.close();
	}
}

/** The help that was asked for, by `help …`, `--help` or `-h`; null where none was. */
async function helpText<Context>(program: Program<Context>, argv: readonly string[], own: readonly string[]): Promise<string | null> {
	const asked = own.includes('--help') || own.includes('-h');
	const withoutFlags = argv.filter((argument) => argument !== '--help' && argument !== '-h');
	const first = withoutFlags.findIndex((argument) => argument !== '--json');
	const byWord = withoutFlags[first] === 'help';
	if (!asked && !byWord) return null;
	const { entry, words } = findCommand(byWord ? withoutFlags.slice(first + 1) : withoutFlags, program.commands);
	if (entry) return commandHelp(program.name, await loadCommand(entry));
	return groupHelp(program, words);
}

async function groupHelp<Context>(program: Program<Context>, words: readonly string[]): Promise<string> {
	const commands = await Promise.all(program.commands.filter(({ path }) => leadsOn(words, path)).map(loadCommand));
	return overviewHelp(program.name, commands, words);
}

async function whatToDo<Context>(program: Program<Context>, words: readonly string[]): Promise<string> {
	const missing = words.length > 0 ? `Say what to do: ${program.name} ${words.join(' ')} …` : 'Say what to do.';
	return `${missing}\n\n${await groupHelp(program, words)}`;
}

async function loadCommand<Context>(entry: CommandEntry<Context>): Promise<AnyCommand<Context>> {
	const command = await entry.load();
	assert(command.path.join(' ') === entry.path.join(' '), `the command table says "${entry.path.join(' ')}" and loads "${command.path.join(' ')}"`);
	return command;
}

function answer(output: Output, key: string, text: string): number {
	if (output.json) output.printJson({ [key]: text });
	else output.print(text.endsWith('\n') ? text : `${text}\n`);
	return EXIT.done;
}
