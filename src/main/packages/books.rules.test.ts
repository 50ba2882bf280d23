import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAmount } from '#shared/kernel/money.ts';
import type { CloseSeal, SealedAccount, SealedBalance, SealedEntry, SealedLine } from '#shared/seal/index.ts';
import { beancountBalances, hledgerBalances, isInstalled, type ToolBalances } from '#test/package-files.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { beancountJournal, type BooksInput, hledgerJournal } from './books.rules.ts';
import { beancountAccountNames, beancountString, hledgerAccountNames, hledgerDescription, hledgerTagValue } from './books-text.rules.ts';
import { postingsOf } from './holdings.rules.ts';

const account = (ref: string, name: string, type = 'ASSET'): SealedAccount => ({ ref, code: ref, name, type, subtype: null, currency: null });

describe('names of accounts', () => {
	const accounts = [
		account('1000', 'Bank: current  (A;B)'),
		account('a-1', 'Assets:Current:Bank'),
		account('अ१', 'बँक', 'LIABILITY'),
		account('x/y', 'Petty "cash"', 'EXPENSE'),
		account('x_y', "Petty 'cash'", 'EXPENSE'),
	];
	test('hledger keeps what people read and nothing that means something to it', () => {
		expect([...hledgerAccountNames(accounts).values()].sort()).toEqual([
			'Assets:1000 Bank/ current (A_B)',
			'Assets:a-1 Assets/Current/Bank',
			'Expenses:x/y Petty _cash_',
			"Expenses:x_y Petty 'cash'",
			'Liabilities:अ१ बँक',
		]);
	});
	test('beancount gets capitals, digits and hyphens; two that fall together stay apart', () => {
		expect(Object.fromEntries(beancountAccountNames(accounts))).toEqual({
			'1000': 'Assets:1000',
			'a-1': 'Assets:Aa-1',
			अ१: 'Liabilities:A--',
			'x/y': 'Expenses:Ax-y',
			x_y: 'Expenses:Ax-y-2',
		});
	});
});

test.each([
	['two\nlines\tand a tab', 'two lines and a tab', 'two lines and a tab', '"two lines and a tab"'],
	['a; date:2001-01-01', 'a, date:2001-01-01', 'a date.2001-01-01', '"a; date:2001-01-01"'],
	['payee | note [2001-01-01]', 'payee / note [2001-01-01]', 'payee | note (2001-01-01)', '"payee | note [2001-01-01]"'],
	['"quoted" \\ text', '"quoted" \\ text', '"quoted" \\ text', '"\'quoted\' / text"'],
	['\u202eevil\u2028line', 'evil line', 'evil line', '"evil line"'],
])('%j is neutralised', (text, description, tag, string) => {
	expect([hledgerDescription(text), hledgerTagValue(text), beancountString(text)]).toEqual([description, tag, string]);
});

describe('postings of an amount and its base amount', () => {
	test.each([
		['in the company currency', 'INR', 500n, 500n, ['500 INR']],
		['bought at a cost', 'USD', 100n, 8345n, ['100 USD at 8345']],
		['sold at a cost', 'USD', -100n, -8345n, ['-100 USD at 8345']],
		['worth nothing by rounding', 'USD', 1n, 0n, ['1 USD at 0']],
		['revalued', 'USD', 0n, -62n, ['-62 INR']],
		['revalued to the other side', 'USD', 100n, -5n, ['100 USD at 0', '-5 INR']],
		['nil', 'USD', 0n, 0n, []],
	])('%s', (_name, currency, amount, base, expected) => {
		const shown = postingsOf('a', currency, amount, base, 'INR').map((one) => `${one.amount} ${one.currency}${one.cost === null ? '' : ` at ${one.cost}`}`);
		expect(shown).toEqual(expected);
	});
});

const ACCOUNTS = [
	account('1000', 'Bank'),
	account('1010', 'Dollars'),
	account('1020', 'Dinars'),
	account('4000', 'Sales', 'INCOME'),
	account('5000', 'Fees', 'EXPENSE'),
];

interface Drawn {
	readonly base: string;
	readonly opening: readonly { readonly ref: string; readonly currency: string; readonly amount: number; readonly base: number }[];
	readonly entries: readonly {
		readonly day: number;
		readonly description: string;
		readonly lines: readonly { readonly ref: string; readonly currency: string; readonly amount: number; readonly base: number }[];
	}[];
}

const refs = fc.constantFrom(...ACCOUNTS.map(({ ref }) => ref));
const drawnLine = (base: string) =>
	fc.record({
		ref: refs,
		currency: fc.constantFrom(base, 'USD', 'KWD', 'JPY'),
		amount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000_000 })),
		base: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000_000 })),
		isDebit: fc.boolean(),
	});
const hostile = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 40 }),
	fc.constantFrom('(x) ; date:2001-01-01', '" \\', '| [2001-01-01]', '*', '!', '= 5', '{{ %}', '  two  blanks  ', "';drop", '\n2026-01-01 open'),
);
const drawn: fc.Arbitrary<Drawn> = fc.constantFrom('INR', 'JPY', 'KWD').chain((base) =>
	fc
		.record({
			opening: fc.array(drawnLine(base), { maxLength: 3 }),
			entries: fc.array(
				fc.record({ day: fc.integer({ min: 1, max: 89 }), description: hostile, lines: fc.array(drawnLine(base), { minLength: 1, maxLength: 4 }) }),
				{
					maxLength: 6,
				},
			),
		})
		.map(({ opening, entries }) => ({
			base,
			opening: balanced(base, opening),
			entries: entries.map((entry) => ({ ...entry, lines: balanced(base, entry.lines) })).sort((one, other) => one.day - other.day),
		})),
);

// Every line on its side; the last one, in the company's currency, takes up the difference.
function balanced(base: string, lines: readonly { ref: string; currency: string; amount: number; base: number; isDebit: boolean }[]) {
	const signed = lines
		.map((line) => ({ ...line, amount: line.currency === base ? line.base : line.amount }))
		.filter((line) => line.amount !== 0 || line.base !== 0)
		.map(({ ref, currency, amount, base: inBase, isDebit }) => ({ ref, currency, amount: isDebit ? amount : -amount, base: isDebit ? inBase : -inBase }));
	const difference = signed.reduce((sum, line) => sum + line.base, 0);
	return difference === 0 ? signed : [...signed, { ref: '4000', currency: base, amount: -difference, base: -difference }];
}

function inputOf({ base, opening, entries }: Drawn): BooksInput {
	const sealed: SealedEntry[] = entries.map(({ day, description, lines }, index) => ({
		v: 1,
		company: 'c',
		seq: index + 1,
		no: index + 1,
		externalNo: description,
		date: new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10),
		source: 'MANUAL',
		description,
		reference: description,
		reverses: null,
		session: null,
		postedAt: '2026-04-01T00:00:00.000Z',
		postedBy: 'u',
		attachments: [],
		prev: '0'.repeat(64),
		lines: lines.map(
			(line): SealedLine => ({
				account: line.ref,
				party: 'P000001',
				currency: line.currency,
				debit: Math.max(line.amount, 0),
				credit: Math.max(-line.amount, 0),
				baseDebit: Math.max(line.base, 0),
				baseCredit: Math.max(-line.base, 0),
				dueDate: null,
				reference: null,
				memo: description,
			}),
		),
	}));
	const balances = new Map<string, { ref: string; currency: string; amount: number; base: number }>();
	const moved = entries.flatMap(({ lines }) => lines).map((line) => ({ ...line, amount: 0, base: 0 }));
	for (const line of [...opening, ...moved]) {
		const key = `${line.ref} ${line.currency}`;
		const standing = balances.get(key) ?? { ref: line.ref, currency: line.currency, amount: 0, base: 0 };
		balances.set(key, { ...standing, amount: standing.amount + line.amount, base: standing.base + line.base });
	}
	return {
		// The books need these of a seal, and nothing else.
		seal: {
			company: { id: 'c', name: 'Example; "Traders"\nLtd', currency: base },
			period: { id: 'p', name: '2026-Q1', kind: 'QUARTER', start: '2026-01-01', end: '2026-03-31' },
			closeNumber: 1,
		} as CloseSeal,
		accounts: ACCOUNTS,
		balances: [...balances.values()].map(
			(row) => ({ account: row.ref, currency: row.currency, openingMinor: row.amount, baseOpeningMinor: row.base }) as SealedBalance,
		),
		partyName: () => 'Party: [2001-01-01], date:2001-02-03; "x" \\',
		entries: () => sealed,
	};
}

/** Base value of each account, by summing what was drawn. */
function baseByRef({ opening, entries }: Drawn): Map<string, number> {
	const sums = new Map<string, number>();
	for (const line of [...opening, ...entries.flatMap(({ lines }) => lines)]) sums.set(line.ref, (sums.get(line.ref) ?? 0) + line.base);
	return sums;
}

/** Units that each account holds of each currency other than the company's. */
function foreignUnits({ base, opening, entries }: Drawn): Map<string, number> {
	const sums = new Map<string, number>();
	for (const line of [...opening, ...entries.flatMap(({ lines }) => lines)]) {
		if (line.currency !== base) sums.set(`${line.ref}|${line.currency}`, (sums.get(`${line.ref}|${line.currency}`) ?? 0) + line.amount);
	}
	return sums;
}

const foreignOnly = (balances: ToolBalances, base: string) => Object.fromEntries(Object.entries(balances).filter(([place]) => !place.endsWith(base)));
const nonZero = <Key>(sums: ReadonlyMap<Key, number>): [Key, number][] => [...sums].filter(([, sum]) => sum !== 0);

describe('random books', () => {
	test.runIf(isInstalled('hledger'))('hledger accepts them and comes to the same balances, at cost and in units', () => {
		const journal = join(temporaryFolder(), 'journal.hledger');
		fc.assert(
			fc.property(drawn, (books) => {
				const input = inputOf(books);
				const names = hledgerAccountNames(ACCOUNTS);
				writeFileSync(journal, [...hledgerJournal(input)].join(''));
				execFileSync('hledger', ['-f', journal, 'check', 'accounts', 'commodities'], { stdio: 'pipe' });
				const atCost = nonZero(baseByRef(books)).map(([ref, sum]) => [`${names.get(ref)}|${books.base}`, formatAmount(sum, books.base)]);
				expect(hledgerBalances(journal, { cost: true })).toEqual(Object.fromEntries(atCost));
				const units = nonZero(foreignUnits(books)).map(([place, sum]) => {
					const [ref = '', currency = ''] = place.split('|');
					return [`${names.get(ref)}|${currency}`, formatAmount(sum, currency)];
				});
				expect(foreignOnly(hledgerBalances(journal), books.base)).toEqual(Object.fromEntries(units));
			}),
			{ numRuns: 25 },
		);
	});

	test.runIf(isInstalled('bean-check'))('beancount accepts them and holds the same units', () => {
		const journal = join(temporaryFolder(), 'journal.beancount');
		fc.assert(
			fc.property(drawn, (books) => {
				const names = beancountAccountNames(ACCOUNTS);
				writeFileSync(journal, [...beancountJournal(inputOf(books))].join(''));
				execFileSync('bean-check', [journal], { stdio: 'pipe' });
				const units = nonZero(foreignUnits(books)).map(([place, sum]) => {
					const [ref = '', currency = ''] = place.split('|');
					return [`${names.get(ref)}|${currency}`, formatAmount(sum, currency)];
				});
				expect(foreignOnly(beancountBalances(journal), books.base)).toEqual(Object.fromEntries(units));
			}),
			{ numRuns: 6 },
		);
	});

	test.runIf(isInstalled('hledger') && isInstalled('bean-check'))('a wrong balance of one minor unit is refused by both', () => {
		const input = inputOf({
			base: 'INR',
			opening: [],
			entries: [{ day: 5, description: 'Sale', lines: balanced('INR', [{ ref: '1000', currency: 'INR', amount: 100, base: 100, isDebit: true }]) }],
		});
		const folder = temporaryFolder();
		const [hledger, beancount] = [join(folder, 'journal.hledger'), join(folder, 'journal.beancount')];
		writeFileSync(hledger, [...hledgerJournal(input)].join('').replace('= 1.00 INR', '= 1.01 INR'));
		writeFileSync(beancount, [...beancountJournal(input)].join('').replace(/(balance Assets:1000) {2}1.00/, '$1  1.01'));
		expect(() => execFileSync('hledger', ['-f', hledger, 'check'], { stdio: 'pipe' })).toThrow(/1\.01/);
		expect(() => execFileSync('bean-check', [beancount], { stdio: 'pipe' })).toThrow(/1\.01/);
	});
});
