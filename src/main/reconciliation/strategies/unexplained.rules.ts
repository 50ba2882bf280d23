import type { ErrorCode } from '#shared/kernel/error-codes.ts';
import { formatAmount } from '#shared/kernel/money.ts';

interface Unexplained {
	readonly uuid: string;
	readonly accountCode: string;
	readonly currency: string;
	readonly unexplainedMinor: number;
}

/** The finding that a variance is not explained to the last unit, with the next step; none where it is. */
export function unexplainedFinding(reconciliation: Unexplained, next: string) {
	const { uuid, accountCode, currency, unexplainedMinor } = reconciliation;
	if (unexplainedMinor === 0) return [];
	const amount = formatAmount(unexplainedMinor, currency);
	const code: ErrorCode = 'RECONCILIATION_VARIANCE';
	return [
		{
			code,
			message: `Account ${accountCode}: ${amount} ${currency} between books and actual balance is not explained. ${next}`,
			details: { id: uuid, account: accountCode, unexplained: amount, currency },
		},
	];
}
