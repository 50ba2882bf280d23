import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

const text = fc.string({ unit: 'binary' });
const plainValue = fc.letrec((tie) => ({
	value: fc.oneof({ maxDepth: 4 }, text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.array(tie('value')), fc.dictionary(text, tie('value'))),
})).value;

describe('canonical JSON', () => {
	it.each([
		[
			'keys in order of UTF-16 units',
			{ '\u20ac': 1, '\r': 2, '1': 3, '\u{1f600}': 4, '\ufb33': 5, a: 6, A: 7 },
			'{"\\r":2,"1":3,"A":7,"a":6,"€":1,"😀":4,"\ufb33":5}',
		],
		['the shortest escapes', '\b\t\n\f\r"\\/\u0000\u001f\u007f\u2028', '"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f\u007f\u2028"'],
		['numbers as they are', [0, -0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER], '[0,0,-1,9007199254740991,-9007199254740991]'],
		['nothing between', { b: [], a: {}, c: [true, false, null] }, '{"a":{},"b":[],"c":[true,false,null]}'],
	])('writes %s', (_what, value, json) => {
		expect(canonicalJson(value)).toBe(json);
	});

	it('equals an independent implementation of RFC 8785, and reads back as the same value', () => {
		fc.assert(
			fc.property(plainValue, (value) => {
				const json = canonicalJson(value);
				expect(json).toBe(canonicalize(value));
				expect(canonicalJson(JSON.parse(json))).toBe(json);
			}),
		);
	});

	it.each<[string, unknown]>([
		['a fraction', 1.5],
		['an unsafe integer', 2 ** 53],
		['no number', Number.NaN],
		['undefined', undefined],
		['undefined in an object', { a: undefined }],
		['nothing in an array', Array.from({ length: 3 }, (_, index) => index || undefined)],
		['a bigint', 1n],
		['a lone surrogate', '\ud800'],
		['a lone surrogate in a key', { '\udc00': 1 }],
		['a date', new Date(0)],
		['a map', new Map()],
		['bytes', new Uint8Array(1)],
		['a function', () => 1],
	])('refuses %s', (_what, value) => {
		expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ name: 'AssertionFailure' }));
	});
});
