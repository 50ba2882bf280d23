import { type CivilDate, daysBetween, daysInMonth, makeDate } from '#shared/kernel/civil-date.ts';
import { fullYear, LineFault, textOrNull } from './statement-text.rules.ts';

/** A day as it was read; `isDoubtful`: no calendar has it, so it is the month's last day. */
export interface ReadDay {
	readonly date: CivilDate;
	readonly isDoubtful: boolean;
}

/** An amount as plain decimal text; `isDoubtful`: it was written with a point, which MT940 does not allow. */
export interface ReadAmount {
	readonly plain: string;
	readonly isDoubtful: boolean;
}

export interface Mt940Entry {
	readonly valueDay: ReadDay;
	readonly bookDay: ReadDay;
	readonly amount: ReadAmount;
	/** Money out: D, or RC, the reversal of a credit. */
	readonly isDebit: boolean;
	/** EC, ED: the bank expects it and has not booked it. */
	readonly isExpected: boolean;
	readonly reference: string | null;
	readonly bankId: string | null;
	/** The supplementary lines below :61:. */
	readonly supplement: string | null;
}

const ENTRY = /^(\d{6})(\d{4}|\s{4})?\s?(R[CD]|E[CD]|[CD])([A-Z])?(\d[\d.,]*|,\d+)(.*)$/s;
// The bank writes one of these where it has no reference, or where the reference stands in :86:.
const NO_REFERENCE = /^(?:NONREF|NOREF|NOTPROVIDED|EREF|PREF|MARF|KREF)\+?$/i;
// Nor was the other side's account agreed on, or the time at which a card was used.
const OTHER_THAN_REFERENCE = /^(?:0+|[A-Z]{2}\d{2}[A-Z]{4}[A-Z0-9]{7,26}|\d{2}-\d{2}-\d{4}(?: \d{2}:\d{2})?)$/;

/** Reads a :61: field. Throws a LineFault where a part of it cannot be read. */
export function mt940Entry(lines: readonly string[]): Mt940Entry {
	const [first = '', second = '', ...others] = lines;
	const whole = ENTRY.exec(first);
	const match = whole ?? ENTRY.exec(first + second);
	if (!match) {
		throw new LineFault('LINE_INVALID', `":61:${first.slice(0, 80)}" is no statement line: date, C or D, and amount are expected, as in 2401150115C5,00NTRF.`);
	}
	const supplement = whole ? [second, ...others] : others;
	const [, value = '', entry = '', mark = '', , amount = '', rest = ''] = match;
	const valueDay = shortDay(value);
	const { reference, bankId } = references(rest);
	return {
		valueDay,
		bookDay: entry.trim() === '' ? valueDay : entryDay(valueDay.date, entry),
		amount: swiftAmount(amount),
		isDebit: mark === 'D' || mark === 'RC' || mark === 'ED',
		isExpected: mark.startsWith('E'),
		reference,
		bankId,
		supplement: textOrNull(supplement.join(' ')),
	};
}

function references(rest: string): { readonly reference: string | null; readonly bankId: string | null } {
	const untyped = /^(?:NONREF|\/\/)/.test(rest) ? rest : rest.slice(4);
	const slashes = untyped.indexOf('//');
	const customer = textOrNull(slashes === -1 ? untyped : untyped.slice(0, slashes));
	const bankId = slashes === -1 ? null : textOrNull(untyped.slice(slashes + 2));
	// A word without a digit, such as FACTUUR or TRANSFER, was not agreed on by anybody.
	const isReference = customer !== null && customer !== bankId && /\d/.test(customer) && !OTHER_THAN_REFERENCE.test(customer) && !NO_REFERENCE.test(customer);
	return { reference: isReference ? customer : null, bankId: bankId === null || NO_REFERENCE.test(bankId) ? null : bankId };
}

/** YYMMDD. German banks value on 30 February; every day up to 31 is read as the month's last day then. */
export function shortDay(text: string): ReadDay {
	return dayOf(fullYear(Number(text.slice(0, 2))), Number(text.slice(2, 4)), Number(text.slice(4, 6)), text);
}

function dayOf(year: number, month: number, day: number, text: string): ReadDay {
	if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) throw new LineFault('DATE_INVALID', `"${text}" is no date. MT940 writes YYMMDD.`);
	const last = daysInMonth(year, month);
	return { date: makeDate(year, month, Math.min(day, last)), isDoubtful: day > last };
}

/** MMDD in the year that brings it nearest to the value date: value 2023-12-31 with entry 0102 is 2024. */
function entryDay(valueDate: CivilDate, text: string): ReadDay {
	const valueYear = Number(valueDate.slice(0, 4));
	const days = [valueYear, valueYear - 1, valueYear + 1].map((year) => dayOf(year, Number(text.slice(0, 2)), Number(text.slice(2, 4)), text));
	return days.reduce((best, day) => (Math.abs(daysBetween(valueDate, day.date)) < Math.abs(daysBetween(valueDate, best.date)) ? day : best));
}

/** `1234,5` as the rule is; with a point as some banks write it; both where the second only groups. */
export function swiftAmount(text: string): ReadAmount {
	const [, whole = '', fraction = ''] = /^(\d*),?(\d*)$/.exec(text) ?? [];
	if (whole + fraction !== '') return { plain: plainOf(whole, fraction), isDoubtful: false };
	const pointed = /^(\d+)\.(\d{0,2})$/.exec(text) ?? /^(\d{1,3}(?:\.\d{3})+),(\d*)$/.exec(text) ?? /^(\d{1,3}(?:,\d{3})+)\.(\d*)$/.exec(text);
	if (!pointed) throw new LineFault('AMOUNT_INVALID', `"${text.slice(0, 60)}" is no amount. MT940 writes 1234,50.`);
	return { plain: plainOf((pointed[1] as string).replace(/[.,]/g, ''), pointed[2] as string), isDoubtful: true };
}

const plainOf = (whole: string, fraction: string) => `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
