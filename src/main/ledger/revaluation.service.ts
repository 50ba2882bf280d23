import { AppError } from '#shared/kernel/app-error.ts';
import { addDays, civilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { divideRounded, parseRate, toSafeMinor } from '#shared/kernel/money.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { baseLine } from './entry-input.service.ts';
import { type ForeignBalance, foreignBalances, type StoredLine, storeRate, storeRevaluation } from './journal.queries.ts';
import { accountFor } from './names.service.ts';
import { type PostedEntry, postPrepared } from './posting.service.ts';
import { reverseEntry } from './reversal.service.ts';

export interface RevaluationInput {
	readonly date: string;
	/** By currency: units of the company's currency for one unit. */
	readonly rates: Readonly<Record<string, string>>;
	/** Whence the rates are, for the record: a central bank's fixing, say. */
	readonly origin?: string | undefined;
	readonly reverseNextDay?: boolean | undefined;
}

/**
 * Brings foreign balances of money, claims and debts to a rate: one entry of source ADJUSTING, lines of zero transaction amount,
 * the difference on FX_GAIN_LOSS. Nothing to change: no entry. Refuses RATE_MISSING, INPUT_INVALID and the codes of posting.
 */
export function revalue(tx: WriteTx, actor: Actor, input: RevaluationInput): PostedEntry[] {
	const { company } = actor;
	const date = civilDate(input.date, 'ENTRY_DATE_INVALID');
	const rates = Object.entries(input.rates);
	if (rates.length === 0) throw new AppError('RATE_MISSING', 'Say at which rate: --rate USD=83.45.', {});
	const origin = input.origin?.trim() || 'entered by hand';
	const lines: StoredLine[] = [];
	for (const [currency, rate] of rates) {
		if (currency === company.currency) throw new AppError('INPUT_INVALID', `${currency} is the company's own currency; it has no rate.`, { currency });
		storeRate(tx, company.id, { currency, date, rate, origin });
		lines.push(...foreignBalances(tx, company.id, currency, dayNumber(date)).flatMap((balance) => revaluationLine(company, currency, rate, balance)));
	}
	const difference = lines.reduce((sum, line) => sum + BigInt(line.baseDebitMinor) - BigInt(line.baseCreditMinor), 0n);
	if (lines.length === 0) return [];
	const gainLoss = accountFor(tx, company, 'FX_GAIN_LOSS', 'A revaluation');
	const posted = postPrepared(tx, actor, {
		date,
		description: `Revaluation ${rates.map(([currency, rate]) => `${currency} at ${rate}`).join(', ')} (${origin})`,
		reference: null,
		externalNo: null,
		source: 'ADJUSTING',
		lines: difference === 0n ? lines : [...lines, baseLine(gainLoss.id, -difference)],
	});
	for (const [currency, rate] of rates) storeRevaluation(tx, company.id, { entryId: posted.no, currency, date, rate, origin });
	if (!input.reverseNextDay) return [posted];
	return [posted, reverseEntry(tx, actor, posted.no, { date: addDays(date, 1), description: `Reversal of the revaluation of ${date}` })];
}

function revaluationLine(company: Company, currency: string, rateText: string, balance: ForeignBalance): StoredLine[] {
	const rate = parseRate(rateText);
	const target = divideRounded(
		balance.amountMinor * rate.numerator * 10n ** BigInt(company.decimals),
		rate.denominator * 10n ** BigInt(currencyDecimals(currency)),
	);
	const change = target - balance.baseMinor;
	if (change === 0n) return [];
	return [
		{
			accountId: Number(balance.accountId),
			partyId: balance.partyId === null ? null : Number(balance.partyId),
			currency,
			debitMinor: 0,
			creditMinor: 0,
			baseDebitMinor: change > 0n ? toSafeMinor(change) : 0,
			baseCreditMinor: change < 0n ? toSafeMinor(-change) : 0,
			dueDate: null,
			reference: null,
			memo: null,
		},
	];
}
