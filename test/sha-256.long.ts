import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createPureSha256, toHex, utf8Bytes } from '#shared/seal/index.ts';

it('the bits of a stream are counted beyond 32 bits', () => {
	// 512 MiB and a little: the length in bits does not fit into the low word.
	const part = new Uint8Array(16 * 1024 * 1024).fill(0x5a);
	const pure = createPureSha256();
	const engine = createHash('sha256');
	for (let index = 0; index < 32; index++) {
		pure.update(part);
		engine.update(part);
	}
	pure.update(utf8Bytes('end'));
	engine.update('end');
	expect(toHex(pure.digest())).toBe(engine.digest('hex'));
});
