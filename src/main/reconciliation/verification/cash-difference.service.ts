import { AppError } from '#shared/kernel/app-error.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { accountFor, type PostedEntry, postPrepared, prepareEntry } from '#main/ledger/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { activeSessionOf } from '../sessions/sessions.queries.ts';
import { checkPeriodOpen, refresh, reread, subjectOf } from './prepare.service.ts';
import { type ReconciliationRow, updatePreparer } from './reconciliations.queries.ts';
import { requireDraft } from './verify.service.ts';

export interface CashDifferenceRequest {
	readonly id: string;
	readonly description?: string | undefined;
	/** Base units for one unit of the account's currency. */
	readonly rate?: string | undefined;
}

/**
 * Books what a cash count differs from the ledger to the account of cash over and short, dated the period's last day; the draft agrees
 * afterwards. In a soft-closed period it is an adjusting entry of the active session.
 * Refuses RECONCILIATION_REFUSED (no cash count, or no difference), ACCOUNT_UNKNOWN (no such account yet), PERIOD_CLOSING and the codes of posting.
 */
export function postCashDifference(
	tx: WriteTx,
	actor: Actor,
	request: CashDifferenceRequest,
): { readonly entry: PostedEntry; readonly reconciliation: ReconciliationRow } {
	const { company, user } = actor;
	const subject = subjectOf(tx, company, request.id);
	const { account, strategy, reconciliation } = subject;
	const period = checkPeriodOpen(tx, company, reconciliation);
	requireDraft(subject);
	if (strategy.name !== 'cash-count') {
		throw new AppError('RECONCILIATION_REFUSED', `Account ${account.code} is no cash account. Post the difference with \`journal post\`.`, {
			account: account.code,
		});
	}
	refresh(tx, subject);
	const { varianceMinor, currency } = reread(tx, company, request.id);
	if (varianceMinor === 0) {
		throw new AppError('RECONCILIATION_REFUSED', `The count of ${account.code} agrees with the ledger: there is nothing to book.`, { account: account.code });
	}
	const session = activeSessionOf(tx, company.id, period.id);
	if (period.status === 'CLOSING' && !session) {
		throw new AppError(
			'PERIOD_CLOSING',
			`${period.name} is soft-closed and has no active session. Start one first: reconcile session start --period ${period.name}.`,
			{ period: period.name },
		);
	}
	const overShort = accountFor(tx, company, 'CASH_OVER_SHORT', 'A cash difference');
	const amount = formatAmount(Math.abs(varianceMinor), currency);
	const isShort = varianceMinor > 0;
	const entry = postPrepared(
		tx,
		actor,
		prepareEntry(tx, company, {
			date: fromDayNumber(reconciliation.endDay),
			description: request.description ?? `${isShort ? 'Cash short' : 'Cash over'}: count of ${account.name}`,
			source: period.status === 'CLOSING' ? 'ADJUSTING' : 'MANUAL',
			session: period.status === 'CLOSING' ? session?.uuid : undefined,
			rates: request.rate === undefined ? undefined : { [currency]: request.rate },
			lines: [
				{ account: account.ref, currency, [isShort ? 'credit' : 'debit']: amount },
				{ account: overShort.ref, currency, [isShort ? 'debit' : 'credit']: amount },
			],
		}),
	);
	refresh(tx, subject);
	updatePreparer(tx, company.id, reconciliation.id, user.id);
	return { entry, reconciliation: reread(tx, company, request.id) };
}
