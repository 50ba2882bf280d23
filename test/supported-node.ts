import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Before any test: better-sqlite3 crashes without a word on an older Node, so say what to do instead. */
export function setup(): void {
	const { devDependencies } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')) as { devDependencies: { node: string } };
	const needed = Number.parseInt(devDependencies.node, 10);
	if (Number.parseInt(process.versions.node, 10) < needed) {
		throw new Error(
			`The tests need Node ${needed} and this is ${process.versions.node}. Run them with \`npm test\` or \`npx vitest run\`: npm uses the Node in node_modules.`,
		);
	}
}
