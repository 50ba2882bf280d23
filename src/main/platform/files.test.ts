import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { fixedClock } from './clock.ts';
import {
	contentPath,
	copyWithChecksum,
	createAtomicFile,
	defaultDataFolder,
	ensureFolder,
	requireWritableFolder,
	safeFileName,
	sha256File,
	hasContent,
	removeContent,
	storeContent,
	sweepTemporaryFiles,
	writeFileAtomic,
} from './files.ts';
import { sha256Hex } from './signing.ts';

describe('writeFileAtomic', () => {
	it('makes a file, replaces it, and leaves nothing else', async () => {
		const folder = temporaryFolder();
		const path = join(folder, 'seal.json');
		await writeFileAtomic(path, '{"sealNo":1}');
		await writeFileAtomic(path, Buffer.from('{"sealNo":2}'));
		expect(readFileSync(path, 'utf8')).toBe('{"sealNo":2}');
		expect(readdirSync(folder)).toEqual(['seal.json']);
	});

	it('leaves the old file and nothing else where it cannot be replaced', async () => {
		const folder = temporaryFolder();
		mkdirSync(join(folder, 'seal.json', 'inside'), { recursive: true });
		await expect(writeFileAtomic(join(folder, 'seal.json'), 'x')).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
		expect(readdirSync(folder)).toEqual(['seal.json']);
		await expect(writeFileAtomic(join(folder, 'missing', 'seal.json'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
	});

	it('takes a name as long as a file system allows', async () => {
		const folder = temporaryFolder();
		await writeFileAtomic(join(folder, 'n'.repeat(255)), 'x');
		expect(readdirSync(folder)).toEqual(['n'.repeat(255)]);
	});
});

describe('createAtomicFile', () => {
	it('shows nothing under its name before it is placed, and nothing at all once given up', async () => {
		const folder = temporaryFolder();
		const file = await createAtomicFile(join(folder, 'package.zip'));
		await file.write(Buffer.from('half'));
		expect(readdirSync(folder)).not.toContain('package.zip');
		await file.abort();
		await file.abort();
		expect(readdirSync(folder)).toEqual([]);
	});

	it('is placed once', async () => {
		const path = join(temporaryFolder(), 'package.zip');
		const file = await createAtomicFile(path);
		await file.write(Buffer.from('whole'));
		await file.commit();
		await file.abort();
		await expect(file.commit()).rejects.toThrow('placed once');
		expect(readFileSync(path, 'utf8')).toBe('whole');
	});
});

describe('sweepTemporaryFiles', () => {
	it('removes what a killed process left a day ago, and only that', async () => {
		const folder = temporaryFolder();
		const killed = await createAtomicFile(join(folder, 'old.zip'));
		await killed.write(Buffer.from('half'));
		const [old = ''] = readdirSync(folder);
		utimesSync(join(folder, old), new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'));
		const running = await createAtomicFile(join(folder, 'new.zip'));
		writeFileSync(join(folder, 'mine.part'), 'of the user');
		utimesSync(join(folder, 'mine.part'), new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'));

		expect(await sweepTemporaryFiles(folder, fixedClock(new Date()))).toEqual([old]);
		await killed.abort();
		await running.commit();
		expect(readdirSync(folder).toSorted()).toEqual(['mine.part', 'new.zip']);
	});
});

describe('checksums', () => {
	it('copies every byte and names what it copied', async () => {
		const folder = temporaryFolder();
		const bytes = Buffer.alloc(1_000_003, 'voucher ');
		writeFileSync(join(folder, 'from'), bytes);
		const sha256 = await copyWithChecksum(join(folder, 'from'), join(folder, 'to'));
		expect(sha256).toBe(sha256Hex(bytes));
		expect(await sha256File(join(folder, 'to'))).toBe(sha256);
	});

	it('leaves nothing where the source cannot be read', async () => {
		const folder = temporaryFolder();
		await expect(copyWithChecksum(join(folder, 'missing'), join(folder, 'to'))).rejects.toMatchObject({ code: 'ENOENT' });
		expect(readdirSync(folder)).toEqual([]);
	});
});

describe('storeContent', () => {
	it('knows what it keeps, and takes out what nothing names', async () => {
		const store = join(temporaryFolder(), 'content');
		const [kept, dropped] = [await storeContent(store, Buffer.from('a bill')), await storeContent(store, Buffer.from('a mistake'))];
		removeContent(store, dropped.sha256);
		removeContent(store, dropped.sha256);
		expect([hasContent(store, kept.sha256), hasContent(store, dropped.sha256)]).toEqual([true, false]);
	});

	it('keeps content under its SHA-256, once, from bytes or from a file', async () => {
		const folder = temporaryFolder();
		const store = join(folder, 'content');
		const bytes = Buffer.from('invoice 17');
		writeFileSync(join(folder, 'invoice.pdf'), bytes);
		const expected = { sha256: sha256Hex(bytes), bytes: bytes.length };

		expect(await storeContent(store, bytes)).toEqual(expected);
		const path = contentPath(store, expected.sha256);
		const firstWritten = statSync(path).ino;
		expect(await storeContent(store, join(folder, 'invoice.pdf'))).toEqual(expected);
		expect(statSync(path).ino).toBe(firstWritten);
		expect(path).toBe(join(store, expected.sha256.slice(0, 2), expected.sha256));
		expect(readFileSync(path)).toEqual(bytes);
	});

	it('stores from a file first as well, and empty content', async () => {
		const folder = temporaryFolder();
		writeFileSync(join(folder, 'empty'), '');
		const stored = await storeContent(join(folder, 'content'), join(folder, 'empty'));
		expect(stored).toEqual({ sha256: sha256Hex(''), bytes: 0 });
		expect(readFileSync(contentPath(join(folder, 'content'), stored.sha256), 'utf8')).toBe('');
	});

	it('replaces a stored file that was cut', async () => {
		const folder = temporaryFolder();
		const { sha256 } = await storeContent(folder, Buffer.from('evidence'));
		writeFileSync(contentPath(folder, sha256), 'evid');
		await storeContent(folder, Buffer.from('evidence'));
		expect(readFileSync(contentPath(folder, sha256), 'utf8')).toBe('evidence');
	});

	it('takes the same content from many at once', async () => {
		const folder = temporaryFolder();
		const stored = await Promise.all(Array.from({ length: 8 }, () => storeContent(folder, Buffer.from('one receipt'))));
		expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1);
		expect(readdirSync(join(folder, stored[0]?.sha256.slice(0, 2) ?? ''))).toEqual([stored[0]?.sha256]);
	});

	it('names nothing but a SHA-256', () => {
		expect(() => contentPath('content', '../../etc')).toThrow('SHA-256');
	});
});

describe('safeFileName', () => {
	it.each([
		['Trade & Sons Pvt. Ltd.', 'trade-sons-pvt-ltd'],
		['Café Ñandú GmbH', 'cafe-nandu-gmbh'],
		['Weißbier Øl Łódź', 'weissbier-ol-lodz'],
		['../../etc/passwd', 'etc-passwd'],
		['con', 'name-con'],
		['COM1', 'name-com1'],
		['Consul', 'consul'],
		['राम ट्रेडर्स', 'the-uuid'],
		['  ', 'the-uuid'],
		['राम Traders 2', 'traders-2'],
		['x'.repeat(80), 'x'.repeat(60)],
		[`${'x'.repeat(59)} y`, 'x'.repeat(59)],
		['ＦＵＬＬ width', 'full-width'],
	])('%s becomes %s', (text, expected) => {
		expect(safeFileName(text, 'the-uuid')).toBe(expected);
	});

	it('is safe whatever the text, and stays as it is when made again', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
				const name = safeFileName(text, 'none');
				expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
				expect(name.length).toBeLessThanOrEqual(65);
				expect(safeFileName(name, 'none')).toBe(name);
			}),
		);
	});
});

describe('defaultDataFolder', () => {
	it.each<[NodeJS.Platform, Record<string, string>, string]>([
		['win32', { APPDATA: 'D:\\Roaming' }, 'D:\\Roaming\\Ledgerseal'],
		['win32', { USERPROFILE: 'D:\\Asha' }, 'D:\\Asha\\AppData\\Roaming\\Ledgerseal'],
		['darwin', { HOME: '/asha' }, '/asha/Library/Application Support/Ledgerseal'],
		['linux', { HOME: '/asha' }, '/asha/.local/share/ledgerseal'],
		['linux', { HOME: '/asha', XDG_DATA_HOME: '/data/asha' }, '/data/asha/ledgerseal'],
		['linux', { HOME: '/asha', XDG_DATA_HOME: 'relative' }, '/asha/.local/share/ledgerseal'],
		['linux', { HOME: '/asha', XDG_DATA_HOME: '' }, '/asha/.local/share/ledgerseal'],
	])('%s %j: %s', (platform, env, expected) => {
		expect(defaultDataFolder(env, platform)).toBe(expected);
	});
});

describe('requireWritableFolder', () => {
	it('makes the folder and leaves nothing in it', async () => {
		const path = join(temporaryFolder(), 'a', 'b');
		await requireWritableFolder(path, 1);
		expect(readdirSync(path)).toEqual([]);
	});

	it('refuses where there is not enough room', async () => {
		const path = temporaryFolder();
		await expect(requireWritableFolder(path, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
			code: 'DISK_FULL',
			details: { path, neededBytes: Number.MAX_SAFE_INTEGER },
		});
	});

	it('refuses a file in the place of the folder or above it', async () => {
		const path = join(temporaryFolder(), 'file');
		writeFileSync(path, '');
		for (const wrong of [path, join(path, 'below')]) {
			await expect(requireWritableFolder(wrong)).rejects.toMatchObject({ code: 'DISK_READ_ONLY', details: { path: wrong } });
		}
	});

	it('refuses a folder that cannot be written', async () => {
		// The permission bits stop nobody who is root; Linux's /sys stops everybody.
		const isRoot = process.getuid?.() === 0;
		const path = isRoot ? '/sys/ledgerseal' : join(temporaryFolder(), 'read-only');
		if (!isRoot) {
			await ensureFolder(path);
			chmodSync(path, 0o500);
		}
		await expect(requireWritableFolder(path)).rejects.toMatchObject({ name: 'AppError', code: 'DISK_READ_ONLY', details: { path } });
	});
});
