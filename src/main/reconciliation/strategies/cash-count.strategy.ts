import { AppError } from '#shared/kernel/app-error.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { countedMinor } from './cash-count.rules.ts';
import type { Strategy } from './strategy.ts';
import { typedActual } from './typed-actual.ts';
import { unexplainedFinding } from './unexplained.rules.ts';

/** Cash is counted, by denomination or in one sum. It has no items: what differs goes to cash over and short. */
export const cashCountStrategy: Strategy = {
	name: 'cash-count',
	appliesTo: ({ subtype }) => subtype === 'CASH',
	actual: (_db, request) => {
		const { count, currency, typedMinor } = request;
		if (count === null) return typedActual(request, 'How much cash is in', '--count 1000=5,500=3 or --actual 6500.00');
		const actualMinor = countedMinor(count, currency);
		if (typedMinor !== null && typedMinor !== actualMinor) {
			const [counted, typed] = [formatAmount(actualMinor, currency), formatAmount(typedMinor, currency)];
			throw new AppError('RECONCILIATION_REFUSED', `The count comes to ${counted} ${currency}, not to ${typed}. Count again, or leave one of them out.`, {
				counted,
				typed,
				currency,
			});
		}
		return { actualMinor, detail: { count } };
	},
	items: [],
	validate: (reconciliation) =>
		unexplainedFinding(reconciliation, `Count again, or book it to cash over and short: \`reconcile over-short ${reconciliation.uuid}\`.`),
};
