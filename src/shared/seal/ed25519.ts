import { concatBytes, sameBytes } from './bytes.ts';
import { pureSha512 } from './sha-512.ts';
import { SIGNATURE_BYTES, type VerifyEd25519 } from './signature.ts';

// RFC 8032 section 5.1: the field, the order of the base point, the curve's d, a square root of -1, and the base point's y.
const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const CURVE_D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
const ROOT_OF_MINUS_ONE = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;
const BASE_Y = 0x6666666666666666666666666666666666666666666666666666666666666658n;

/** Extended coordinates (section 5.1.4): x = X/Z, y = Y/Z, x * y = T/Z. */
interface Point {
	readonly X: bigint;
	readonly Y: bigint;
	readonly Z: bigint;
	readonly T: bigint;
}

const NEUTRAL: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n };

/**
 * Ed25519 verification (RFC 8032 section 5.1.7) in plain arithmetic, for engines that have none. Strict: S below the order, both points in their one
 * encoding and not of small order. Not in constant time, which only signing needs.
 */
export function pureVerifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	const key = acceptablePoint(publicKey);
	if (key === null || !isStrictEd25519(publicKey, signature)) return false;
	const r = signature.subarray(0, 32);
	const challenge = fromLittleEndian(pureSha512(concatBytes([r, publicKey, message]))) % ORDER;
	// R = S * B - challenge * A, compared as bytes: a second encoding of R is no signature.
	const negated = { ...key, X: FIELD - key.X, T: FIELD - key.T };
	const base = decodePoint(toLittleEndian(BASE_Y)) as Point;
	return sameBytes(encodePoint(sumOfProducts(fromLittleEndian(signature.subarray(32)), base, challenge, negated)), r);
}

/**
 * Whether key and signature are well formed in the strict sense, whatever the message. Engines differ on what is not: one that takes a second
 * encoding or a point of small order would answer otherwise than another, so all hosts ask this first.
 */
export function isStrictEd25519(publicKey: Uint8Array, signature: Uint8Array): boolean {
	if (publicKey.length !== 32 || signature.length !== SIGNATURE_BYTES) return false;
	if (fromLittleEndian(signature.subarray(32)) >= ORDER) return false;
	return acceptablePoint(publicKey) !== null && acceptablePoint(signature.subarray(0, 32)) !== null;
}

/** An engine's own verification, made as strict as ours. */
export function strictEd25519(verify: VerifyEd25519): VerifyEd25519 {
	return (publicKey, message, signature) => isStrictEd25519(publicKey, signature) && verify(publicKey, message, signature);
}

function acceptablePoint(bytes: Uint8Array): Point | null {
	const point = bytes.length === 32 ? decodePoint(bytes) : null;
	if (point === null) return null;
	const eightfold = double(double(double(point)));
	return eightfold.X === 0n && eightfold.Y === eightfold.Z ? null : point;
}

/** Section 5.1.3; null for what is no point or not its one encoding. */
function decodePoint(bytes: Uint8Array): Point | null {
	const whole = fromLittleEndian(bytes);
	const isOdd = whole >> 255n === 1n;
	const y = BigInt.asUintN(255, whole);
	if (y >= FIELD) return null;
	const numerator = modulo(y * y - 1n);
	const denominator = modulo(CURVE_D * y * y + 1n);
	// The square root of numerator / denominator in one exponentiation.
	const cubed = modulo(denominator ** 3n);
	let x = modulo(numerator * cubed * power(modulo(numerator * cubed * modulo(denominator ** 4n)), (FIELD - 5n) / 8n));
	const square = modulo(denominator * x * x);
	if (square === modulo(-numerator)) x = modulo(x * ROOT_OF_MINUS_ONE);
	else if (square !== numerator) return null;
	if (x === 0n && isOdd) return null;
	if (((x & 1n) === 1n) !== isOdd) x = FIELD - x;
	return { X: x, Y: y, Z: 1n, T: modulo(x * y) };
}

function encodePoint(point: Point): Uint8Array {
	const inverse = power(point.Z, FIELD - 2n);
	const x = modulo(point.X * inverse);
	return toLittleEndian(modulo(point.Y * inverse) | ((x & 1n) << 255n));
}

/** n * P + m * Q with one row of doublings. */
function sumOfProducts(n: bigint, first: Point, m: bigint, second: Point): Point {
	const both = add(first, second);
	let sum = NEUTRAL;
	for (let bit = 255n; bit >= 0n; bit--) {
		sum = double(sum);
		const [ofFirst, ofSecond] = [(n >> bit) & 1n, (m >> bit) & 1n];
		if (ofFirst === 1n) sum = add(sum, ofSecond === 1n ? both : first);
		else if (ofSecond === 1n) sum = add(sum, second);
	}
	return sum;
}

// The formulas of section 5.1.4, which hold for every pair of points.
function add(one: Point, other: Point): Point {
	const a = modulo((one.Y - one.X) * (other.Y - other.X));
	const b = modulo((one.Y + one.X) * (other.Y + other.X));
	const c = modulo(2n * CURVE_D * modulo(one.T * other.T));
	const d = modulo(2n * one.Z * other.Z);
	return product(b - a, d - c, d + c, b + a);
}

function double(point: Point): Point {
	const a = modulo(point.X * point.X);
	const b = modulo(point.Y * point.Y);
	const h = a + b;
	const e = h - modulo((point.X + point.Y) ** 2n);
	const g = a - b;
	return product(e, modulo(2n * point.Z * point.Z) + g, g, h);
}

function product(e: bigint, f: bigint, g: bigint, h: bigint): Point {
	return { X: modulo(e * f), Y: modulo(g * h), Z: modulo(f * g), T: modulo(e * h) };
}

function modulo(value: bigint): bigint {
	const rest = value % FIELD;
	return rest < 0n ? rest + FIELD : rest;
}

function power(base: bigint, exponent: bigint): bigint {
	let result = 1n;
	for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
		if ((rest & 1n) === 1n) result = modulo(result * square);
		square = modulo(square * square);
	}
	return result;
}

function fromLittleEndian(bytes: Uint8Array): bigint {
	let value = 0n;
	for (const [index, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * index);
	return value;
}

function toLittleEndian(value: bigint): Uint8Array {
	return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));
}
