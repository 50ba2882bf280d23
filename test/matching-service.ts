import { present } from '#shared/kernel/assert.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { matchingHandlers } from '#main/reconciliation/index.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { MatchingContract } from '#shared/contract/matching.contract.ts';
import { recordEvent } from '#main/audit/index.ts';
import type { TestBooks } from './books.ts';

type Name = keyof MatchingContract;
type Asked<Procedure extends Name> = Omit<InputOf<MatchingContract[Procedure]>, 'companyId'>;

/** The procedures of matching on test books, with the input as a host would send it, but for the company. */
export function matchingOf(books: TestBooks) {
	return <Procedure extends Name>(name: Procedure, input: Asked<Procedure>): OutputOf<MatchingContract[Procedure]> => {
		const handler = matchingHandlers[name] as unknown as AnyHandler;
		const asked = { ...input, companyId: books.company.uuid };
		const context = { clock: books.clock, paths: null };
		if (handler.query) return books.runner.read((db) => handler.query?.(db, books.actor, asked, context)) as OutputOf<MatchingContract[Procedure]>;
		return books.runner.write((tx) => {
			const output = present(handler.command, `what ${name} does`)(tx, books.actor, asked);
			recordEvent(tx, { company: books.company, user: books.actor.user }, `matching.${name}`, present(handler.audit, `the audit of ${name}`)(asked, output));
			return output;
		}) as OutputOf<MatchingContract[Procedure]>;
	};
}

interface AnyHandler {
	readonly query?: (db: unknown, actor: unknown, input: unknown, context: unknown) => unknown;
	readonly command?: (tx: unknown, actor: unknown, input: unknown) => unknown;
	readonly audit?: (input: unknown, output: unknown) => Record<string, unknown>;
}

/** `CODE` of the refusal, or what came back. */
export function refusalOf(work: () => unknown): unknown {
	try {
		return work();
	} catch (error) {
		if (!isAppError(error)) throw error;
		return { code: error.code, message: error.message, details: error.details };
	}
}
