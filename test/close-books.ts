import { join } from 'node:path';
import type { CloseContract } from '#shared/contract/close.contract.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { recordEvent } from '#main/audit/index.ts';
import { closeHandlers } from '#main/close/index.ts';
import { findPeriod } from '#main/periods/index.ts';
import { openFileSecretStore } from '#main/platform/secrets/file-secret-store.ts';
import { refusingSecretStore, type SecretStore } from '#main/platform/secrets/index.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { DataPaths, QueryHandler, TaskContext, TaskHandler } from '#main/platform/run/handlers.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { TestBooks } from './books.ts';
import { verifyAccounts } from './reconciled.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Input<Name extends keyof CloseContract> = Omit<InputOf<CloseContract[Name]>, 'companyId'>;
type Output<Name extends keyof CloseContract> = OutputOf<CloseContract[Name]>;

/** The procedures of the close contract on test books, as the composition calls them. */
export interface CloseDesk {
	readonly context: TaskContext;
	validate(period: string): Output<'validate'>;
	/** Codes of the issues of a severity. */
	codes(period: string, severity?: 'ERROR' | 'WARNING' | 'INFO'): string[];
	preview(period: string): Output<'preview'>;
	/** Closes, with every account verified and every warning acknowledged unless told otherwise. */
	close(period: string, input?: Partial<Input<'close'>>): Promise<Output<'close'>>;
	reopen(period: string, input?: Partial<Input<'reopen'>>): Promise<Output<'reopen'>>;
	verify(period: string, input?: Partial<Input<'verify'>>): Output<'verify'>;
	verifyAll(): Output<'verifyAll'>;
	closes(): Output<'closes'>['closes'];
}

export interface DeskOptions {
	/** A file store in a folder of its own unless given; `none` for a machine without secrets. */
	readonly secrets?: SecretStore | 'none';
	readonly contentFolder?: string;
	/** Verifies every account before each look at a period and each close; true unless given. */
	readonly reconcile?: boolean;
}

/** A desk to close test books at. */
export function closeDesk(books: TestBooks, options: DeskOptions = {}): CloseDesk {
	const folder = temporaryFolder();
	const secrets = options.secrets === 'none' ? refusingSecretStore('a test') : (options.secrets ?? openFileSecretStore(join(folder, 'secrets')));
	const paths = { root: folder, content: options.contentFolder ?? join(folder, 'content') } as DataPaths;
	const context: TaskContext = {
		clock: books.clock,
		paths,
		limits: { downloadSeconds: 300 },
		secrets,
		signal: new AbortController().signal,
		progress: () => {},
		read: (work) => books.runner.read(work),
		write: (action, work, writeOptions) =>
			books.runner.write((tx) => {
				const { output, audit } = work(tx);
				if (audit) recordEvent(tx, books.actor, action, audit);
				return output;
			}, writeOptions),
	};
	const ask = <Name extends 'validate' | 'preview' | 'verify' | 'verifyAll' | 'closes'>(name: Name, input: Input<Name>): Output<Name> => {
		const handler = closeHandlers[name] as QueryHandler<Actor, unknown, unknown>;
		return books.runner.read((db) =>
			handler.query(db, books.actor, { companyId: books.company.uuid, ...input }, { clock: books.clock, paths }),
		) as Output<Name>;
	};
	const run = async <Name extends 'close' | 'reopen'>(name: Name, input: Input<Name>): Promise<Output<Name>> => {
		const handler = closeHandlers[name] as TaskHandler<Actor, unknown, unknown>;
		return (await handler.task(context, books.actor, { companyId: books.company.uuid, ...input })) as Output<Name>;
	};
	const reconciled = (period: string): string => {
		if (options.reconcile !== false && isPeriod(books, period)) verifyAccounts(books, period, { contentFolder: paths.content });
		return period;
	};
	return {
		context,
		validate: (period) => ask('validate', { period: reconciled(period) }),
		codes: (period, severity) =>
			ask('validate', { period: reconciled(period) })
				.issues.filter((issue) => severity === undefined || issue.severity === severity)
				.map(({ code }) => code),
		preview: (period) => ask('preview', { period }),
		close: async (period, input = {}) => run('close', { period: reconciled(period), acknowledge: ['all'], note: 'Seen and accepted.', ...input }),
		reopen: (period, input = {}) => run('reopen', { period, reason: 'An invoice came late', confirm: period, ...input }),
		verify: (period, input = {}) => ask('verify', { period, ...input }),
		verifyAll: () => ask('verifyAll', {}),
		closes: () => ask('closes', {}).closes,
	};
}

function isPeriod(books: TestBooks, named: string): boolean {
	try {
		books.runner.read((db) => findPeriod(db, books.company, named));
		return true;
	} catch (error) {
		if (isAppError(error, 'PERIOD_NOT_FOUND')) return false;
		throw error;
	}
}
