import { type CommandEntry, GLOBAL_OPTIONS, type OptionDefinition } from './arguments.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

export interface FoundCommand<Context> {
	/** The words of the command that were typed; of a group only (`journal`) where `entry` is null. */
	readonly words: readonly string[];
	readonly entry: CommandEntry<Context> | null;
	/** Everything else that was typed, in order. */
	readonly rest: readonly string[];
}

/**
 * Takes the command's words out of the command line: as many as lead on in the table. Options of every command may stand before
 * and between them. Throws UsageError, with the nearest command, where a word leads nowhere.
 */
export function findCommand<Context>(argv: readonly string[], entries: readonly CommandEntry<Context>[]): FoundCommand<Context> {
	const words: string[] = [];
	const rest: string[] = [];
	let index = 0;
	for (; index < argv.length; index++) {
		const argument = argv[index] ?? '';
		const width = globalOptionWidth(argument);
		if (width > 0) {
			rest.push(...argv.slice(index, index + width));
			index += width - 1;
			continue;
		}
		if (argument.startsWith('-') || !entries.some(({ path }) => leadsOn([...words, argument], path))) break;
		words.push(argument);
	}
	rest.push(...argv.slice(index));
	const entry = entries.find(({ path }) => path.length === words.length && leadsOn(words, path)) ?? null;
	if (!entry) requireKnown(words, argv[index], entries);
	return { words, entry, rest };
}

/** True where the words are the first ones of the path, or all. */
export function leadsOn(words: readonly string[], path: readonly string[]): boolean {
	return words.length <= path.length && words.every((word, index) => word === path[index]);
}

function requireKnown<Context>(words: readonly string[], next: string | undefined, entries: readonly CommandEntry<Context>[]): void {
	if (next === undefined || next.startsWith('-')) return;
	const typed = [...words, next].join(' ');
	const inGroup = entries.filter(({ path }) => leadsOn(words, path)).map(({ path }) => path.slice(0, words.length + 1).join(' '));
	const suggestion = nearest(typed, [...new Set(inGroup)]);
	const help = words.length > 0 ? `ledgerseal help ${words.join(' ')}` : 'ledgerseal help';
	throw new UsageError(`There is no command "${typed}".${suggestion ? ` Did you mean "${suggestion}"?` : ''} See ${help}.`, { command: typed, suggestion });
}

/** How many arguments a global option takes up here: 0 where it is none. */
function globalOptionWidth(argument: string): number {
	if (argument === '-h') return 1;
	if (!argument.startsWith('--')) return 0;
	const name = argument.slice(2).split('=', 1)[0] ?? '';
	const definition: OptionDefinition | undefined = Object.hasOwn(GLOBAL_OPTIONS, name) ? GLOBAL_OPTIONS[name as keyof typeof GLOBAL_OPTIONS] : undefined;
	if (!definition) return 0;
	return definition.type === 'string' && !argument.includes('=') ? 2 : 1;
}
