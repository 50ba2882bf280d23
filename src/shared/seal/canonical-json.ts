import { assert } from '#shared/kernel/assert.ts';

/** What a seal may hold: RFC 8785 without fractions, because no amount and no count is one. */
export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

/** A JSON string as RFC 8785 section 3.2.2.2 writes it. A lone surrogate is a bug of the caller: books never hold one. */
export function quote(text: string): string {
	assert(typeof text === 'string' && text.isWellFormed(), 'a text under a seal is well-formed Unicode');
	return JSON.stringify(text);
}

/** The same, or `null`. */
export function quoteOrNull(text: string | null): string {
	return text === null ? 'null' : quote(text);
}

/**
 * The canonical JSON of a plain value (RFC 8785: no spaces, keys in order of their UTF-16 units, shortest escapes).
 * Whole numbers within 2^53 - 1 only. Anything else (fractions, undefined, bigint, class instances, lone surrogates) is an AssertionFailure.
 */
export function canonicalJson(value: unknown): string {
	if (typeof value === 'string') return quote(value);
	if (value === null) return 'null';
	if (typeof value === 'number') {
		assert(Number.isSafeInteger(value), 'a number under a seal is a safe integer');
		return String(value);
	}
	if (typeof value === 'boolean') return value ? 'true' : 'false';
	assert(typeof value === 'object', `canonical JSON has no ${typeof value}`);
	return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
}

function canonicalArray(values: readonly unknown[]): string {
	let json = '[';
	for (let index = 0; index < values.length; index++) {
		if (index > 0) json += ',';
		json += canonicalJson(values[index]);
	}
	return `${json}]`;
}

function canonicalObject(value: object): string {
	const prototype = Object.getPrototypeOf(value);
	assert(prototype === Object.prototype || prototype === null, 'canonical JSON takes plain objects only');
	const fields = value as Record<string, unknown>;
	let json = '{';
	// The default order of sort is that of UTF-16 units, which is what RFC 8785 section 3.2.3 asks for.
	for (const key of Object.keys(fields).sort()) {
		if (json.length > 1) json += ',';
		json += `${quote(key)}:${canonicalJson(fields[key])}`;
	}
	return `${json}}`;
}
