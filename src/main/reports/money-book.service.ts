import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { type AccountRow, listAccounts } from '#main/companies/index.ts';
import { findAccount } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { ledgerReport } from './ledger-report.service.ts';

type Input = Omit<InputOf<ReportsContract['moneyBook']>, 'companyId'>;
export type MoneyBook = OutputOf<ReportsContract['moneyBook']>;
type Day = MoneyBook['days'][number];

const SUBTYPES: Readonly<Record<MoneyBook['kind'], readonly string[]>> = { cash: ['CASH'], bank: ['BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING'] };
const WORDS: Readonly<Record<MoneyBook['kind'], string>> = { cash: 'cash', bank: 'bank, mobile money, card or clearing' };

/**
 * Cash book or bank book: the ledger of one account of money in its own currency, with receipts and payments and what each day began and ended with.
 * The account may be left out where there is just one. Refuses ACCOUNT_UNKNOWN and INPUT_INVALID (none or several of the kind, another kind of account).
 */
export function moneyBook(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): MoneyBook {
	const { kind } = input;
	const account = moneyAccount(db, company, kind, input.account);
	const currency = account.currency ?? company.currency;
	const asked = { account: account.code, from: input.from, to: input.to, currency, ...(input.recompute === undefined ? {} : { recompute: input.recompute }) };
	const ledger = ledgerReport(db, { company }, asked);
	const days = daysOf(ledger.rows, ledger.opening, currency);
	const sum = (side: 'receipts' | 'payments'): string =>
		formatAmount(
			days.reduce((total, day) => total + parseAmountBig(day[side], currency), 0n),
			currency,
		);
	return {
		kind,
		account: { code: account.code, name: account.name },
		from: ledger.from,
		to: ledger.to,
		currency,
		opening: ledger.opening,
		receipts: sum('receipts'),
		payments: sum('payments'),
		closing: ledger.closing,
		days,
	};
}

function moneyAccount(db: ReadDb, company: Company, kind: MoneyBook['kind'], named: string | undefined): AccountRow {
	const isKind = (account: AccountRow): boolean => account.subtype !== null && SUBTYPES[kind].includes(account.subtype);
	if (named !== undefined) {
		const account = findAccount(db, company, named);
		if (isKind(account)) return account;
		throw new AppError('INPUT_INVALID', `${account.code} ${account.name} is no ${WORDS[kind]} account. Its lines are in the ledger report.`, {
			account: account.code,
		});
	}
	const [only, ...others] = listAccounts(db, company.id).filter(isKind);
	if (only && others.length === 0) return only;
	const codes = [only, ...others].flatMap((account) => (account ? [account.code] : []));
	throw new AppError(
		'INPUT_INVALID',
		only ? `There are several ${WORDS[kind]} accounts: name one of ${codes.join(', ')}.` : `There is no ${WORDS[kind]} account in these books.`,
		{ accounts: codes },
	);
}

function daysOf(rows: ReturnType<typeof ledgerReport>['rows'], opening: string, currency: string): Day[] {
	const days: (Day & { readonly sums: { receipts: bigint; payments: bigint } })[] = [];
	let balance = opening;
	for (const row of rows) {
		let day = days.at(-1);
		if (day?.date !== row.date) {
			day = { date: row.date, opening: balance, receipts: '', payments: '', closing: balance, rows: [], sums: { receipts: 0n, payments: 0n } };
			days.push(day);
		}
		day.sums.receipts += parseAmountBig(row.debit, currency);
		day.sums.payments += parseAmountBig(row.credit, currency);
		const { no, lineNo, party, description, reference } = row;
		day.rows.push({ no, lineNo, party, description, reference, receipt: row.debit, payment: row.credit, balance: row.balance });
		balance = row.balance;
		day.closing = balance;
	}
	return days.map(({ sums, ...day }) => ({ ...day, receipts: formatAmount(sums.receipts, currency), payments: formatAmount(sums.payments, currency) }));
}
