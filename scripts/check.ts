// All static checks, two at a time, each under its own heading. Runs them all and says at the end which failed.
import { PROJECT, runNode, toolScript } from './tool.ts';

type Check = { readonly title: string; readonly script: string; readonly args: readonly string[] };

const tool = (title: string, packageName: string, command: string, ...args: string[]): Check => ({ title, script: toolScript(packageName, command), args });
const own = (title: string, script: string): Check => ({ title, script: `${PROJECT}/scripts/${script}`, args: [] });

// The slowest first, so that two cores are busy to the end.
const CHECKS: readonly Check[] = [
	own('nets: each rule reports a planted breach', 'prove-nets.ts'),
	tool('types: main', 'typescript', 'tsc', '-p', 'tsconfig.main.json'),
	tool('types: shared (no DOM, no Node)', 'typescript', 'tsc', '-p', 'tsconfig.shared.json'),
	tool('types: renderer (no Node)', 'typescript', 'tsc', '-p', 'tsconfig.renderer.json'),
	tool('types: verify.html (no Node)', 'typescript', 'tsc', '-p', 'tsconfig.verify.json'),
	tool('types: journeys', 'typescript', 'tsc', '-p', 'tsconfig.e2e.json'),
	own('imports: layers, order of domains, cycles', 'check-imports.ts'),
	tool('lint (type-aware)', 'oxlint', 'oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
	tool('unused files, exports and packages', 'knip', 'knip'),
	tool('format', '@biomejs/biome', 'biome', 'format', '.'),
	own('tracked files: no machine paths, no registry hosts', 'check-tracked-files.ts'),
	own('sizes of files and functions', 'check-size.ts'),
];

const failed: string[] = [];
const queue = [...CHECKS];

async function work(): Promise<void> {
	for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
		const started = performance.now();
		const { exitCode, output, errorOutput } = await runNode(check.script, check.args);
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		console.log(`\n== ${check.title}: ${exitCode === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
		const text = `${output}${errorOutput}`.trim();
		if (exitCode !== 0) {
			failed.push(check.title);
			console.log(text === '' ? `exit code ${exitCode}` : text);
		}
	}
}

await Promise.all([work(), work()]);
if (failed.length > 0) {
	console.log(`\n${failed.length} of ${CHECKS.length} checks failed:\n${failed.map((title) => `  ${title}`).join('\n')}`);
	process.exitCode = 1;
} else {
	console.log(`\nAll ${CHECKS.length} checks are green.`);
}
