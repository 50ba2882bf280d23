import type { z } from 'zod';
import type { entryInput, lineInput } from '#shared/contract/ledger.contract.ts';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import { civilDate } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { divideRounded, parseAmountMinor, toSafeMinor } from '#shared/kernel/money.ts';
import type { AccountRow } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { assignBaseAmounts, type BaseAmounts, type LineAmounts } from './base-amounts.rules.ts';
import { carryingOf, rateAt, type StoredLine } from './journal.queries.ts';
import { accountFor, findAccount, findParty } from './names.service.ts';
import type { PreparedEntry } from './posting.service.ts';
import { activeSession } from './session.queries.ts';

export type EntryInput = z.output<typeof entryInput>;
type LineInput = z.output<typeof lineInput>;

/** A line with its account and party found, before base amounts. Amounts are minor units. */
interface OpenLine extends LineAmounts {
	readonly account: AccountRow;
	readonly partyId: number | null;
	readonly input: LineInput;
	/** True where the base amount is what the books carry for the claim that this line settles. */
	readonly settles: boolean;
}

/**
 * What a person wrote as an entry ready to post: accounts, parties, currencies and base amounts worked out, the realised
 * difference of a payment on FX_GAIN_LOSS. Refuses the codes of ledger.post.
 */
export function prepareEntry(db: ReadDb, company: Company, input: EntryInput): PreparedEntry {
	const date = civilDate(input.date, 'ENTRY_DATE_INVALID');
	if (date < '1970-01-01') throw new AppError('ENTRY_DATE_INVALID', `${date} is before 1970-01-01, the first day that books can hold.`, { date });
	const open = input.lines.map((line, index) => atLine(index + 1, () => openLine(db, company, line, index + 1, input.reference ?? null)));
	const base = baseAmounts(db, company, open, input, date);
	const lines = open.map((line, index) => storedLine(company, line, base.amounts.lines[index]));
	return {
		date,
		description: input.description,
		reference: input.reference ?? null,
		externalNo: input.externalNo ?? null,
		source: input.source ?? 'MANUAL',
		session: input.session === undefined ? null : activeSession(db, company, input.session),
		lines: [...lines, ...residueLines(db, company, base)],
	};
}

/** Says of any refusal which line it is about. */
function atLine<Output>(lineNo: number, work: () => Output): Output {
	try {
		return work();
	} catch (error) {
		if (!isAppError(error)) throw error;
		throw new AppError(error.code, error.message, { line: lineNo, ...error.details }, { retryable: error.retryable, cause: error });
	}
}

function openLine(db: ReadDb, company: Company, input: LineInput, lineNo: number, entryReference: string | null): OpenLine {
	const account = findAccount(db, company, input.account);
	if (account.active === 0) {
		throw new AppError('ACCOUNT_UNKNOWN', `Account ${account.code} ${account.name} is not in use any more. Choose another, or make it active again.`, {
			account: account.code,
		});
	}
	const currency = input.currency ?? account.currency ?? company.currency;
	currencyDecimals(currency);
	if (account.currency !== null && account.currency !== currency) {
		throw new AppError('CURRENCY_MISMATCH', `Account ${account.code} ${account.name} holds ${account.currency} only; line ${lineNo} is in ${currency}.`, {
			account: account.code,
			currency,
			line: lineNo,
		});
	}
	const debitMinor = amountOf(input.debit, currency, lineNo);
	const creditMinor = amountOf(input.credit, currency, lineNo);
	if ((debitMinor === 0) === (creditMinor === 0)) {
		throw new AppError('LINE_INVALID', `Line ${lineNo} needs an amount above zero on one side: a debit or a credit.`, { line: lineNo, account: account.code });
	}
	if (input.dueDate !== undefined) civilDate(input.dueDate, 'ENTRY_DATE_INVALID');
	const partyId = input.party === undefined ? null : findParty(db, company, input.party).id;
	const given = input.baseAmount === undefined ? null : parseAmountMinor(input.baseAmount, company.currency);
	const line = { account, partyId, input, currency, debitMinor, creditMinor, baseMinor: given, settles: false };
	if (given !== null || currency === company.currency) return line;
	const carried = carriedBase(db, company, line, input.reference ?? entryReference);
	return carried === null ? line : { ...line, baseMinor: carried, settles: true };
}

function amountOf(text: string | undefined, currency: string, lineNo: number): number {
	if (text === undefined || text === '') return 0;
	const minor = parseAmountMinor(text, currency);
	if (minor < 0) {
		throw new AppError('LINE_INVALID', `Line ${lineNo} has a negative amount. Write it on the other side.`, { line: lineNo, amount: text });
	}
	return minor;
}

/**
 * What the books carry for the claim that a line settles: the open item of this reference, else all that the party has open on the
 * account in this currency; its share by amount, rounded half away from zero. null where the line settles nothing.
 */
function carriedBase(db: ReadDb, company: Company, line: Omit<OpenLine, 'settles'>, reference: string | null): number | null {
	if (line.account.subtype !== 'RECEIVABLE' && line.account.subtype !== 'PAYABLE') return null;
	const signed = BigInt(line.debitMinor - line.creditMinor);
	for (const wanted of reference === null ? [null] : [reference, null]) {
		const { amountMinor, baseMinor } = carryingOf(db, company.id, line.account.id, line.currency, line.partyId, wanted);
		const magnitude = amountMinor < 0n ? -amountMinor : amountMinor;
		const settled = signed < 0n ? -signed : signed;
		if (amountMinor === 0n || amountMinor < 0n === signed < 0n || settled > magnitude) continue;
		const share = divideRounded(baseMinor * settled, magnitude);
		return toSafeMinor(-share);
	}
	return null;
}

interface AssignedBase {
	readonly amounts: BaseAmounts;
	/** The realised difference, signed, debit positive; 0n where there is none. */
	readonly realisedMinor: bigint;
}

function baseAmounts(db: ReadDb, company: Company, lines: readonly OpenLine[], input: EntryInput, date: string): AssignedBase {
	const rates = new Map(Object.entries(input.rates ?? {}));
	for (const { currency } of lines) {
		const rate = rates.has(currency) || currency === company.currency ? null : rateAt(db, company.id, currency, date);
		if (rate !== null) rates.set(currency, rate);
	}
	if (!lines.some((line) => line.settles)) return { amounts: assignBaseAmounts(lines, company.currency, rates), realisedMinor: 0n };
	// A claim is paid: the other foreign lines take the day's rate, the claim what the books carry; what is between is realised.
	const known = lines.map((line) => assignSettled(line, company, rates));
	const sum = known.reduce((total, base) => total + BigInt(base), 0n);
	checkPayment(lines, known, sum, company);
	return {
		amounts: { lines: known.map((base) => ({ baseDebitMinor: Math.max(base, 0), baseCreditMinor: Math.max(-base, 0) })), residueMinor: 0 },
		realisedMinor: -sum,
	};
}

// A payment that is this far from what it settles is a typing mistake and no exchange difference.
const LARGEST_REALISED_SHARE = 2n;

function checkPayment(lines: readonly OpenLine[], known: readonly number[], sum: bigint, company: Company): void {
	const [first] = lines;
	const inOneCurrency = lines.every((line) => line.currency === first?.currency);
	const ownSum = lines.reduce((total, line) => total + BigInt(line.debitMinor) - BigInt(line.creditMinor), 0n);
	const debits = known.reduce((total, base) => total + BigInt(Math.max(base, 0)), 0n);
	const magnitude = sum < 0n ? -sum : sum;
	if (!(inOneCurrency && ownSum !== 0n) && magnitude * LARGEST_REALISED_SHARE <= debits) return;
	const currency = inOneCurrency ? (first?.currency ?? company.currency) : company.currency;
	throw new AppError(
		'ENTRY_UNBALANCED',
		'What is paid and what is settled are too far apart for an exchange difference. Check the amounts, or give base amounts.',
		{
			differenceMinor: String(inOneCurrency ? ownSum : sum),
			currency,
		},
	);
}

function assignSettled(line: OpenLine, company: Company, rates: ReadonlyMap<string, string>): number {
	if (line.currency === company.currency) return line.debitMinor - line.creditMinor;
	if (line.baseMinor !== null && line.baseMinor !== undefined) return line.baseMinor;
	// One line against its mirror in base: both are worked out by the same rule that every entry uses.
	const mirror: LineAmounts = { currency: line.currency, debitMinor: line.creditMinor, creditMinor: line.debitMinor };
	const [assigned] = assignBaseAmounts([line, mirror], company.currency, rates).lines;
	return (assigned?.baseDebitMinor ?? 0) - (assigned?.baseCreditMinor ?? 0);
}

function storedLine(company: Company, line: OpenLine, base: BaseAmounts['lines'][number] | undefined): StoredLine {
	return {
		accountId: line.account.id,
		partyId: line.partyId,
		currency: line.currency === company.currency ? null : line.currency,
		debitMinor: line.debitMinor,
		creditMinor: line.creditMinor,
		baseDebitMinor: base?.baseDebitMinor ?? 0,
		baseCreditMinor: base?.baseCreditMinor ?? 0,
		dueDate: line.input.dueDate ?? null,
		reference: line.input.reference ?? null,
		memo: line.input.memo ?? null,
	};
}

function residueLines(db: ReadDb, company: Company, base: AssignedBase): StoredLine[] {
	const rounding = BigInt(base.amounts.residueMinor);
	return [
		...(rounding === 0n ? [] : [baseLine(accountFor(db, company, 'FX_ROUNDING', 'Rounding of exchange rates').id, rounding)]),
		...(base.realisedMinor === 0n ? [] : [baseLine(accountFor(db, company, 'FX_GAIN_LOSS', 'A realised exchange difference').id, base.realisedMinor)]),
	];
}

/** A line in the company's own currency: signed minor units, debit positive. */
export function baseLine(accountId: number, signedMinor: bigint, memo: string | null = null): StoredLine {
	const debit = signedMinor > 0n ? toSafeMinor(signedMinor) : 0;
	const credit = signedMinor < 0n ? toSafeMinor(-signedMinor) : 0;
	return {
		accountId,
		partyId: null,
		currency: null,
		debitMinor: debit,
		creditMinor: credit,
		baseDebitMinor: debit,
		baseCreditMinor: credit,
		dueDate: null,
		reference: null,
		memo,
	};
}
