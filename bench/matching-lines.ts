import type { BankLine, BookLine } from '#main/reconciliation/matching/lines.rules.ts';

/** Statement lines and ledger lines of one account that belong together for the most part. */
export interface MatchingLines {
	readonly bankLines: readonly BankLine[];
	readonly bookLines: readonly BookLine[];
}

const FIRST_DAY = 19_723;
const YEAR_DAYS = 366;
const PARTIES = 400;
const SYLLABLES = ['ka', 'mo', 'ri', 'ta', 'nu', 'se', 'lo', 'wa', 'pe', 'dha', 'ko', 'mi'] as const;
const SHOP_PRICE_MINOR = 1000;

/** The same numbers below 1 for the same seed. */
function sequence(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 4_294_967_296) * below);
	};
}

function partyName(party: number): string {
	const syllable = (place: number) => SYLLABLES[place % SYLLABLES.length] ?? '';
	return `${syllable(party)}${syllable(party >> 3)}${syllable(party >> 5)} ${party % 2 === 0 ? 'traders' : 'supplies'}`;
}

/**
 * A year of a business in random order: receipts, card payments with references, cheques presented late, fees that only the bank has, payments that
 * the bank does not have yet. Days fill up as lines grow, as they do in a busier business.
 */
export function businessLines(lines: number, seed: number): MatchingLines {
	const next = sequence(seed);
	const bankLines: BankLine[] = [];
	const bookLines: BookLine[] = [];
	for (let line = 1; line <= lines; line++) {
		const day = FIRST_DAY + next(YEAR_DAYS);
		const party = partyName(next(PARTIES));
		const sort = next(20);
		const isIn = sort < 12;
		const amountMinor = (isIn ? 1 : -1) * (next(10) === 0 ? 70_000 : 500 + next(500_000));
		const cheque = String(100_000 + line).padStart(7, '0');
		const isCheque = sort >= 16;
		const words = isIn ? 'receipt' : 'payment';
		const book = bookLine(line, day, amountMinor, `${words} ${party}${isCheque ? ` chq ${cheque}` : ''}`, party);
		const late = isCheque ? 2 + next(40) : next(4);
		const bank = bankLine(line, day + late, amountMinor, isCheque ? `CHEQUE ${cheque}` : `${words} ${next(3) === 0 ? 'ref' : party}`.toUpperCase());
		if (sort !== 0) bookLines.push(book);
		if (sort !== 19) bankLines.push(bank);
	}
	return shuffled({ bankLines, bookLines }, next);
}

/** A shop where every sale is of the same amount: nothing but the day tells them apart. */
export function shopLines(lines: number, seed: number): MatchingLines {
	const next = sequence(seed);
	const bankLines: BankLine[] = [];
	const bookLines: BookLine[] = [];
	for (let line = 1; line <= lines; line++) {
		const day = FIRST_DAY + next(YEAR_DAYS);
		bookLines.push(bookLine(line, day, SHOP_PRICE_MINOR, 'cash sale', null));
		bankLines.push(bankLine(line, day + next(2), SHOP_PRICE_MINOR, 'SALE'));
	}
	return shuffled({ bankLines, bookLines }, next);
}

function bookLine(entryId: number, day: number, amountMinor: number, description: string, party: string | null): BookLine {
	return { entryId, lineNo: 1, day, amountMinor, description, memo: null, party, aliases: [], references: [], externalNo: null, reversesEntryId: null };
}

function bankLine(id: number, day: number, amountMinor: number, description: string): BankLine {
	return { id, day, amountMinor, description, party: null, reference: null, bankId: `B${id}` };
}

function shuffled({ bankLines, bookLines }: MatchingLines, next: (below: number) => number): MatchingLines {
	return { bankLines: shuffle(bankLines, next), bookLines: shuffle(bookLines, next) };
}

function shuffle<Item>(items: readonly Item[], next: (below: number) => number): Item[] {
	return items
		.map((item) => ({ item, place: next(1 << 30) }))
		.sort((one, other) => one.place - other.place)
		.map(({ item }) => item);
}
