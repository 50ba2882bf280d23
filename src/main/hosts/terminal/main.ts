import { systemClock } from '#main/platform/clock.ts';
import { invocationOf } from './invocation.ts';
import { createProgram } from './program.ts';
import { runCommandLine } from './run-command.ts';

const program = createProgram({
	env: process.env,
	platform: process.platform,
	clock: systemClock,
	workingFolder: process.cwd(),
	get invocation() {
		return invocationOf(process.argv[1], process.cwd());
	},
	// Opened by whoever reads it: standard input may be a closed pipe, and most commands never look.
	get stdin() {
		return process.stdin;
	},
	questions: process.stderr,
});

// Not awaited here: commands are loaded while it runs, and what they share with this file could then not be loaded.
// The status is set, not exited with: process.exit would cut off output that is on its way to a pipe.
void runCommandLine(program, process.argv.slice(2), process).then((status) => {
	process.exitCode = status;
});
