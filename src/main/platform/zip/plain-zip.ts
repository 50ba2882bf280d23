import { crc32 } from 'node:zlib';
import { assert } from '#shared/kernel/assert.ts';
import { isSafeEntryName } from './entry-name.ts';
import { blocksOf, type ZipContent } from './zip-content.ts';

export interface PlainFile {
	readonly name: string;
	/** Asked for once, when its turn has come. */
	readonly content: () => ZipContent;
}

/** A number in so many bytes, little-endian. */
type Field = readonly [bytes: 2 | 4 | 8, value: number];

interface Written {
	readonly name: Buffer;
	readonly offset: number;
	readonly crc: number;
	readonly bytes: number;
	/** With the marks between the blocks. */
	readonly packed: number;
}

const MOST_OF_A_BLOCK = 0xffff;
const LAST_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff]);
const MOST_IN_32_BITS = 0xffff_fffe;
const IN_64_BITS = 0xffff_ffff;
const VERSION = { plain: 20, zip64: 45, madeBy: (3 << 8) | 63 } as const;
/** Length and checksum follow the content; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01 00:00. */
const DOS_DATE = 0x21;
const REGULAR_FILE = 0o100644 * 2 ** 16;

/**
 * An archive that is to be deflated as a part of another: its content stands in it as it is, in DEFLATE blocks without compression (RFC 1951,
 * section 3.2.4). So the bytes depend on names and contents alone, not on a zlib, and readers that stream take it, which they do not where
 * bytes are stored with their length behind them. In flat memory; ZIP64 where needed.
 */
export async function* plainZip(files: Iterable<PlainFile>): AsyncGenerator<Uint8Array, void, undefined> {
	const written: Written[] = [];
	let offset = 0;
	for (const { name, content } of files) {
		assert(isSafeEntryName(name), `"${name}" is a relative path that every system can unpack`);
		const encoded = Buffer.from(name, 'utf8');
		const head = Buffer.concat([record(0x04034b50, localFields(encoded.length)), encoded]);
		yield head;
		let [crc, bytes, packed] = [0, 0, 0];
		for await (const block of blocksOf(content(), MOST_OF_A_BLOCK)) {
			crc = crc32(block, crc);
			bytes += block.length;
			const mark = Buffer.from([0, 0, 0, 0, 0]);
			mark.writeUInt16LE(block.length, 1);
			mark.writeUInt16LE(~block.length & 0xffff, 3);
			packed += mark.length + block.length;
			yield mark;
			yield block;
		}
		yield LAST_BLOCK;
		packed += LAST_BLOCK.length;
		const file = { name: encoded, offset, crc, bytes, packed };
		const tail = descriptor(file);
		yield tail;
		written.push(file);
		offset += head.length + packed + tail.length;
	}
	yield directory(written, offset);
}

function localFields(nameBytes: number): Field[] {
	const unknown: Field[] = [
		[4, 0],
		[4, 0],
		[4, 0],
	];
	return [[2, VERSION.plain], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DOS_DATE], ...unknown, [2, nameBytes], [2, 0]];
}

const isLong = ({ bytes, packed, offset }: Written): boolean => Math.max(bytes, packed, offset) > MOST_IN_32_BITS;

function descriptor({ crc, bytes, packed }: Written): Buffer {
	const size = Math.max(bytes, packed) > MOST_IN_32_BITS ? 8 : 4;
	return record(0x08074b50, [
		[4, crc],
		[size, packed],
		[size, bytes],
	]);
}

function directory(written: readonly Written[], offset: number): Buffer {
	const entries = Buffer.concat(written.map(directoryEntry));
	const needs64 = offset + entries.length > MOST_IN_32_BITS || written.length > 0xfffe;
	const count = needs64 ? 0xffff : written.length;
	const end = record(0x06054b50, [
		[2, 0],
		[2, 0],
		[2, count],
		[2, count],
		[4, needs64 ? IN_64_BITS : entries.length],
		[4, needs64 ? IN_64_BITS : offset],
		[2, 0],
	]);
	return Buffer.concat([entries, ...(needs64 ? [end64(written.length, entries.length, offset)] : []), end]);
}

function directoryEntry(file: Written): Buffer {
	const long = isLong(file);
	const extra = long
		? fields([
				[2, 1],
				[2, 24],
				[8, file.bytes],
				[8, file.packed],
				[8, file.offset],
			])
		: Buffer.alloc(0);
	const short = (value: number): Field => [4, long ? IN_64_BITS : value];
	const head = record(0x02014b50, [
		[2, VERSION.madeBy],
		[2, long ? VERSION.zip64 : VERSION.plain],
		[2, FLAGS],
		[2, DEFLATED],
		[2, 0],
		[2, DOS_DATE],
		[4, file.crc],
		short(file.packed),
		short(file.bytes),
		[2, file.name.length],
		[2, extra.length],
		[2, 0],
		[2, 0],
		[2, 0],
		[4, REGULAR_FILE],
		short(file.offset),
	]);
	return Buffer.concat([head, file.name, extra]);
}

function end64(count: number, bytes: number, offset: number): Buffer {
	const end = record(0x06064b50, [
		[8, 44],
		[2, VERSION.madeBy],
		[2, VERSION.zip64],
		[4, 0],
		[4, 0],
		[8, count],
		[8, count],
		[8, bytes],
		[8, offset],
	]);
	const locator = record(0x07064b50, [
		[4, 0],
		[8, offset + bytes],
		[4, 1],
	]);
	return Buffer.concat([end, locator]);
}

function record(signature: number, own: readonly Field[]): Buffer {
	return fields([[4, signature], ...own]);
}

function fields(own: readonly Field[]): Buffer {
	const buffer = Buffer.alloc(own.reduce((sum, [bytes]) => sum + bytes, 0));
	let at = 0;
	for (const [bytes, value] of own) {
		if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
		else buffer.writeUIntLE(value, at, bytes);
		at += bytes;
	}
	return buffer;
}
