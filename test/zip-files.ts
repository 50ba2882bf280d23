import { writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ZipReader } from '#main/platform/zip/zip-reader.ts';
import { createZip, type ZipContent } from '#main/platform/zip/zip-writer.ts';

/** A whole file of an archive. */
export async function contentOf(zip: ZipReader, name: string): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of zip.read(name)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Writes an archive of these names and contents; the third value says whether one is compressed. */
export async function zipped(path: string, files: readonly (readonly [string, ZipContent, boolean?])[]): Promise<{ bytes: number; sha256: string }> {
	const zip = await createZip(path);
	for (const [name, content, compress] of files) await zip.add(name, content, { compress });
	return zip.finish();
}

/** What an entry says, rightly or not. */
export interface RawEntry {
	readonly name: string;
	readonly content?: string;
	readonly localName?: string;
	readonly declaredSize?: number;
	readonly crc?: number;
	readonly flags?: number;
	readonly method?: number;
	readonly attributes?: number;
	/** Takes the content of the entry before it. */
	readonly shareContent?: boolean;
}

/** A ZIP file, byte by byte (APPNOTE 6.3), so that it can lie. */
export function rawZip(path: string, entries: readonly RawEntry[]): string {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	let shared = 0;
	for (const entry of entries) {
		const content = Buffer.from(entry.content ?? 'content');
		const data = deflateRawSync(content);
		const crc = entry.crc ?? crc32(content);
		const fixed = Buffer.alloc(26);
		fixed.writeUInt16LE(20, 0);
		fixed.writeUInt16LE(entry.flags ?? 0x800, 2);
		fixed.writeUInt16LE(entry.method ?? 8, 4);
		fixed.writeUInt16LE(0x21, 8);
		fixed.writeUInt32LE(crc, 10);
		fixed.writeUInt32LE(data.length, 14);
		fixed.writeUInt32LE(entry.declaredSize ?? content.length, 18);
		const name = Buffer.from(entry.name);
		const localName = Buffer.from(entry.localName ?? entry.name);
		const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, localName, data]);
		local.writeUInt16LE(localName.length, 26);
		const central = Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([63, 3]), fixed, Buffer.alloc(14), name]);
		central.writeUInt16LE(name.length, 28);
		central.writeUInt32LE(entry.attributes ?? (0o100644 << 16) >>> 0, 38);
		central.writeUInt32LE(entry.shareContent ? shared : offset, 42);
		directory.push(central);
		if (entry.shareContent) continue;
		shared = offset;
		parts.push(local);
		offset += local.length;
	}
	const listing = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\u0005\u0006', 0, 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listing.length, 12);
	end.writeUInt32LE(offset, 16);
	writeFileSync(path, Buffer.concat([...parts, listing, end]));
	return path;
}
