import { describe, expect, test } from 'vitest';
import { allowedLink, isOwnAddress, mayNavigate, mayUse, OWN_PAGE, ownPages, senderRefusal } from './own-address.ts';

const pages = ownPages(undefined, true);

describe('the pages of the program', () => {
	test.each([
		['a packaged program ignores a server that the environment names', 'http://localhost:5173', true, OWN_PAGE],
		['so does one that was started without the development tools', undefined, false, OWN_PAGE],
		['in development the dev server is it', 'http://localhost:5173', false, 'http://localhost:5173/'],
	] as const)('%s', (_case, server, isPackaged, start) => {
		expect(ownPages(server, isPackaged).start).toBe(start);
	});

	test.each([
		['ledgerseal://app/', true],
		['ledgerseal://app/index.html#/c/1/2026-01/close', true],
		['LEDGERSEAL://app/assets/main.js', true],
		['ledgerseal://other/', false],
		['ledgerseal://app.evil.example/', false],
		['ledgerseal://app:80/', false],
		['ledgerseal://user@app/', false],
		['ledgerseal:app', false],
		['http://app/', false],
		['https://ledgerseal.example/', false],
		['file:///etc/passwd', false],
		['data:text/html,<p>', false],
		['about:blank', false],
		['javascript:alert(1)', false],
		['blob:ledgerseal://app/0b9', false],
		['not an address', false],
		['', false],
	])('%s is of the program: %s', (address, expected) => {
		expect(isOwnAddress(address, pages)).toBe(expected);
	});

	test('a dev server is held to its port', () => {
		const development = ownPages('http://localhost:5173', false);
		expect(isOwnAddress('http://localhost:5173/#/x', development)).toBe(true);
		expect(isOwnAddress('http://localhost:5174/', development)).toBe(false);
		expect(isOwnAddress('http://localhost.evil.example:5173/', development)).toBe(false);
	});
});

test('a window goes to the program’s own pages only, and a frame inside it nowhere', () => {
	expect(mayNavigate('ledgerseal://app/#/c/1', true, pages)).toBe(true);
	expect(mayNavigate('ledgerseal://app/#/c/1', false, pages)).toBe(false);
	expect(mayNavigate('https://www.apache.org/licenses/LICENSE-2.0', true, pages)).toBe(false);
});

describe('what a page may use of the system', () => {
	test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'display-capture', 'fullscreen', 'openExternal', 'usb', 'unknown'])(
		'not %s',
		(permission) => {
			expect(mayUse(permission, OWN_PAGE, pages)).toBe(false);
		},
	);
	test('copying is allowed to the program’s own pages', () => {
		expect(mayUse('clipboard-sanitized-write', OWN_PAGE, pages)).toBe(true);
		expect(mayUse('clipboard-sanitized-write', 'https://evil.example/', pages)).toBe(false);
	});
});

describe('links for the system’s browser', () => {
	test.each([
		['https://www.apache.org/licenses/LICENSE-2.0', 'https://www.apache.org/licenses/LICENSE-2.0'],
		['https://www.apache.org/licenses/LICENSE-2.0#patent', 'https://www.apache.org/licenses/LICENSE-2.0#patent'],
		['https://openfontlicense.org', 'https://openfontlicense.org/'],
		['http://www.apache.org/licenses/LICENSE-2.0', null],
		['https://www.apache.org/licenses/LICENSE-2.0?q=1', null],
		['https://www.apache.org/', null],
		['https://www.apache.org.evil.example/licenses/LICENSE-2.0', null],
		['https://user:password@www.apache.org/licenses/LICENSE-2.0', null],
		['file:///bin/sh', null],
		['smb://server/share', null],
		['ms-msdt:/id PCWDiagnostic', null],
		['', null],
	])('%s opens %s', (address, opened) => {
		expect(allowedLink(address)).toBe(opened);
	});
});

describe('who may talk to the program', () => {
	test.each([
		['its own page', { url: 'ledgerseal://app/#/', parent: null }, null],
		['a page that is gone', null, 'the page that asked is gone'],
		['a frame inside its page', { url: 'ledgerseal://app/', parent: {} }, 'a frame inside a page asked'],
		['a stranger', { url: 'https://evil.example/', parent: null }, 'a page that is none of the program asked'],
		['an empty page', { url: 'about:blank', parent: null }, 'a page that is none of the program asked'],
	])('%s', (_who, frame, refusal) => {
		expect(senderRefusal(frame, pages)).toBe(refusal);
	});
});
