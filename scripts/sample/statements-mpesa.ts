import { type CivilDate, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Statement } from './statements-lines.ts';

const HEADER =
	'Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.';

interface Row {
	readonly date: CivilDate;
	readonly time: string;
	readonly receipt: string;
	readonly details: string;
	readonly status: string;
	readonly amountMinor: number;
	readonly balanceMinor: number;
}

/** A statement as the M-PESA organisation portal exports it: rows above the header, newest first, withdrawals below zero, rows that were never completed among the others. */
export function mpesaFile(statement: Statement): string {
	const { month, openingMinor, closingMinor } = statement;
	const first = `${month}-01`;
	const amount = (minor: number) => formatAmount(minor, 'KES');
	return [
		'Account Holder:,MANGO LANE TRADERS SAMPLE',
		'Short Code:,0055001',
		'Account:,Merchant Account',
		`Time Period:,${dayFirst(first)} 00:00:00 - ${dayFirst(lastOfMonth(first))} 23:59:59`,
		`Opening Balance:,${amount(openingMinor)}`,
		`Closing Balance:,${amount(closingMinor)}`,
		'',
		HEADER,
		...rowsOf(statement).toReversed().map(csvRow),
		'',
	].join('\n');
}

/** Oldest first; a row that was not completed leaves the balance where it was. */
function rowsOf({ openingMinor, lines, unbooked }: Statement): readonly Row[] {
	const completed = lines.map((line) => ({ ...line, time: line.time ?? '', bankId: line.bankId ?? '', status: 'Completed' }));
	const at = (row: { readonly date: CivilDate; readonly time: string }) => `${row.date} ${row.time}`;
	let balanceMinor = openingMinor;
	return [...completed, ...unbooked]
		.toSorted((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0))
		.map(({ date, time, bankId, text, status, amountMinor }) => {
			if (status === 'Completed') balanceMinor += amountMinor;
			return { date, time, receipt: bankId, details: text, status, amountMinor, balanceMinor };
		});
}

function csvRow(row: Row): string {
	const at = `${dayFirst(row.date)} ${row.time}`;
	const amount = formatAmount(row.amountMinor, 'KES');
	const [details, otherParty = ''] = row.details.split(/ (?:from|to) (?=\d)/);
	const [paidIn, withdrawn] = row.amountMinor < 0 ? ['', amount] : [amount, ''];
	const balance = formatAmount(row.balanceMinor, 'KES');
	const confirmed = row.status === 'Completed' ? 'true' : 'false';
	const completed = row.status === 'Pending' ? '' : at;
	return [row.receipt, completed, at, row.details, row.status, paidIn, withdrawn, balance, confirmed, details, otherParty, '', ''].join(',');
}

function dayFirst(date: CivilDate): string {
	return date.split('-').toReversed().join('-');
}
