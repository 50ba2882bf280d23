import { expect, it } from 'vitest';
import { plainZip } from '#main/platform/zip/plain-zip.ts';

it('an archive that is to be deflated later goes on beyond 4 GiB as ZIP64', async () => {
	const block = Buffer.alloc(64 * 1024 * 1024);
	const count = 65;
	const files = [
		{
			name: 'huge',
			content: () =>
				(function* () {
					for (let index = 0; index < count; index++) yield block;
				})(),
		},
		{ name: 'after', content: () => ['the end'] },
	];
	// A sheet so long is not opened by hand: what counts is that the directory points to the right places.
	const tail: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of plainZip(files)) {
		bytes += chunk.length;
		tail.push(Buffer.from(chunk.length > 4096 ? chunk.subarray(0, 0) : chunk));
		if (tail.length > 200) tail.shift();
	}
	const end = Buffer.concat(tail);
	const locator = end.lastIndexOf(Buffer.from('PK\u0006\u0007'));
	const directoryEnd = Number(end.readBigUInt64LE(locator + 8));
	expect(end.subarray(end.length - (bytes - directoryEnd)).readUInt32LE(0)).toBe(0x06064b50);
	const entry = end.lastIndexOf(Buffer.from('PK\u0001\u0002'), end.lastIndexOf('after'));
	const offset = Number(end.readBigUInt64LE(entry + 46 + 'after'.length + 4 + 16));
	expect(end.subarray(end.length - (bytes - offset)).readUInt32LE(0)).toBe(0x04034b50);
	expect(offset).toBeGreaterThan(2 ** 32);
});
