import type { Progress } from '#shared/contract/client.ts';
import type { Failure } from '#main/platform/failure.ts';
import type { JobState } from '#main/platform/jobs/job-queue.ts';
import type { User } from '#main/platform/run/actor.ts';
import type { DomainName } from './router.ts';
import type { StartReport } from './start-checks.ts';

/** The threads of a program that stays open: one that writes, one that reads what is there at once, one that reads what takes time. */
export type Place = 'writer' | 'quick' | 'heavy';

/** What every thread opens the data folder with. Plain data. */
export interface ThreadSettings {
	/** Absolute. */
	readonly dataFolder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Outputs are checked against the contract as well (tests). */
	readonly checkOutputs: boolean;
	/** A clock that goes on by `stepMs` at each look (tests); null: the machine's. */
	readonly clock: { readonly instant: string; readonly stepMs: number } | null;
}

export interface ProgramThreadData {
	readonly place: Place;
	readonly settings: ThreadSettings;
}

/** What one thread is asked. */
export type Request =
	| {
			readonly kind: 'procedure';
			readonly user: User | null;
			readonly domain: DomainName;
			readonly name: string;
			readonly input: unknown;
			readonly preview: boolean;
	  }
	| { readonly kind: 'sign-in'; readonly login: string | undefined; readonly password: string | undefined }
	| { readonly kind: 'bearer'; readonly token: string }
	| { readonly kind: 'entrance' }
	/** A close package from its file alone, beside the keys of these books. */
	| { readonly kind: 'verify-package'; readonly path: string };

export interface CallMessage {
	readonly call: number;
	readonly request: Request;
	/** Shared with the main thread: not 0 once the call is cancelled, also for one that waits its turn. */
	readonly stop: Int32Array;
}

export type ToThread =
	| CallMessage
	/** `reason` of the abort: LEAVING puts a job back into the queue. */
	| { readonly cancel: number; readonly reason: string | null }
	| { readonly close: true };

/** Something was written: what screens keep of it is old. */
export interface Change {
	/** A company's uuid; null where it concerns the data folder, or where another process wrote who knows what. */
	readonly companyId: string | null;
	/** As the audit trail names it: `ledger.post`; null where another process wrote. */
	readonly action: string | null;
	readonly origin: 'here' | 'elsewhere';
}

/** A job came to a new state, or went on. */
export interface JobChange extends JobState {
	/** What it is doing; empty where nobody says. */
	readonly text: string;
}

export type FromThread =
	/** Of the writer, once the data folder is open. */
	| { readonly opened: StartReport }
	/** The data folder cannot be opened; the thread ends. */
	| { readonly refused: Failure }
	| { readonly answered: number; readonly output: unknown }
	| { readonly failed: number; readonly failure: Failure }
	| { readonly progressed: number; readonly progress: Progress }
	| { readonly change: Change }
	| { readonly job: JobChange }
	| { readonly warning: string };
