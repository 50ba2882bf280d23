import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a machine has for a window. */
export interface WindowFacts {
	readonly platform: NodeJS.Platform;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Whether the program runs as root (never on Windows). */
	readonly isRoot: boolean;
	/** Whether the build has an entry for the window. */
	readonly hasEntry: boolean;
	/** The runtime's executable, where it was fetched before. */
	readonly executable: string | null;
}

export type WindowPlan =
	| { readonly kind: 'open'; readonly executable: string }
	/** Everything but the runtime is there. */
	| { readonly kind: 'fetch' }
	| { readonly kind: 'browser'; readonly reason: string };

/** Whether a window can be opened here, from what is on the machine alone: nothing is asked of a network. */
export function planWindow({ platform, env, isRoot, hasEntry, executable }: WindowFacts): WindowPlan {
	if (!hasEntry) return { kind: 'browser', reason: 'this build has no window' };
	if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { kind: 'browser', reason: 'there is no display here' };
	if (platform === 'linux' && isRoot) return { kind: 'browser', reason: 'a window is never opened as root' };
	return executable === null ? { kind: 'fetch' } : { kind: 'open', executable };
}

/** The executable of the runtime that lies in its package, or where ELECTRON_OVERRIDE_DIST_PATH says; null where it was not fetched yet. */
export function fetchedExecutable(packageFolder: string, env: Readonly<Record<string, string | undefined>>): string | null {
	const named = readText(join(packageFolder, 'path.txt'));
	const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageFolder, 'dist');
	const executable = join(folder, named ?? 'electron');
	return (named !== null || env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) && existsSync(executable) ? executable : null;
}

/** Where the runtime of a version comes from: the releases of its project, or the mirror that the environment names. */
export function downloadAddress(version: string, env: Readonly<Record<string, string | undefined>>): string {
	const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/';
	return `${mirror.replace(/\/?$/, '/')}v${version}/SHASUMS256.txt`;
}

function readText(file: string): string | null {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return null;
	}
}
