import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { CloseRow } from './closes.queries.ts';

/** What happens inside the database transaction of a close or a reopening, after the seal and before the commit. */
export interface CloseHooks {
	onClosed(tx: WriteTx, actor: Actor, close: CloseRow): void;
	onReopened(tx: WriteTx, actor: Actor, close: CloseRow): void;
}

const hooks: CloseHooks[] = [];

/** Called by the composition; hooks run in the order in which they were registered. Answers how to take it away again. */
export function registerCloseHooks(registered: CloseHooks): () => void {
	hooks.push(registered);
	return () => hooks.splice(hooks.indexOf(registered), 1);
}

export function closeHooks(): readonly CloseHooks[] {
	return hooks;
}
