import { defineCommand, type TerminalContext } from '../context.ts';
import { type DemoResult, demoFolder, runDemo } from '../demo-steps.ts';
import { EXIT } from '../output.ts';
import { formatFacts } from '../table.ts';
import { padText } from '../text-width.ts';
import { shellWord } from '../words.ts';

const STEP_COLUMNS = 34;

export const demo = defineCommand({
	path: ['demo'],
	summary: 'makes a sample company, closes its first month and verifies the package',
	description: `Everything lies in a new folder of its own, never in your books: an invented shop with three months of trade. January 2026 is validated,
closed, sealed and locked; its close package is built and verified. The signing key lies in a file of that folder, unless
LEDGERSEAL_SECRET_STORE says otherwise. Delete the folder when you have seen enough.`,
	examples: ['demo', 'demo --data-dir try-ledgerseal', 'demo --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { output } = context;
		const folder = await demoFolder(context);
		if (!output.json) output.print(`Ledgerseal demo, in ${folder}\n\n`);
		const result = await runDemo(context, folder, (done, detail = '') => {
			if (!output.json) output.print(`${done === '' ? ' ' : '✓'} ${padText(done, STEP_COLUMNS, 'left')} ${detail}`.trimEnd().concat('\n'));
		});
		output.printJson(result);
		if (!output.json) output.print(closingWords(context, result));
		return result.verified ? EXIT.done : EXIT.refused;
	},
});

function closingWords(context: TerminalContext, result: DemoResult): string {
	const { invocation, env, platform } = context.surroundings;
	const folder = `--data-dir ${shellWord(result.dataFolder)}`;
	const commands = [
		`report trial-balance --as-of 2026-01-31 ${folder}`,
		`report income-statement --from 2026-02-01 --to 2026-02-28 ${folder}`,
		`report ledger --account 1100 --from 2026-01-01 --to 2026-03-31 ${folder}`,
		`period verify ${result.period} ${folder}`,
		`period validate 2026-02 ${folder}`,
		`package verify ${shellWord(result.package)} ${folder}`,
	];
	const facts = formatFacts([
		['Books', result.dataFolder],
		['Package', result.package],
		['SHA-256', result.sha256],
		['Signed by key', result.fingerprint ?? 'not signed'],
	]);
	const keys =
		env.LEDGERSEAL_SECRET_STORE === undefined
			? `  ${platform === 'win32' ? '$env:LEDGERSEAL_SECRET_STORE="file"' : 'export LEDGERSEAL_SECRET_STORE=file'}\n`
			: '';
	return `\n${facts}\nTry next (the first line keeps to the signing key of this folder):\n${keys}${commands.map((command) => `  ${invocation} ${command}\n`).join('')}`;
}
