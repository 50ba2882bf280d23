import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from '#main/app/desk/desk.ts';
import { openDeskFolders } from '#main/app/desk/desk-files.ts';
import type { DeskHost } from '#main/app/desk/desk-host.ts';
import { LoginLimit } from '#main/app/desk/login-limit.ts';
import { openProgramHere, type ProgramPort } from '#main/app/desk/program-port.ts';
import type { Clock } from '#main/platform/clock.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import { answerRequests } from './requests.ts';
import { newSecret } from './secrets.ts';
import { Sessions } from './sessions.ts';
import { readStaticFiles } from './static-files.ts';
import { acceptConnections } from './connections.ts';
import { FailureLimit } from './failure-limit.ts';

export interface BrowserHostOptions {
	/** Absolute. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly clock: Clock;
	/** 0: any that is free. */
	readonly port: number;
	/** Where the built screens lie (tests bring their own). */
	readonly screens?: string;
	readonly checkOutputs?: boolean;
	/** How long a tab is kept after its last connection went. */
	readonly keepTabMs?: number;
	/** Failures in a minute after which more are turned away. */
	readonly mostFailures?: number;
}

export interface BrowserHost {
	readonly port: number;
	/** Opens the program in one browser, once: its fragment holds the one-time token, and no browser sends a fragment. */
	readonly url: string;
	/** Texts that hold for as long as the program is open. */
	warnings(): readonly string[];
	/** Once all writes under way are done. */
	close(): Promise<void>;
}

const KEEP_TAB_MS = 10 * 60_000;

/** What a page in a browser does by itself: dialogs, notifications and links are the browser's. */
const PAGE: DeskHost = { kind: 'browser', pickFiles: null, saveAs: null, openLink: null, showProgress: () => undefined, notify: () => undefined };

/** Serves the screens, the books and the files of one data folder to one browser of this machine, on 127.0.0.1 and nowhere else. */
export async function openBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
	const { checkOutputs = false } = options;
	const program = await openProgramHere({ dataFolder: options.dataFolder, env: options.env, clock: options.clock, checkOutputs });
	try {
		return await serve(program, options);
	} catch (error) {
		await program.close();
		throw error;
	}
}

async function serve(program: ProgramPort, options: BrowserHostOptions): Promise<BrowserHost> {
	const files = readStaticFiles(options.screens ?? join(programFolder(), 'out', 'renderer'));
	const folders = openDeskFolders(program.paths.work);
	const logins = new LoginLimit();
	const version = (JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string }).version;
	const token = newSecret();
	const sessions = new Sessions(token, () => new Desk({ program, host: PAGE, folders, logins, version }), options.keepTabMs ?? KEEP_TAB_MS);
	const server = createServer({ maxHeaderSize: 16 * 1024 });
	// Slow senders and idle connections are cut: a whole head within ten seconds, no pause of a minute, no request over half an hour.
	server.headersTimeout = 10_000;
	server.timeout = 60_000;
	server.requestTimeout = 30 * 60_000;
	server.keepAliveTimeout = 5000;
	server.maxConnections = 200;
	const port = await listen(server, options.port);
	const door = { port, sessions, failures: new FailureLimit(options.mostFailures), program };
	answerRequests(server, { ...door, files });
	const closeConnections = acceptConnections(server, door);
	return {
		port,
		url: `http://127.0.0.1:${port}/#token=${token}`,
		warnings: () => program.warnings(),
		close: async () => {
			server.close();
			closeConnections();
			await sessions.close();
			server.closeAllConnections();
			await program.close();
		},
	};
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}
