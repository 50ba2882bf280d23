import { invocationOf } from './hosts/terminal/invocation.ts';
import { createProgram } from './hosts/terminal/program.ts';
import { runCommandLine } from './hosts/terminal/run-command.ts';
import { systemClock } from './platform/clock.ts';

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
	// The browser host is none of the terminal's business: whoever puts the program together hands it over, and it is read when it is asked for.
	serve: async (options) => (await import('./hosts/browser/browser-host.ts')).openBrowserHost(options),
});

// Not awaited here: commands are loaded while it runs, and what they share with this file could then not be loaded.
// The status is set, not exited with: process.exit would cut off output that is on its way to a pipe.
void runCommandLine(program, process.argv.slice(2), process).then((status) => {
	process.exitCode = status;
});
