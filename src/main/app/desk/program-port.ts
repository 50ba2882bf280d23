import type { User } from '#main/platform/run/actor.ts';
import type { Clock } from '#main/platform/clock.ts';
import type { DataPaths, Limits } from '#main/platform/run/handlers.ts';
import { signIn } from '#main/access/index.ts';
import type { CallOptions } from '#shared/contract/client.ts';
import { dispatch } from '../dispatch.ts';
import { startJobRunner } from '../jobs.ts';
import { type AppOptions, openApp } from '../open-app.ts';
import type { DomainName } from '../router.ts';

export interface Change {
	/** A company's uuid; null where it concerns the data folder, or another process wrote. */
	readonly companyId: string | null;
	readonly action: string | null;
}

export interface JobNews {
	readonly companyId: string;
	readonly jobId: string;
	readonly state: 'QUEUED' | 'RUNNING' | 'READY' | 'FAILED' | 'CANCELLED';
	/** 0 to 1. */
	readonly fraction: number;
	readonly text: string;
}

/** The program as desks need it, wherever its threads are. */
export interface ProgramPort {
	readonly paths: DataPaths;
	readonly limits: Limits;
	readonly clock: Clock;
	/** Texts that hold for as long as the program is open. */
	warnings(): readonly string[];
	/** A checked call as this user. Refusals are AppErrors. */
	call(user: User | null, domain: DomainName, name: string, input: unknown, options?: CallOptions): Promise<unknown>;
	/** null before the first user exists. Refuses LOGIN_REFUSED. */
	signIn(login: string | undefined, password: string | undefined): Promise<User | null>;
	onChange(listener: (change: Change) => void): () => void;
	onJob(listener: (job: JobNews) => void): () => void;
	/** Records a fault and gives its incident id. */
	logFault(error: unknown): string;
	/** Once all writes under way are done. */
	close(): Promise<void>;
}

/** The program in this very thread, its jobs run as they are queued. */
export async function openProgramHere(options: Omit<AppOptions, 'onWarning'>): Promise<ProgramPort> {
	const warnings: string[] = [];
	const changes = new Set<(change: Change) => void>();
	const app = await openApp({ ...options, onWarning: (text) => warnings.push(text) });
	const tell = (change: Change): void => {
		for (const listener of changes) listener(change);
	};
	const jobs = startJobRunner(app, { onProgress: () => tell({ companyId: null, action: null }) });
	const underWay = new Set<Promise<unknown>>();
	return {
		paths: app.paths,
		limits: app.limits,
		clock: app.clock,
		warnings: () => warnings,
		call: async (user, domain, name, input, callOptions = {}) => {
			const work = dispatch(app, user, domain, name, input, callOptions);
			underWay.add(work);
			try {
				const output = await work;
				const { companyId } = (input ?? {}) as { companyId?: string };
				tell({ companyId: companyId ?? null, action: `${domain}.${name}` });
				return output;
			} finally {
				underWay.delete(work);
			}
		},
		signIn: async (login, password) => app.runner.read((db) => signIn(db, login, password)),
		onChange: (listener) => {
			changes.add(listener);
			return () => changes.delete(listener);
		},
		onJob: () => () => undefined,
		logFault: (error) => app.log.logFault(error),
		close: async () => {
			await Promise.allSettled(underWay);
			await jobs.stop();
			await app.close();
		},
	};
}
