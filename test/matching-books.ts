// Invented books of one bank account with the statement that belongs to them and the truth about each line, harder than life.
import type { BankLine, BookLine, BookLineKey } from '#main/reconciliation/matching/lines.rules.ts';
import type { MatchingCase, TrueMatch, TruthKind } from '../scripts/conformance/matching-truth.ts';

const FIRST_DAY = 19_723;
const MONTH_DAYS = 30;
const FIRST_CHEQUE = 100_201;
/** Names that share words, so that a word alone proves little. */
const PARTIES = [
	'Baraka Traders',
	'Baraka Supplies',
	'Baraka Hardware Supplies',
	'Neema Traders',
	'Neema Stationers',
	'Tumaini Hardware',
	'Wanjikũ Supplies',
	'Łódź Papier',
	'आनंद ट्रेडर्स',
	'Pwani Foods',
] as const;

/** The same numbers below a limit for the same seed. */
function sequence(seed: number): (below: number) => number {
	let state = (seed ^ 0x9e37_79b9) >>> 0;
	return (below) => {
		state = (state + 0x6d2b_79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** Writes one year's worth of trouble. */
class Writer {
	readonly bankLines: BankLine[] = [];
	readonly bookLines: BookLine[] = [];
	readonly truth: TrueMatch[] = [];
	readonly next: (below: number) => number;
	#cheque = FIRST_CHEQUE;

	constructor(seed: number) {
		this.next = sequence(seed);
	}

	party(): string {
		return PARTIES[this.next(PARTIES.length)] ?? PARTIES[0];
	}

	/** An amount that nothing else has, more or less. */
	amount(): number {
		return 10_000 + this.next(900_000);
	}

	cheque(): string {
		this.#cheque += 1;
		return String(this.#cheque).padStart(7, '0');
	}

	book(day: number, amountMinor: number, description: string, more: Partial<BookLine> = {}): BookLine {
		const entryId = this.bookLines.length + 1;
		const line = {
			entryId,
			lineNo: 1,
			day,
			amountMinor,
			description,
			memo: null,
			party: null,
			aliases: [],
			references: [],
			externalNo: null,
			reversesEntryId: null,
		};
		this.bookLines.push({ ...line, ...more });
		return line;
	}

	bank(kind: TruthKind, day: number, amountMinor: number, description: string, books: readonly BookLineKey[], more: Partial<BankLine> = {}): void {
		// Numbers of statement lines follow the file, and files do not follow the books.
		const id = this.bankLines.length * 7 + this.next(7) + 1;
		this.bankLines.push({ id, day, amountMinor, description: this.#print(description), party: null, reference: null, bankId: `FX${90_000 + id}`, ...more });
		this.truth.push({ bankId: id, kind, bookLines: books.map(({ entryId, lineNo }) => ({ entryId, lineNo })) });
	}

	/** Capitals; two banks of three have no letters beyond ASCII. */
	#print(text: string): string {
		const capitals = text.toUpperCase();
		return this.next(3) === 0 ? capitals : capitals.replace(/[^\u0000-\u007f]/g, '?');
	}
}

/** One case of so many months; the same for the same seed. */
export function matchingBooks(seed: number, months = 4): MatchingCase {
	const writer = new Writer(seed);
	const starts = Array.from({ length: months }, (_, month) => FIRST_DAY + month * MONTH_DAYS);
	for (const [month, start] of starts.entries()) writeMonth(writer, start, month === months - 1);
	return {
		name: `seed ${seed}`,
		bankLines: writer.bankLines,
		bookLines: writer.bookLines,
		truth: writer.truth,
		monthEnds: starts.map((start) => start + MONTH_DAYS - 1),
	};
}

function writeMonth(writer: Writer, start: number, isLast: boolean): void {
	rents(writer, start);
	weeklyCourier(writer, start);
	receipts(writer, start);
	twins(writer, start);
	cheques(writer, start);
	nearAmounts(writer, start);
	missingWords(writer, start);
	correctedEntry(writer, start);
	deposit(writer, start);
	amountError(writer, start);
	const fee = 1_000 + writer.next(900);
	writer.bank('bank_only', start + MONTH_DAYS - 1, -fee, 'account fee', []);
	if (isLast) writer.book(start + MONTH_DAYS - 2, -writer.amount(), `Payment ${writer.party()} chq ${writer.cheque()}`);
}

/** The same amounts to the same two landlords, month after month. */
function rents(writer: Writer, start: number): void {
	for (const place of ['Harbour', 'Market']) {
		const book = writer.book(start + 3, -70_000, `Rent ${place} Street`);
		writer.bank('match', start + 3 + writer.next(3), -70_000, `rent ${place} street`, [book]);
	}
}

/** One amount, one party, every week, cleared in order. */
function weeklyCourier(writer: Writer, start: number): void {
	for (const day of [1, 8, 15, 22]) {
		const book = writer.book(start + day, -2_500, 'Courier Pwani Foods');
		writer.bank('match', start + day + writer.next(2), -2_500, 'courier pwani foods', [book]);
	}
}

function receipts(writer: Writer, start: number): void {
	for (let receipt = 0; receipt < 10; receipt++) {
		const [party, day, amount] = [writer.party(), start + writer.next(MONTH_DAYS), writer.amount()];
		const book = writer.book(day, amount, `Receipt ${party}`, { party });
		writer.bank(day + 4 >= start + MONTH_DAYS ? 'timing' : 'match', day + writer.next(5), amount, `receipt ${party}`, [book]);
	}
}

/** Two parties, one amount, one day, in an order of their own at the bank. */
function twins(writer: Writer, start: number): void {
	const [amount, day, place] = [3_000 + writer.next(500), start + 5 + writer.next(15), writer.next(PARTIES.length)];
	const parties = [PARTIES[place] ?? '', PARTIES[(place + 1 + writer.next(PARTIES.length - 1)) % PARTIES.length] ?? ''];
	const books = parties.map((party) => writer.book(day, -amount, `Delivery ${party}`));
	for (const [at, party] of [...parties.entries()].reverse()) {
		const book = books[at];
		if (book) writer.bank('twin', day + writer.next(3), -amount, `delivery ${party}`, [book]);
	}
}

/** Presented late and out of order; two of them of one amount; the bank names the number and no party. */
function cheques(writer: Writer, start: number): void {
	const twice = writer.amount();
	for (const amount of [twice, twice, writer.amount(), writer.amount()]) {
		const [number, party, day] = [writer.cheque(), writer.party(), start + writer.next(20)];
		const book = writer.book(day, -amount, `Payment ${party} chq ${number}`, { party });
		const delay = 2 + writer.next(50);
		const isField = writer.next(2) === 0;
		const text = isField ? 'cheque paid' : `chq no ${Number(number)} paid`;
		writer.bank('timing', day + delay, -amount, text, [book], { reference: isField ? number : null });
	}
}

/** Amounts that lie a minor unit or a bank's fee apart. */
function nearAmounts(writer: Writer, start: number): void {
	const [party, day, amount] = [writer.party(), start + 4 + writer.next(18), writer.amount()];
	for (const off of [0, 1, -300]) {
		const book = writer.book(day, amount + off, `Receipt ${party}`, { party });
		writer.bank('match', day + writer.next(3), amount + off, `receipt ${party}`, [book]);
	}
}

/** The bank says nothing but that money moved. */
function missingWords(writer: Writer, start: number): void {
	const [day, amount] = [start + 3 + writer.next(20), writer.amount()];
	const book = writer.book(day, -amount, `Payment ${writer.party()}`);
	writer.bank('match', day + writer.next(3), -amount, 'transfer', [book]);
}

/** Posted to the wrong account, reversed, and posted again: the bank knows of one payment. */
function correctedEntry(writer: Writer, start: number): void {
	const [party, day, amount] = [writer.party(), start + 3 + writer.next(20), writer.amount()];
	const first = writer.book(day, -amount, `Payment ${party}`);
	writer.book(day, amount, `Reversal of ${first.entryId}`, { reversesEntryId: first.entryId });
	const again = writer.book(day, -amount, `Payment ${party}`);
	writer.bank('match', day + writer.next(3), -amount, `payment ${party}`, [again]);
}

/** Two or three receipts of a day, banked together. */
function deposit(writer: Writer, start: number): void {
	const [day, party] = [start + 2 + writer.next(20), writer.party()];
	const books = Array.from({ length: 2 + writer.next(2) }, () => writer.book(day, writer.amount(), `Receipt ${party}`, { party }));
	const total = books.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
	writer.bank('combined', day + 1, total, `receipt ${party}`, books);
}

/** Two digits of the amount changed places in the books. */
function amountError(writer: Writer, start: number): void {
	const [day, party] = [start + 3 + writer.next(20), writer.party()];
	const digits = 10 + writer.next(80);
	const amount = digits * 1000 + writer.next(1000);
	const wrong = (10 * (digits % 10) + (digits - (digits % 10)) / 10) * 1000 + (amount % 1000);
	if (wrong === amount || wrong < 1000) return;
	const book = writer.book(day, wrong, `Receipt ${party}`, { party });
	writer.bank('amount_error', day + 1, amount, `receipt ${party}`, [book]);
}
