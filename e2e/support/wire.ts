import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { build } from 'vite';

let bundled: Promise<string> | null = null;

async function bundle(): Promise<string> {
	const answer = await build({
		configFile: false,
		logLevel: 'silent',
		build: {
			write: false,
			minify: false,
			lib: { entry: path.join(import.meta.dirname, 'wire-in-page.ts'), formats: ['iife'], name: 'journey' },
		},
	});
	const [output] = Array.isArray(answer) ? answer : [answer];
	if (!output || !('output' in output)) throw new Error('the wire was not built');
	return output.output[0].code;
}

/** Opens a wire of the journey's own in a page of the desktop host: for what there is no screen for. */
export async function openWire(page: Page): Promise<void> {
	bundled ??= bundle();
	// The screens have their port: a page has one at a time, and theirs would be taken for this one.
	await expect(page.getByText('मराठी')).toBeVisible({ timeout: 30_000 });
	await page.evaluate(await bundled);
	await page.evaluate(async () => void (await window.journeyWire));
}

export function callWire<Output>(page: Page, name: string, input?: unknown): Promise<Output> {
	return page.evaluate(async ([procedure, given]) => (await window.journeyWire).call(procedure as string, given), [name, input]) as Promise<Output>;
}

/** What the program asked of the screens since the wire was opened. */
export function askedOf(page: Page): Promise<readonly { readonly what: string; readonly value: string | null }[]> {
	return page.evaluate(async () => (await window.journeyWire).asked);
}
