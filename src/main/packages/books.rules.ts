import { addDays, type CivilDate, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import type { CloseSeal, SealedAccount, SealedBalance, SealedEntry, YearSeal } from '#shared/seal/index.ts';
import { beancountAccountNames, beancountString, hledgerAccountNames, hledgerDescription, hledgerTagValue, oneLine } from './books-text.rules.ts';
import { Holdings, type Posting, postingsOf, postingsOfLine } from './holdings.rules.ts';

/** What plain-text books of a close are made of. */
export interface BooksInput {
	readonly seal: CloseSeal | YearSeal;
	readonly accounts: readonly SealedAccount[];
	readonly balances: readonly SealedBalance[];
	/** Name of a party by its ref. */
	readonly partyName: (ref: string) => string;
	/** The period's entries in order of date and number. */
	readonly entries: () => Iterable<SealedEntry>;
}

/** How one program writes its books. Every text ends with a line end. */
interface Dialect {
	head(currencies: readonly string[]): string;
	/** Balances brought forward, on the day before the period. */
	opening(date: CivilDate, postings: readonly Posting[]): string;
	entry(entry: SealedEntry): string;
	/** Assertions of what accounts hold at the end of a day. */
	balances(date: CivilDate, holdings: Holdings): string;
}

/** The period's entries for hledger, with opening balances and the balances at each month's end for `hledger check` to compare. */
export function hledgerJournal(input: BooksInput): Generator<string, void, undefined> {
	return write(input, hledgerDialect(input));
}

/** The same for beancount and `bean-check`. */
export function beancountJournal(input: BooksInput): Generator<string, void, undefined> {
	return write(input, beancountDialect(input));
}

function* write(input: BooksInput, dialect: Dialect): Generator<string, void, undefined> {
	const { seal, balances } = input;
	const base = seal.company.currency;
	const holdings = new Holdings();
	const keep = (postings: readonly Posting[]): void => {
		for (const posting of postings) holdings.add(posting);
	};
	yield dialect.head([...new Set([base, ...balances.map(({ currency }) => currency)])].sort());
	const opening = balances.flatMap((row) => postingsOf(row.account, row.currency, BigInt(row.openingMinor), BigInt(row.baseOpeningMinor), base));
	keep(opening);
	if (opening.length > 0) yield dialect.opening(addDays(seal.period.start, -1), opening);
	let monthEnd = earlier(lastOfMonth(seal.period.start), seal.period.end);
	for (const entry of input.entries()) {
		for (; entry.date > monthEnd; monthEnd = monthEndAfter(monthEnd, seal.period.end)) yield dialect.balances(monthEnd, holdings);
		for (const line of entry.lines) keep(postingsOfLine(line, base));
		yield dialect.entry(entry);
	}
	for (; ; monthEnd = monthEndAfter(monthEnd, seal.period.end)) {
		yield dialect.balances(monthEnd, holdings);
		if (monthEnd === seal.period.end) return;
	}
}

function monthEndAfter(monthEnd: CivilDate, periodEnd: CivilDate): CivilDate {
	return earlier(lastOfMonth(addDays(monthEnd, 1)), periodEnd);
}

function earlier(one: CivilDate, other: CivilDate): CivilDate {
	return one < other ? one : other;
}

function amountText(minor: bigint, currency: string): string {
	return `${formatMinor(minor, currencyDecimals(currency))} ${currency}`;
}

function postingAmount({ amount, currency, cost }: Posting, baseCurrency: string): string {
	return cost === null ? amountText(amount, currency) : `${amountText(amount, currency)} @@ ${amountText(cost, baseCurrency)}`;
}

function title({ seal }: BooksInput): string {
	return oneLine(`${seal.company.name}, ${seal.period.name} (${seal.period.start} to ${seal.period.end}), close ${seal.closeNumber}`);
}

function hledgerDialect(input: BooksInput): Dialect {
	const names = hledgerAccountNames(input.accounts);
	const base = input.seal.company.currency;
	const posting = (one: Posting, comment = ''): string => `    ${names.get(one.account) ?? one.account}  ${postingAmount(one, base)}${comment}\n`;
	return {
		head(currencies) {
			// The sample number must show a decimal mark, also where there are no decimals.
			const commodity = (currency: string): string => {
				const decimals = currencyDecimals(currency);
				return `commodity ${decimals === 0 ? '1000.' : formatMinor(10n ** BigInt(decimals + 3), decimals)} ${currency}\n`;
			};
			const account = ({ ref, type }: SealedAccount): string => `account ${names.get(ref)}  ; type:${HLEDGER_TYPES[type] ?? 'A'}\n`;
			return `; ${title(input)}\n; Sealed books. Check with: hledger -f journal.hledger check\n\ndecimal-mark .\n${currencies.map(commodity).join('')}\n${input.accounts.map(account).join('')}\n`;
		},
		opening: (date, postings) => `${date} * (opening) Opening balances\n${postings.map((one) => posting(one)).join('')}\n`,
		entry(entry) {
			const facts = tags({ external: entry.externalNo, source: entry.source, reference: entry.reference, reverses: entry.reverses });
			const lines = entry.lines.flatMap((line) => {
				const party = line.party === null ? null : `${line.party} ${input.partyName(line.party)}`;
				const own = tags({ party, due: line.dueDate, reference: line.reference, memo: line.memo });
				return postingsOfLine(line, base).map((one) => posting(one, own));
			});
			return `${entry.date} * (${entry.no}) ${hledgerDescription(entry.description)}${facts}\n${lines.join('')}\n`;
		},
		balances(date, holdings) {
			const rows = [...holdings.list()].map(
				({ account, currency, amount }) => `    ${names.get(account) ?? account}  ${amountText(0n, currency)} = ${amountText(amount, currency)}\n`,
			);
			return rows.length === 0 ? '' : `${date} * (balances) Balances at the end of ${date}\n${rows.join('')}\n`;
		},
	};
}

const HLEDGER_TYPES: Readonly<Record<string, string>> = { ASSET: 'A', LIABILITY: 'L', EQUITY: 'E', INCOME: 'R', EXPENSE: 'X' };

function tags(values: Readonly<Record<string, string | number | null>>): string {
	const given = Object.entries(values).flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}:${hledgerTagValue(String(value))}`]));
	return given.length === 0 ? '' : `  ; ${given.join(', ')}`;
}

function beancountDialect(input: BooksInput): Dialect {
	const names = beancountAccountNames(input.accounts);
	const { seal } = input;
	const base = seal.company.currency;
	const posting = (one: Posting): string => `  ${names.get(one.account) ?? one.account}  ${postingAmount(one, base)}\n`;
	const metadata = (indent: string, values: Readonly<Record<string, string | number | null>>): string =>
		Object.entries(values)
			.flatMap(([key, value]) => (value === null || value === '' ? [] : [`${indent}${key}: ${beancountString(String(value))}\n`]))
			.join('');
	return {
		head(currencies) {
			const from = addDays(seal.period.start, -1);
			// Tight enough that a difference of one minor unit is an error, wide enough for the division that `@@` stands for.
			const options = `option "title" ${beancountString(title(input))}\noption "operating_currency" "${base}"\noption "inferred_tolerance_default" "*:0.00001"\noption "inferred_tolerance_multiplier" "0.1"\n`;
			const open = ({ ref, code, name }: SealedAccount): string => `${from} open ${names.get(ref)}\n${metadata('  ', { ref, code, name })}`;
			const commodities = currencies.map((currency) => `${from} commodity ${currency}\n`).join('');
			return `; Sealed books. Check with: bean-check journal.beancount\n${options}\n${commodities}\n${input.accounts.map(open).join('')}\n`;
		},
		opening: (date, postings) => `${date} * "Opening balances"\n${postings.map(posting).join('')}\n`,
		entry(entry) {
			const facts = { no: entry.no, external: entry.externalNo, source: entry.source, reference: entry.reference, reverses: entry.reverses };
			const lines = entry.lines.flatMap((line) => {
				const party = line.party === null ? null : `${line.party} ${input.partyName(line.party)}`;
				const own = metadata('    ', { party, due: line.dueDate, reference: line.reference, memo: line.memo });
				return postingsOfLine(line, base).map((one) => posting(one) + own);
			});
			return `${entry.date} * ${beancountString(entry.description)}\n${metadata('  ', facts)}${lines.join('')}\n`;
		},
		balances(date, holdings) {
			// Beancount compares at the beginning of a day.
			const next = addDays(date, 1);
			const rows = [...holdings.list()].map(
				({ account, currency, amount }) => `${next} balance ${names.get(account) ?? account}  ${amountText(amount, currency)}\n`,
			);
			return rows.length === 0 ? '' : `${rows.join('')}\n`;
		},
	};
}
