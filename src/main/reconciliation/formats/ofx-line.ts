import { type CurrencyCode, currencyDecimals, isCurrency } from '#shared/kernel/currency.ts';
import { textOrNull, joinedText } from './statement-text.rules.ts';
import { lineAmountMinor, type UnreadAmount } from './line-amount.ts';
import type { OfxFields } from './ofx-structure.ts';
import type { ParsedLine, RejectedLine, StatementDoubt } from './parsed-statement.ts';
import { writtenDay } from './written-day.rules.ts';

/** One STMTTRN as a line, or why it is none. Signs are the file's: money in is positive, also on a card. */
export function ofxLine(fields: OfxFields, row: number, currency: CurrencyCode, doubts: StatementDoubt[]): ParsedLine | RejectedLine {
	const written = fields.get('TRNAMT') ?? '';
	const amount = ofxAmountMinor(written, currency);
	if (typeof amount !== 'number') return rejectedLine(row, amount.code, `has the amount "${written.slice(0, 40)}". ${amount.message}`);
	const other = textOrNull(fields.get('CURRENCY.CURSYM'))?.toUpperCase();
	if (other !== undefined && other !== currency && isCurrency(other)) {
		return rejectedLine(row, 'CURRENCY_MISMATCH', `is in ${other}, the account in ${currency}.`);
	}
	const day = writtenDay(fields.get('DTPOSTED'));
	if (day === null) return rejectedLine(row, 'DATE_INVALID', `has the date "${(fields.get('DTPOSTED') ?? '').slice(0, 40)}", which is none.`);
	if (day.isDoubtful) {
		const message = `Line ${row} is dated ${fields.get('DTPOSTED')}, a day that does not exist; ${day.date} was taken.`;
		doubts.push({ code: 'DATE_DOUBTFUL', message, row });
	}
	const bankId = textOrNull(fields.get('FITID'));
	const payee = textOrNull(fields.get('PAYEE.NAME') ?? fields.get('EXTDPAYEE.NAME'));
	const name = textOrNull(fields.get('NAME')) ?? payee;
	const memo = textOrNull(fields.get('MEMO'));
	// A bank that says nothing else still says what kind of movement it was.
	const told = [name, textOrNull(fields.get('EXTDNAME')), memo, payee].filter((text) => text !== bankId || text === name);
	return {
		row,
		bookDate: day.date,
		valueDate: writtenDay(fields.get('DTAVAIL'))?.date ?? null,
		amountMinor: amount,
		description: joinedText(told) || (textOrNull(fields.get('TRNTYPE')) ?? ''),
		party: payee ?? (isCutOff(name, memo) ? null : name),
		bankId,
		reference: referenceOf(fields, [bankId, name]),
		runningBalanceMinor: null,
	};
}

// A name that is only the beginning of the memo names nobody: the bank cut its text to fit the field.
function isCutOff(name: string | null, memo: string | null): boolean {
	return name !== null && memo !== null && memo.length > name.length && memo.toLowerCase().startsWith(name.toLowerCase());
}

// Banks repeat their id or the name where they have no reference, or write zeros.
function referenceOf(fields: OfxFields, repeated: readonly (string | null)[]): string | null {
	for (const name of ['CHECKNUM', 'REFNUM']) {
		const text = textOrNull(fields.get(name));
		if (text !== null && !repeated.includes(text) && !/^0+$/.test(text)) return text;
	}
	return null;
}

function rejectedLine(row: number, code: string, what: string): RejectedLine {
	return { row, code, message: `Line ${row} ${what}` };
}

/**
 * Minor units of an OFX amount: a sign perhaps, a point or a comma before the decimals. Thousands are marked only against the
 * standard; they are read where both marks stand, and refused where one mark alone could be either.
 */
export function ofxAmountMinor(text: string, currency: CurrencyCode): number | UnreadAmount {
	const parts = /^([+-]?)\s*(\d[\d.,]*|[.,]\d+)$/.exec(text.trim().slice(0, 100));
	if (!parts) return { code: 'AMOUNT_INVALID', message: 'It should be written as -1250.00.' };
	const [, sign = '', digits = ''] = parts;
	const plain = plainDecimal(digits);
	if (plain === null) return { code: 'AMOUNT_INVALID', message: 'Points and commas stand where no amount has them.' };
	if (/^[1-9]\d{0,2},\d{3}$/.test(digits) && currencyDecimals(currency) !== 3) {
		return { code: 'AMOUNT_INVALID', message: 'The comma may mark thousands or decimals.' };
	}
	const minor = lineAmountMinor(plain, currency);
	return typeof minor === 'number' && sign === '-' ? 0 - minor : minor;
}

function plainDecimal(digits: string): string | null {
	const isGrouped = /^\d{1,3}(?:,\d{3})+\.\d*$/.test(digits) || /^\d{1,3}(?:\.\d{3})+,\d*$/.test(digits);
	const mark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
	if (mark === -1) return digits;
	const whole = digits.slice(0, mark);
	if (!isGrouped && /[.,]/.test(whole)) return null;
	const decimals = digits.slice(mark + 1);
	return `${whole.replaceAll(/[.,]/g, '') || '0'}${decimals === '' ? '' : `.${decimals}`}`;
}
