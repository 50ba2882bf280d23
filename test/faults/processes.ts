import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Said, Work } from './work.ts';

/** How a process ended, and all that it said before. */
export interface Ended {
	/** Exit status; null where a signal ended it. */
	readonly status: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly said: readonly Said[];
	readonly stderr: string;
}

export interface WorkingProcess {
	/** Resolves when it said this for the first time; rejects where it ended without. */
	reached(event: Said['event']): Promise<void>;
	/** Lets it through its gate. */
	go(): void;
	kill(): void;
	readonly ended: Promise<Ended>;
}

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

/** Starts a process that works on a data folder. */
export function startWork(work: Work): WorkingProcess {
	const child = spawn(process.execPath, [CHILD, JSON.stringify(work)], { stdio: ['pipe', 'pipe', 'pipe'] });
	// A child that was killed no longer reads what the test says.
	child.stdin.on('error', () => {});
	const said: Said[] = [];
	const waiting: { event: Said['event']; resolve: () => void; reject: (error: Error) => void }[] = [];
	let rest = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		const lines = (rest + chunk).split('\n');
		// A line that the kill cut off was not said.
		rest = lines.pop() ?? '';
		for (const line of lines) {
			const one = JSON.parse(line) as Said;
			said.push(one);
			for (const { event, resolve } of waiting) if (event === one.event) resolve();
		}
	});
	const ended = endOf(child, said);
	void ended.then((end) => {
		for (const { event, reject } of waiting) reject(new Error(`the process ended without "${event}": ${JSON.stringify(end)}`));
	});
	return {
		ended,
		go: () => child.stdin.end('!'),
		kill: () => child.kill('SIGKILL'),
		reached: (event) =>
			said.some((one) => one.event === event) ? Promise.resolve() : new Promise((resolve, reject) => waiting.push({ event, resolve, reject })),
	};
}

function endOf(child: ChildProcess, said: readonly Said[]): Promise<Ended> {
	let stderr = '';
	child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (status, signal) => resolve({ status, signal, said, stderr }));
	});
}

/** All of them at one moment: each comes to its gate, then they run together. */
export async function runTogether(works: readonly Work[]): Promise<Ended[]> {
	const processes = works.map((work) => startWork({ gate: 'after-open', ...work }));
	await Promise.all(processes.map((each) => each.reached('ready')));
	for (const each of processes) each.go();
	return Promise.all(processes.map((each) => each.ended));
}

/** What processes said of one kind, in the order in which each said it. */
export function saidOf<Event extends Said['event']>(ended: readonly Ended[], event: Event): Extract<Said, { event: Event }>[] {
	return ended.flatMap(({ said }) => said.filter((one): one is Extract<Said, { event: Event }> => one.event === event));
}
