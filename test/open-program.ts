import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { Client } from '#shared/contract/client.ts';
import { present } from '#shared/kernel/assert.ts';
import { createProgramClient } from '#main/app/program-client.ts';
import { type Change, type JobChange, openProgram, type ProgramThreads } from '#main/app/program-threads.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Place = 'writer' | 'quick' | 'heavy';

/** A program in its threads, with what it said. */
export interface OpenProgram {
	readonly program: ProgramThreads;
	readonly folder: string;
	readonly changes: readonly Change[];
	readonly jobs: readonly JobChange[];
	readonly warnings: readonly string[];
	/** How often a thread was started. */
	starts(place: Place): number;
	/** As whoever needs no password. */
	client(): Promise<Client>;
	/** Ends a thread as a fault in native code would. */
	kill(place: Place): Promise<void>;
}

/** Opens a data folder, a new one unless given, as a host that stays open does. */
export async function openTestProgram(options: { folder?: string; env?: Readonly<Record<string, string>> } = {}): Promise<OpenProgram> {
	const folder = options.folder ?? join(temporaryFolder(), 'data');
	const started: { place: Place; worker: Worker }[] = [];
	const changes: Change[] = [];
	const jobs: JobChange[] = [];
	const warnings: string[] = [];
	const program = await openProgram({
		dataFolder: folder,
		env: { LEDGERSEAL_SECRET_STORE: 'file', ...options.env },
		onWarning: (text) => warnings.push(text),
		checkOutputs: true,
		clock: { instant: '2026-07-01T09:00:00.000Z', stepMs: 1000 },
		startThread: ({ place }, start) => {
			const worker = start();
			started.push({ place, worker });
			return worker;
		},
	});
	onTestFinished(() => program.close());
	program.onChange((change) => changes.push(change));
	program.onJob((job) => jobs.push(job));
	return {
		program,
		folder,
		changes,
		jobs,
		warnings,
		starts: (place) => started.filter((thread) => thread.place === place).length,
		client: async () => createProgramClient(program, await program.signIn(undefined, undefined)),
		kill: async (place) => {
			await present(started.findLast((thread) => thread.place === place)?.worker, 'the thread').terminate();
		},
	};
}
