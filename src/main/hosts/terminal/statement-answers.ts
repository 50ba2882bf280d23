import type { z } from 'zod';
import type { statementOptions } from '#shared/contract/statements.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { mapAnswered } from './import-answers.ts';

export type StatementOptions = z.input<typeof statementOptions>;

const ACCEPT = 'accept:';

/** The options with one question answered. A doubt that is not accepted ends the import: CANCELLED. */
export function withStatementAnswer(options: StatementOptions, id: string, answer: string): StatementOptions {
	if (id === 'map') return { ...options, map: mapAnswered(options.map, answer) };
	if (!id.startsWith(ACCEPT)) return { ...options, [id]: answer };
	if (answer !== 'yes') throw new AppError('CANCELLED', 'Nothing was taken in.', { question: id });
	const code = id.slice(ACCEPT.length) as NonNullable<StatementOptions['accept']>[number];
	return { ...options, accept: [...(options.accept ?? []), code] };
}
