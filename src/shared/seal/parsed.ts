import { AssertionFailure } from '#shared/kernel/assert.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Shape, ShapeProblem } from './strict-shape.ts';

/** What was read, or in words what is wrong with it: text from outside is judged, never trusted and never a bug. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export function problemIn(problem: string): { readonly ok: false; readonly problem: string } {
	return { ok: false, problem };
}

/** JSON text through a strict shape. */
export function parseJson<T>(json: string, shape: Shape<T>): Parsed<T> {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return problemIn('it is no JSON');
	}
	try {
		return { ok: true, value: shape(value) };
	} catch (problem) {
		if (problem instanceof ShapeProblem) return problemIn(problem.message);
		throw problem;
	}
}

/** The same, and the text must be the canonical JSON (RFC 8785) of what it holds: one meaning, one text, one hash. */
export function parseCanonicalJson<T>(json: string, shape: Shape<T>): Parsed<T> {
	const parsed = parseJson(json, shape);
	return parsed.ok && canonicalOrNull(parsed.value) !== json ? problemIn('it is not in canonical form') : parsed;
}

// A shape that lets further fields pass may hold there what canonical JSON has no form for (a fraction, half a pair, a nesting too deep for the stack).
function canonicalOrNull(value: unknown): string | null {
	try {
		return canonicalJson(value);
	} catch (error) {
		if (error instanceof AssertionFailure || error instanceof RangeError) return null;
		throw error;
	}
}
