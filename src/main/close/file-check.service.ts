import { closeSync, openSync, readSync } from 'node:fs';
import { contentPath } from '#main/platform/files.ts';
import { createSha256 } from '#main/platform/signing.ts';

export interface FileCheck {
	stateOf(sha256: string): 'whole' | 'missing' | 'changed';
}

/** Hashes stored evidence, each file once. `folder` is the content store. */
export function createFileCheck(folder: string): FileCheck {
	const states = new Map<string, 'whole' | 'missing' | 'changed'>();
	return {
		stateOf(sha256) {
			let state = states.get(sha256);
			if (state === undefined) {
				state = fileState(folder, sha256);
				states.set(sha256, state);
			}
			return state;
		},
	};
}

function fileState(folder: string, sha256: string): 'whole' | 'missing' | 'changed' {
	let file: number;
	try {
		file = openSync(contentPath(folder, sha256), 'r');
	} catch {
		return 'missing';
	}
	try {
		const digest = createSha256();
		const chunk = Buffer.alloc(256 * 1024);
		for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) digest.update(chunk.subarray(0, read));
		return digest.digestHex() === sha256 ? 'whole' : 'changed';
	} finally {
		closeSync(file);
	}
}
