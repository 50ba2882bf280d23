import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { type CivilDate, civilDate, dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { currencyDecimals, isCurrency } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import { type AccountRow, PAYMENT_METHOD_SUBTYPES } from '#main/companies/index.ts';
import { findAccount, findParty } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { namedAccounts } from './balances.queries.ts';
import { periodDays } from './balances.service.ts';
import { askedSpan } from './dates.rules.ts';
import {
	controlAccounts,
	currenciesOfBalances,
	currenciesOfLines,
	keptBalance,
	type LedgerLine,
	type LineKey,
	lineBalance,
	lineCount,
	linesAfter,
	type Stream,
	type StreamBalance,
} from './ledger-report.queries.ts';

type Input = Omit<InputOf<ReportsContract['ledger']>, 'companyId'>;
export type LedgerReport = OutputOf<ReportsContract['ledger']>;

/** What is asked for, resolved: the account or the party, and the lines that make up its ledger. */
interface Subject {
	readonly company: Company;
	readonly account: AccountRow | null;
	readonly party: { readonly id: number; readonly name: string } | null;
	/** Null: every currency, in the company's own. */
	readonly currency: string | null;
	readonly streams: readonly Stream[];
	readonly recompute: boolean;
}

/** Lines of a stream that are in memory at a time. */
const ROWS_AT_A_TIME = 2000;
const FIRST: LineKey = { day: -1, no: 0, lineNo: 0 };

/** The place after every line of a day. */
const endOf = (day: number): LineKey => ({ day, no: Number.MAX_SAFE_INTEGER, lineNo: 0 });

/**
 * The ledger of one account, or of one party over receivables and payables, with opening, running and closing balance, debit positive.
 * Without a currency everything is in the company's; with one, only lines in it, in it. An account of money in a foreign currency is
 * shown in that. Everything posted counts, closing entries too. A page costs the same wherever it begins.
 * Refuses ACCOUNT_UNKNOWN, PARTY_UNKNOWN, INPUT_INVALID (both or neither named, unknown currency, days that do not exist).
 */
export function ledgerReport(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): LedgerReport {
	const span = askedSpan(input.from, input.to);
	const subject = subjectOf(db, company, input);
	const beforeSpan = endOf(dayNumber(span.start) - 1);
	const opening = balanceThrough(db, subject, beforeSpan);
	const after = input.after ? keyOf(input.after, beforeSpan) : beforeSpan;
	const lines = pageOf(db, subject, after, dayNumber(span.end), input.limit ?? -1);
	const more = input.limit !== undefined && lines.length > input.limit;
	const shown = more ? lines.slice(0, input.limit) : lines;
	const decimals = subject.currency === null ? company.decimals : currencyDecimals(subject.currency);
	const balanceBefore = after === beforeSpan ? opening : balanceThrough(db, subject, after);
	return {
		account: subject.account && { code: subject.account.code, name: subject.account.name },
		party: subject.party?.name ?? null,
		from: span.start,
		to: span.end,
		currency: subject.currency ?? company.currency,
		opening: formatMinor(opening, decimals),
		closing: formatMinor(balanceThrough(db, subject, endOf(dayNumber(span.end))), decimals),
		rows: rowsOf(db, subject, shown, balanceBefore, decimals),
		more,
	};
}

/** The rows of the whole span as they are asked for: so many in memory at a time, however long the ledger. Refuses as ledgerReport does. */
export function* ledgerRows(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Omit<Input, 'after' | 'limit'>): Generator<LedgerReport['rows'][number]> {
	const span = askedSpan(input.from, input.to);
	const subject = subjectOf(db, company, input);
	const decimals = subject.currency === null ? company.decimals : currencyDecimals(subject.currency);
	let after = endOf(dayNumber(span.start) - 1);
	let balance = balanceThrough(db, subject, after);
	for (;;) {
		const lines = pageOf(db, subject, after, dayNumber(span.end), ROWS_AT_A_TIME).slice(0, ROWS_AT_A_TIME);
		const last = lines.at(-1);
		if (!last) return;
		yield* rowsOf(db, subject, lines, balance, decimals);
		balance += lines.reduce((sum, line) => sum + movementOf(subject, line), 0n);
		after = last;
	}
}

/** How many rows ledgerRows has. Refuses as ledgerReport does. */
export function ledgerRowCount(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Omit<Input, 'after' | 'limit'>): number {
	const span = askedSpan(input.from, input.to);
	const { streams, party } = subjectOf(db, company, input);
	const range = { fromDay: dayNumber(span.start), toDay: dayNumber(span.end), partyId: party?.id ?? null };
	return streams.reduce((sum, stream) => sum + lineCount(db, company.id, stream, range), 0);
}

function subjectOf(db: ReadDb, company: Company, input: Input): Subject {
	if ((input.account === undefined) === (input.party === undefined)) {
		throw new AppError('INPUT_INVALID', 'Name either an account or a party: a ledger report shows one of them.', {});
	}
	if (input.currency !== undefined && !isCurrency(input.currency)) {
		throw new AppError('INPUT_INVALID', `"${input.currency}" is no ISO 4217 currency. Use a code such as INR, KES or USD.`, { currency: input.currency });
	}
	const recompute = input.recompute ?? false;
	const account = input.account === undefined ? null : findAccount(db, company, input.account);
	const party = input.party === undefined ? null : findParty(db, company, input.party);
	const currency = input.currency ?? (account && boundCurrency(company, account));
	const accountIds = account ? [account.id] : controlAccounts(db, company.id);
	const streams = accountIds.flatMap((accountId) => streamsOf(db, company, accountId, recompute));
	const own = currency === company.currency ? null : currency;
	return { company, account, party, currency, streams: currency === null ? streams : streams.filter((stream) => stream.currency === own), recompute };
}

/** The foreign currency that an account of money is bound to. */
function boundCurrency(company: Company, account: AccountRow): string | null {
	const holdsMoney = account.subtype !== null && PAYMENT_METHOD_SUBTYPES.includes(account.subtype);
	return holdsMoney && account.currency !== company.currency ? account.currency : null;
}

function streamsOf(db: ReadDb, company: Company, accountId: number, recompute: boolean): Stream[] {
	if (recompute) return currenciesOfLines(db, company.id, accountId).map((currency) => ({ accountId, currency }));
	return currenciesOfBalances(db, company.id, accountId).map((currency) => ({ accountId, currency: currency === company.currency ? null : currency }));
}

function keyOf(after: { readonly date: CivilDate; readonly no: number; readonly lineNo: number }, beforeSpan: LineKey): LineKey {
	const key = { day: dayNumber(civilDate(after.date)), no: after.no, lineNo: after.lineNo };
	return key.day <= beforeSpan.day ? beforeSpan : key;
}

/** The balance of the subject after the line at a place. */
function balanceThrough(db: ReadDb, subject: Subject, through: LineKey): bigint {
	let balance = 0n;
	for (const stream of subject.streams) {
		const { own, base } = streamBalance(db, subject, stream, through);
		balance += subject.currency === null ? base : own;
	}
	return balance;
}

/**
 * From the kept balances of whole periods and the lines of the period that holds the place, counted from whichever end of the period is
 * nearer. Kept balances know no parties: a party's ledger, like a recomputed one, sums the lines.
 */
function streamBalance(db: ReadDb, { company, party, recompute }: Subject, stream: Stream, through: LineKey): StreamBalance {
	if (party || recompute) return lineBalance(db, company.id, stream, FIRST, through, party?.id ?? null);
	const currency = stream.currency ?? company.currency;
	const period = periodDays(db, company, fromDayNumber(through.day));
	const isAfterPeriod = !period || (through.day === period.endDay && through.no === Number.MAX_SAFE_INTEGER);
	if (isAfterPeriod) return keptBalance(db, company.id, stream.accountId, currency, through.day + 1);
	if (through.day - period.id <= period.endDay - through.day) {
		const before = keptBalance(db, company.id, stream.accountId, currency, period.id);
		const since = lineBalance(db, company.id, stream, endOf(period.id - 1), through, null);
		return { own: before.own + since.own, base: before.base + since.base };
	}
	const whole = keptBalance(db, company.id, stream.accountId, currency, period.endDay + 1);
	const rest = lineBalance(db, company.id, stream, through, endOf(period.endDay), null);
	return { own: whole.own - rest.own, base: whole.base - rest.base };
}

/** Up to one line more than the limit, so that it shows whether there are more. Streams are merged in the order of their lines. */
function pageOf(db: ReadDb, { company, party, streams }: Subject, after: LineKey, toDay: number, limit: number): LedgerLine[] {
	const range = { after, toDay, partyId: party?.id ?? null, limit: limit < 0 ? -1 : limit + 1 };
	const lists = streams.map((stream) => linesAfter(db, company.id, stream, range));
	if (lists.length < 2) return lists[0] ?? [];
	const merged = lists.flat().sort((one, other) => one.day - other.day || one.no - other.no || one.lineNo - other.lineNo);
	return limit < 0 ? merged : merged.slice(0, limit + 1);
}

function rowsOf(db: ReadDb, subject: Subject, lines: readonly LedgerLine[], balanceBefore: bigint, decimals: number): LedgerReport['rows'] {
	const accounts = new Map(
		subject.account ? [[subject.account.id, subject.account]] : namedAccounts(db, subject.company.id).map((account) => [account.id, account]),
	);
	let balance = balanceBefore;
	return lines.map((line) => {
		const { debit, credit } = sidesOf(subject, line);
		balance += movementOf(subject, line);
		const account = accounts.get(line.accountId);
		return {
			date: line.date,
			no: line.no,
			lineNo: line.lineNo,
			code: account?.code ?? '',
			name: account?.name ?? '',
			party: line.party,
			description: line.description,
			reference: line.reference,
			currency: subject.currency ?? subject.company.currency,
			debit: formatMinor(debit, decimals),
			credit: formatMinor(credit, decimals),
			balance: formatMinor(balance, decimals),
		};
	});
}

function sidesOf({ currency }: Subject, line: LedgerLine): { readonly debit: number; readonly credit: number } {
	return currency === null ? { debit: line.baseDebit, credit: line.baseCredit } : { debit: line.debit, credit: line.credit };
}

function movementOf(subject: Subject, line: LedgerLine): bigint {
	const { debit, credit } = sidesOf(subject, line);
	return BigInt(debit) - BigInt(credit);
}
