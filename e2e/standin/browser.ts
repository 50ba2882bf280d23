import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page, type Route } from '@playwright/test';
import { makePacker, type PageFile, servePreload } from './in-page.ts';

/** Chromium knows no scheme of ours: the pages of `ledgerseal://app/` are shown under this origin, and called by their own in all that the program sees. */
const SCHEME = 'ledgerseal://app';
export const ORIGIN = 'http://app.ledgerseal.localhost';
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

export const toBrowser = (url: string): string => (url.startsWith(SCHEME) ? ORIGIN + url.slice(SCHEME.length) : url);
export const toProgram = (url: string): string => (url.startsWith(ORIGIN) ? SCHEME + url.slice(ORIGIN.length) : url);

export type ServePage = (request: Request) => Promise<Response>;
/** May the page go there? */
type Navigates = (page: Page, url: string, isMainFrame: boolean) => Promise<boolean>;

export interface StandInBrowser {
	readonly context: BrowserContext;
	/** Where a test connects. */
	readonly endpoint: string;
	newPage(): Promise<Page>;
	close(): Promise<void>;
}

/** Beside the books of the test, so that whoever removes those removes this too, also after the program was killed. */
const scratch = mkdtempSync(join(dirname(process.env.LEDGERSEAL_DATA_DIR ?? join(tmpdir(), 'none')), 'stand-in-'));

export async function startBrowser(serve: ServePage, navigates: Navigates): Promise<StandInBrowser> {
	const profile = join(scratch, 'profile');
	const asRoot = existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {};
	const context = await chromium.launchPersistentContext(profile, {
		...asRoot,
		viewport: null,
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--remote-debugging-port=0'],
	});
	await context.route('**/*', (route) => answer(route, serve, navigates).catch(() => undefined));
	const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
	let first: Page | undefined = context.pages()[0];
	return {
		context,
		endpoint: `http://127.0.0.1:${port}`,
		newPage: async () => {
			const page = first ?? (await context.newPage());
			first = undefined;
			return page;
		},
		close: async () => {
			await context.close().catch(() => undefined);
			rmSync(scratch, { recursive: true, force: true });
		},
	};
}

// Nothing but the program's own protocol is answered: a page that asked anything of the network would be seen to fail.
async function answer(route: Route, serve: ServePage, navigates: Navigates): Promise<void> {
	const request = route.request();
	const url = toProgram(request.url());
	if (request.isNavigationRequest()) {
		const frame = request.frame();
		// As where Electron's event is prevented: the page stays what it is.
		if (!(await navigates(frame.page(), url, frame.parentFrame() === null))) return route.abort('aborted');
	}
	if (!url.startsWith(`${SCHEME}/`)) return route.abort('blockedbyclient');
	const response = await serve(new Request(url, { method: request.method() }));
	await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) });
}

/** The text that gives a page the built preload. */
export function preloadScript(file: string): string {
	return `(${servePreload.toString()})(${JSON.stringify(ORIGIN)}, (${makePacker.toString()})(), (require, module, exports) => {\n${readFileSync(file, 'utf8')}\n});`;
}

let filesWritten = 0;

/** What came from a page, with bytes as bytes. A file of the page is written to a file of its name, and its path stands for it as it would in Electron. */
export function unpacked(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if ('$file' in value) {
		const { $file, $bytes } = value as PageFile;
		const folder = mkdtempSync(join(scratch, `file-${filesWritten++}-`));
		const path = resolve(folder, $file.replaceAll(/[/\\]/g, '-'));
		writeFileSync(path, Buffer.from($bytes, 'base64'));
		return path;
	}
	if ('$bytes' in value) return new Uint8Array(Buffer.from((value as { $bytes: string }).$bytes, 'base64'));
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpacked(inner)]));
}

export function packed(value: unknown): unknown {
	if (value instanceof ArrayBuffer) return { $bytes: Buffer.from(value).toString('base64') };
	return ArrayBuffer.isView(value) ? { $bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') } : value;
}
