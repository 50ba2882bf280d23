import { AppError } from '#shared/kernel/app-error.ts';
import { findAccount } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { accountOfStatement, type Scope } from './line-views.queries.ts';

export interface ScopeInput {
	readonly statement?: string | undefined;
	readonly account?: string | undefined;
}

/** Refuses NOT_FOUND, ACCOUNT_UNKNOWN, INPUT_INVALID. */
export function scopeOf(db: ReadDb, company: Company, { statement, account }: ScopeInput): Scope {
	if (statement !== undefined) {
		const found = accountOfStatement(db, company.id, statement.trim().toLowerCase());
		if (!found) throw new AppError('NOT_FOUND', 'There is no such statement. See `statement list`.', { statement });
		return { ...found, currency: found.currency ?? company.currency };
	}
	if (account === undefined) throw new AppError('INPUT_INVALID', 'Say which lines: those of a statement, or of an account.', {});
	const { id, code, currency } = findAccount(db, company, account);
	return { accountId: id, code, currency: currency ?? company.currency, statementId: null };
}
