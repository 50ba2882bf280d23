import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's top folder. */
export const PROJECT = path.resolve(import.meta.dirname, '..');

export type ToolResult = { readonly exitCode: number; readonly output: string; readonly errorOutput: string };

/** The script behind a package's command, so that it runs on this Node whatever the shell's PATH says. */
export function toolScript(packageName: string, command: string): string {
	const folder = path.join(PROJECT, 'node_modules', packageName);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
	const script = typeof bin === 'string' ? bin : bin[command];
	if (script === undefined) throw new Error(`${packageName} has no command ${command}`);
	return path.join(folder, script);
}

/** Runs `node script ...args` and answers what it wrote, whatever its exit code. */
export function runNode(script: string, args: readonly string[], folder: string = PROJECT): Promise<ToolResult> {
	return runCommand(process.execPath, [script, ...args], folder);
}

function runCommand(command: string, args: readonly string[], folder: string = PROJECT): Promise<ToolResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
		const output: Buffer[] = [];
		const errorOutput: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => errorOutput.push(chunk));
		child.on('error', reject);
		child.on('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(output).toString(), errorOutput: Buffer.concat(errorOutput).toString() }));
	});
}

/** Files that git tracks or would track, beneath the given paths; with `/` between folders on every system. */
export async function trackedFiles(...paths: string[]): Promise<string[]> {
	const { exitCode, output, errorOutput } = await runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths]);
	if (exitCode !== 0) throw new Error(`git ls-files failed: ${errorOutput}`);
	const files = new Set(output.split('\0').filter((file) => file !== ''));
	return [...files].sort();
}
