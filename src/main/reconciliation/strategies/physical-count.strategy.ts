import type { Strategy } from './strategy.ts';
import { refuseCount, typedActual } from './typed-actual.ts';
import { unexplainedFinding } from './unexplained.rules.ts';

/** Stock: its value by a physical count. What differs is booked. */
export const physicalCountStrategy: Strategy = {
	name: 'physical-count',
	appliesTo: ({ subtype }) => subtype === 'INVENTORY',
	actual: (_db, request) => {
		refuseCount(request);
		return typedActual(request, 'What is the counted value of');
	},
	items: [],
	validate: (reconciliation) => unexplainedFinding(reconciliation, 'A count has no items: book the difference with `journal post`, then verify again.'),
};
