import { AppError } from '#shared/kernel/app-error.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { lineSides } from './line-views.queries.ts';
import { certainProposals, confirmAll, turnoverOf } from './match-rows.queries.ts';
import { numbersText } from './numbers-text.rules.ts';
import { statementAccount } from './open-lines.queries.ts';
import { type ScopeInput, scopeOf } from './scope.service.ts';
import { storeProposals } from './store-proposals.service.ts';

export interface MatchInput extends ScopeInput {
	readonly auto?: boolean | undefined;
}

/**
 * Stores what belongs together; with `auto` confirms what is certain, and looks again until nothing more is: a second run changes nothing.
 * Refuses NOT_FOUND, ACCOUNT_UNKNOWN, and MATCH_REFUSED where the account has no statement.
 */
export function match(tx: WriteTx, { company, user }: Actor, input: MatchInput) {
	const scope = scopeOf(tx, company, input);
	const account = statementAccount(tx, company.id, scope.accountId);
	if (!account) {
		throw new AppError('MATCH_REFUSED', `Account ${scope.code} has no statement. Take one in: statement import FILE --account ${scope.code}.`, {
			account: scope.code,
		});
	}
	const { currency } = account;
	let { added, removed, proposed } = storeProposals(tx, company, currency);
	const confirmed: number[] = [];
	while (input.auto) {
		const certain = certainProposals(tx, company.id, scope.accountId, scope.statementId);
		if (certain.length === 0) break;
		confirmAll(tx, company.id, certain, user.id);
		confirmed.push(...certain);
		const again = storeProposals(tx, company, currency);
		added += again.added;
		removed += again.removed;
		proposed = again.proposed;
	}
	confirmed.sort((one, other) => one - other);
	const { matched, suggested, unmatched } = lineSides(tx, company.id, scope);
	return {
		account: account.code,
		currency,
		confirmed: { count: confirmed.length, sum: formatAmount(turnoverOf(tx, company.id, confirmed), currency), numbers: numbersText(confirmed) },
		added,
		removed,
		proposed,
		matched: matched.count,
		suggested: suggested.count,
		unmatched: unmatched.count,
	};
}
