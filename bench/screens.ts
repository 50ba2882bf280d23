import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { headOf, importInto, ledgerOf } from './ledgers.ts';
import { median, PROGRAM_FOLDER, withTemporaryFolderAsync } from './measure.ts';

/**
 * T22 and T23, on the built program with a browser: `node bench/screens.ts [--lines 1M] [--books FOLDER]`. The first screen of a
 * journal of a million lines against one of a handful; rows in the document, the longest task and the memory of the page while it
 * is scrolled to its end.
 */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const OPENINGS = 7;
/** Lines of the books that stand for an empty company: a journal with something to see. */
const FEW_LINES = 10;

// Runs in the page: as a person turns the wheel for a while, then as one who drags the bar to the end.
const SCROLL = `(async () => {
	const grid = document.querySelector('[role="grid"]');
	const tasks = [];
	const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
	observer.observe({ type: 'longtask' });
	let rows = 0;
	let frames = 0;
	const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
	const step = async (pixels) => {
		grid.scrollTop += pixels;
		await frame();
		frames++;
		rows = Math.max(rows, document.querySelectorAll('[role="row"]').length);
	};
	for (let turn = 0; turn < 400; turn++) await step(240);
	const left = grid.scrollHeight - grid.clientHeight - grid.scrollTop;
	for (let turn = 0; turn < 800; turn++) await step(left / 800);
	for (let turn = 0; turn < 60; turn++) await step(1000);
	await new Promise((resolve) => setTimeout(resolve, 500));
	observer.disconnect();
	const last = [...document.querySelectorAll('[role="row"]')].at(-1).innerText.replace(/\\s+/g, ' ');
	return { rows, frames, longTasks: tasks.length, longestTaskMs: Math.max(0, ...tasks), last };
})()`;

const { values } = parseArgs({ options: { lines: { type: 'string', default: '1M' }, books: { type: 'string' } } });

await withTemporaryFolderAsync(async (work) => {
	const large = values.books ?? join(work, 'large');
	if (!existsSync(join(large, 'ledgerseal.db'))) importInto(large, ledgerOf(values.lines, undefined).csv);
	const few = join(work, 'few.csv');
	await headOf(ledgerOf(values.lines, undefined), FEW_LINES, few);
	mkdirSync(join(work, 'small'));
	importInto(join(work, 'small'), few);
	const browser = await chromium.launch({
		...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
	});
	try {
		const small = await served(browser, join(work, 'small'), openingMs);
		const big = await served(browser, large, async (page) => ({ opening: await openingMs(page), scroll: await scrolled(page) }));
		const { rows, longestTaskMs, longTasks, frames, heapBefore, heapAfter, last } = big.scroll;
		const round = (value: number) => Math.round(value * 10) / 10;
		console.log(
			JSON.stringify(
				{
					T22: { firstScreenMs: round(big.opening), emptyMs: round(small), ratio: round((big.opening / small) * 100) / 100, gate: 1.5 },
					T23: { rowsInDocument: rows, longestTaskMs: round(longestTaskMs), tasksOver50Ms: longTasks, gate: { rows: 200, task: 50 } },
					scroll: { frames, lastRow: last, heapMiB: { before: round(heapBefore), atTheEnd: round(heapAfter) } },
				},
				null,
				'\t',
			),
		);
	} finally {
		await browser.close();
	}
});

async function served<Output>(browser: Browser, dataFolder: string, work: (page: Page) => Promise<Output>): Promise<Output> {
	const server = spawn(process.execPath, [join(PROGRAM_FOLDER, 'bin/ledgerseal.mjs'), 'serve', '--no-open', '--json', '--data-dir', dataFolder], {
		env: { ...process.env, LEDGERSEAL_SECRET_STORE: 'file' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	try {
		const page = await context.newPage();
		await page.goto(await addressOf(server));
		await page.locator('a[href*="/c/"]').first().click();
		await page.getByRole('link', { name: 'Journal' }).click();
		// All dates: the largest list that there is.
		await page.evaluate(`location.hash = location.hash.replace(/\\/journal.*$/, '/journal/list/dates=all')`);
		await page.locator('[role="grid"] [role="gridcell"]').first().waitFor();
		return await work(page);
	} finally {
		await context.close();
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill('SIGTERM');
		await ended;
	}
}

function addressOf(server: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let printed = '';
		server.stdout?.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			const url = /"url":\s*"([^"]+)"/.exec(printed)?.[1];
			if (url !== undefined) resolve(url);
		});
		server.once('exit', () => reject(new Error(`The program ended: ${printed}`)));
	});
}

/** From loading the page anew to the first entry in sight. */
async function openingMs(page: Page): Promise<number> {
	const measured: number[] = [];
	for (let opening = 0; opening < OPENINGS; opening++) {
		await page.reload({ waitUntil: 'commit' });
		await page
			.locator('[role="gridcell"]', { hasText: /^\d{4}-\d{2}-\d{2}$/ })
			.first()
			.waitFor();
		measured.push(await page.evaluate<number>('performance.now()'));
	}
	return median(measured);
}

interface Scrolled {
	readonly rows: number;
	readonly longestTaskMs: number;
	readonly longTasks: number;
	readonly frames: number;
	readonly heapBefore: number;
	readonly heapAfter: number;
	/** What the last row shows. */
	readonly last: string;
}

async function scrolled(page: Page): Promise<Scrolled> {
	const session = await page.context().newCDPSession(page);
	const heapBefore = await heapMiB(session);
	const felt = await page.evaluate<Omit<Scrolled, 'heapBefore' | 'heapAfter'>>(SCROLL);
	return { ...felt, heapBefore, heapAfter: await heapMiB(session) };
}

async function heapMiB(session: CDPSession): Promise<number> {
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	return usedSize / 2 ** 20;
}
