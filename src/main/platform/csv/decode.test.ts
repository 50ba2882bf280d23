import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { readText, surveyFile } from './decode.ts';

const folder = mkdtempSync(join(tmpdir(), 'decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'Date,Description,Amount\r\n';
const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const utf32le = (text: string) => Buffer.concat(Array.from(text, (character) => Buffer.from(Uint32Array.of(character.codePointAt(0) ?? 0).buffer)));
const bytes = (...parts: readonly (string | Buffer | number[])[]) =>
	Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

function file(name: string, content: Buffer): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

async function textOf(path: string, encoding?: string): Promise<string> {
	let text = '';
	for await (const piece of readText(await surveyFile(path, { encoding }))) text += piece;
	return text;
}

describe('encodings that are recognised', () => {
	const text = `${HEADER}2024-01-02,Zoë Café Łódź شركة 株式会社 💶,1.00\r\n`;
	test.each([
		['utf-8', Buffer.from(text)],
		['utf-8 with mark', Buffer.from(`\ufeff${text}`)],
		['utf-16le with mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
		['utf-16le', Buffer.from(text, 'utf16le')],
		['utf-16be with mark', utf16be(`\ufeff${text}`)],
		['utf-16be', utf16be(text)],
		['utf-32le with mark', utf32le(`\ufeff${text}`)],
	])('%s', async (name, content) => {
		const path = file(`${name}.csv`, content);
		expect(await textOf(path)).toBe(text);
		expect(await surveyFile(path)).toMatchObject({ bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
	});

	test('cp1252, with the signs between 0x80 and 0x9f', async () => {
		const content = bytes(
			HEADER,
			'1,',
			latin('Müller & Söhne'),
			',2\n3,',
			latin('CAFÉ '),
			[0x97],
			' ',
			[0x80],
			latin('20 REÇU'),
			',4\n5,O',
			[0x92],
			'Neill,6\n',
		);
		expect(await textOf(file('western.csv', content))).toBe(`${HEADER}1,Müller & Söhne,2\n3,CAFÉ — €20 REÇU,4\n5,O’Neill,6\n`);
	});

	test('characters cut by the end of a chunk', async () => {
		const long = `x${'é€💶'.repeat(90_000)}`;
		expect(await textOf(file('long.csv', Buffer.from(long)))).toBe(long);
	});
});

describe('encodings that are asked for', () => {
	test.each([
		['Mac Roman', bytes(HEADER, '1,Zo', [0x91], ' Caf', [0x8e], ',2\n3,M', [0x9f], 'ller,4\n')],
		['cp437', bytes(HEADER, '1,M', [0x81], 'ller & S', [0x94], 'hne,2\n')],
		['GB 18030', bytes(HEADER, '1,', [0xb9, 0xab, 0xcb, 0xbe], ',2\n')],
		['cp1251', bytes(HEADER, '1,', [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], ',2\n')],
		['UTF-8 and cp1252 in one file', bytes(HEADER, '1,Müller,2\n3,M', [0xfc], 'ller,4\n')],
	])('%s', async (name, content) => {
		expect(await surveyFile(file(`${name}.csv`, content))).toMatchObject({ encoding: null });
	});

	test('a name that is given is used', async () => {
		const path = file('roman.csv', bytes('1,Zo', [0x91], ',2\n'));
		expect(await textOf(path, 'macroman')).toBe('1,Zoë,2\n');
		const west = file('west.csv', latin('ðþ,1\n'));
		expect(await textOf(west, 'cp1252')).toBe('ðþ,1\n');
	});
});

describe('refusals', () => {
	test.each([
		['a file that is not there', () => surveyFile(join(folder, 'nowhere.csv')), 'FILE_UNREADABLE'],
		['a folder', () => surveyFile(folder), 'FILE_UNREADABLE'],
		['an encoding that nobody knows', () => surveyFile(file('a.csv', bytes('a')), { encoding: 'martian' }), 'INPUT_INVALID'],
		['half a pair in UTF-16', () => textOf(file('half.csv', bytes([0xff, 0xfe, 0x41, 0, 0, 0xd8, 0x41, 0]))), 'FILE_UNREADABLE'],
		['UTF-8 that is said but is not', () => textOf(file('lie.csv', latin('Müller,1\n')), 'utf-8'), 'FILE_UNREADABLE'],
		['half a character in UTF-32', () => textOf(file('cut.csv', bytes([0xff, 0xfe, 0, 0, 0x41, 0]))), 'FILE_UNREADABLE'],
		['a reading that was cancelled', () => surveyFile(file('b.csv', bytes('a')), { signal: AbortSignal.abort() }), 'CANCELLED'],
	])('%s', async (_what, run, code) => {
		await expect(run()).rejects.toSatisfy((error) => isAppError(error, code as 'CANCELLED'));
	});

	test('a file that changed after it was surveyed', async () => {
		const path = file('moving.csv', bytes('a,b\n'));
		const survey = await surveyFile(path);
		writeFileSync(path, 'a,b\nc,d\n');
		await expect(
			(async () => {
				for await (const _piece of readText(survey));
			})(),
		).rejects.toSatisfy((error) => isAppError(error, 'FILE_UNREADABLE'));
	});
});
