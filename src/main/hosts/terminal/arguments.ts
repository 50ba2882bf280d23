import { parseArgs } from 'node:util';
import { assert } from '#shared/kernel/assert.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

export interface OptionDefinition {
	readonly type: 'string' | 'boolean';
	/** One line for the help, what it is for. */
	readonly summary: string;
	/** What stands for the value in the help: `DATE`, `FILE`. */
	readonly value?: string;
	/** The only values possible. */
	readonly choices?: readonly string[];
	/** May be given several times. */
	readonly multiple?: boolean;
	readonly required?: boolean;
	readonly default?: string;
	/** One letter: `-h`. */
	readonly short?: string;
}

export interface PositionalDefinition {
	/** Upper case in the help, as it is in the given values. */
	readonly name: string;
	readonly summary: string;
	/** Only the last ones may be left out. */
	readonly optional?: boolean;
	/** Takes all that is left; only the last. */
	readonly multiple?: boolean;
}

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;
export type PositionalDefinitions = readonly PositionalDefinition[];

type Several<Definition, Value> = Definition extends { multiple: true }
	? readonly Value[]
	: Definition extends { required: true } | { default: string }
		? Value
		: Value | undefined;
type OptionValue<Definition> = Definition extends { type: 'boolean' }
	? boolean
	: Definition extends { choices: readonly (infer Choice)[] }
		? Several<Definition, Choice>
		: Several<Definition, string>;
type PositionalValue<Definition> = Definition extends { multiple: true }
	? readonly string[]
	: Definition extends { optional: true }
		? string | undefined
		: string;

/** What was typed, by the names of the definitions. */
interface Given<Options extends OptionDefinitions, Positionals extends PositionalDefinitions> {
	readonly options: { readonly [Name in keyof Options]: OptionValue<Options[Name]> };
	readonly positionals: { readonly [Definition in Positionals[number] as Definition['name']]: PositionalValue<Definition> };
}

/** What was typed, where the definitions are not known. */
interface AnyGiven {
	readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
	readonly positionals: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface CommandDescription {
	/** The words that name it: `['journal', 'import']`. */
	readonly path: readonly string[];
	/** One line, what it does. */
	readonly summary: string;
	/** More for its help page: what people ask about. */
	readonly description?: string;
	/** Whole command lines without the program's name. */
	readonly examples: readonly string[];
	readonly options: OptionDefinitions;
	readonly positionals: PositionalDefinitions;
}

export interface Command<Context, Options extends OptionDefinitions, Positionals extends PositionalDefinitions> extends CommandDescription {
	readonly options: Options;
	readonly positionals: Positionals;
	/** The exit status, where it is not 0: `verify` ends with 1 on ALTERED without being refused. */
	run(context: Context, given: Given<Options, Positionals>): Promise<number | undefined> | Promise<void>;
}

/** Any command, as the table holds it. */
export interface AnyCommand<Context> extends CommandDescription {
	run(context: Context, given: AnyGiven): Promise<number | undefined> | Promise<void>;
}

/** A command of the table: its code is loaded when it is the one that was typed, so that the start stays short. */
export interface CommandEntry<Context> {
	readonly path: readonly string[];
	load(): Promise<AnyCommand<Context>>;
}

/**
 * The function that commands are written with. It only types: `given` in `run` follows from `options` and `positionals`.
 * `const defineCommand = commandDefiner<TerminalContext>(); export const journalImport = defineCommand({ … });`
 */
export function commandDefiner<Context>() {
	return <const Options extends OptionDefinitions, const Positionals extends PositionalDefinitions>(
		command: Command<Context, Options, Positionals>,
	): Command<Context, Options, Positionals> => command;
}

/** Options that every command takes, in any place. */
export const GLOBAL_OPTIONS = {
	'data-dir': { type: 'string', value: 'DIR', summary: 'folder of the books (or LEDGERSEAL_DATA_DIR; default: the application-data folder)' },
	company: { type: 'string', value: 'NAME-OR-ID', summary: 'the company, where there are several' },
	user: { type: 'string', value: 'LOGIN', summary: 'who does it; the password comes from LEDGERSEAL_PASSWORD or is asked for' },
	json: { type: 'boolean', summary: 'exactly one JSON document on standard output' },
	help: { type: 'boolean', short: 'h', summary: 'help for the command' },
	version: { type: 'boolean', summary: 'the version of the program' },
} as const satisfies OptionDefinitions;

export interface GlobalOptions {
	readonly dataDir: string | undefined;
	readonly company: string | undefined;
	readonly user: string | undefined;
	readonly json: boolean;
}

export interface ParsedArguments {
	readonly globals: GlobalOptions;
	readonly given: AnyGiven;
}

type Values = Record<string, string | boolean | string[] | undefined>;

/** The arguments after the command's words, checked against its definitions. Throws UsageError. */
export function parseCommandArguments(args: readonly string[], command: Pick<CommandDescription, 'options' | 'positionals'>): ParsedArguments {
	for (const name of Object.keys(command.options)) assert(!(name in GLOBAL_OPTIONS), `--${name} is an option of every command`);
	const definitions: OptionDefinitions = { ...GLOBAL_OPTIONS, ...command.options };
	const { values, positionals } = readTokens(args, definitions);
	for (const [name, definition] of Object.entries(command.options)) {
		if (definition.required && values[name] === undefined) {
			throw new UsageError(`--${name} is missing. Add ${optionText(name, definition)}.`, { option: name });
		}
		values[name] ??= definition.type === 'boolean' ? false : (definition.default ?? (definition.multiple ? [] : undefined));
	}
	const options = Object.fromEntries(Object.keys(command.options).map((name) => [name, values[name]]));
	return {
		globals: {
			dataDir: textOf(values['data-dir']),
			company: textOf(values.company),
			user: textOf(values.user),
			json: values.json === true,
		},
		given: { options, positionals: namePositionals(positionals, command.positionals) },
	};
}

/** `--format csv|hledger-csv`, as help and messages show an option. */
export function optionText(name: string, definition: OptionDefinition): string {
	if (definition.type === 'boolean') return `--${name}`;
	return `--${name} ${definition.choices?.join('|') ?? definition.value ?? 'VALUE'}`;
}

function readTokens(args: readonly string[], definitions: OptionDefinitions): { values: Values; positionals: string[] } {
	const options = Object.fromEntries(Object.entries(definitions).map(([name, { type, short }]) => [name, short ? { type, short } : { type }]));
	const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
	const values: Values = {};
	const positionals: string[] = [];
	for (const token of tokens) {
		if (token.kind === 'positional') positionals.push(token.value);
		if (token.kind !== 'option') continue;
		const definition = Object.hasOwn(definitions, token.name) ? definitions[token.name] : undefined;
		if (!definition) throw unknownOption(token.rawName, token.name, definitions);
		addValue(values, token, definition);
	}
	return { values, positionals };
}

interface OptionToken {
	readonly name: string;
	readonly rawName: string;
	readonly value?: string | undefined;
	readonly inlineValue?: boolean | undefined;
}

function addValue(values: Values, token: OptionToken, definition: OptionDefinition): void {
	const { name, rawName, value } = token;
	if (definition.type === 'boolean') {
		if (value !== undefined) throw new UsageError(`${rawName} takes no value. Write ${rawName} alone.`, { option: name });
		values[name] = true;
		return;
	}
	const shown = optionText(name, definition);
	// A negative amount is a value; another option is one that was forgotten to be given.
	const looksLikeOption = !token.inlineValue && value !== undefined && /^-[^\d.]/.test(value);
	if (value === undefined || looksLikeOption) {
		throw new UsageError(`${rawName} needs a value: ${shown}. A value that begins with a hyphen is written ${rawName}=-value.`, { option: name });
	}
	if (definition.choices && !definition.choices.includes(value)) {
		const meant = nearest(value, definition.choices);
		throw new UsageError(`${rawName} cannot be "${value}".${meant ? ` Did you mean ${meant}?` : ''} Possible: ${definition.choices.join(', ')}.`, {
			option: name,
			choices: definition.choices,
		});
	}
	const before = values[name];
	if (definition.multiple) values[name] = [...(Array.isArray(before) ? before : []), value];
	else if (before === undefined) values[name] = value;
	else throw new UsageError(`${rawName} is given twice. Give it once.`, { option: name });
}

function unknownOption(rawName: string, name: string, definitions: OptionDefinitions): UsageError {
	const meant = nearest(name, Object.keys(definitions));
	return new UsageError(`There is no option ${rawName} here.${meant ? ` Did you mean --${meant}?` : ''} See --help.`, {
		option: name,
		suggestion: meant ? `--${meant}` : null,
	});
}

function namePositionals(values: readonly string[], definitions: PositionalDefinitions): Record<string, string | readonly string[] | undefined> {
	const named: Record<string, string | readonly string[] | undefined> = {};
	let used = 0;
	for (const definition of definitions) {
		const rest = values.slice(used);
		if (rest.length === 0 && !definition.optional) {
			throw new UsageError(`${definition.name} is missing: ${definition.summary}.`, { argument: definition.name });
		}
		named[definition.name] = definition.multiple ? rest : rest[0];
		used += definition.multiple ? rest.length : Math.min(1, rest.length);
	}
	const extra = values[used];
	if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many. Put quotes around a text of several words.`, { argument: extra });
	return named;
}

function textOf(value: Values[string]): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
