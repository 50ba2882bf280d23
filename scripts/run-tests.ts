// Unit tests, then the journeys in a browser. Both run whatever the first says; arguments are those of vitest.
import { spawn } from 'node:child_process';
import { PROJECT, toolScript } from './tool.ts';

function run(script: string, args: readonly string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...args], { cwd: PROJECT, stdio: 'inherit' });
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

const unit = await run(toolScript('vitest', 'vitest'), ['run', ...process.argv.slice(2)]);
const journeys = await run(toolScript('@playwright/test', 'playwright'), ['test']);
if (unit !== 0 || journeys !== 0) process.exitCode = 1;
