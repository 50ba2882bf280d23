import type { InputOf, OutputOf, Progress } from '#shared/contract/client.ts';
import type { Clock } from '../clock.ts';
import type { ReadDb, WriteTx } from '../database/connection.ts';
import type { SecretStore } from '../secrets/index.ts';
import type { Actor, User } from './actor.ts';
import type { WriteOptions } from './write-path.ts';

/** Details of an audit event: plain JSON, never a secret, never an amount as a float. */
export type AuditDetail = Readonly<Record<string, unknown>>;

/** Folders and files of one data folder, absolute. */
export interface DataPaths {
	readonly root: string;
	readonly database: string;
	/** Content-addressed evidence: attachments, statement files. */
	readonly content: string;
	readonly packages: string;
	/** Where secrets are files. */
	readonly secrets: string;
	readonly logs: string;
	readonly backups: string;
	/** Staging databases and files under way; emptied at start. */
	readonly work: string;
}

/** What the surroundings of the process set. */
export interface Limits {
	/** How long a download may be begun after it was granted, in seconds. */
	readonly downloadSeconds: number;
}

/** What long work holds: it reads, writes through the one write path, and says how far it is. */
export interface TaskContext {
	readonly clock: Clock;
	readonly paths: DataPaths;
	readonly limits: Limits;
	readonly secrets: SecretStore;
	/** Aborted when the person cancels. Check it between steps; what was not committed is gone. */
	readonly signal: AbortSignal;
	progress(progress: Progress): void;
	read<Output>(work: (db: ReadDb) => Output): Output;
	/** One database transaction: the work, then its audit event (null: the work records none), then the commit. */
	write<Output>(action: string, work: (tx: WriteTx) => { readonly output: Output; readonly audit: AuditDetail | null }, options?: WriteOptions): Output;
}

/** What a query may look at beside the database. */
export interface QueryContext {
	readonly clock: Clock;
	readonly paths: DataPaths;
}

export interface QueryHandler<Who, Input, Output> {
	readonly query: (db: ReadDb, actor: Who, input: Input, context: QueryContext) => Output;
}

export interface CommandHandler<Who, Input, Output> {
	/** What must be looked at outside the database, before its lock is taken. */
	readonly before?: (input: Input) => Promise<void>;
	readonly command: (tx: WriteTx, actor: Who, input: Input) => Output;
	/** What the audit event records of it. */
	readonly audit: (input: Input, output: Output) => AuditDetail;
}

export interface TaskHandler<Who, Input, Output> {
	readonly task: (context: TaskContext, actor: Who, input: Input) => Promise<Output>;
}

export type Handler<Who, Input, Output> = QueryHandler<Who, Input, Output> | CommandHandler<Who, Input, Output> | TaskHandler<Who, Input, Output>;

/** A handler for every procedure of a contract; `Who` is Actor for what happens inside a company. */
export type Handlers<Contract, Who = Actor> = {
	readonly [Name in keyof Contract]: Handler<Who, InputOf<Contract[Name]>, OutputOf<Contract[Name]>>;
};

/** Who acts on the data folder as a whole; null before the first user exists. */
export type InstanceActor = { readonly user: User | null };
