import { Worker } from 'node:worker_threads';
import type { CallOptions } from '#shared/contract/client.ts';
import { present } from '#shared/kernel/assert.ts';
import type { Entrance } from '#main/access/index.ts';
import { fixedClock, systemClock } from '#main/platform/clock.ts';
import { errorOf } from '#main/platform/failure.ts';
import { openLog } from '#main/platform/log.ts';
import type { Bearer, User } from '#main/platform/run/actor.ts';
import { workerFile } from '#main/platform/worker-file.ts';
import type { Change, JobChange, Place, ProgramThreadData, ThreadSettings } from './program-messages.ts';
import { placeOf } from './program-places.ts';
import { closing, interrupted, ProgramThread, type ThreadNews } from './program-thread.ts';
import type { DomainName } from './router.ts';
import type { StartReport } from './start-checks.ts';
import type { PackageVerificationAnswer } from './verify-package.ts';

export type { Change, JobChange } from './program-messages.ts';

/** A writer that ended twice in this time waits for the next call: what ends it may end it again. */
const SOON_MS = 60_000;

export interface ProgramOptions {
	/** Absolute. Made where it is missing. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Texts that every host shows for as long as they hold. */
	readonly onWarning: (text: string) => void;
	/** Outputs are checked against the contract as well (tests). */
	readonly checkOutputs?: boolean;
	/** A clock that goes on by `stepMs` at each look (tests). */
	readonly clock?: { readonly instant: string; readonly stepMs: number };
	/** Another way to start the program's threads (tests hold them). */
	readonly startThread?: (data: ProgramThreadData, start: () => Worker) => Worker;
}

/** The program on one data folder for a host that stays open. Its main thread opens no database and waits for no lock. */
export interface ProgramThreads {
	/** What the checks of the start found. */
	readonly started: StartReport;
	/**
	 * A procedure of the contract, in the thread that is for it. Refusals are AppErrors; a bug was logged there and is a ProgramFault.
	 * Refuses CANCELLED and WORK_INTERRUPTED (retryable) beside what the procedure refuses.
	 */
	call(user: User | null, domain: DomainName, name: string, input: unknown, options?: CallOptions): Promise<unknown>;
	/** Who acts; null before the first user exists. Refuses LOGIN_REFUSED. */
	signIn(login: string | undefined, password: string | undefined): Promise<User | null>;
	/** Who asks with a token for REST. Refuses LOGIN_REFUSED. */
	bearer(token: string): Promise<Bearer>;
	/** What whoever opens the program meets. */
	entrance(): Promise<Entrance>;
	/**
	 * Verifies a close package from its file alone, in the thread of what takes long; keys of these books are known. `path` is absolute.
	 * Refuses what `verifyPackageFile` refuses, CANCELLED, and WORK_INTERRUPTED (retryable).
	 */
	verifyPackage(path: string, options?: Pick<CallOptions, 'signal' | 'onProgress'>): Promise<PackageVerificationAnswer>;
	/** Told after each committed write, of this process and of others. Answers what ends it. */
	onChange(listener: (change: Change) => void): () => void;
	/** Told as jobs come, go on and end, whoever is at them. Answers what ends it. */
	onJob(listener: (job: JobChange) => void): () => void;
	/** Takes no more calls, waits for what writes, leaves a job under way in the queue, and ends the threads. Any number of times. */
	close(): Promise<void>;
}

/**
 * Starts the program for a host that stays open: the writer opens (or makes) the data folder, the quick reader gets ready beside it,
 * and the reader of what takes long starts with its first call.
 * Refuses what `openApp` refuses.
 */
export async function openProgram(options: ProgramOptions): Promise<ProgramThreads> {
	const program = new Program(options);
	await program.open();
	return program;
}

const QUERY = { isTask: false, waitsForJob: false };
const READING_TASK = { isTask: true, waitsForJob: false };

class Program implements ProgramThreads {
	readonly #options: ProgramOptions;
	readonly #threads: Readonly<Record<Place, ProgramThread>>;
	readonly #changed = new Set<(change: Change) => void>();
	readonly #jobs = new Set<(job: JobChange) => void>();
	readonly #opened = Promise.withResolvers<void>();
	#started: StartReport | null = null;
	#writerDiedAt = Number.NEGATIVE_INFINITY;
	#closed: Promise<void> | null = null;

	constructor(options: ProgramOptions) {
		this.#options = options;
		const thread = (place: Place): ProgramThread =>
			new ProgramThread({
				place,
				start: (which) => this.#startThread(which),
				onNews: (news) => this.#hear(news),
				onDeath: (fault) => this.#died(place, fault),
			});
		this.#threads = { writer: thread('writer'), quick: thread('quick'), heavy: thread('heavy') };
	}

	get started(): StartReport {
		return present(this.#started, 'what the start found');
	}

	async open(): Promise<void> {
		this.#threads.writer.start();
		this.#threads.quick.start();
		try {
			await this.#opened.promise;
		} catch (error) {
			await this.close();
			throw error;
		}
	}

	async call(user: User | null, domain: DomainName, name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
		const { place, ...as } = placeOf(domain, name);
		if (this.#closed) throw closing();
		const preview = options.preview ?? false;
		return this.#threads[place].call({ kind: 'procedure', user, domain, name, input, preview }, as, options);
	}

	async signIn(login: string | undefined, password: string | undefined): Promise<User | null> {
		if (this.#closed) throw closing();
		return (await this.#threads.quick.call({ kind: 'sign-in', login, password }, QUERY, {})) as User | null;
	}

	async bearer(token: string): Promise<Bearer> {
		if (this.#closed) throw closing();
		return (await this.#threads.quick.call({ kind: 'bearer', token }, QUERY, {})) as Bearer;
	}

	async entrance(): Promise<Entrance> {
		if (this.#closed) throw closing();
		return (await this.#threads.quick.call({ kind: 'entrance' }, QUERY, {})) as Entrance;
	}

	async verifyPackage(path: string, options: Pick<CallOptions, 'signal' | 'onProgress'> = {}): Promise<PackageVerificationAnswer> {
		if (this.#closed) throw closing();
		return (await this.#threads.heavy.call({ kind: 'verify-package', path }, READING_TASK, options)) as PackageVerificationAnswer;
	}

	onChange(listener: (change: Change) => void): () => void {
		this.#changed.add(listener);
		return () => void this.#changed.delete(listener);
	}

	onJob(listener: (job: JobChange) => void): () => void {
		this.#jobs.add(listener);
		return () => void this.#jobs.delete(listener);
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	// The readers first: the last connection to close is the one that writes, and it tidies the files of the database.
	async #close(): Promise<void> {
		await Promise.all([this.#threads.quick.cancelAndClose(), this.#threads.heavy.cancelAndClose()]);
		await this.#threads.writer.close();
	}

	#startThread(place: Place): Worker {
		const { dataFolder, env, checkOutputs = false, clock = null, startThread } = this.#options;
		// The environment of a process is an object of its own kind, which does not cross.
		const settings: ThreadSettings = { dataFolder, env: { ...env }, checkOutputs, clock };
		const data: ProgramThreadData = { place, settings };
		const start = (): Worker => new Worker(workerFile(), { workerData: { task: 'program', ...data } });
		return startThread ? startThread(data, start) : start();
	}

	#hear(news: ThreadNews): void {
		if ('change' in news) for (const listener of this.#changed) listener(news.change);
		else if ('job' in news) for (const listener of this.#jobs) listener(news.job);
		else if ('warning' in news) this.#options.onWarning(news.warning);
		else if ('refused' in news) this.#opened.reject(errorOf(news.refused));
		else {
			this.#started = news.opened;
			this.#opened.resolve();
		}
	}

	/** Logs it, and has the writer started again: jobs are waiting for it. Readers start with their next call. */
	#died(place: Place, fault: unknown): string {
		const { dataFolder, clock } = this.#options;
		const log = openLog({ dataFolder, clock: clock ? fixedClock(clock.instant) : systemClock });
		const incident = log.logFault(fault ?? new Error('a thread was ended'), { thread: place });
		if (place !== 'writer') return incident;
		this.#opened.reject(interrupted(incident));
		// What it had committed last, nobody was told.
		this.#hear({ change: { companyId: null, action: null, origin: 'elsewhere' } });
		const isSoon = performance.now() - this.#writerDiedAt < SOON_MS;
		this.#writerDiedAt = performance.now();
		if (this.#started && !this.#closed && !isSoon) this.#threads.writer.start();
		return incident;
	}
}
