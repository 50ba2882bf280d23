import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '#test/zip-files.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { plainZip } from './plain-zip.ts';
import { openZip } from './zip-reader.ts';

async function archive(files: readonly (readonly [name: string, pieces: readonly (string | Uint8Array)[]])[]): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of plainZip(files.map(([name, pieces]) => ({ name, content: () => pieces })))) chunks.push(chunk);
	return Buffer.concat(chunks);
}

function onDisk(bytes: Buffer): string {
	const path = join(temporaryFolder(), 'plain.zip');
	writeFileSync(path, bytes);
	return path;
}

describe('plainZip', () => {
	it('is unpacked by unzip, by Python, by a reader that only streams, and by our own', async () => {
		const big = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
		const path = onDisk(
			await archive([
				['a/मराठी.txt', ['one ', 'दोन']],
				['empty', []],
				['big.bin', [big]],
			]),
		);
		execFileSync('unzip', ['-tq', path]);
		const python = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print([(i.filename, i.file_size, i.date_time, oct(i.external_attr >> 16)) for i in z.infolist()])`;
		expect(execFileSync('python3', ['-c', python, path], { encoding: 'utf8' })).toBe(
			"[('a/मराठी.txt', 13, (1980, 1, 1, 0, 0, 0), '0o100644'), ('empty', 0, (1980, 1, 1, 0, 0, 0), '0o100644'), ('big.bin', 200000, (1980, 1, 1, 0, 0, 0), '0o100644')]\n",
		);
		// funzip sees no directory: it takes the first file from a stream.
		expect(execFileSync('funzip', [], { input: await archive([['x', ['streamed']]]), encoding: 'utf8' })).toBe('streamed');
		const zip = await openZip(path);
		try {
			expect((await contentOf(zip, 'a/मराठी.txt')).toString()).toBe('one दोन');
			expect((await contentOf(zip, 'big.bin')).equals(big)).toBe(true);
		} finally {
			zip.close();
		}
	});

	it('depends on names and contents alone, not on the pieces', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 200_000 }), fc.array(fc.nat({ max: 200_000 }), { maxLength: 5 }), async (bytes, cuts) => {
				const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((one, other) => one - other), bytes.length];
				const pieces = places.slice(1).map((to, index) => bytes.subarray(places[index], to));
				return (await archive([['x', pieces]])).equals(await archive([['x', [bytes]]]));
			}),
			{ numRuns: 20 },
		);
	});

	it('hands on what a content throws', async () => {
		const broken = {
			name: 'x',
			content: () =>
				(function* (): Generator<string> {
					yield 'one';
					throw new Error('the books went away');
				})(),
		};
		await expect(
			(async () => {
				for await (const chunk of plainZip([broken])) expect(chunk.length).toBeGreaterThan(0);
			})(),
		).rejects.toThrow('went away');
	});
});
