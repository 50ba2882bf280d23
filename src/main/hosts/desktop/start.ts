import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { app, dialog, Menu, powerMonitor, session, shell } from 'electron';
import { Desk } from '#main/app/desk/desk.ts';
import { openDeskFolders } from '#main/app/desk/desk-files.ts';
import { LoginLimit } from '#main/app/desk/login-limit.ts';
import { openProgramPort, type ProgramPort } from '#main/app/desk/program-port.ts';
import { wireRouter } from '#main/app/desk/wire-router.ts';
import { systemClock } from '#main/platform/clock.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import { ensureFolder } from '#main/platform/files.ts';
import { type Log, openLog } from '#main/platform/log.ts';
import { PLACES } from '#shared/contract/places.ts';
import { readArguments, type StartArguments } from './arguments.ts';
import { serveBridge } from './bridge.ts';
import { createDesktopHost } from './desktop-host.ts';
import { guardContents, refusePermissions, type Refused } from './guard-contents.ts';
import { type Memory, openMemory } from './memory.ts';
import { menuTemplate } from './menu-template.ts';
import { LICENCE, type OwnPages, ownPages } from './own-address.ts';
import { quitAfterWrites, type Quitting } from './quitting.ts';
import { announceScheme, serveScreens } from './screens-protocol.ts';
import { startFailure } from './start-failure.ts';
import { chosenLanguage, speaker, type Text } from './texts.ts';
import { Windows } from './windows.ts';

const APPLICATION_ID = 'org.ledgerseal.desktop';

interface Desktop {
	readonly folders: { readonly data: string; readonly logs: string };
	readonly log: Log;
	readonly memory: Memory;
	readonly text: Text;
	readonly pages: OwnPages;
	readonly refused: Refused;
}

/** Starts the desktop program, or hands its files to the one that is running on the same books. */
export async function startDesktop(): Promise<void> {
	const surroundings = { env: process.env, platform: process.platform, workingFolder: process.cwd(), isPackaged: app.isPackaged };
	const given = readArguments(process.argv, surroundings);
	// The browser's own files lie with the books: so each folder of books has one program, and is whole when it is copied.
	app.setPath('userData', join(given.dataFolder, 'window'));
	app.setAppUserModelId(APPLICATION_ID);
	announceScheme();
	if (!app.requestSingleInstanceLock({ files: given.files })) {
		app.quit();
		return;
	}
	const desktop = describe(given);
	catchFaults(desktop);
	guardContents(desktop.pages, desktop.refused);
	await app.whenReady();
	await open(desktop, given);
}

function describe({ dataFolder }: StartArguments): Desktop {
	const log = openLog({ dataFolder, clock: systemClock });
	const memory = openMemory(join(dataFolder, 'window', 'memory.json'), (error) => void log.logFault(error));
	return {
		log,
		memory,
		folders: { data: dataFolder, logs: join(log.path, '..') },
		// Asked at each text: the language may be chosen while the program is open.
		text: (key, values) => speaker(chosenLanguage(memory.language, app.isReady() ? app.getPreferredSystemLanguages() : []))(key, values),
		pages: ownPages(process.env.ELECTRON_RENDERER_URL, app.isPackaged),
		refused: (what, address) => log.write('warning', `refused: ${what}`, { address }),
	};
}

async function open(desktop: Desktop, given: StartArguments): Promise<void> {
	const { log, memory, text, pages, refused, folders } = desktop;
	const isDevelopment = !app.isPackaged && pages.start.startsWith('http');
	refusePermissions(session.defaultSession, pages, refused);
	serveScreens(join(programFolder(), 'out', 'renderer'));
	const program = openProgramPort({ dataFolder: folders.data, env: process.env });
	const windows = new Windows({
		pages,
		isDevelopment,
		memory,
		log,
		text,
		wire: new RPCHandler(wireRouter()),
		openDesk: deskOpener(program, text),
	});
	serveBridge({
		pages,
		refused,
		windowOf: (contentsId) => windows.ofContents(contentsId),
		logFault: (error) => log.logFault(error),
		speak: (language) => {
			memory.keep({ language });
			showMenu(desktop, windows, isDevelopment);
		},
	});
	showMenu(desktop, windows, isDevelopment);
	const quitting = quitAfterWrites(
		async () => {
			await windows.allClosed();
			await (await program.catch(() => null))?.close();
		},
		(error) => void log.logFault(error),
		text,
	);
	followSystem(windows, log, quitting);
	windows.open();
	try {
		await program;
	} catch (error) {
		await reportFailure(error, desktop);
		return;
	}
	openFiles(windows, given.files, log);
}

function deskOpener(opening: Promise<ProgramPort>, text: Text): ConstructorParameters<typeof Windows>[0]['openDesk'] {
	const logins = new LoginLimit();
	const folders = opening.then((program) => openDeskFolders(program.paths.work));
	folders.catch(() => undefined);
	return async (window, asks) =>
		new Desk({ program: await opening, host: createDesktopHost(window, asks, text), folders: await folders, logins, version: app.getVersion() });
}

function followSystem(windows: Windows, log: Log, quitting: Quitting): void {
	app.on('second-instance', (_event, _argv, _folder, additional) => {
		if (quitting.isQuitting) return quitting.startAgain(filesOf(additional));
		windows.front().bringToFront();
		openFiles(windows, filesOf(additional), log);
	});
	app.on('open-file', (event, path) => {
		event.preventDefault();
		openFiles(windows, [path], log);
	});
	app.on('activate', () => windows.front().bringToFront());
	app.on('window-all-closed', () => {
		// On macOS a program stays until it is quit.
		if (process.platform !== 'darwin') app.quit();
	});
	powerMonitor.on('resume', () => {
		for (const window of windows.all) window.ask('resume');
	});
	powerMonitor.on('shutdown', () => app.quit());
}

function openFiles(windows: Windows, files: readonly string[], log: Log): void {
	for (const file of files)
		void windows
			.front()
			.openFile(file)
			.catch((error: unknown) => log.write('warning', 'a file to open cannot be read', { error }));
}

/** What another start of the program handed over: it is data of another process, so it is looked at. */
function filesOf(additional: unknown): readonly string[] {
	const { files } = (typeof additional === 'object' && additional !== null ? additional : {}) as { files?: unknown };
	return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}

function showMenu({ text, folders, log }: Desktop, windows: Windows, isDevelopment: boolean): void {
	const failed = (error: unknown): void => void log.logFault(error);
	const template = menuTemplate({
		text,
		platform: process.platform,
		isDevelopment,
		places: PLACES,
		actions: {
			newWindow: () => windows.open(),
			openFile: () => void chooseFile(windows, text, log).catch(failed),
			ask: (what, place) => windows.front().ask(what, place ?? null),
			openLogFolder: () => void openFolder(folders.logs).catch(failed),
			openDataFolder: () => void openFolder(folders.data).catch(failed),
			openLicence: () => void shell.openExternal(LICENCE).catch(failed),
		},
	});
	Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function chooseFile(windows: Windows, text: Text, log: Log): Promise<void> {
	const { canceled, filePaths } = await dialog.showOpenDialog(windows.front().window, { title: text('desktop.open.title'), properties: ['openFile'] });
	if (!canceled) openFiles(windows, filePaths, log);
}

async function openFolder(folder: string): Promise<void> {
	await ensureFolder(folder);
	const problem = await shell.openPath(folder);
	if (problem !== '') throw new Error(problem);
}

async function reportFailure(error: unknown, { log, folders, text }: Desktop): Promise<void> {
	const { title, message, detail, buttons } = startFailure(error, log.logFault(error), folders, text);
	const { response } = await dialog.showMessageBox({ type: 'error', title, message, detail, buttons: [...buttons], defaultId: 1, cancelId: 1, noLink: true });
	if (response === 0) await openFolder(folders.logs).catch(() => undefined);
	app.exit(1);
}

/** A fault that nothing caught leaves the program in a state nobody knows. What was being written is rolled back by the database. */
function catchFaults({ log, text }: Desktop): void {
	process.on('uncaughtException', (error) => {
		const incident = log.logFault(error);
		dialog.showErrorBox(text('desktop.fault.title'), text('desktop.fault.text', { incident }));
		app.exit(1);
	});
	process.on('unhandledRejection', (error) => void log.logFault(error));
}
