import { describe, expect, it } from 'vitest';
import { parseCommandArguments } from './arguments.ts';
import { COMMANDS } from './command-table.ts';
import { findCommand } from './find-command.ts';

/** Words of a shell line with double and single quotes; `\` is not used in examples. */
function shellWords(line: string): string[] {
	return [...line.matchAll(/(?:"([^"]*)"|'([^']*)'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
}

const names = COMMANDS.map(({ path }) => path.join(' '));

describe('the command table', () => {
	it('has each command once', () => {
		expect(new Set(names).size).toBe(names.length);
		expect(names).toContain('journal draft save');
		expect(names).toContain('demo');
	});

	it('offers no command that is also a group', () => {
		for (const name of names) expect(names.filter((other) => other.startsWith(`${name} `))).toEqual([]);
	});

	it.each(COMMANDS.map((entry) => [entry.path.join(' '), entry] as const))('%s says what it does, with examples that are right', async (name, entry) => {
		const command = await entry.load();
		expect(command.path.join(' ')).toBe(name);
		expect(command.summary).toMatch(/^[a-z].*[^.]$/);
		expect(command.examples.length).toBeGreaterThan(0);
		for (const example of command.examples) {
			const words = shellWords(example);
			const found = findCommand(words, COMMANDS);
			expect(found.entry?.path.join(' '), example).toBe(name);
			expect(() => parseCommandArguments(found.rest, command), example).not.toThrow();
		}
	});

	it.each(COMMANDS.map((entry) => [entry.path.join(' '), entry] as const))('%s keeps its options to what can be read', async (_name, entry) => {
		const { options, positionals, description } = await entry.load();
		for (const text of [...Object.values(options), ...positionals].map(({ summary }) => summary)) expect(text).toMatch(/^[^A-Z].*[^.]$/);
		for (const line of (description ?? '').split('\n')) expect(line.length).toBeLessThanOrEqual(140);
	});
});
