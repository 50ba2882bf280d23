import { type CivilDate, dateParts, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Statement, StatementLine } from './statements-lines.ts';

/** A line of `:86:` holds so many characters. */
const LINE_LENGTH = 65;

/** A statement as MT940. Lines without an id of the acquirer and without a reference say NONREF. */
export function mt940File({ month, openingMinor, closingMinor, lines }: Statement): string {
	const first = `${month}-01`;
	return [
		`:20:ACQ${month.replace('-', '')}`,
		':25:MERCH0045512',
		`:28C:${dateParts(first).month}/1`,
		`:60F:${balance(openingMinor, first)}`,
		...lines.flatMap(transaction),
		`:62F:${balance(closingMinor, lastOfMonth(first))}`,
		'-',
		'',
	].join('\n');
}

function transaction(line: StatementLine): readonly string[] {
	const day = shortDate(line.date);
	const sign = line.amountMinor < 0 ? 'D' : 'C';
	const owner = line.bankId === undefined ? '' : `//${line.bankId}`;
	const wrapped = line.text.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
	return [`:61:${day}${day.slice(2)}${sign}${comma(Math.abs(line.amountMinor))}NTRF${line.reference ?? 'NONREF'}${owner}`, `:86:${wrapped.join('\n')}`];
}

function balance(amountMinor: number, date: CivilDate): string {
	return `${amountMinor < 0 ? 'D' : 'C'}${shortDate(date)}KES${comma(Math.abs(amountMinor))}`;
}

function shortDate(date: CivilDate): string {
	return date.slice(2).replaceAll('-', '');
}

function comma(minor: number): string {
	return formatAmount(minor, 'KES').replace('.', ',');
}
