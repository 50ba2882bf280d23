// The shared tree is compiled without the types of a browser or of Node; both have these two.
declare class TextEncoder {
	encode(text: string): Uint8Array;
}
declare class TextDecoder {
	constructor(label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean });
	decode(bytes: Uint8Array): string;
}

const encoder = new TextEncoder();
// ignoreBOM keeps a byte order mark as a character, so that decoding loses nothing.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a text. A lone surrogate has none, so callers check for well-formed text first. */
export function utf8Bytes(text: string): Uint8Array {
	return encoder.encode(text);
}

/** The text of UTF-8 bytes, a byte order mark included; null where they are not valid UTF-8. */
export function utf8Text(bytes: Uint8Array): string | null {
	try {
		return decoder.decode(bytes);
	} catch {
		return null;
	}
}

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
	let hex = '';
	for (const byte of bytes) hex += HEX_OF_BYTE[byte];
	return hex;
}

/** The bytes of lower-case hex of even length; null where the text is none. */
export function fromHex(hex: string): Uint8Array | null {
	if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return null;
	const bytes = new Uint8Array(hex.length / 2);
	for (let index = 0; index < bytes.length; index++) bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
	return bytes;
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
	return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of padded base64 (RFC 4648 section 4, zero pad bits); null where the text is none. */
export function fromBase64(text: string): Uint8Array | null {
	if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const bytes = new Uint8Array((text.length / 4) * 3 - padding);
	let pending = 0;
	let pendingBits = 0;
	let length = 0;
	for (const digit of text.slice(0, text.length - padding)) {
		pending = ((pending << 6) | BASE64_DIGITS.indexOf(digit)) & 0xffff;
		pendingBits += 6;
		if (pendingBits < 8) continue;
		pendingBits -= 8;
		bytes[length++] = (pending >> pendingBits) & 0xff;
	}
	return (pending & ((1 << pendingBits) - 1)) === 0 ? bytes : null;
}

/** Padded base64 (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (let index = 0; index < bytes.length; index += 3) {
		const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
		const digits = Math.min(3, bytes.length - index) + 1;
		for (let digit = 0; digit < 4; digit++) text += digit < digits ? BASE64_DIGITS[(group >> (18 - 6 * digit)) & 63] : '=';
	}
	return text;
}
