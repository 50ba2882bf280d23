const SECRET_KEY = /pass(?:word|phrase|wd)?$|^pass|secret|token|authorization|cookie|credential|private_?key|api_?key/i;
const PRIVATE_KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const ADDRESS_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi;
const ASSIGNED_SECRET = /\b(password|passphrase|passwd|secret|token|api_?key)(["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&"']+)/gi;
const HIDDEN = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 8000;

/**
 * A value as plain JSON that is fit for a log: values of keys that sound like secrets, private keys, passwords in addresses and
 * `password=…` in texts are `[redacted]`; errors become name, message, code, stack and cause; cycles, depths and lengths are cut.
 */
export function redact(value: unknown): unknown {
	return redactAt(value, 0, new Set());
}

function redactText(text: string): string {
	const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text;
	return short.replace(PRIVATE_KEY_BLOCK, HIDDEN).replace(ADDRESS_PASSWORD, `$1:${HIDDEN}@`).replace(ASSIGNED_SECRET, `$1$2${HIDDEN}`);
}

function redactAt(value: unknown, depth: number, above: Set<object>): unknown {
	switch (typeof value) {
		case 'string':
			return redactText(value);
		case 'bigint':
			return String(value);
		case 'number':
			return Number.isFinite(value) ? value : String(value);
		case 'boolean':
		case 'undefined':
			return value;
		case 'symbol':
		case 'function':
			return `[${typeof value}]`;
		case 'object':
			return value === null ? null : redactObject(value, depth, above);
	}
}

function redactObject(value: object, depth: number, above: Set<object>): unknown {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
	if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
	if (above.has(value)) return '[cycle]';
	if (depth === MAX_DEPTH) return '[deep]';
	above.add(value);
	const plain = plainOf(value, (inner) => redactAt(inner, depth + 1, above));
	above.delete(value);
	return plain;
}

function plainOf(value: object, inside: (inner: unknown) => unknown): unknown {
	if (Array.isArray(value)) {
		const items = value.slice(0, MAX_ITEMS).map(inside);
		return value.length > MAX_ITEMS ? [...items, `… ${value.length - MAX_ITEMS} more`] : items;
	}
	if (value instanceof Map) return plainOf(Object.fromEntries([...value].map(([key, inner]) => [String(key), inner])), inside);
	if (value instanceof Set) return plainOf([...value], inside);
	const own = Object.entries(value);
	const entries = value instanceof Error ? [...errorEntries(value), ...own] : own;
	const plain: Record<string, unknown> = {};
	for (const [key, inner] of entries.slice(0, MAX_ITEMS)) plain[key] = SECRET_KEY.test(key) ? HIDDEN : inside(inner);
	return plain;
}

function errorEntries(error: Error): [string, unknown][] {
	const entries: [string, unknown][] = [
		['name', error.name],
		['message', error.message],
		['stack', error.stack],
	];
	if (error.cause !== undefined) entries.push(['cause', error.cause]);
	if (error instanceof AggregateError) entries.push(['errors', error.errors]);
	return entries;
}
