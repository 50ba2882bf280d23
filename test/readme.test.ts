import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCommandArguments } from '#main/hosts/terminal/arguments.ts';
import { COMMANDS } from '#main/hosts/terminal/command-table.ts';
import { findCommand } from '#main/hosts/terminal/find-command.ts';

/** The command lines of the README's blocks, without what is piped into them. */
function commandLines(): string[] {
	const blocks = [...readFileSync('README.md', 'utf8').matchAll(/^```\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
	return blocks
		.flatMap((block) => block.split('\n'))
		.flatMap((line) => /(?:^|\| )(?:ledgerseal|node bin\/ledgerseal\.mjs) (?<words>[^|]*)$/.exec(line)?.groups?.words ?? []);
}

describe('the README', () => {
	const lines = commandLines();

	it('shows commands', () => {
		expect(lines.length).toBeGreaterThan(15);
	});

	it.each(lines)('shows a command that there is: %s', async (line) => {
		const words = [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
		const { entry, rest } = findCommand(words, COMMANDS);
		const command = await entry?.load();
		expect(command).toBeDefined();
		if (command) expect(() => parseCommandArguments(rest, command)).not.toThrow();
	});
});
