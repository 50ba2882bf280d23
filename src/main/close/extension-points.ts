import type { Period } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { CloseRow } from './closes.queries.ts';
import type { Issue } from './validation.rules.ts';

export type { Issue } from './validation.rules.ts';

/** Rows of a table to be sealed, in a stable order; plain JSON without fractions. */
export interface TableRows {
	readonly name: string;
	readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What a close asks of the domains that it must not know: reconciliation comes later in the order of domains. */
export interface ReconciliationGate {
	issuesFor(db: ReadDb, company: Company, period: Period): readonly Issue[];
	sealedTables(db: ReadDb, company: Company, period: Period): readonly TableRows[];
	/** True where the seal's fingerprint goes to somebody outside at each close. */
	hasWitness(db: ReadDb, company: Company): boolean;
}

/** What happens inside the database transaction of a close or a reopening, after the seal and before the commit. */
export interface CloseHooks {
	onClosed(tx: WriteTx, actor: Actor, close: CloseRow): void;
	onReopened(tx: WriteTx, actor: Actor, close: CloseRow): void;
}

const requiresNothing: ReconciliationGate = { issuesFor: () => [], sealedTables: () => [], hasWitness: () => false };

let gate: ReconciliationGate = requiresNothing;
const hooks: CloseHooks[] = [];

/** Called once by the composition, before the first close. Without it nothing needs to be reconciled. */
export function registerReconciliationGate(registered: ReconciliationGate): void {
	gate = registered;
}

/** Called by the composition; hooks run in the order in which they were registered. Answers how to take it away again. */
export function registerCloseHooks(registered: CloseHooks): () => void {
	hooks.push(registered);
	return () => hooks.splice(hooks.indexOf(registered), 1);
}

export function reconciliationGate(): ReconciliationGate {
	return gate;
}

export function closeHooks(): readonly CloseHooks[] {
	return hooks;
}
