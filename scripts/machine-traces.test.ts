import { describe, expect, it } from 'vitest';
import { machineTraces } from './machine-traces.ts';

// Joined here, so that this file holds none of them itself.
const folder = (name: string, rest: string): string => ['', name, rest].join('/');
const host = (...labels: string[]): string => labels.join('.');

describe('machineTraces', () => {
	it.each([
		['a work folder', `cd ${folder('work', 'main')}`],
		['a temporary file', `open("${folder('tmp', 'x.csv')}")`],
		['the home of the superuser', `see ${folder('root', '.npmrc')}`],
		['the home of a person', `file://${folder('home', 'somebody/books.csv')}`],
		['a home on macOS', `'${folder('Users', 'somebody')}'`],
		['a home on Windows', ['C:', 'Users', 'somebody'].join('\\')],
		['a home on Windows, escaped', ['C:', 'Users', 'somebody'].join('\\\\')],
		['the npm registry', `https://${host('registry', 'npmjs', 'org')}/zod`],
		['the npm registry without a scheme', `//${host('registry', 'npmjs', 'org')}/:_auth`],
		["Debian's packages", `deb http://${host('deb', 'debian', 'org')} bookworm main`],
	])('finds %s', (_what, line) => {
		expect(machineTraces('docs/notes.md', `first\n${line}\nlast`)).toEqual([{ file: 'docs/notes.md', line: 2, what: expect.any(String), text: line }]);
	});

	it('finds a download address in a lock file only', () => {
		const line = JSON.stringify({ resolved: 'https://example.com/zod.tgz' });
		expect(machineTraces('package-lock.json', line)).toHaveLength(1);
		expect(machineTraces('docs/notes.md', line)).toEqual([]);
	});

	it.each([
		['a word', 'files below /tmp are the operating system’s to remove'],
		['a folder of the project', './work/books.csv and src/home/index.ts'],
		['a path in an address', 'https://example.com/home/page'],
		['a variable before it', '${TMPDIR}/tmp/x and ~/work/books'],
		['the distribution’s name', 'Debian 12; see https://example.org/debian.org-like/names'],
	])('leaves %s alone', (_what, line) => {
		expect(machineTraces('docs/notes.md', line)).toEqual([]);
	});
});
