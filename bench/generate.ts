import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** An account of the ledger that the benchmarks are run on. */
interface BenchAccount {
	readonly code: string;
	readonly name: string;
	readonly type: 'Asset' | 'Liability' | 'Equity' | 'Income' | 'Expense';
}

/** Signed minor units, debit positive. */
type Line = readonly [account: BenchAccount, minor: number];

interface Entry {
	readonly party: string;
	readonly description: string;
	readonly reference: string;
	readonly lines: readonly Line[];
}

/** What is still to be paid: party, reference, minor units. */
type OpenItem = readonly [party: string, reference: string, minor: number];

const ROOTS = { Asset: 'Assets', Liability: 'Liabilities', Equity: 'Equity', Income: 'Income', Expense: 'Expenses' } as const;
const FIRST_DAY = Date.UTC(2024, 3, 1);
const DAYS = 730;
const DAY_MS = 86_400_000;
const TAX_PERCENT = [5, 12, 18, 18, 28];

/** Small and the same everywhere (Marsaglia's xorshift of 32 bits): 0 <= next() < 1. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 4_294_967_296;
	};
}

function series(first: number, count: number, type: BenchAccount['type'], name: string): BenchAccount[] {
	return Array.from({ length: count }, (_, index) => ({ code: String(first + index), name: count === 1 ? name : `${name}-${index + 1}`, type }));
}

const CHART = {
	cash: series(1000, 1, 'Asset', 'Petty-Cash-Drawer'),
	banks: series(1010, 4, 'Asset', 'Current-Account'),
	receivables: series(1100, 1, 'Asset', 'Customers'),
	stock: series(1200, 6, 'Asset', 'Stock'),
	inputTax: series(1300, 2, 'Asset', 'Input-Tax'),
	payables: series(2100, 1, 'Liability', 'Suppliers'),
	outputTax: series(2200, 2, 'Liability', 'Output-Tax'),
	withheld: series(2300, 1, 'Liability', 'Tax-Withheld'),
	capital: series(3000, 1, 'Equity', 'Owners-Capital'),
	sales: series(4000, 24, 'Income', 'Sales'),
	purchases: series(5000, 10, 'Expense', 'Purchases'),
	wages: series(5100, 1, 'Expense', 'Wages'),
	expenses: series(5200, 46, 'Expense', 'Expense'),
};

class Book {
	readonly #random = randomNumbers(20_240_401);
	readonly #toReceive: OpenItem[] = [];
	readonly #toPay: OpenItem[] = [];
	#invoices = 0;
	#bills = 0;

	/** One of a list, the first ones more often: a few accounts and customers are busy, most are not. */
	#pick<Item>(items: readonly Item[]): Item {
		return items[Math.floor(this.#random() * this.#random() * items.length)] as Item;
	}

	#minor(from: number, to: number): number {
		return Math.round(from * (to / from) ** this.#random());
	}

	#party(prefix: string, count: number): string {
		return `${prefix}${String(1 + Math.floor(this.#random() * this.#random() * count)).padStart(3, '0')}`;
	}

	#taxed(net: number): number {
		return Math.round((net * (TAX_PERCENT[Math.floor(this.#random() * TAX_PERCENT.length)] as number)) / 100);
	}

	entry(number: number): Entry {
		const kind = this.#random();
		if (number === 1)
			return { party: '', description: 'Capital paid in', reference: 'CAP-1', lines: [this.#bank(900_000_000), [firstOf(CHART.capital), -900_000_000]] };
		if (kind < 0.3) return this.#sale();
		if (kind < 0.5 && this.#toReceive.length > 0) return this.#settlement(this.#toReceive, 'Receipt for', firstOf(CHART.receivables), -1);
		if (kind < 0.7) return this.#bill();
		if (kind < 0.85 && this.#toPay.length > 0) return this.#settlement(this.#toPay, 'Payment of', firstOf(CHART.payables), 1);
		if (kind < 0.96) return this.#expense(number);
		return this.#wages(number);
	}

	#bank(minor: number): Line {
		return [this.#pick(CHART.banks), minor];
	}

	#sale(): Entry {
		const net = this.#minor(50_000, 40_000_000);
		const tax = this.#taxed(net);
		const party = this.#party('C', 120);
		const reference = `INV-${++this.#invoices}`;
		this.#toReceive.push([party, reference, net + tax]);
		const half = Math.trunc(tax / 2);
		const taxLines: Line[] =
			this.#random() < 0.5
				? [[firstOf(CHART.outputTax), -tax]]
				: [
						[firstOf(CHART.outputTax), -half],
						[lastOf(CHART.outputTax), half - tax],
					];
		return {
			party,
			description: `Sales invoice ${reference}`,
			reference,
			lines: [[firstOf(CHART.receivables), net + tax], [this.#pick(CHART.sales), -net], ...taxLines],
		};
	}

	#bill(): Entry {
		const net = this.#minor(20_000, 25_000_000);
		const tax = this.#taxed(net);
		const party = this.#party('S', 80);
		const reference = `BILL-${++this.#bills}`;
		this.#toPay.push([party, reference, net + tax]);
		const bought = this.#pick([CHART.purchases, CHART.stock, CHART.expenses]);
		return {
			party,
			description: `Purchase bill ${reference}`,
			reference,
			lines: [
				[this.#pick(bought), net],
				[this.#pick(CHART.inputTax), tax],
				[firstOf(CHART.payables), -(net + tax)],
			],
		};
	}

	#settlement(items: OpenItem[], words: string, control: BenchAccount, sign: 1 | -1): Entry {
		const at = Math.floor(this.#random() * Math.min(items.length, 1500));
		const [party, reference, minor] = items[at] as OpenItem;
		items[at] = items.at(-1) as OpenItem;
		items.pop();
		const withheld = this.#random() < 0.5 ? Math.round(minor / 100) : 0;
		const lines: Line[] = [[control, sign * minor], this.#bank(-sign * (minor - withheld))];
		if (withheld > 0) lines.push([firstOf(CHART.withheld), -sign * withheld]);
		return { party, description: `${words} ${reference}`, reference, lines };
	}

	#expense(number: number): Entry {
		const minor = this.#minor(10_000, 2_000_000);
		const account = this.#pick(CHART.expenses);
		const paidFrom: Line = this.#random() < 0.3 ? [firstOf(CHART.cash), -minor] : this.#bank(-minor);
		return { party: '', description: `${account.name}, "monthly"`, reference: `EXP-${number}`, lines: [[account, minor], paidFrom] };
	}

	#wages(number: number): Entry {
		const gross = this.#minor(1_500_000, 15_000_000);
		const withheld = Math.round(gross / 8);
		return {
			party: '',
			description: 'Wages paid',
			reference: `WAGE-${number}`,
			lines: [[firstOf(CHART.wages), gross], [firstOf(CHART.withheld), -withheld], this.#bank(withheld - gross)],
		};
	}
}

function firstOf(accounts: readonly BenchAccount[]): BenchAccount {
	return accounts[0] as BenchAccount;
}

function lastOf(accounts: readonly BenchAccount[]): BenchAccount {
	return accounts.at(-1) as BenchAccount;
}

function amount(minor: number): string {
	return `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

function cell(text: string): string {
	return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvOf(number: number, date: string, entry: Entry): string {
	let text = '';
	for (const [account, minor] of entry.lines) {
		const sides = minor > 0 ? `${amount(minor)},` : `,${amount(-minor)}`;
		text += `${number},${date},${account.code},${account.name},${account.type},${entry.party},${cell(entry.description)},${sides},INR,${entry.reference}\n`;
	}
	return text;
}

function pathOf(account: BenchAccount): string {
	return `${ROOTS[account.type]}:${account.code}-${account.name}`;
}

function journalOf(date: string, entry: Entry): string {
	const postings = entry.lines.map(([account, minor]) => `    ${pathOf(account)}  ${minor < 0 ? '-' : ''}${amount(Math.abs(minor))} INR\n`);
	return `${date} * (${entry.reference}) ${entry.party === '' ? '' : `${entry.party} | `}${entry.description}\n${postings.join('')}\n`;
}

/** Average lines of an entry, so that the entries of so many lines spread over the two years. */
const LINES_PER_ENTRY = 3;

/** How long a ledger is. */
export const SPANS = { 'two years': DAYS, year: 365 } as const;

/**
 * Writes a small business's ledger of two years (2024-04-01 to 2026-03-31), or of the first of them, twice: lines.csv in canonical columns and ledger.journal for hledger and
 * ledger. Whole entries, at least `lines` lines. The same argument gives the same bytes.
 */
export function generateLedger(folder: string, lines: number, span: keyof typeof SPANS = 'two years'): void {
	mkdirSync(folder, { recursive: true });
	const csv = openSync(join(folder, 'lines.csv'), 'w');
	const journal = openSync(join(folder, 'ledger.journal'), 'w');
	writeFileSync(csv, 'entry_no,date,account_code,account_name,account_type,party,description,debit,credit,currency,reference\n');
	writeFileSync(
		journal,
		`${Object.values(CHART)
			.flat()
			.map((account) => `account ${pathOf(account)}\n`)
			.join('')}\n`,
	);
	const book = new Book();
	const entries = Math.ceil(lines / LINES_PER_ENTRY);
	let written = 0;
	for (let number = 1; written < lines; number++) {
		const day = Math.min(Math.floor(((number - 1) * SPANS[span]) / entries), SPANS[span] - 1);
		const date = new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
		const entry = book.entry(number);
		writeSync(csv, csvOf(number, date, entry));
		writeSync(journal, journalOf(date, entry));
		written += entry.lines.length;
	}
	closeSync(csv);
	closeSync(journal);
}
