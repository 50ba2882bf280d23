import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyPage } from './verify-page.ts';

describe('verify.html', () => {
	let page: string;
	beforeAll(async () => {
		page = await verifyPage();
	});

	it('comes out the same, byte for byte', async () => {
		expect(await verifyPage()).toBe(page);
	});

	it('is one file: it names no other and no address', () => {
		expect(page).not.toMatch(/__(?:POLICY|STYLE|SCRIPT)__/);
		expect(page).not.toMatch(/\b(?:src|href|action|srcset|poster)\s*=|@import|url\(/i);
		expect(page.match(/https?:\/\/[^\s"'`]+/g)).toEqual(['http://www.w3.org/2000/svg']);
		expect(page).not.toMatch(/\b(?:fetch|importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon|eval)\s*\(|\bimport\s*\(/);
	});

	it('forbids every connection, and names its script and style by their hash', () => {
		const hashOf = (text: string | undefined): string =>
			`'sha256-${createHash('sha256')
				.update(text ?? '')
				.digest('base64')}'`;
		const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
		const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1];
		const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
		expect(policy).toBe(`default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`);
		expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
	});
});
