import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { Desk } from '#main/app/desk/desk.ts';
import { openDeskFolders } from '#main/app/desk/desk-files.ts';
import type { DeskHost } from '#main/app/desk/desk-host.ts';
import { LoginLimit } from '#main/app/desk/login-limit.ts';
import { openProgramPort, type ProgramPort } from '#main/app/desk/program-port.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import { answerRequests } from './requests.ts';
import { newSecret } from './secrets.ts';
import { Sessions } from './sessions.ts';
import { readStaticFiles } from './static-files.ts';
import { acceptConnections } from './connections.ts';
import { FailureLimit } from './failure-limit.ts';

export interface ServingOptions {
	/** 0: any that is free. */
	readonly port: number;
	/** Where the built screens lie (tests bring their own). */
	readonly screens?: string;
	/** How long a tab is kept after its last connection went. */
	readonly keepTabMs?: number;
	/** Failures in a minute after which more are turned away. */
	readonly mostFailures?: number;
}

export interface BrowserHostOptions extends ServingOptions {
	/** Absolute. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** For tests: see ProgramOptions. */
	readonly checkOutputs?: boolean;
	readonly clock?: { readonly instant: string; readonly stepMs: number };
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
	const { dataFolder, env, checkOutputs = false, clock } = options;
	const program = await openProgramPort({ dataFolder, env, checkOutputs, ...(clock && { clock }) });
	try {
		const host = await serveProgram(program, options);
		return {
			...host,
			close: async () => {
				await host.close();
				await program.close();
			},
		};
	} catch (error) {
		await program.close();
		throw error;
	}
}

/** The same on a program that is open already, and stays open. */
export async function serveProgram(program: ProgramPort, options: ServingOptions): Promise<BrowserHost> {
	const files = readStaticFiles(options.screens ?? join(programFolder(), 'out', 'renderer'));
	if (!files.has('/')) {
		throw new AppError('FILE_UNREADABLE', 'The screens are not there: the build makes them. Run `npm run build` and try again.', {});
	}
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
		},
	};
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const fail = (error: Error): void => reject(portTaken(error, port));
		server.once('error', fail);
		server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
			server.off('error', fail);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

function portTaken(error: Error, port: number): unknown {
	const isTaken = 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
	return isTaken ? new AppError('INPUT_INVALID', `Port ${port} is taken. Name another one, or leave --port out.`, { port }) : error;
}
