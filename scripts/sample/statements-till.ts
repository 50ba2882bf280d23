import { shillings } from './amounts.ts';
import { SeededRandom } from './random.ts';
import { type BookLine, monthlyStatements, printed, type Statement, type StatementLine } from './statements-lines.ts';
import { untidy } from './statements-untidiness.ts';

const CLOCK_SEED = 20_260_055;
const OPENS_SECOND = 8 * 3_600 + 30 * 60;
const OPEN_SECONDS = 9 * 3_600;
/** What sending money costs, by amount up to which: an invented tariff. The books never have it. */
const TARIFF: readonly (readonly [number, number])[] = [
	[shillings(2_500), shillings(13)],
	[shillings(5_000), shillings(34)],
	[shillings(7_500), shillings(57)],
	[shillings(10_000), shillings(84)],
];

/** The statements of the M-Pesa till, one for each month. A tariff charge carries the receipt of the payment that it was charged for, as M-Pesa has it. */
export function tillStatements(openingMinor: number, lines: readonly BookLine[], months: readonly string[]): readonly Statement[] {
	const random = new SeededRandom(CLOCK_SEED);
	const byDay = Map.groupBy(lines, ({ date }) => date);
	const booked = [...byDay.values()].flatMap((ofDay) => ofDay.flatMap((line, index) => tillLines(line, timeOf(random, index, ofDay.length), random)));
	const unbooked = untidy('NOT_COMPLETED').map(({ date, status, amountMinor, receipt }) => ({
		date,
		time: '12:00:00',
		amountMinor,
		text: `Customer Payment to Merchant from ${phone(random)}`,
		bankId: receipt,
		status,
	}));
	return monthlyStatements(openingMinor, booked, months, unbooked);
}

function tillLines(line: BookLine, time: string, random: SeededRandom): readonly StatementLine[] {
	const own = { date: line.date, time, bankId: line.reference };
	const { text, charge } = tillWords(line, random);
	const payment: StatementLine = { ...own, amountMinor: line.amountMinor, text, kind: 'match', entries: [line.entryNo] };
	if (charge === undefined) return [payment];
	const tariff = TARIFF.find(([upTo]) => -line.amountMinor <= upTo);
	if (!tariff) throw new Error(`The tariff has no price for ${-line.amountMinor}.`);
	return [payment, { ...own, amountMinor: -tariff[1], text: charge, kind: 'fee', entries: [] }];
}

function tillWords(line: BookLine, random: SeededRandom): { readonly text: string; readonly charge?: string } {
	if (line.description.startsWith('M-Pesa till to bank')) return { text: 'Organization Settlement to Bank Account' };
	if (line.description.startsWith('M-Pesa till charges')) return { text: 'Pay Merchant Charge' };
	if (line.description.startsWith('Electricity')) return { text: 'Business Pay Bill to 000880 Acc. 0371455002', charge: 'Business Pay Bill Charge' };
	if (line.description.startsWith('Airtime')) return { text: 'Airtime Purchase' };
	if (line.description.startsWith('Delivery riders'))
		return { text: `Business Payment to Customer to ${phone(random)}`, charge: 'Business Payment to Customer Charge' };
	if (line.party !== undefined) return { text: `Merchant to Merchant Payment from 00${random.between(41_000, 89_999)} - ${printed(line.party)}` };
	return { text: `Customer Payment to Merchant from ${phone(random)}` };
}

/** A number masked as the statement masks it. */
function phone(random: SeededRandom): string {
	return `2547****${String(random.between(0, 999)).padStart(3, '0')}`;
}

/** Times rise through the day in the order of the books. */
function timeOf(random: SeededRandom, index: number, count: number): string {
	const step = Number(BigInt(OPEN_SECONDS) / BigInt(count));
	const second = OPENS_SECOND + index * step + random.between(0, step - 60);
	const part = (value: bigint) => String(value % 60n).padStart(2, '0');
	return `${String(BigInt(second) / 3_600n).padStart(2, '0')}:${part(BigInt(second) / 60n)}:${part(BigInt(second))}`;
}
