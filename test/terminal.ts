import { Readable } from 'node:stream';
import { openBrowserHost } from '#main/hosts/browser/browser-host.ts';
import { createProgram } from '#main/hosts/terminal/program.ts';
import { runCommandLine } from '#main/hosts/terminal/run-command.ts';
import { fixedClock } from '#main/platform/clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What a command line answered. */
export interface Answer {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** A terminal on a data folder of its own, for the running test. */
export interface Terminal {
	/** Absolute; the folder in which command lines run, and in which the data folder `books` lies. */
	readonly folder: string;
	readonly dataFolder: string;
	/** Runs one command line as people do. */
	run(argv: readonly string[], stdin?: string): Promise<Answer>;
	/** Runs one with --json and gives its document; fails the test where the status is another. */
	json<Document = Record<string, unknown>>(argv: readonly string[], options?: { readonly status?: number; readonly stdin?: string }): Promise<Document>;
}

/**
 * In this process, with secrets in a file and a clock that begins at `instant`, a second later at each command line; in a folder of its own
 * unless one is given.
 */
export function openTerminal(instant = '2026-04-10T09:00:00Z', env: Readonly<Record<string, string>> = {}, folder = temporaryFolder()): Terminal {
	const dataFolder = `${folder}/books`;
	let seconds = 0;
	const run = async (argv: readonly string[], stdin?: string): Promise<Answer> => {
		const screens = { stdout: '', stderr: '' };
		const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (screens[name] += text), on: () => undefined });
		const program = createProgram({
			env: { LEDGERSEAL_DATA_DIR: dataFolder, LEDGERSEAL_SECRET_STORE: 'file', ...env },
			platform: process.platform,
			clock: fixedClock(new Date(Date.parse(instant) + 1000 * seconds++), 1),
			workingFolder: folder,
			invocation: 'ledgerseal',
			stdin: Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]),
			questions: process.stderr,
			serve: openBrowserHost,
		});
		const status = await runCommandLine(program, argv, { stdout: stream('stdout'), stderr: stream('stderr') });
		return { status, ...screens };
	};
	return {
		folder,
		dataFolder,
		run,
		json: async <Document>(argv: readonly string[], options: { readonly status?: number; readonly stdin?: string } = {}) => {
			const { status, stdout, stderr } = await run([...argv, '--json'], options.stdin);
			if (status !== (options.status ?? 0)) throw new Error(`${argv.join(' ')} ended with ${status}: ${stdout}${stderr}`);
			return JSON.parse(stdout) as Document;
		},
	};
}

export const EXEMPT_REASON = 'Reconciled in another program';

/** Exempts every account from reconciliation, for tests of what comes after. */
export async function exemptAccounts(terminal: Terminal): Promise<void> {
	const { accounts } = await terminal.json<{ accounts: { code: string; requiresReconciliation: boolean }[] }>(['account', 'list']);
	for (const { code, requiresReconciliation } of accounts) {
		if (requiresReconciliation) await terminal.json(['account', 'set', code, '--requires-reconciliation', 'no', '--reason', EXEMPT_REASON]);
	}
}
