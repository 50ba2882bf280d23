import { addDays, type CivilDate } from '#shared/kernel/civil-date.ts';
import { nextBankingDay } from './calendar.ts';
import { SeededRandom } from './random.ts';
import { type BookLine, type LineKind, printed, rowOf, type Statement, type StatementLine, monthlyStatements } from './statements-lines.ts';
import { untidy } from './statements-untidiness.ts';

const ID_SEED = 20_260_014;
const FIRST_ID = 4_470_120;
/** The bank's form has room for so much of a name. */
const NAME_LENGTH = 18;

/** The statements of the bank account, one for each month. */
export function bankStatements(openingMinor: number, lines: readonly BookLine[], months: readonly string[]): readonly Statement[] {
	const booked = lines.flatMap(bankLine);
	const together = untidy('COMBINED').map((row) => combined(row, lines));
	const alone = untidy('BANK_ONLY').map(({ date, amountMinor, text, as }): StatementLine => {
		const chequeNumber = /^CHQ PRESENTED (\d+)$/.exec(text)?.[1];
		return { date, amountMinor, text, ...(chequeNumber !== undefined && { chequeNumber }), kind: as, entries: [] };
	});
	return monthlyStatements(openingMinor, withIds([...booked, ...together, ...alone]), months);
}

/** Ids are running numbers of the whole bank: they rise by date, with what other customers did between. */
function withIds(lines: readonly StatementLine[]): readonly StatementLine[] {
	const random = new SeededRandom(ID_SEED);
	let last = FIRST_ID;
	return lines
		.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
		.map((line) => {
			last += random.between(7, 903);
			return { ...line, bankId: `TX014${last}` };
		});
}

function combined(row: ReturnType<typeof untidy<'COMBINED'>>[number], lines: readonly BookLine[]): StatementLine {
	const parts = lines.filter(({ reference }) => row.references.includes(reference));
	return {
		date: row.bankDate,
		amountMinor: parts.reduce((sum, part) => sum + part.amountMinor, 0),
		text: row.text,
		kind: 'combined',
		entries: parts.map(({ entryNo }) => entryNo),
	};
}

function bankLine(line: BookLine): readonly StatementLine[] {
	const date = bankDate(line);
	if (date === null || rowOf('COMBINED', line.reference)) return [];
	const slip = untidy('TRANSPOSED').find((row) => row.date === line.date && row.party === line.party && row.keyedMinor === -line.amountMinor);
	const { reference, chequeNumber, ...words } = bankWords(line);
	const carried = rowOf('NO_REFERENCE', line.reference) ? {} : { ...(reference && { reference }), ...(chequeNumber && { chequeNumber }) };
	const kind: LineKind = slip ? 'transposed' : date.slice(0, 7) === line.date.slice(0, 7) ? (rowOf('TWINS', line.reference) ? 'twin' : 'match') : 'timing';
	return [{ ...words, ...carried, date, amountMinor: slip ? -slip.paidMinor : line.amountMinor, kind, entries: [line.entryNo] }];
}

/** Null: not within the three months. */
function bankDate(line: BookLine): CivilDate | null {
	const row = rowOf('LATE', line.reference);
	if (row) return row.bankDate;
	return line.reference.startsWith('CARD ') ? nextBankingDay(addDays(line.date, 1)) : line.date;
}

/** The bank's words for what the books have under a reference. Slip, merchant and cheque numbers stand in the text, as banks print them. */
function bankWords(line: BookLine): { readonly text: string; readonly party?: string; readonly reference?: string; readonly chequeNumber?: string } {
	const [, kind, number = ''] = /^(CHQ|DEP|CARD) (\d+)$/.exec(line.reference) ?? [];
	const bare = rowOf('NO_REFERENCE', line.reference) !== undefined;
	if (kind === 'CHQ') return line.amountMinor < 0 ? { text: `CHQ PRESENTED ${number}`, chequeNumber: number } : { text: 'CHQ DEP CLEARING', reference: number };
	if (kind === 'DEP') return { text: bare ? 'CASH DEP COUNTER BR 014' : `CASH DEP BR 014 SLIP ${number}` };
	if (kind === 'CARD') return { text: bare ? 'MERCH STLMT 0045512' : `MERCH STLMT 0045512 ${number}` };
	if (line.reference.startsWith('U')) return { text: 'MPESA B2B STLMT TILL 0055001', reference: line.reference };
	if (line.party !== undefined) {
		const invoice = /for (.+?)(?:, first part)?$/.exec(line.description)?.[1] ?? '';
		const text = line.amountMinor < 0 ? 'EFT DR' : bare ? `EFT CR ${invoice}` : 'EFT CR';
		return { text, party: printed(line.party).slice(0, NAME_LENGTH), reference: line.reference };
	}
	return { text: ownPaymentWords(line), reference: line.reference };
}

const OWN_PAYMENTS: readonly (readonly [RegExp, string])[] = [
	[/^(?:PAYE|NSSF|SHIF|VAT|Housing)/, 'GOVT PMT PRN'],
	[/^Owner/, 'TRF OWN A/C'],
	[/^Loan/, 'LOAN RECOVERY A/C 0204'],
	[/^Stock computer/, 'EFT DR INV PMT'],
	[/^Salaries/, 'BULK PMT 6 CR'],
	[/^Bank charges/, 'COMM ON TRF AND A/C FEE'],
];

function ownPaymentWords(line: BookLine): string {
	const words = OWN_PAYMENTS.find(([what]) => what.test(line.description))?.[1];
	if (words === undefined) throw new Error(`The bank has no words for "${line.description}".`);
	// A payment registration number for each payment to the state.
	return words.endsWith('PRN') ? `${words} 26000${line.entryNo.slice(1)}3` : words;
}
