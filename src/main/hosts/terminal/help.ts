import { type CommandDescription, GLOBAL_OPTIONS, type OptionDefinitions, optionText, type PositionalDefinition } from './arguments.ts';
import { padText, textWidth } from './text-width.ts';

/** The list of commands, or of those of one group. */
export function overviewHelp(program: string, commands: readonly CommandDescription[], group: readonly string[] = []): string {
	const rows = commands.map(({ path, summary }): [string, string] => [path.join(' '), summary]);
	const title = group.length > 0 ? `${program} ${group.join(' ')} …` : `${program} COMMAND …`;
	return [
		section('Usage', [`  ${title}`]),
		section('Commands', twoColumns(rows)),
		section('Options of every command', optionRows(GLOBAL_OPTIONS)),
		`${program} help ${[...group, 'COMMAND'].join(' ')} tells more about one.\n`,
	].join('\n');
}

/** The help page of one command. */
export function commandHelp(program: string, command: CommandDescription): string {
	const name = `${program} ${command.path.join(' ')}`;
	const sections = [`${command.summary}\n`, section('Usage', [`  ${usageLine(program, command)}`])];
	if (command.description) sections.push(`${command.description.trim()}\n`);
	if (command.positionals.length > 0) sections.push(section('Arguments', twoColumns(command.positionals.map(({ name: word, summary }) => [word, summary]))));
	if (Object.keys(command.options).length > 0) sections.push(section(`Options of ${name}`, optionRows(command.options)));
	sections.push(section('Options of every command', optionRows(GLOBAL_OPTIONS)));
	if (command.examples.length > 0)
		sections.push(
			section(
				'Examples',
				command.examples.map((example) => `  ${program} ${example}`),
			),
		);
	return sections.join('\n');
}

/** `ledgerseal journal import FILE [--format csv|hledger-csv] [--dry-run]` */
export function usageLine(program: string, command: Pick<CommandDescription, 'path' | 'options' | 'positionals'>): string {
	const options = Object.entries(command.options).map(([name, definition]) => {
		const text = optionText(name, definition);
		const shown = definition.required ? text : `[${text}]`;
		return definition.multiple ? `${shown}...` : shown;
	});
	return [program, ...command.path, ...command.positionals.map(positionalText), ...options].join(' ');
}

function positionalText({ name, optional, multiple }: PositionalDefinition): string {
	const text = multiple ? `${name}...` : name;
	return optional ? `[${text}]` : text;
}

function optionRows(options: OptionDefinitions): string[] {
	return twoColumns(
		Object.entries(options).map(([name, definition]): [string, string] => {
			const notes = [
				definition.required ? 'needed' : '',
				definition.default === undefined ? '' : `default ${definition.default}`,
				definition.multiple ? 'may be repeated' : '',
			].filter((note) => note !== '');
			const short = definition.short ? `-${definition.short}, ` : '';
			return [`${short}${optionText(name, definition)}`, notes.length > 0 ? `${definition.summary} (${notes.join(', ')})` : definition.summary];
		}),
	);
}

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
	const width = rows.reduce((most, [left]) => Math.max(most, textWidth(left)), 0);
	return rows.map(([left, right]) => `  ${padText(left, width, 'left')}  ${right}`.trimEnd());
}

function section(title: string, lines: readonly string[]): string {
	return `${title}:\n${lines.join('\n')}\n`;
}
