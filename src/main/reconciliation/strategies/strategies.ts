import type { AccountAtEnd } from '../accounts/accounts.queries.ts';
import { balanceStrategy } from './balance.strategy.ts';
import { cashCountStrategy } from './cash-count.strategy.ts';
import { physicalCountStrategy } from './physical-count.strategy.ts';
import { statementStrategy } from './statement.strategy.ts';
import type { Strategy } from './strategy.ts';

/** Ways to know an actual balance: the first that applies to an account is the account's. A new one is a file of its own and a line here. */
const STRATEGIES: readonly Strategy[] = [cashCountStrategy, physicalCountStrategy, statementStrategy, balanceStrategy];

/** null: nothing but the books knows what the account should be. */
export function strategyFor(account: AccountAtEnd): Strategy | null {
	return STRATEGIES.find((strategy) => strategy.appliesTo(account)) ?? null;
}
