// Proves the nets: plants a breach of every rule in a temporary tree under the project's own configuration and fails unless each is reported.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, notCruised } from './cruise.ts';
import { type Breach, IMPORT_BREACHES, LAWFUL, LINT_BREACHES, TYPE_BREACHES } from './planted-breaches.ts';
import { PROJECT, runNode, toolScript } from './tool.ts';

const CONFIGURATION = [
	'package.json',
	'.dependency-cruiser.cjs',
	'.oxlintrc.json',
	'tsconfig.json',
	'tsconfig.base.json',
	'tsconfig.shared.json',
	'tsconfig.main.json',
	'tsconfig.renderer.json',
	'tsconfig.verify.json',
	'tsconfig.e2e.json',
];
const TYPE_CONFIGURATIONS = ['tsconfig.shared.json', 'tsconfig.main.json', 'tsconfig.renderer.json', 'tsconfig.verify.json', 'tsconfig.e2e.json'];

function plant(tree: string, breaches: readonly Breach[]): void {
	for (const file of CONFIGURATION) copyFileSync(path.join(PROJECT, file), path.join(tree, file));
	symlinkSync(path.join(PROJECT, 'node_modules'), path.join(tree, 'node_modules'), 'junction');
	const sources = { ...LAWFUL, ...Object.fromEntries(breaches.map(({ file, source }) => [file, source])) };
	for (const [file, source] of Object.entries(sources)) {
		mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
		writeFileSync(path.join(tree, file), source);
	}
}

/** The breaches that no report mentions. `reported` holds `rule file`. */
function unseen(net: string, breaches: readonly Breach[], reported: ReadonlySet<string>): string[] {
	return breaches.filter(({ rule, file }) => !reported.has(`${rule} ${file}`)).map(({ rule, file }) => `${net}: ${rule} says nothing of ${file}`);
}

async function proveImports(tree: string): Promise<string[]> {
	plant(tree, IMPORT_BREACHES);
	const { modules, violations } = await cruise(tree, ['src', 'test', 'e2e']);
	const planted = [...Object.keys(LAWFUL), ...IMPORT_BREACHES.map(({ file }) => file)];
	const configured = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: readonly { name: string }[] };
	const proved = new Set(IMPORT_BREACHES.map(({ rule }) => rule));
	return [
		...unseen('imports', IMPORT_BREACHES, new Set(violations.map(({ rule, from }) => `${rule} ${from}`))),
		...violations.filter(({ from }) => from in LAWFUL).map(({ rule, from, to }) => `imports: ${rule} refuses what is allowed: ${from} imports ${to}`),
		...configured.forbidden.filter(({ name }) => !proved.has(name)).map(({ name }) => `imports: no breach of ${name} is planted`),
		...notCruised(planted, modules).map((file) => `imports: ${file} was not cruised`),
	];
}

async function proveTypes(tree: string): Promise<string[]> {
	plant(tree, TYPE_BREACHES);
	const reported = new Set<string>();
	for (const configuration of TYPE_CONFIGURATIONS) {
		// In turn: another proof runs beside this one, and the machine has two cores.
		const { output } = await runNode(toolScript('typescript', 'tsc'), ['-p', configuration, '--pretty', 'false'], tree);
		for (const [, file] of output.matchAll(/^(\S+?)\(\d+,\d+\): error TS/gm)) reported.add(`${configuration} ${file}`);
	}
	return unseen('types', TYPE_BREACHES, reported);
}

async function proveLint(tree: string): Promise<string[]> {
	plant(tree, LINT_BREACHES);
	const { output, errorOutput } = await runNode(toolScript('oxlint', 'oxlint'), ['--type-aware', '--format', 'json', 'src'], tree);
	if (!output.startsWith('{')) return [`lint: no report: ${errorOutput}${output}`];
	const { diagnostics } = JSON.parse(output) as { diagnostics: readonly { code: string; filename: string }[] };
	return unseen('lint', LINT_BREACHES, new Set(diagnostics.map(({ code, filename }) => `${/\((.+)\)/.exec(code)?.[1]} ${filename.replaceAll('\\', '/')}`)));
}

const trees: string[] = [];
function newTree(): string {
	const tree = mkdtempSync(path.join(tmpdir(), 'ledgerseal-nets-'));
	trees.push(tree);
	return tree;
}

try {
	const problems = (await Promise.all([proveImports(newTree()), proveTypes(newTree()), proveLint(newTree())])).flat();
	for (const problem of problems) console.error(problem);
	if (problems.length > 0) process.exitCode = 1;
	else console.log(`${IMPORT_BREACHES.length + TYPE_BREACHES.length + LINT_BREACHES.length} planted breaches, each reported`);
} finally {
	for (const tree of trees) rmSync(tree, { recursive: true, force: true });
}
