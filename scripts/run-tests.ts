// Unit tests and the journeys in a browser, side by side: journeys wait much, and unit tests use the time. Arguments are those of vitest.
import { spawn } from 'node:child_process';
import { PROJECT, toolScript } from './tool.ts';

interface Ended {
	readonly code: number;
	/** What was said, where it was kept back. */
	readonly said: string;
}

/** What runs beside another is said when both are over: two at once could not be read. */
function run(script: string, args: readonly string[], say: 'now' | 'later'): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...args], { cwd: PROJECT, stdio: say === 'now' ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
		const said: Buffer[] = [];
		child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
		child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
		child.on('error', reject);
		child.on('close', (code) => resolve({ code: code ?? 1, said: Buffer.concat(said).toString() }));
	});
}

const [unit, journeys] = await Promise.all([
	run(toolScript('vitest', 'vitest'), ['run', ...process.argv.slice(2)], 'now'),
	run(toolScript('@playwright/test', 'playwright'), ['test'], 'later'),
]);
process.stdout.write(`\n== journeys\n${journeys.said}`);
if (unit.code !== 0 || journeys.code !== 0) process.exitCode = 1;
