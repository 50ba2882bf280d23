import { describe, expect, test } from 'vitest';
import { CONTENT_POLICY, headersOf, screenFile } from './screen-files.ts';

const files = new Set(['index.html', 'assets/main-1a2b.js', 'assets/main.css']);

describe('an address of the own protocol', () => {
	test.each([
		['ledgerseal://app/', 'index.html'],
		['ledgerseal://app/index.html', 'index.html'],
		['ledgerseal://app/index.html#/c/1/2026-01/close', 'index.html'],
		['ledgerseal://app/assets/main-1a2b.js', 'assets/main-1a2b.js'],
		['ledgerseal://app/assets/', null],
		['ledgerseal://app/assets', null],
		['ledgerseal://app/missing.js', null],
		['ledgerseal://app/index.html?x=1', null],
		['ledgerseal://app/../package.json', null],
		['ledgerseal://app/assets/../../../package.json', null],
		['ledgerseal://app/%2e%2e/package.json', null],
		['ledgerseal://app/..%2fpackage.json', null],
		['ledgerseal://app/..\\..\\package.json', null],
		['ledgerseal://app//etc/passwd', null],
		['ledgerseal://app/C:/Windows/win.ini', null],
		['ledgerseal://app/index.html%00.js', null],
		['ledgerseal://other/index.html', null],
		['file:///index.html', null],
	])('%s is the file %s', (address, file) => {
		expect(screenFile(address, files)).toBe(file);
	});

	test('dot segments that stay inside lead to a listed file or nowhere', () => {
		expect(screenFile('ledgerseal://app/assets/../index.html', files)).toBe('index.html');
	});
});

test('no script but those of the program runs, and nothing is fetched from elsewhere', () => {
	const script = CONTENT_POLICY.split('; ').find((directive) => directive.startsWith('script-src'));
	expect(script).toBe("script-src 'self'");
	expect(CONTENT_POLICY).not.toMatch(/unsafe-eval|https?:|\*/);
	expect(CONTENT_POLICY).toContain("default-src 'self'");
	expect(CONTENT_POLICY).toContain("object-src 'none'");
	expect(CONTENT_POLICY).toContain("frame-src 'none'");
});

test('each kind of file is served as what it is, and an unknown one as bytes', () => {
	expect(headersOf('assets/main.js')['content-type']).toBe('text/javascript; charset=utf-8');
	expect(headersOf('index.html')['content-type']).toBe('text/html; charset=utf-8');
	expect(headersOf('unknown.xyz')['content-type']).toBe('application/octet-stream');
	expect(headersOf('index.html')['content-security-policy']).toBe(CONTENT_POLICY);
	expect(headersOf('index.html')['x-content-type-options']).toBe('nosniff');
});
