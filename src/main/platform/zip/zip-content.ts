/** Whole bytes, or pieces of any size; a text is its UTF-8. */
export type ZipContent = Uint8Array | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** The content in blocks of one size (the last may be shorter), however it came in. Each block is the receiver's own. */
export async function* blocksOf(content: ZipContent, blockBytes: number): AsyncGenerator<Uint8Array> {
	let block = Buffer.allocUnsafe(blockBytes);
	let used = 0;
	for await (const piece of content instanceof Uint8Array ? [content] : content) {
		const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
		for (let from = 0; from < bytes.length; ) {
			const taken = Math.min(bytes.length - from, blockBytes - used);
			block.set(bytes.subarray(from, from + taken), used);
			from += taken;
			used += taken;
			if (used < blockBytes) continue;
			yield block;
			block = Buffer.allocUnsafe(blockBytes);
			used = 0;
		}
	}
	if (used > 0) yield block.subarray(0, used);
}
