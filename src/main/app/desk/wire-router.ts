import { os } from '@orpc/server';
import { z } from 'zod';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { deskContract } from '#shared/contract/desk.contract.ts';
import { contract } from '#shared/contract/index.ts';
import { refusals } from '#shared/contract/refusals.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { Desk } from './desk.ts';
import { deskProcedures } from './desk-procedures.ts';
import { taskSteps } from './task-steps.ts';
import { wireError } from './wire-errors.ts';

/** Whose calls a transport carries. */
export interface WireContext {
	readonly desk: Desk;
}

const wire = os.$context<WireContext>().errors(refusals);
const booksInput = z.object({ input: z.unknown().optional(), preview: z.boolean().optional() });

/**
 * What every transport serves, unchanged: `books.<domain>.<procedure>` with input `{ input, preview? }`, and `desk.<procedure>`. The books
 * check their inputs themselves, so nothing is checked twice; what fails crosses as data.
 */
export function wireRouter() {
	return {
		books: mapValues(contract, (procedures, domain) => mapValues(procedures, (procedure, name) => booksProcedure(domain, name, metaOf(procedure)))),
		desk: deskRouter(),
	};
}

function booksProcedure(domain: string, name: string, meta: ProcedureMeta) {
	if (meta.kind === 'task') {
		return wire.handler(({ context: { desk }, input, signal }) =>
			stepsOf(desk, () => {
				const { input: asked, preview } = checked(booksInput, input);
				return taskSteps(signal, (options) => desk.call(domain, name, asked, { ...options, preview: preview ?? false }));
			}),
		);
	}
	return wire.handler(({ context: { desk }, input, signal }) =>
		answerOf(desk, async () => {
			const { input: asked, preview } = checked(booksInput, input);
			return desk.call(domain, name, asked, { preview: preview ?? false, ...(signal && { signal }) });
		}),
	);
}

function deskRouter() {
	return mapValues(deskProcedures, (procedure, name) => {
		const schema = deskContract[name]['~orpc'].inputSchema as z.ZodType | undefined;
		const read = (input: unknown): never => (schema ? checked(schema, input) : undefined) as never;
		if ('steps' in procedure) {
			return wire.handler(({ context: { desk }, input, signal }) => stepsOf(desk, () => procedure.steps(desk, read(input), signal)));
		}
		return wire.handler(({ context: { desk }, input }) => answerOf(desk, async () => procedure.answer(desk, read(input))));
	});
}

async function answerOf<Output>(desk: Desk, work: () => Promise<Output>): Promise<Output> {
	try {
		return await work();
	} catch (error) {
		throw errorAt(desk, error);
	}
}

async function* stepsOf<Step>(desk: Desk, work: () => AsyncGenerator<Step, void, undefined>): AsyncGenerator<Step, void, undefined> {
	try {
		yield* work();
	} catch (error) {
		throw errorAt(desk, error);
	}
}

function errorAt(desk: Desk, error: unknown) {
	return wireError(error, { clean: (text) => desk.files.withoutPaths(text), logFault: (fault) => desk.program.logFault(fault) });
}

function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
	const result = schema.safeParse(input);
	if (result.success) return result.data;
	const problems = result.error.issues.map((problem) => ({ path: problem.path.join('.'), message: problem.message }));
	throw new AppError('INPUT_INVALID', `${problems[0]?.path ? `${problems[0].path}: ` : ''}${problems[0]?.message ?? 'The input is not understood.'}`, {
		problems,
	});
}

function metaOf(procedure: unknown): ProcedureMeta {
	return (procedure as { '~orpc': { meta: ProcedureMeta } })['~orpc'].meta;
}

function mapValues<Values extends object, Output>(values: Values, change: (value: Values[keyof Values & string], name: keyof Values & string) => Output) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name as keyof Values & string)])) as {
		readonly [Name in keyof Values]: Output;
	};
}
