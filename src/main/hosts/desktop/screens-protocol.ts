import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { protocol } from 'electron';
import { OWN_SCHEME } from './own-address.ts';
import { headersOf, screenFile } from './screen-files.ts';

/** Must be said before Electron is ready. The scheme counts as secure and has an origin of its own; it can neither bypass a policy nor be fetched from elsewhere. */
export function announceScheme(): void {
	protocol.registerSchemesAsPrivileged([{ scheme: OWN_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Serves the screens from the files that are there now; what comes into the folder later is not served. */
export function serveScreens(folder: string): void {
	const files = listFiles(folder);
	protocol.handle(OWN_SCHEME, async ({ method, url }) => {
		if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
		const file = screenFile(url, files);
		if (file === null) return new Response(null, { status: 404 });
		return new Response(method === 'HEAD' ? null : new Uint8Array(await readFile(join(folder, file))), { headers: headersOf(file) });
	});
}

function listFiles(folder: string): ReadonlySet<string> {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return new Set(
		entries.map((entry) =>
			join(entry.parentPath, entry.name)
				.slice(folder.length + 1)
				.split(sep)
				.join('/'),
		),
	);
}
