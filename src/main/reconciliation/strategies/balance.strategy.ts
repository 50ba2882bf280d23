import type { Strategy } from './strategy.ts';
import { refuseCount, typedActual } from './typed-actual.ts';
import { unexplainedFinding } from './unexplained.rules.ts';

/** A balance that somebody else says: a clearing account, a loan. Nil is an answer as any other. */
export const balanceStrategy: Strategy = {
	name: 'balance',
	appliesTo: ({ type }) => type === 'ASSET' || type === 'LIABILITY' || type === 'EQUITY',
	actual: (_db, request) => {
		refuseCount(request);
		return typedActual(request, 'What is the actual balance of');
	},
	items: ['BOOK'],
	validate: (reconciliation) =>
		unexplainedFinding(
			reconciliation,
			`Book what is missing, or choose the ledger lines that are still under way: \`reconcile items ${reconciliation.uuid}\`.`,
		),
};
