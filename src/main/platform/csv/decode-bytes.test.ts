import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { decodeBytes } from './decode-bytes.ts';

const utf32 = (text: string) => Buffer.concat(Array.from(text, (character) => Buffer.from(Uint32Array.of(character.codePointAt(0) as number).buffer)));

describe('bytes in memory are decoded by the rules of files', () => {
	test.each([
		['ASCII', Buffer.from('abc'), 'abc', 'utf-8'],
		['UTF-8', Buffer.from('Zoë 株'), 'Zoë 株', 'utf-8'],
		['UTF-8 with a mark', Buffer.from('\ufeffZoë'), 'Zoë', 'utf-8'],
		['UTF-16LE', Buffer.from('\ufeffZoë', 'utf16le'), 'Zoë', 'utf-16le'],
		['UTF-16BE', Buffer.from('\ufeffZoë', 'utf16le').swap16(), 'Zoë', 'utf-16be'],
		['UTF-16LE without a mark', Buffer.from('Zoë,1.00', 'utf16le'), 'Zoë,1.00', 'utf-16le'],
		['UTF-32LE', utf32('\ufeffZoë'), 'Zoë', 'utf-32le'],
		['cp1252', Buffer.from('Zo\u00eb \u0080', 'latin1'), 'Zoë €', 'windows-1252'],
		['nothing', Buffer.alloc(0), '', 'utf-8'],
	])('%s', (_what, bytes, text, encoding) => {
		expect(decodeBytes(bytes)).toEqual({ kind: 'text', text, encoding, isCut: false });
	});

	test('what may be anything is undecided, until a person names it', () => {
		const bytes = Buffer.from('first\nM\u009fller\n', 'latin1');
		expect(decodeBytes(bytes)).toEqual({ kind: 'undecided', sample: Buffer.from('M\u009fller', 'latin1') });
		expect(decodeBytes(bytes, 'macintosh')).toMatchObject({ text: 'first\nMüller\n' });
	});

	test('a character that is there in part is left out, and said', () => {
		expect(decodeBytes(Buffer.from('é株').subarray(0, 4))).toEqual({ kind: 'text', text: 'é', encoding: 'utf-8', isCut: true });
		expect(decodeBytes(Buffer.from('\ufeffab', 'utf16le').subarray(0, 5))).toEqual({ kind: 'text', text: 'a', encoding: 'utf-16le', isCut: true });
	});

	test.each([
		['bytes that the named encoding cannot hold', () => decodeBytes(Buffer.from('Zo\u00eb!', 'latin1'), 'utf-8'), 'FILE_UNREADABLE'],
		['half of a pair', () => decodeBytes(Buffer.from('\ufeffa\ud83db', 'utf16le')), 'FILE_UNREADABLE'],
		['a name that nobody knows', () => decodeBytes(Buffer.from('a'), 'klingon'), 'INPUT_INVALID'],
	])('%s is refused', (_what, call, code) => {
		expect(call).toThrow(expect.objectContaining({ code }));
		expect(call).toThrow(AppError);
	});
});
