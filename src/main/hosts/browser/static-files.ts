import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFile {
	readonly bytes: Buffer;
	readonly contentType: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.ttf': 'font/ttf',
};

/**
 * The screens, by the path of their address: read once, at the start, so that no request ever names a file of the disk. Files of other
 * kinds (source maps) are not served.
 */
export function readStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
	const files = new Map<string, StaticFile>();
	if (!existsSync(folder)) return files;
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		const contentType = CONTENT_TYPES[extname(entry.name)];
		if (!entry.isFile() || contentType === undefined) continue;
		const path = join(entry.parentPath, entry.name);
		const file = { bytes: readFileSync(path), contentType };
		const address = `/${relative(folder, path).split(sep).join('/')}`;
		files.set(address, file);
		if (address === '/index.html') files.set('/', file);
	}
	return files;
}
