import { AppError } from '#shared/kernel/app-error.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import type { ActualBalance, ActualRequest } from './strategy.ts';

/** The balance that a person typed, now or before. Refuses NEEDS_ANSWER with the question where nobody did. */
export function typedActual(request: ActualRequest, question: string, option = '--actual 1250.00'): ActualBalance {
	if (request.typedMinor !== null) return { actualMinor: request.typedMinor, detail: { typed: true } };
	if (request.stored) return request.stored;
	const { code, name } = request.account;
	const text = `${question} ${code} ${name} on ${fromDayNumber(request.endDay)}?`;
	throw new AppError('NEEDS_ANSWER', `${text} Give ${option}.`, { questions: [{ id: 'actual', text, option, currency: request.currency }] });
}

/** Refuses a count where only a balance makes sense. */
export function refuseCount({ count, account }: ActualRequest): void {
	if (count === null) return;
	throw new AppError('RECONCILIATION_REFUSED', `Account ${account.code} is no cash account: it is not counted by denomination. Give --actual.`, {
		account: account.code,
	});
}
