import type { ClosingVoucherAnswer, CloseContract } from '#shared/contract/close.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { formatAmount, formatMinor } from '#shared/kernel/money.ts';
import { userById } from '#main/access/index.ts';
import { accountById } from '#main/companies/index.ts';
import { entryById, linesOf } from '#main/ledger/index.ts';
import { findPeriod } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf } from '#shared/contract/client.ts';
import { listCloseRows } from './closes.queries.ts';

/**
 * The closing entry of a close (the newest of the period unless numbered), line by line, with who closed, when and why, and what became of it.
 * Refuses PERIOD_NOT_FOUND, and PERIOD_NOT_CLOSED where the period has no such close.
 */
export function closingVoucher(
	db: ReadDb,
	{ company }: Pick<Actor, 'company'>,
	input: Omit<InputOf<CloseContract['closingVoucher']>, 'companyId'>,
): ClosingVoucherAnswer {
	const period = findPeriod(db, company, input.period);
	const closes = listCloseRows(db, company.id, period.id);
	const close = input.closeNumber === undefined ? closes.at(-1) : closes.find(({ closeNumber }) => closeNumber === input.closeNumber);
	if (!close) {
		const which = input.closeNumber === undefined ? 'was never closed' : `has no close number ${input.closeNumber}`;
		throw new AppError('PERIOD_NOT_CLOSED', `${period.name} ${which}: there is no closing entry to show.`, { period: period.name, closes: closes.length });
	}
	return {
		period: period.name,
		closeNumber: close.closeNumber,
		status: close.status,
		closedAt: close.closedAt,
		closedBy: loginOf(db, close.closedBy),
		reason: close.reason,
		reopenedAt: close.reopenedAt,
		reopenedBy: close.reopenedBy === null ? null : loginOf(db, close.reopenedBy),
		reopenReason: close.reopenReason,
		reversalEntryNo: close.reversalEntryId,
		currency: company.currency,
		netProfit: formatMinor(BigInt(close.netProfitMinor), company.decimals),
		closeHash: close.closeHash,
		entry: close.closingEntryId === null ? null : entryView(db, company, close.closingEntryId),
	};
}

const loginOf = (db: ReadDb, userId: number): string => present(userById(db, userId), 'a user of the books').login;

function entryView(db: ReadDb, company: Company, no: number): ClosingVoucherAnswer['entry'] {
	const entry = present(entryById(db, company.id, no), 'the closing entry of a close');
	const lines = linesOf(db, company.id, no);
	const total = (side: 'baseDebitMinor' | 'baseCreditMinor'): string =>
		formatMinor(
			lines.reduce((sum, line) => sum + BigInt(line[side]), 0n),
			company.decimals,
		);
	return {
		no,
		date: entry.date,
		description: entry.description,
		hash: present(entry.entryHash, 'the hash of a posted entry'),
		postedAt: present(entry.postedAt, 'the instant of a posted entry'),
		postedBy: loginOf(db, present(entry.postedBy, 'who posted an entry')),
		lines: lines.map((line) => {
			const { code, name } = present(accountById(db, company.id, line.accountId), 'the account of a line');
			const currency = line.currency ?? company.currency;
			return {
				code,
				name,
				currency,
				debit: formatAmount(line.debitMinor, currency),
				credit: formatAmount(line.creditMinor, currency),
				baseDebit: formatAmount(line.baseDebitMinor, company.currency),
				baseCredit: formatAmount(line.baseCreditMinor, company.currency),
			};
		}),
		totals: { debit: total('baseDebitMinor'), credit: total('baseCreditMinor') },
	};
}
