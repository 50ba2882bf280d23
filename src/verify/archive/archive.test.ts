import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 as engineCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { verifyPackage } from '#shared/seal/index.ts';
import { nodeCryptography } from '#test/seal-keys.ts';
import { makePackage } from '#test/seal-package.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { rawZip, zipped } from '#test/zip-files.ts';
import { crc32 } from './crc-32.ts';
import { openArchive, openFolder } from './sources.ts';
import { readZipDirectory } from './zip-directory.ts';

const blobOf = (path: string): Blob => new Blob([readFileSync(path)]);

async function archiveOf(files: readonly (readonly [string, Uint8Array, boolean?])[]): Promise<Blob> {
	const path = join(temporaryFolder(), 'made.zip');
	await zipped(path, files);
	return blobOf(path);
}

async function contentOf(file: Blob, name: string): Promise<string> {
	const parts: Uint8Array[] = [];
	for await (const chunk of (await openArchive(file)).source.read(name)) parts.push(chunk);
	return Buffer.concat(parts).toString();
}

const PACKAGE = [...makePackage()].map(([name, bytes], index) => [`made-2026-01-close1/${name}`, bytes, index % 2 === 0] as const);

describe('an archive', () => {
	it('is read file by file, packed or stored, without its top folder', async () => {
		const { source, totalBytes } = await openArchive(await archiveOf(PACKAGE));
		expect(source.list()).toEqual([...makePackage().keys()]);
		expect(totalBytes).toBe([...makePackage().values()].reduce((sum, bytes) => sum + bytes.length, 0));
		expect(await verifyPackage(source, nodeCryptography)).toMatchObject({ result: 'VERIFIED', signature: 'good', findings: [] });
	});

	it('with a file beside its folder holds that under its whole name', async () => {
		const { source } = await openArchive(await archiveOf([...PACKAGE, ['elsewhere/letter.txt', Buffer.from('x')]]));
		const { findings } = await verifyPackage(source, nodeCryptography);
		expect(findings).toMatchObject([{ code: 'FILE_EXTRA', file: 'elsewhere/letter.txt' }]);
	});

	it('has the check sums of the engine', () => {
		for (const text of ['', 'a', '123456789', 'x'.repeat(100_000)]) expect(crc32(Buffer.from(text))).toBe(engineCrc32(text));
		expect(crc32(Buffer.from('6789'), crc32(Buffer.from('12345')))).toBe(engineCrc32('123456789'));
	});

	it.each([
		['a wrong check sum', { crc: 1 }],
		['more content than it says', { declaredSize: 3 }],
		['less content than it says', { declaredSize: 300 }],
		['another name in front of the content', { localName: 'top/other' }],
	])('with %s is damaged there, and only there', async (_what, lie) => {
		const path = rawZip(join(temporaryFolder(), 'lie.zip'), [
			{ name: 'top/bagit.txt', content: 'whole' },
			{ name: 'top/a.txt', content: 'content', ...lie },
		]);
		expect(await contentOf(blobOf(path), 'bagit.txt')).toBe('whole');
		await expect(contentOf(blobOf(path), 'a.txt')).rejects.toMatchObject({ name: 'FileDamaged' });
	});

	it('with a bit of packed content changed is damaged', async () => {
		const path = rawZip(join(temporaryFolder(), 'bit.zip'), [{ name: 'top/bagit.txt', content: 'a text that packs. '.repeat(50) }]);
		const bytes = readFileSync(path);
		for (let at = 45; at < 55; at++) {
			const changed = Buffer.from(bytes);
			changed[at] = (changed[at] ?? 0) ^ 4;
			await expect(contentOf(new Blob([changed]), 'bagit.txt')).rejects.toMatchObject({ name: 'FileDamaged' });
		}
	});

	it.each([
		['nothing', 'NOT_A_PACKAGE', () => Buffer.alloc(0)],
		['a letter', 'NOT_A_PACKAGE', () => Buffer.from('Dear reader,')],
		['half an archive', 'ARCHIVE_CUT', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
		['the second half of an archive', 'ARCHIVE_CUT', (whole: Buffer) => whole.subarray(whole.length / 2)],
	])('that is %s is refused as %s', async (_what, code, change) => {
		const path = join(temporaryFolder(), 'whole.zip');
		await zipped(path, PACKAGE);
		await expect(readZipDirectory(new Blob([change(readFileSync(path)) as Uint8Array<ArrayBuffer>]))).rejects.toMatchObject({ code });
	});

	it.each([
		['an encrypted file', 'ARCHIVE_ENCRYPTED', [{ name: 'a', flags: 0x801 }]],
		['another method of packing', 'ARCHIVE_METHOD', [{ name: 'a', method: 12 }]],
		['a link', 'ARCHIVE_UNSAFE', [{ name: 'a', attributes: (0o120777 << 16) >>> 0 }]],
		['a folder with content', 'ARCHIVE_UNSAFE', [{ name: 'a/' }]],
		['two files that share bytes', 'ARCHIVE_UNSAFE', [{ name: 'a' }, { name: 'b', shareContent: true }]],
		['two names in other case', 'ARCHIVE_UNSAFE', [{ name: 'a.txt' }, { name: 'A.txt' }]],
		['a length beyond all packages', 'ARCHIVE_TOO_LARGE', [{ name: 'a', declaredSize: 0xffff_fffe }]],
	])('with %s is refused as %s', async (_what, code, entries) => {
		await expect(openArchive(blobOf(rawZip(join(temporaryFolder(), 'lie.zip'), entries)))).rejects.toMatchObject({ code });
	});

	it('whose name stands there twice is the finding of the verifier', async () => {
		const path = rawZip(join(temporaryFolder(), 'twice.zip'), [{ name: 'top/bagit.txt' }, { name: 'top/a' }, { name: 'top/a' }]);
		const { findings } = await verifyPackage((await openArchive(blobOf(path))).source, nodeCryptography);
		expect(findings).toContainEqual(expect.objectContaining({ code: 'FILE_DUPLICATE', file: 'a' }));
	});

	it('of the ZIP64 form is read alike', async () => {
		const plain = rawZip(join(temporaryFolder(), 'plain.zip'), [{ name: 'top/bagit.txt', content: 'wide' }]);
		const wide = zip64(readFileSync(plain));
		expect(await contentOf(new Blob([wide]), 'bagit.txt')).toBe('wide');
		wide.writeUInt32LE(2, wide.length - 22 - 4);
		await expect(readZipDirectory(new Blob([wide]))).rejects.toMatchObject({ code: 'ARCHIVE_SPLIT' });
	});
});

/** The same archive of one file with its lengths and places in the fields of ZIP64 (APPNOTE 4.5.3, 4.3.14, 4.3.15). */
function zip64(plain: Buffer): Buffer<ArrayBuffer> {
	const end = plain.subarray(plain.length - 22);
	const [length, offset] = [end.readUInt32LE(12), end.readUInt32LE(16)];
	const header = plain.subarray(offset, offset + length);
	const extra = Buffer.alloc(28);
	extra.writeUInt16LE(1, 0);
	extra.writeUInt16LE(24, 2);
	extra.writeBigUInt64LE(BigInt(header.readUInt32LE(24)), 4);
	extra.writeBigUInt64LE(BigInt(header.readUInt32LE(20)), 12);
	extra.writeBigUInt64LE(BigInt(header.readUInt32LE(42)), 20);
	const wideHeader = Buffer.concat([header, extra]);
	for (const field of [20, 24, 42]) wideHeader.writeUInt32LE(0xffff_ffff, field);
	wideHeader.writeUInt16LE(extra.length, 30);
	const wideEnd = Buffer.alloc(56);
	wideEnd.write('PK\u0006\u0006', 0, 'latin1');
	wideEnd.writeBigUInt64LE(44n, 4);
	wideEnd.writeBigUInt64LE(1n, 24);
	wideEnd.writeBigUInt64LE(1n, 32);
	wideEnd.writeBigUInt64LE(BigInt(wideHeader.length), 40);
	wideEnd.writeBigUInt64LE(BigInt(offset), 48);
	const locator = Buffer.alloc(20);
	locator.write('PK\u0006\u0007', 0, 'latin1');
	locator.writeBigUInt64LE(BigInt(offset + wideHeader.length), 8);
	locator.writeUInt32LE(1, 16);
	const sentOn = Buffer.from(end);
	sentOn.fill(0xff, 8, 20);
	return Buffer.concat([plain.subarray(0, offset), wideHeader, wideEnd, locator, sentOn]);
}

describe('an unpacked folder', () => {
	const filesOf = (top: string) => [...makePackage()].map(([name, bytes]) => ({ path: `${top}${name}`, file: new Blob([bytes as Uint8Array<ArrayBuffer>]) }));

	it.each([
		['the folder itself', 'made-2026-01-close1/'],
		['the folder above it', 'Downloads/made-2026-01-close1/'],
		['its files', ''],
	])('is verified from %s', async (_what, top) => {
		const beside = top.startsWith('Downloads/') ? [{ path: 'Downloads/letter.txt', file: new Blob(['x']) }] : [];
		const { source } = openFolder([...filesOf(top), ...beside]);
		expect(await verifyPackage(source, nodeCryptography)).toMatchObject({ result: 'VERIFIED', findings: [] });
	});

	it('leaves out what operating systems leave behind, and says so', async () => {
		const left = ['.DS_Store', 'data/Thumbs.db', 'data/csv/desktop.ini', 'data/._README.txt'];
		const { source, ignored } = openFolder([...filesOf('top/'), ...left.map((name) => ({ path: `top/${name}`, file: new Blob(['x']) }))]);
		expect(ignored).toEqual(left);
		expect(await verifyPackage(source, nodeCryptography)).toMatchObject({ result: 'VERIFIED' });
		const added = openFolder([...filesOf('top/'), { path: 'top/data/more.txt', file: new Blob(['x']) }]);
		expect((await verifyPackage(added.source, nodeCryptography)).findings).toMatchObject([
			{ code: 'FILE_EXTRA', file: 'data/more.txt' },
			{ code: 'BAG_INVALID' },
		]);
	});

	it('without a package is refused', () => {
		expect(() => openFolder([{ path: 'top/a.txt', file: new Blob(['x']) }])).toThrowError(expect.objectContaining({ code: 'NO_BAG_IN_FOLDER' }));
	});
});
