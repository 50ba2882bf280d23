import type { z } from 'zod';
import type { CallOptions } from '#shared/contract/client.ts';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { assert } from '#shared/kernel/assert.ts';
import { requirePermission, roleOf } from '#main/access/index.ts';
import { recordEvent } from '#main/audit/index.ts';
import { findCompany } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, User } from '#main/platform/run/actor.ts';
import type { CommandHandler, Handler, InstanceActor, TaskContext } from '#main/platform/run/handlers.ts';
import type { App } from './open-app.ts';
import { type DomainName, domains } from './router.ts';

/** What of an open data folder a call needs, in whichever thread. */
export type Served = Pick<App, 'paths' | 'clock' | 'limits' | 'runner' | 'checkOutputs' | 'secrets' | 'onCommitted'>;

interface Procedure {
	readonly meta: ProcedureMeta;
	readonly inputSchema: z.ZodType | undefined;
	readonly outputSchema: z.ZodType | undefined;
	readonly handler: Handler<Actor | InstanceActor, unknown, unknown>;
}

/**
 * Every call of every host: input checked against the contract, the company and the permission of who asks, then the query, the
 * command on the one write path, or the task. Refusals are AppErrors.
 */
export async function dispatch(app: Served, user: User | null, domain: DomainName, name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
	const procedure = await findProcedure(domain, name);
	const checked = checkInput(procedure, `${domain}.${name}`, input);
	const actor = app.runner.read((db) => actorFor(db, procedure.meta, user, checked));
	const output = await run(app, procedure, `${domain}.${name}`, actor, checked, options);
	return app.checkOutputs && procedure.outputSchema ? procedure.outputSchema.parse(output) : output;
}

// A domain's modules are looked up once: the loader of modules costs a tenth of a post.
const loaded = new Map<DomainName, ReturnType<(typeof domains)[DomainName]>>();

async function loadDomain(domain: DomainName) {
	const standing = loaded.get(domain);
	if (standing) return standing;
	const loading = domains[domain]();
	loaded.set(domain, loading);
	return loading;
}

async function findProcedure(domain: DomainName, name: string): Promise<Procedure> {
	const { contract, handlers } = await loadDomain(domain);
	const declared = (contract as Record<string, { '~orpc': { meta: ProcedureMeta; inputSchema?: z.ZodType; outputSchema?: z.ZodType } }>)[name];
	assert(declared, `${domain}.${name} is declared`);
	const { meta, inputSchema, outputSchema } = declared['~orpc'];
	return { meta, inputSchema, outputSchema, handler: handlers[name] as Procedure['handler'] };
}

function checkInput(procedure: Procedure, name: string, input: unknown): unknown {
	if (!procedure.inputSchema) return undefined;
	const result = procedure.inputSchema.safeParse(input);
	if (result.success) return result.data;
	const problems = result.error.issues.map((problem) => ({ path: problem.path.join('.'), message: problem.message }));
	const first = problems[0];
	throw new AppError('INPUT_INVALID', `${first?.path ? `${first.path}: ` : ''}${first?.message ?? 'The input is not understood.'}`, {
		procedure: name,
		problems,
	});
}

function actorFor(db: ReadDb, meta: ProcedureMeta, user: User | null, input: unknown): Actor | InstanceActor {
	if (meta.scope === 'instance') return { user };
	const { companyId } = input as { companyId: string };
	const company = findCompany(db, companyId);
	if (!company) throw new AppError('NOT_FOUND', 'There is no such company. See `ledgerseal company list`.', { companyId });
	if (!user) throw new AppError('LOGIN_REFUSED', 'Say who you are.', {});
	const role = roleOf(db, company.id, user.id);
	requirePermission(role, meta.permission ?? 'ViewReports', user.login);
	return { user, company };
}

async function run(app: Served, procedure: Procedure, action: string, actor: Actor | InstanceActor, input: unknown, options: CallOptions): Promise<unknown> {
	const { handler } = procedure;
	if ('query' in handler) return app.runner.read((db) => handler.query(db, actor, input, { clock: app.clock, paths: app.paths }));
	if ('command' in handler) {
		if (handler.before) await handler.before(input);
		return runCommand(app, procedure, handler, action, actor, input, options);
	}
	return handler.task(await taskContext(app, procedure, actor, options), actor, input);
}

function runCommand(
	app: Served,
	procedure: Procedure,
	handler: CommandHandler<Actor | InstanceActor, unknown, unknown>,
	action: string,
	actor: Actor | InstanceActor,
	input: unknown,
	options: CallOptions,
): unknown {
	const preview = options.preview ?? false;
	const answer = app.runner.write(
		(tx) => {
			// Company and permission once more, now that nobody else can write.
			const standing = actorFor(tx, procedure.meta, actor.user, input);
			const output = handler.command(tx, standing, input);
			recordEvent(tx, { company: 'company' in standing ? standing.company : null, user: standing.user }, action, handler.audit(input, output));
			return output;
		},
		{ preview },
	);
	if (!preview) app.onCommitted?.({ companyId: 'company' in actor ? actor.company.uuid : null, action, isRecorded: true });
	return answer;
}

async function taskContext(app: Served, procedure: Procedure, actor: Actor | InstanceActor, options: CallOptions): Promise<TaskContext> {
	const company = 'company' in actor ? actor.company : null;
	const secrets = await app.secrets();
	return {
		clock: app.clock,
		paths: app.paths,
		limits: app.limits,
		secrets,
		signal: options.signal ?? new AbortController().signal,
		progress: (progress) => options.onProgress?.(progress),
		read: (work) => app.runner.read(work),
		write: (action, work, writeOptions) => {
			const preview = writeOptions?.preview ?? options.preview ?? false;
			let isRecorded = false;
			const answer = app.runner.write(
				(tx) => {
					if (company) actorFor(tx, procedure.meta, actor.user, { companyId: company.uuid });
					const { output, audit } = work(tx);
					if (audit) recordEvent(tx, { company, user: actor.user }, action, audit);
					isRecorded = audit !== null;
					return output;
				},
				{ ...writeOptions, preview },
			);
			if (!preview) app.onCommitted?.({ companyId: company?.uuid ?? null, action, isRecorded });
			return answer;
		},
	};
}
