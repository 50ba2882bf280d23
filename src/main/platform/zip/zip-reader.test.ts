import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { contentOf, type RawEntry, rawZip, zipped } from '#test/zip-files.ts';
import { openZip } from './zip-reader.ts';

describe('openZip', () => {
	it('reads what another program wrote, without its folders', async () => {
		const folder = temporaryFolder();
		const path = join(folder, 'other.zip');
		const python =
			"import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED); z.mkdir('bag'); z.writestr('bag/a.txt', 'A' * 5000); z.close()";
		execFileSync('python3', ['-c', python.replace("z.mkdir('bag')", "z.writestr('bag/', '')"), path]);
		const zip = await openZip(path);
		expect(zip.names()).toEqual(['bag/a.txt']);
		expect((await contentOf(zip, 'bag/a.txt')).toString()).toBe('A'.repeat(5000));
		expect((await contentOf(zip, 'bag/a.txt')).length).toBe(5000);
		zip.close();
	});

	it('reads the honest form of the dishonest files below', async () => {
		const zip = await openZip(rawZip(join(temporaryFolder(), 'honest.zip'), [{ name: 'a' }, { name: 'b/c', content: 'more' }]));
		expect(zip.names()).toEqual(['a', 'b/c']);
		expect((await contentOf(zip, 'b/c')).toString()).toBe('more');
		zip.close();
	});

	it.each<[string, RawEntry[]]>([
		['a name that leads out', [{ name: '../evil' }]],
		['a name that leads out later', [{ name: 'a/../../evil' }]],
		['an absolute name', [{ name: '/etc/passwd' }]],
		['a drive', [{ name: 'C:/evil' }]],
		['a backslash', [{ name: 'a\\evil' }]],
		['a stream of NTFS', [{ name: 'a.txt:hidden' }]],
		['a control character', [{ name: 'a\u0007b' }]],
		['an empty part', [{ name: 'a//b' }]],
		['a part that is a dot', [{ name: 'a/./b' }]],
		['two of one name', [{ name: 'a' }, { name: 'a' }]],
		['two that differ in case', [{ name: 'data/A.csv' }, { name: 'data/a.csv' }]],
		['two that differ in composition', [{ name: 'caf\u00e9' }, { name: 'cafe\u0301' }]],
		['a file and a folder of one name', [{ name: 'a' }, { name: 'a/', content: '' }]],
		['a folder with content', [{ name: 'a/' }]],
		['a link', [{ name: 'a', attributes: (0o120777 << 16) >>> 0 }]],
		['a device', [{ name: 'a', attributes: (0o060666 << 16) >>> 0 }]],
		['encryption', [{ name: 'a', flags: 0x801 }]],
		['another compression', [{ name: 'a', method: 14 }]],
		['files that share bytes', [{ name: 'a' }, { name: 'b', shareContent: true }]],
		[
			'more than it may unpack to',
			[
				{ name: 'a', declaredSize: 4_000_000_000 },
				{ name: 'b', declaredSize: 4_000_000_000 },
			],
		],
	])('refuses %s', async (_name, entries) => {
		const path = rawZip(join(temporaryFolder(), 'hostile.zip'), entries);
		await expect(openZip(path)).rejects.toMatchObject({ name: 'AppError', code: 'PACKAGE_UNREADABLE', details: { path } });
	});

	it.each<[string, RawEntry]>([
		['more bytes than declared', { name: 'a', content: 'x'.repeat(100_000), declaredSize: 10 }],
		['fewer bytes than declared', { name: 'a', content: 'x'.repeat(10), declaredSize: 100_000 }],
		['another checksum', { name: 'a', crc: 1 }],
		['another name in front of the content', { name: 'a', localName: 'b' }],
	])('refuses, while reading, %s', async (_name, entry) => {
		const path = rawZip(join(temporaryFolder(), 'lying.zip'), [entry, { name: 'good', content: 'good' }]);
		const zip = await openZip(path);
		await expect(contentOf(zip, 'a')).rejects.toMatchObject({ code: 'PACKAGE_UNREADABLE', details: { path, file: 'a' } });
		expect((await contentOf(zip, 'good')).toString()).toBe('good');
		zip.close();
	});

	it('keeps to the limits it is given', async () => {
		const path = join(temporaryFolder(), 'package.zip');
		await zipped(path, [
			['a', Buffer.alloc(70 * 1024 * 1024)],
			['b', Buffer.from('x')],
		]);
		const reasons: string[] = [];
		for (const limits of [{ maxEntries: 1 }, { maxEntryBytes: 1000 }, { maxTotalBytes: 1000 }, { maxRatio: 5 }, {}]) {
			await openZip(path, limits).catch((error: { details: { reason: string } }) => reasons.push(error.details.reason));
		}
		expect(reasons).toEqual([
			expect.stringContaining('lists 2 files'),
			expect.stringContaining('more than 1000'),
			expect.stringContaining('more than 1000'),
			expect.stringContaining('over 5 times'),
			expect.stringContaining('over 200 times'),
		]);
		const zip = await openZip(path, { maxRatio: 2000 });
		expect(zip.size('a')).toBe(70 * 1024 * 1024);
		zip.close();
	});

	it('refuses what is no ZIP file, is cut, or is not there, and a file that it does not hold', async () => {
		const folder = temporaryFolder();
		writeFileSync(join(folder, 'letter.zip'), 'Dear auditor');
		writeFileSync(join(folder, 'empty.zip'), '');
		await zipped(join(folder, 'whole.zip'), [['a', Buffer.from('x'.repeat(500))]]);
		writeFileSync(join(folder, 'cut.zip'), readFileSync(join(folder, 'whole.zip')).subarray(0, -10));
		for (const name of ['letter.zip', 'empty.zip', 'cut.zip', 'missing.zip', '.']) {
			await expect(openZip(join(folder, name)), name).rejects.toMatchObject({ code: 'PACKAGE_UNREADABLE' });
		}
		const zip = await openZip(join(folder, 'whole.zip'));
		expect(() => zip.read('b')).toThrow('no file b');
		expect(() => zip.size('__proto__')).toThrow('no file');
		zip.close();
	});

	it('finds every changed byte of a file, or refuses the archive', async () => {
		const folder = temporaryFolder();
		await zipped(join(folder, 'whole.zip'), [['a.csv', Buffer.from('code,debit\n1000,1250.00\n')]]);
		const whole = readFileSync(join(folder, 'whole.zip'));
		const content = Buffer.from('code,debit\n1000,1250.00\n').toString();
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (position, change) => {
				const altered = Buffer.from(whole);
				altered[position] = (altered[position] ?? 0) ^ change;
				writeFileSync(join(folder, 'altered.zip'), altered);
				const read = openZip(join(folder, 'altered.zip')).then(async (zip) => {
					try {
						return (await contentOf(zip, 'a.csv')).toString();
					} finally {
						zip.close();
					}
				});
				// Bytes that say nothing about the content (times, versions) may change; the content read never does.
				const outcome = await read.catch((error: { code: string }) => error.code);
				expect([content, 'PACKAGE_UNREADABLE']).toContain(outcome);
			}),
			{ numRuns: 300 },
		);
	});

	it('can be left in the middle of a file', async () => {
		const path = join(temporaryFolder(), 'package.zip');
		await zipped(path, [['a', Buffer.alloc(5_000_000, 'journal ')]]);
		const zip = await openZip(path);
		for await (const chunk of zip.read('a')) {
			expect(chunk.length).toBeGreaterThan(0);
			break;
		}
		expect((await contentOf(zip, 'a')).length).toBe(5_000_000);
		zip.close();
	});
});
