import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const lockFile = (folder: string): string => join(folder, 'stand-in.pid');
const socketPath = (folder: string, pid: number): string => (process.platform === 'win32' ? `\\\\.\\pipe\\ledgerseal-${pid}` : join(folder, `stand-in.${pid}`));

let telling: Promise<void> = Promise.resolve();

/** Once the program that runs already has heard what this one was started with. */
export function toldHolder(): Promise<void> {
	return telling;
}

/** One program for each folder. A second one tells the first what it was started with, and gets false. */
export function takeLock(folder: string, additional: unknown, heard: (said: unknown) => void): boolean {
	mkdirSync(folder, { recursive: true });
	const holder = runningHolder(folder);
	if (holder !== null) {
		telling = new Promise((done) => {
			const socket = connect(socketPath(folder, holder), () => socket.end(JSON.stringify(additional)));
			socket.on('close', () => done());
			socket.on('error', () => done());
		});
		return false;
	}
	writeFileSync(lockFile(folder), String(process.pid));
	createServer((socket) => {
		let text = '';
		socket.setEncoding('utf8');
		socket.on('data', (chunk: string) => (text += chunk));
		socket.on('end', () => heard(JSON.parse(text)));
	})
		.listen(socketPath(folder, process.pid))
		.unref();
	return true;
}

export function releaseLock(folder: string): void {
	if (readHolder(folder) !== process.pid) return;
	rmSync(lockFile(folder), { force: true });
	if (process.platform !== 'win32') rmSync(socketPath(folder, process.pid), { force: true });
}

function runningHolder(folder: string): number | null {
	const holder = readHolder(folder);
	if (holder === null) return null;
	try {
		process.kill(holder, 0);
		return holder;
	} catch {
		// It ended without taking its lock away.
		return null;
	}
}

function readHolder(folder: string): number | null {
	try {
		return Number(readFileSync(lockFile(folder), 'utf8'));
	} catch {
		return null;
	}
}
