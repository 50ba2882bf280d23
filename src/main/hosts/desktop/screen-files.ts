import { extname } from 'node:path/posix';
import { isOwnAddress, OWN_PAGE } from './own-address.ts';

/**
 * What the pages of the program may do, for every answer of the own protocol. Style attributes are allowed because the
 * components set them; a script runs only from a file of the program.
 */
export const CONTENT_POLICY = [
	"default-src 'self'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self'",
	"connect-src 'self'",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-src 'none'",
	"frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
	'.ttf': 'font/ttf',
};

/**
 * The file of the screens that an address names, or null. `files` is the whole list, as paths with `/` below the folder of the
 * screens: what is not in it does not exist, so that no path leads out of the folder, however it is written.
 */
export function screenFile(address: string, files: ReadonlySet<string>): string | null {
	if (!isOwnAddress(address, { start: OWN_PAGE })) return null;
	const { pathname, search } = new URL(address);
	if (search !== '') return null;
	const name = pathname === '/' ? 'index.html' : pathname.slice(1);
	return files.has(name) ? name : null;
}

export function headersOf(file: string): Record<string, string> {
	return {
		'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
		'content-security-policy': CONTENT_POLICY,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		// The files change with the program, and reading them from the disk is as quick as a cache.
		'cache-control': 'no-store',
	};
}
