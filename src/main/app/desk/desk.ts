import type { z } from 'zod';
import { contract } from '#shared/contract/index.ts';
import type { deskEvent, deskState } from '#shared/contract/desk.contract.ts';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import type { User } from '#main/platform/run/actor.ts';
import type { CallOptions, Client } from '#shared/contract/client.ts';
import { clientOver } from '../client-over.ts';
import type { DomainName } from '../router.ts';
import type { PackageVerificationAnswer } from '../verify-package.ts';
import { Deliveries } from './deliveries.ts';
import { DeskFiles, type DeskFolders } from './desk-files.ts';
import type { DeskHost } from './desk-host.ts';
import { EventQueue } from './event-queue.ts';
import type { LoginLimit } from './login-limit.ts';
import { PATH_INPUTS, replacePaths } from './path-fields.ts';
import type { ProgramPort } from './program-port.ts';

type DeskState = z.output<typeof deskState>;
export type DeskEvent = z.output<typeof deskEvent>;

export interface DeskOptions {
	readonly program: ProgramPort;
	readonly host: DeskHost;
	readonly folders: DeskFolders;
	/** One for all desks of a program. */
	readonly logins: LoginLimit;
	readonly version: string;
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, DeskState['platform']>>> = { win32: 'windows', darwin: 'macos' };

/**
 * One window or one tab: who sits at it, the files that were handed over there, and the calls that are made from it. Everything that screens
 * ask passes through here, so that no real path reaches the books from a screen, or a screen from the books.
 */
export class Desk {
	readonly program: ProgramPort;
	readonly host: DeskHost;
	readonly files: DeskFiles;
	readonly deliveries: Deliveries;
	readonly #options: DeskOptions;
	readonly #leaving = new AbortController();
	readonly #underWay = new Set<Promise<unknown>>();
	#user: User | null = null;
	#isSignedOut = false;

	constructor(options: DeskOptions) {
		this.#options = options;
		this.program = options.program;
		this.host = options.host;
		this.files = new DeskFiles(options.folders);
		this.deliveries = new Deliveries(this);
	}

	/** Who sits here. The only user is signed in without being asked, as long as that one has no password. */
	async show(): Promise<DeskState> {
		const entrance = this.#user === null ? await this.program.entrance() : null;
		if (entrance === 'OPEN' && !this.#isSignedOut) this.#user = await this.program.signIn(undefined, undefined);
		const user = this.#user && { login: this.#user.login, name: this.#user.name };
		return {
			state: user ? 'SIGNED_IN' : entrance === 'FIRST_RUN' ? 'FIRST_RUN' : 'NEEDS_LOGIN',
			user,
			host: this.host.kind,
			platform: PLATFORMS[process.platform] ?? 'linux',
			version: this.#options.version,
			warnings: [...this.program.warnings()],
		};
	}

	/** Refuses LOGIN_REFUSED; after several failures for a while without looking at the password. */
	async signIn(login: string | undefined, password: string | undefined): Promise<DeskState> {
		const { logins } = this.#options;
		logins.require(login);
		try {
			this.#user = await this.program.signIn(login, password);
		} catch (error) {
			if (isAppError(error, 'LOGIN_REFUSED')) logins.failed(login);
			throw error;
		}
		logins.succeeded(login);
		this.#isSignedOut = false;
		return this.show();
	}

	async signOut(): Promise<DeskState> {
		this.#user = null;
		this.#isSignedOut = true;
		await this.files.close();
		return this.show();
	}

	/** A call of the books from a screen: names of files become real paths on the way in, and the other way round on the way out. */
	async call(domain: string, name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
		const procedure = `${domain}.${name}`;
		const known = (contract as Readonly<Record<string, object>>)[domain];
		if (known === undefined || !Object.hasOwn(known, name)) throw new AppError('NOT_FOUND', `There is no procedure ${procedure}.`, { procedure });
		const output = await this.#run(options.signal, (signal) =>
			this.program.call(this.#user, domain as DomainName, name, this.#withRealPaths(procedure, input), { ...options, signal }),
		);
		// The first user came to be with the first company.
		if (procedure === 'companies.create' && this.#user === null && !this.#isSignedOut) await this.show();
		return replacePaths(procedure, output, (path) => this.files.shown(path));
	}

	/** The contract as functions, as who sits here, with real paths. For work of ours, never for what a screen sends. */
	client(): Client {
		return clientOver((domain, name, input, options = {}) =>
			this.#run(options.signal, (signal) => this.program.call(this.#user, domain, name, input, { ...options, signal })),
		);
	}

	/** A close package that was handed over. Whoever sits here: its file alone says everything. */
	async verifyPackage(name: string, options: Pick<CallOptions, 'signal' | 'onProgress'> = {}): Promise<PackageVerificationAnswer> {
		const handed = this.files.resolve(name, 'handed');
		const answer = await this.#run(options.signal, (signal) => this.program.verifyPackage(handed.path, { ...options, signal }));
		return { ...answer, file: handed.name };
	}

	/** What changed, while someone is signed in; runs until `signal` is aborted or the desk is left. */
	async *events(signal?: AbortSignal): AsyncGenerator<DeskEvent, void, undefined> {
		const queue = new EventQueue<DeskEvent>({ merge: merged, overflow: () => ({ kind: 'change', companyId: null, action: null }) });
		const tell = (event: DeskEvent): void => {
			if (this.#user !== null || event.kind === 'ask') queue.push(event);
		};
		const stop = [
			this.program.onChange((change) => tell({ kind: 'change', companyId: change.companyId, action: change.action })),
			this.program.onJob(({ companyId, jobId, state, fraction, text }) => tell({ kind: 'job', companyId, jobId, state, fraction, text })),
			this.host.onAsk?.((what, value) => tell({ kind: 'ask', what, value })) ?? (() => undefined),
		];
		try {
			yield* queue.read(signal ? AbortSignal.any([signal, this.#leaving.signal]) : this.#leaving.signal);
		} finally {
			for (const each of stop) each();
		}
	}

	/** Cancels what is under way and can be, waits for the rest, and removes the files of this desk. */
	async close(): Promise<void> {
		this.#leaving.abort();
		await Promise.allSettled(this.#underWay);
		await this.files.close();
	}

	async #run<Output>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<Output>): Promise<Output> {
		const working = work(signal ? AbortSignal.any([signal, this.#leaving.signal]) : this.#leaving.signal);
		this.#underWay.add(working);
		try {
			return await working;
		} finally {
			this.#underWay.delete(working);
		}
	}

	#withRealPaths(procedure: string, input: unknown): unknown {
		const path = PATH_INPUTS[procedure];
		if (!path || typeof input !== 'object' || input === null) return input;
		const given = (input as Record<string, unknown>)[path.field];
		return typeof given === 'string' ? { ...input, [path.field]: this.files.resolve(given, path.kind).path } : input;
	}
}

function merged(last: DeskEvent, next: DeskEvent): DeskEvent | null {
	if (last.kind === 'job' && next.kind === 'job') return last.jobId === next.jobId && last.state === next.state ? next : null;
	if (last.kind !== 'change' || next.kind !== 'change') return null;
	return last.companyId === next.companyId && last.action === next.action ? next : null;
}
