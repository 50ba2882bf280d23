import { AppError } from '#shared/kernel/app-error.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { type CurrencyCode, isCurrency } from '#shared/kernel/currency.ts';
import { closingDoubt } from '../statement-arithmetic.rules.ts';
import { accountText, textOrNull } from './statement-text.rules.ts';
import { type CamtEntry, dayOf, directionOf, writtenAmount } from './camt-entry.ts';
import { lineAmountMinor } from './line-amount.ts';
import type { ParsedLine, ParsedStatement, RejectedLine, StatedBalance, StatementDoubt } from './parsed-statement.ts';
import { writtenDay } from './written-day.rules.ts';
import { all, at, textAt, type XmlElement } from './xml-reader.ts';

interface CamtBalance {
	readonly code: string;
	readonly isInterim: boolean;
	readonly amount: string;
	readonly currency: string | null;
	readonly side: 'CRDT' | 'DBIT' | null;
	readonly day: string | null;
}

/** One Stmt, its entries taken out. */
export function camtStatement(statement: XmlElement, entries: readonly CamtEntry[], fallback: CurrencyCode): ParsedStatement {
	const doubts: StatementDoubt[] = [];
	const balances = all(statement, 'Bal').map(readBalance);
	const [openingBalance, closingBalance] = [openingOf(balances), closingOf(balances)];
	const currency = currencyOf(statement, [openingBalance, closingBalance], entries);
	const money = currency ?? fallback;
	const opening = statedBalance(openingBalance, 'opening', money, doubts);
	const closing = statedBalance(closingBalance, 'closing', money, doubts);
	const from = writtenDay(textAt(statement, 'FrToDt', 'FrDtTm') ?? textAt(statement, 'FrToDt', 'FrDt'))?.date ?? null;
	const to = writtenDay(textAt(statement, 'FrToDt', 'ToDtTm') ?? textAt(statement, 'FrToDt', 'ToDt'))?.date ?? null;
	const isOneDay = closing !== null && closing.date !== null && (opening?.date === closing.date || (from === to && to === closing.date));
	const made = writtenDay(textAt(statement, 'CreDtTm'))?.date ?? null;
	const undated = { date: closing?.date ?? to ?? made, isCertain: isOneDay };
	const rejected: RejectedLine[] = [];
	const lines: ParsedLine[] = [];
	for (const entry of entries.filter((one) => one.isBooked)) {
		const line = camtLine(entry, money, undated, doubts);
		if ('code' in line) rejected.push(line);
		else lines.push(line);
	}
	const sums = { openingMinor: opening?.amountMinor ?? null, closingMinor: closing?.amountMinor ?? null, lines };
	const differs = closingDoubt(sums, money);
	const account = at(statement, 'Acct', 'Id');
	return {
		accountId: accountText(textAt(account, 'IBAN') ?? textAt(account, 'Othr', 'Id') ?? textAt(account, 'PrtryAcct', 'Id') ?? textAt(account, 'BBAN')),
		currency,
		number: textOrNull(textAt(statement, 'Id')),
		from,
		to,
		opening,
		closing,
		lines,
		pending: entries.filter((entry) => !entry.isBooked).length,
		doubts: differs ? [...doubts, differs] : doubts,
		rejected,
	};
}

function readBalance(balance: XmlElement): CamtBalance {
	const code = textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? textAt(balance, 'Tp', 'Cd') ?? '';
	return {
		code,
		isInterim: textAt(balance, 'Tp', 'SubTp', 'Cd') === 'INTM',
		amount: writtenAmount(at(balance, 'Amt'), `the balance ${code}`, null),
		currency: at(balance, 'Amt')?.attributes.get('Ccy') ?? null,
		side: directionOf(balance),
		day: dayOf(at(balance, 'Dt')),
	};
}

// A page of a statement has interim balances where a whole one has OPBD and CLBD: of two ITBD the first opens and the last closes it.
function openingOf(balances: readonly CamtBalance[]): CamtBalance | undefined {
	const of = (code: string, isInterim: boolean) => balances.find((balance) => balance.code === code && balance.isInterim === isInterim);
	const interim = balances.filter((balance) => balance.code === 'ITBD');
	return of('OPBD', false) ?? of('PRCD', false) ?? of('OPBD', true) ?? (interim.length > 1 ? interim[0] : undefined);
}

function closingOf(balances: readonly CamtBalance[]): CamtBalance | undefined {
	const of = (isInterim: boolean) => balances.findLast((balance) => balance.code === 'CLBD' && balance.isInterim === isInterim);
	return of(false) ?? of(true) ?? balances.findLast((balance) => balance.code === 'ITBD');
}

function currencyOf(statement: XmlElement, balances: readonly (CamtBalance | undefined)[], entries: readonly CamtEntry[]): CurrencyCode | null {
	const written =
		textAt(statement, 'Acct', 'Ccy') ?? balances.find((balance) => balance?.currency)?.currency ?? entries.find((entry) => entry.currency)?.currency;
	const code = textOrNull(written)?.toUpperCase() ?? null;
	if (code === null || isCurrency(code)) return code;
	throw new AppError('FILE_UNREADABLE', `The statement is in "${code}", which is no ISO 4217 currency. Get the file from the bank again.`, {
		reason: 'CURRENCY',
		currency: code,
	});
}

function statedBalance(balance: CamtBalance | undefined, what: string, currency: CurrencyCode, doubts: StatementDoubt[]): StatedBalance | null {
	if (balance === undefined) return null;
	const unusable = (why: string) => {
		doubts.push({ code: 'AMOUNT_DOUBTFUL', message: `The ${what} balance ${balance.amount} ${why}; it was left out.`, row: null });
		return null;
	};
	if (balance.currency !== null && balance.currency !== currency) return unusable(`is in ${balance.currency} and the account in ${currency}`);
	const read = lineAmountMinor(balance.amount, currency);
	if (typeof read !== 'number') return unusable(`is no amount in ${currency}`);
	if (balance.side === null) {
		const message = `The ${what} balance ${balance.amount} does not say whether it is in credit or in debit: read as credit (money in the account).`;
		doubts.push({ code: 'BALANCE_SIGN_MISSING', message, row: null });
	}
	const day = writtenDay(balance.day);
	if (day?.isDoubtful) doubts.push(noSuchDay(balance.day, day.date, `The ${what} balance`, null));
	return { amountMinor: balance.side === 'DBIT' ? 0 - read : read, date: day?.date ?? null };
}

interface Undated {
	/** The day for an entry that has none of its own. */
	readonly date: CivilDate | null;
	/** True where the statement covers that one day only. */
	readonly isCertain: boolean;
}

function camtLine(entry: CamtEntry, currency: CurrencyCode, undated: Undated, doubts: StatementDoubt[]): ParsedLine | RejectedLine {
	const { row } = entry;
	if (entry.currency !== null && entry.currency !== currency) {
		return rejectedLine(row, 'CURRENCY_MISMATCH', `is in ${entry.currency}, the account in ${currency}`);
	}
	if (entry.side === null) return rejectedLine(row, 'AMOUNT_INVALID', 'does not say whether it is a credit or a debit');
	const read = lineAmountMinor(entry.amount, currency);
	if (typeof read !== 'number') return rejectedLine(row, read.code, `has the amount ${entry.amount.slice(0, 40)}. ${read.message}`);
	const [booked, value] = [writtenDay(entry.bookDay), writtenDay(entry.valueDay)];
	const written = booked ?? value;
	const bookDate = written?.date ?? undated.date;
	if (bookDate === null) return rejectedLine(row, 'DATE_INVALID', 'has no day, and neither has the statement');
	if (written?.isDoubtful) doubts.push(noSuchDay(entry.bookDay ?? entry.valueDay, written.date, `Entry ${row}`, row));
	if (written === null && !undated.isCertain) {
		doubts.push({ code: 'DATE_DOUBTFUL', message: `Entry ${row} has no day; it was dated ${bookDate}, the day of the statement.`, row });
	}
	const { description, party, bankId, reference } = entry;
	const signedMinor = entry.side === 'DBIT' ? 0 - read : read;
	return { row, bookDate, valueDate: value?.date ?? null, amountMinor: signedMinor, description, party, bankId, reference, runningBalanceMinor: null };
}

function rejectedLine(row: number, code: string, what: string): RejectedLine {
	return { row, code, message: `Entry ${row} ${what.replace(/\.$/, '')}.` };
}

function noSuchDay(written: string | null, taken: CivilDate, what: string, row: number | null): StatementDoubt {
	return { code: 'DATE_DOUBTFUL', message: `${what} is dated ${written}, a day that does not exist; ${taken} was taken.`, row };
}
