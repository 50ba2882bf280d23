import { isCivilDate } from '#shared/kernel/civil-date.ts';

/** Thrown by a shape and caught by `parseJson`; it never leaves this folder. */
export class ShapeProblem extends Error {
	override readonly name = 'ShapeProblem';
	readonly what: string;
	readonly path: string;

	constructor(what: string, path = '') {
		super(`${path === '' ? 'it' : path} is not ${what}`);
		this.what = what;
		this.path = path;
	}
}

/** Checks a value that came out of JSON.parse and gives it its type, or throws a ShapeProblem. */
export type Shape<T> = (value: unknown) => T;

function fail(what: string): never {
	throw new ShapeProblem(what);
}

// The path is put together only when something is wrong: shapes run once for every line of a ledger.
function failInside(problem: unknown, step: string): never {
	if (!(problem instanceof ShapeProblem)) throw problem;
	const dot = problem.path === '' || problem.path.startsWith('[') ? '' : '.';
	throw new ShapeProblem(problem.what, `${step}${dot}${problem.path}`);
}

export const text: Shape<string> = (value) => {
	if (typeof value !== 'string' || !value.isWellFormed()) fail('a text');
	return value;
};

/** A uuid or another id: one word without spaces, so that it can stand on a line of its own. */
export const identifier: Shape<string> = (value) => {
	if (typeof value !== 'string' || !/^[!-~]{1,100}$/.test(value)) fail('an id');
	return value;
};

/** A UTC instant as the books write it: ISO 8601 with `Z`. */
export const instant: Shape<string> = (value) => {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value)) fail('an instant in UTC');
	return value;
};

export const flag: Shape<boolean> = (value) => {
	if (typeof value !== 'boolean') fail('true or false');
	return value;
};

/** A whole number from 0. */
export const count: Shape<number> = (value) => {
	if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) fail('a whole number from 0');
	return value;
};

/** A signed whole number, such as minor units. */
export const integer: Shape<number> = (value) => {
	if (typeof value !== 'number' || !Number.isSafeInteger(value)) fail('a whole number');
	return value;
};

export const positive: Shape<number> = (value) => {
	const number = count(value);
	if (number === 0) fail('a number from 1');
	return number;
};

export const sha256Hex: Shape<string> = (value) => {
	if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) fail('a SHA-256 in lower-case hex');
	return value;
};

export const civilDate: Shape<string> = (value) => {
	if (typeof value !== 'string' || !isCivilDate(value)) fail('a date');
	return value;
};

/** A sum of minor units as a decimal text, which may pass 2^53 - 1. */
export const sumText: Shape<string> = (value) => {
	if (typeof value !== 'string' || !/^(?:0|-?[1-9]\d{0,39})$/.test(value)) fail('a whole number as text');
	return value;
};

/** A signed sum of minor units: an integer where it is safe, else a decimal text. */
export type StoredSum = number | string;

export const storedSum: Shape<StoredSum> = (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : sumText(value));

export function literal<const T extends string | number>(expected: T): Shape<T> {
	return (value) => (value === expected ? expected : fail(String(expected)));
}

export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
	const allowed: ReadonlySet<unknown> = new Set(values);
	return (value) => (allowed.has(value) ? (value as T) : fail(`one of ${values.join(', ')}`));
}

export function anyOf<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
	return (value) => {
		try {
			return first(value);
		} catch {
			return second(value);
		}
	};
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
	return (value) => (value === null ? null : shape(value));
}

/** The list itself is given back: shapes inside check, and must not convert. */
export function array<T>(shape: Shape<T>): Shape<readonly T[]> {
	return (value) => {
		if (!Array.isArray(value)) fail('a list');
		let index = 0;
		try {
			for (; index < value.length; index++) shape(value[index]);
		} catch (problem) {
			failInside(problem, `[${index}]`);
		}
		return value as readonly T[];
	};
}

/** Any names, one kind of value. */
export function record<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
	return (value) => {
		const fields = plainFields(value);
		for (const key of Object.keys(fields)) {
			try {
				text(key);
				shape(fields[key]);
			} catch (problem) {
				failInside(problem, JSON.stringify(key));
			}
		}
		return fields as Readonly<Record<string, T>>;
	};
}

/** Exactly these keys, or these and more where `open`. The object itself is given back: shapes inside check, and must not convert. */
export function object<T extends object>(shapes: { readonly [K in keyof T]-?: Shape<T[K]> }, open = false): Shape<T> {
	const keys = Object.keys(shapes) as (keyof T & string)[];
	return (value) => {
		const fields = plainFields(value);
		let key: string = '';
		try {
			for (const name of keys) {
				key = name;
				if (!Object.hasOwn(fields, name)) fail('there');
				shapes[name](fields[name]);
			}
			if (!open && Object.keys(fields).length !== keys.length) {
				key = String(Object.keys(fields).find((name) => !Object.hasOwn(shapes, name)));
				fail('known here');
			}
		} catch (problem) {
			failInside(problem, key);
		}
		return fields as T;
	};
}

function plainFields(value: unknown): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) fail('an object');
	return value as Record<string, unknown>;
}
