import { AppError } from '#shared/kernel/app-error.ts';
import { civilDate } from '#shared/kernel/civil-date.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import { type AccountRow, PAYMENT_METHOD_SUBTYPES } from '#main/companies/index.ts';
import { findAccount, type PostedEntry, postPrepared, prepareEntry } from '#main/ledger/index.ts';
import { findPeriod, type Period, periodOfDate } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { activeSessionOf, type SessionRow } from './sessions.queries.ts';

export interface TransferRequest {
	/** Where the money leaves, and where it arrives. */
	readonly from: string;
	readonly to: string;
	/** Major units of the two accounts' currency. */
	readonly amount: string;
	readonly date: string;
	readonly period?: string | undefined;
	readonly description?: string | undefined;
	readonly reference?: string | undefined;
	/** Base units for one unit of their currency. */
	readonly rate?: string | undefined;
}

/**
 * Money from one payment-method account to another of the same currency: an entry of source TRANSFER, posted in the active session of
 * its period. An open period takes it without a session as well, a soft-closed one does not.
 * Refuses INPUT_INVALID, CURRENCY_MISMATCH, AMOUNT_INVALID, PERIOD_DATE_INVALID, PERIOD_CLOSING and the codes of posting.
 */
export function createTransfer(tx: WriteTx, actor: Actor, request: TransferRequest): PostedEntry & { readonly sessionId: string | null } {
	const { company } = actor;
	const date = civilDate(request.date, 'ENTRY_DATE_INVALID');
	const { from, to, currency } = accountsOf(tx, company, request);
	if (parseAmountMinor(request.amount, currency) <= 0) {
		throw new AppError('AMOUNT_INVALID', 'A transfer has an amount above zero; turn --from and --to round for the other direction.', {
			amount: request.amount,
		});
	}
	const session = sessionAt(tx, company, date, request.period);
	const entry = prepareEntry(tx, company, {
		date,
		description: request.description ?? `Transfer from ${from.name} to ${to.name}`,
		reference: request.reference,
		source: 'TRANSFER',
		session: session?.uuid,
		rates: request.rate === undefined ? undefined : { [currency]: request.rate },
		lines: [
			{ account: to.ref, debit: request.amount },
			{ account: from.ref, credit: request.amount },
		],
	});
	return { ...postPrepared(tx, actor, entry), sessionId: session?.uuid ?? null };
}

function accountsOf(db: ReadDb, company: Company, request: TransferRequest) {
	const [from, to] = [findAccount(db, company, request.from), findAccount(db, company, request.to)];
	if (from.id === to.id) throw new AppError('INPUT_INVALID', 'A transfer goes from one account to another.', { account: from.code });
	const other = [from, to].find(({ subtype }) => subtype === null || !PAYMENT_METHOD_SUBTYPES.includes(subtype));
	if (other) {
		throw new AppError(
			'INPUT_INVALID',
			`${other.code} ${other.name} is no place where money sits. A transfer is between cash, bank, mobile money, card and clearing accounts; post anything else with \`journal post\`.`,
			{ account: other.code },
		);
	}
	const [currency, arriving] = [currencyOf(from, company), currencyOf(to, company)];
	if (currency !== arriving) {
		throw new AppError(
			'CURRENCY_MISMATCH',
			`${from.code} holds ${currency} and ${to.code} holds ${arriving}. Post an exchange with both amounts: \`journal post\`, a line of each currency with its baseAmount or a rate.`,
			{ from: from.code, to: to.code, currencies: [currency, arriving] },
		);
	}
	return { from, to, currency };
}

function currencyOf(account: AccountRow, company: Company): string {
	return account.currency ?? company.currency;
}

function sessionAt(db: ReadDb, company: Company, date: string, named: string | undefined): SessionRow | undefined {
	if (named !== undefined) checkHolds(findPeriod(db, company, named), date);
	const period = periodOfDate(db, company.id, date);
	const session = period && activeSessionOf(db, company.id, period.id);
	if (period?.status !== 'CLOSING' || session) return session;
	throw new AppError(
		'PERIOD_CLOSING',
		`${period.name} is soft-closed and has no active session. Start one first: reconcile session start --period ${period.name}.`,
		{
			period: period.name,
			start: period.start,
			end: period.end,
		},
	);
}

function checkHolds(period: Period, date: string): void {
	if (date >= period.start && date <= period.end) return;
	throw new AppError('PERIOD_DATE_INVALID', `${date} is not in ${period.name} (${period.start} to ${period.end}). Correct the date or the period.`, {
		date,
		period: period.name,
	});
}
