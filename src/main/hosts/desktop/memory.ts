import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readPlace, type WindowPlace } from './window-place.ts';

interface Remembered {
	readonly window: WindowPlace | null;
	readonly language: string | null;
}

/** What the desktop remembers from one start to the next. Nothing of the books is in it, and losing it loses nothing. */
export interface Memory extends Remembered {
	keep(changed: Partial<Remembered>): void;
}

/** `path` is a JSON file; a missing or damaged one counts as empty, and one that cannot be written is done without. */
export function openMemory(path: string, onFailure: (error: unknown) => void): Memory {
	let now = read(path);
	return {
		get window() {
			return now.window;
		},
		get language() {
			return now.language;
		},
		keep: (changed) => {
			now = { ...now, ...changed };
			try {
				mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
				// A window that closes with the machine must not leave half a file.
				writeFileSync(`${path}.new`, JSON.stringify(now));
				renameSync(`${path}.new`, path);
			} catch (error) {
				onFailure(error);
			}
		},
	};
}

function read(path: string): Remembered {
	try {
		const { window, language } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
		return { window: readPlace(window), language: typeof language === 'string' ? language : null };
	} catch {
		return { window: null, language: null };
	}
}
