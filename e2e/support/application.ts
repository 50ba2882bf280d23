import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, test as base, expect, type Page, type TestInfo } from '@playwright/test';
import { type Books, makeBooks } from './books.ts';
import { type Evaluate, type RunningDesktop, startDesktop, startInVain } from './desktop-host.ts';
import type { HostName } from './host-name.ts';
import { requireBuild } from './program.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const PICTURES = path.join(PROJECT, 'test-results/screens');
/** What the screens are made for at the least. */
const USUAL_SIZE = { width: 1280, height: 800 } as const;

/** The program as a person has it in front of them, in whichever host the project says. */
export class Application {
	readonly host: HostName;
	readonly folder: string;
	/** Errors that a page reported: a journey with any fails. */
	readonly problems: string[] = [];
	readonly #browser: Browser;
	readonly #settings: Readonly<Record<string, string>>;
	#desktop: RunningDesktop | null = null;
	#server: ChildProcess | null = null;
	#page: Page | null = null;
	#address: string | null = null;

	constructor(host: HostName, folder: string, browser: Browser, settings: Readonly<Record<string, string>> = {}) {
		this.#settings = settings;
		this.host = host;
		this.folder = folder;
		this.#browser = browser;
	}

	get page(): Page {
		if (!this.#page) throw new Error('the program is not running');
		return this.#page;
	}

	/** Of the browser host: good once, and used. */
	get address(): string {
		if (this.#address === null) throw new Error('only the browser host has an address');
		return this.#address;
	}

	get dataFolder(): string {
		return path.join(this.folder, 'books');
	}

	get #env(): Record<string, string> {
		const { PATH = '', DISPLAY = '', XDG_RUNTIME_DIR = '' } = process.env;
		return {
			PATH,
			DISPLAY,
			XDG_RUNTIME_DIR,
			HOME: this.folder,
			LEDGERSEAL_TEST: '1',
			LEDGERSEAL_DATA_DIR: this.dataFolder,
			LEDGERSEAL_SECRET_STORE: 'file',
			...this.#settings,
		};
	}

	async start(files: readonly string[] = []): Promise<void> {
		if (this.host === 'desktop') {
			this.#desktop = await startDesktop(this.#env, files);
			this.#page = await this.#desktop.firstPage();
		} else {
			this.#page = await this.#openTab();
		}
		this.watch(this.#page);
		await this.#page.setViewportSize(USUAL_SIZE);
	}

	/** Collects what a page reports. */
	watch(page: Page): void {
		page.on('pageerror', (error) => this.problems.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') this.problems.push(message.text());
		});
	}

	/** Runs a function in the desktop program's own process. */
	evaluate: Evaluate = (run, argument) => this.desktop.evaluate(run, argument);

	get desktop(): RunningDesktop {
		if (!this.#desktop) throw new Error('only the desktop host has a process of Electron');
		return this.#desktop;
	}

	/** Starts the desktop program where it will end by itself (it is open already, or the books cannot be opened), and gives its exit code. */
	startInVain(files: readonly string[] = []): Promise<number | null> {
		return startInVain(this.#env, files);
	}

	/** Quits as a person does, and waits until the program is gone. */
	async quit(): Promise<number | null> {
		const page = this.#page;
		this.#page = null;
		if (this.#desktop) {
			const { evaluate, ended } = this.#desktop;
			this.#desktop = null;
			// The answer may be lost: the process goes away.
			void evaluate(({ app }) => app.quit(), null).catch(() => undefined);
			return ended;
		}
		// The tab goes first: a page that sees its program go away reports it.
		await page?.context().close();
		return this.#endServer('SIGTERM');
	}

	/** Ends the program as a power failure does. */
	async kill(): Promise<void> {
		this.#page = null;
		if (this.#desktop) {
			const { process: child, ended } = this.#desktop;
			this.#desktop = null;
			child.kill('SIGKILL');
			await ended;
		} else {
			await this.#endServer('SIGKILL');
		}
	}

	/** Has the program of the browser host stand still, as where the machine is short of everything: its lines stay, and nothing answers. */
	hold(): void {
		this.#server?.kill('SIGSTOP');
	}

	get isRunning(): boolean {
		return this.#page !== null;
	}

	async signIn(login: string, password: string): Promise<void> {
		await this.page.getByLabel('Login').fill(login);
		await this.page.getByLabel('Password').fill(password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
	}

	/** Chooses a file in the dialog that `ask` opens: a file of the disk, or one of this content that lies there from now on. */
	async chooseFile(ask: () => Promise<void>, file: string | { readonly name: string; readonly content: string }): Promise<void> {
		const asked = this.page.waitForEvent('filechooser');
		await ask();
		await (await asked).setFiles(typeof file === 'string' ? file : this.#written(file.name, file.content));
	}

	/** The path of the file that a person has after `act`: a browser saves it with its downloads, the desktop asks where, and is told. */
	async takeSaved(act: () => Promise<void>): Promise<string> {
		const folder = path.join(this.folder, 'saved');
		mkdirSync(folder, { recursive: true });
		if (this.host === 'browser') {
			const downloading = this.page.waitForEvent('download');
			await act();
			const download = await downloading;
			const file = path.join(folder, download.suggestedFilename());
			await download.saveAs(file);
			return file;
		}
		await this.evaluate(({ dialog }, into) => {
			Object.assign(globalThis, { savedAs: null });
			dialog.showSaveDialog = (async (_window: unknown, { defaultPath }: { readonly defaultPath: string }) => {
				const filePath = into + defaultPath.slice(Math.max(defaultPath.lastIndexOf('/'), defaultPath.lastIndexOf('\\')));
				Object.assign(globalThis, { savedAs: filePath });
				return { canceled: false, filePath };
			}) as unknown as typeof dialog.showSaveDialog;
		}, folder);
		await act();
		const savedAs = (): Promise<string | null> => this.evaluate(() => (globalThis as unknown as { savedAs: string | null }).savedAs, null);
		// A file appears there whole or not at all.
		await expect.poll(async () => existsSync((await savedAs()) ?? '')).toBe(true);
		return (await savedAs()) ?? '';
	}

	#written(name: string, content: string): string {
		const file = path.join(this.folder, name);
		writeFileSync(file, content);
		return file;
	}

	/** Keeps a picture of the page as `<name>-<size>-<scheme>-<language>.png`. */
	async picture(name: string, page = this.page): Promise<void> {
		const { size, scheme, language } = await page.evaluate(() => ({
			size: `${window.innerWidth}x${window.innerHeight}`,
			scheme: document.documentElement.dataset.mantineColorScheme ?? 'light',
			language: document.documentElement.lang,
		}));
		await page.screenshot({ path: path.join(PICTURES, `${name}-${size}-${scheme}-${language}.png`), animations: 'disabled' });
	}

	async #openTab(): Promise<Page> {
		const launcher = path.join(PROJECT, 'bin/ledgerseal.mjs');
		const server = spawn(process.execPath, [launcher, 'serve', '--no-open', '--json'], { env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
		this.#server = server;
		const url = await new Promise<string>((resolve, reject) => {
			let text = '';
			server.stdout.on('data', (chunk) => {
				text += String(chunk);
				const found = /"url": ?"([^"]+)"/.exec(text);
				if (found?.[1]) resolve(found[1]);
			});
			server.once('exit', (code) => reject(new Error(`ledgerseal serve ended with ${code}`)));
		});
		this.#address = url;
		const page = await (await this.#browser.newContext()).newPage();
		await page.goto(url);
		return page;
	}

	async #endServer(signal: NodeJS.Signals): Promise<number | null> {
		const server = this.#server;
		if (!server) return null;
		this.#server = null;
		if (server.exitCode !== null || server.signalCode !== null) return server.exitCode;
		const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)));
		server.kill(signal);
		return ended;
	}
}

interface GivenByProject {
	readonly host: HostName;
}
interface Given {
	/** What the journey begins with; EMPTY unless it says otherwise. */
	readonly books: Books;
	/** Of the environment, beside what every journey has. */
	readonly settings: Readonly<Record<string, string>>;
	readonly application: Application;
}

/** Makes the books and starts the program on them. Journeys that go on in one program open it once for their file; the others have `application`. */
export async function openApplication(
	given: Omit<Given, 'application' | 'settings'> & Partial<Pick<Given, 'settings'>> & GivenByProject & { readonly browser: Browser },
): Promise<Application> {
	requireBuild();
	const { folder } = await makeBooks(given.books);
	const application = new Application(given.host, folder, given.browser, given.settings);
	try {
		await application.start();
	} catch (error) {
		await closeApplication(application);
		throw error;
	}
	return application;
}

/** Quits, takes the books away, and fails where a page reported an error. */
export async function closeApplication(application: Application, testInfo?: TestInfo): Promise<void> {
	try {
		if (testInfo && testInfo.status !== testInfo.expectedStatus && application.isRunning)
			await application.picture(`failed-${testInfo.title.replaceAll(/\W+/g, '-')}`);
		if (application.isRunning) await application.quit();
	} finally {
		await application.kill();
		rmSync(application.folder, { recursive: true, force: true });
	}
	expect(application.problems, 'errors that a page reported').toEqual([]);
}

/**
 * A journey through the program: a fresh folder of books, the program started on it, and no error of a page left unseen. Every journey runs on
 * the desktop host; those tagged `@browser` on the browser host too.
 */
export const test = base.extend<Given, GivenByProject>({
	host: ['desktop', { option: true, scope: 'worker' }],
	books: ['EMPTY', { option: true }],
	settings: [{}, { option: true }],
	application: async ({ host, books, settings, browser }, use, testInfo) => {
		const application = await openApplication({ host, books, settings, browser });
		await use(application);
		await closeApplication(application, testInfo);
	},
});

export { expect } from '@playwright/test';
