import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file of the worker thread. From the build it lies beside the hosts; from the sources it is TypeScript that Node runs as it is. */
export function workerFile(): string {
	const here = import.meta.url;
	const candidates = ['./worker.js', '../worker.js', '../worker.ts'].map((path) => fileURLToPath(new URL(path, here)));
	return candidates.find((path) => existsSync(path)) ?? candidates[0] ?? '';
}
