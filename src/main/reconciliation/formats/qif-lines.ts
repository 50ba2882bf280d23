import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { ParsedLine, StatedBalance } from './parsed-statement.ts';
import { civilOf, qifDate } from './qif-dates.rules.ts';
import { fieldText, type QifRecord } from './qif-records.rules.ts';
import { qifAmount, type QifStyle } from './qif-style.rules.ts';
import { LineFault, lineText, textOrNull } from './statement-text.rules.ts';

/** The amount of a record: T, or U, which newer programs write beside it for larger amounts. */
export function amountText(record: QifRecord): string | undefined {
	return fieldText(record, 'T') ?? fieldText(record, 'U');
}

/** Reads a record as a line. Splits only say how it was booked: the line is the total. Throws a LineFault. */
export function qifLine(record: QifRecord, style: QifStyle): ParsedLine {
	const { amountMinor, date } = amountAndDate(record, style);
	const payee = textOrNull(fieldText(record, 'P'));
	const number = textOrNull(fieldText(record, 'N'));
	return {
		row: record.row,
		bookDate: date,
		valueDate: null,
		amountMinor,
		description: lineText(...says(record)) || lineText(fieldText(record, 'L')),
		party: payee,
		bankId: null,
		// DEP, ATM, TXFR and the like say what kind of line it is.
		reference: number !== null && /\d/.test(number) ? number : null,
		runningBalanceMinor: null,
	};
}

// Payee and memo in the file's order; a memo below the splits is still the line's, E is a split's own.
function says(record: QifRecord): string[] {
	const [payee, memo] = ['P', 'M'].map((letter) => record.fields.find((field) => field.letter === letter));
	const texts = [payee, memo].filter((field) => field !== undefined).sort((one, other) => one.row - other.row);
	return texts.map((field) => field.text).filter((text, index, all) => index === 0 || text !== all[0]);
}

function amountAndDate(record: QifRecord, style: QifStyle): { readonly amountMinor: number; readonly date: CivilDate } {
	const written = fieldText(record, 'D');
	const date = written === undefined ? null : qifDate(written, record.row);
	const civil = date === null ? null : civilOf(date, style.dayFirst);
	if (civil === null) {
		const seen = written === undefined ? 'The record has no date (a line that begins with D).' : `"${written.slice(0, 60)}" is no date.`;
		throw new LineFault('DATE_INVALID', seen);
	}
	const amount = qifAmount(fieldText(record, 'T'), style);
	const large = qifAmount(fieldText(record, 'U'), style);
	if (amount !== null && large !== null && amount !== large) throw new LineFault('AMOUNT_INVALID', 'The record says one amount after T and another after U.');
	const amountMinor = amount ?? large;
	if (amountMinor === null) throw new LineFault('AMOUNT_INVALID', 'The record has no amount (a line that begins with T).');
	return { amountMinor, date: civil };
}

const OPENING_WORDS =
	/^(?:opening balance|beginning balance|solde initial|solde d'ouverture|anfangssaldo|er.ffnungssaldo|saldo inicial|saldo iniziale|beginsaldo)$/i;

/** The account that an opening record names: its payee says Opening Balance and its category is an account in brackets. Else null. */
export function openingAccount(record: QifRecord): string | null {
	const account = /^\[(.+)\]$/.exec(fieldText(record, 'L') ?? '')?.[1];
	return account !== undefined && OPENING_WORDS.test(lineText(fieldText(record, 'P'))) ? account : null;
}

export function openingBalance(record: QifRecord, style: QifStyle): StatedBalance {
	return amountAndDate(record, style);
}
