import { describe, expect, it } from 'vitest';
import { judgeSource, type RequestSource } from './request-source.rules.ts';

const OURS: RequestSource = { method: 'POST', host: '127.0.0.1:8790', origin: 'http://127.0.0.1:8790', fetchSite: 'same-origin' };
const READING: RequestSource = { method: 'GET', host: '127.0.0.1:8790', origin: undefined, fetchSite: undefined };

describe('where a request comes from', () => {
	it.each<[string, Partial<RequestSource>, boolean, ReturnType<typeof judgeSource>]>([
		['our page', {}, false, null],
		['our page under the other name', { host: 'localhost:8790', origin: 'http://localhost:8790' }, false, null],
		['a browser that sends no metadata', { fetchSite: undefined }, false, null],
		['a name that resolves to this machine', { host: 'attacker.example:8790', origin: 'http://attacker.example:8790' }, false, 'HOST'],
		['another port in the name', { host: '127.0.0.1:80' }, false, 'HOST'],
		['no port in the name', { host: '127.0.0.1' }, false, 'HOST'],
		['no name', { host: undefined }, false, 'HOST'],
		['a page of elsewhere', { origin: 'https://attacker.example' }, false, 'ORIGIN'],
		['a page of another port', { origin: 'http://127.0.0.1:3000' }, false, 'ORIGIN'],
		['the other name, which is another origin', { origin: 'http://localhost:8790' }, false, 'ORIGIN'],
		['a sandboxed frame', { origin: 'null' }, false, 'ORIGIN'],
		['a change without an origin', { origin: undefined }, false, 'ORIGIN'],
		['a link of elsewhere', { ...READING, fetchSite: 'cross-site' }, false, 'SITE'],
		['another port of this machine', { ...READING, fetchSite: 'same-site' }, false, 'SITE'],
		['a person who opens the address', { ...READING, fetchSite: 'none' }, false, null],
		['a change that no page asked for', { fetchSite: 'none' }, false, 'SITE'],
		['an upgrade of our page', { method: 'GET' }, true, null],
		['an upgrade without an origin', { method: 'GET', origin: undefined }, true, 'ORIGIN'],
		['an upgrade of a page of elsewhere', { method: 'GET', origin: 'https://attacker.example' }, true, 'ORIGIN'],
	])('%s', (_who, differs, isUpgrade, verdict) => {
		const source = differs.method === 'GET' && !isUpgrade ? { ...READING, ...differs } : { ...OURS, ...differs };
		expect(judgeSource(source, 8790, isUpgrade)).toBe(verdict);
	});
});
