import path from 'node:path';
import { runNode, toolScript } from './tool.ts';

type Violation = { readonly rule: string; readonly from: string; readonly to: string };
export type Cruise = { readonly modules: readonly string[]; readonly violations: readonly Violation[] };

type Report = {
	readonly modules: readonly { readonly source: string }[];
	readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] };
};

/** What dependency-cruiser sees beneath `folders` of a tree that holds its own rule file. */
export async function cruise(tree: string, folders: readonly string[]): Promise<Cruise> {
	const args = [...folders, '--config', path.join(tree, '.dependency-cruiser.cjs'), '--output-type', 'json'];
	const { output, errorOutput } = await runNode(toolScript('dependency-cruiser', 'depcruise'), args, tree);
	if (!output.startsWith('{')) throw new Error(`dependency-cruiser gave no report:\n${errorOutput}${output}`);
	const report = JSON.parse(output) as Report;
	return {
		modules: report.modules.map(({ source }) => source),
		violations: report.summary.violations.map(({ from, to, rule }) => ({ rule: rule.name, from, to })),
	};
}

/** The tracked modules that were not cruised: a tool that looks at nothing finds nothing wrong. */
export function notCruised(tracked: readonly string[], cruised: readonly string[]): string[] {
	const seen = new Set(cruised);
	return tracked.filter((file) => !seen.has(file));
}

export const CRUISED_FOLDERS: readonly string[] = ['src', 'test', 'scripts', 'bench', 'e2e'];
