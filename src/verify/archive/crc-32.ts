const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
	return value;
});

/** The check sum of ZIP (polynomial 0xEDB88320, reflected), continued from that of the bytes before; 0 to begin with. */
export function crc32(bytes: Uint8Array, before = 0): number {
	let value = ~before;
	for (let index = 0; index < bytes.length; index++) value = (TABLE[(value ^ (bytes[index] as number)) & 0xff] as number) ^ (value >>> 8);
	return ~value >>> 0;
}
