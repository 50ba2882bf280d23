import { addDays, civilDate } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { type NamedAccount, namedAccounts } from './balances.queries.ts';
import { fiscalCalendar, sumsBetween } from './balances.service.ts';
import { closingsLeftOut } from './bases.rules.ts';
import { askedSpan } from './dates.rules.ts';
import { addSums, type CurrencySums, type SumsByAccount, sumsOf } from './sums.rules.ts';

type Input = Omit<InputOf<ReportsContract['trialBalance']>, 'companyId'>;
export type TrialBalance = OutputOf<ReportsContract['trialBalance']>;
type Row = TrialBalance['rows'][number];

/**
 * The balance of every account and currency at the end of a day, debit or credit. Rows that are nil in both their own and the company's
 * currency are left out, unless they moved since `from`. A foreign row may be nil with a residue in the company's currency: it stays.
 */
export function trialBalance(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): TrialBalance {
	const asOf = civilDate(input.asOf);
	const basis = input.basis ?? 'adjusted';
	const withoutClosings = basis === 'ledger' ? null : closingsLeftOut(basis, asOf, fiscalCalendar(db, company).fiscalYearAt(asOf));
	const common = { end: asOf, withoutClosings, recompute: input.recompute ?? false };
	const accounts = namedAccounts(db, company.id);
	if (input.from === undefined) {
		return totalled(company, asOf, basis, balanceRows(company, accounts, sumsBetween(db, company, { ...common, start: null })));
	}
	const span = askedSpan(input.from, asOf);
	const opening = sumsBetween(db, company, { ...common, start: null, end: addDays(span.start, -1) });
	const movement = sumsBetween(db, company, { ...common, start: span.start });
	return totalled(company, asOf, basis, movementRows(company, accounts, opening, movement));
}

interface Side {
	readonly row: Row;
	readonly base: bigint;
}

function balanceRows(company: Company, accounts: readonly NamedAccount[], table: SumsByAccount): Side[] {
	const rows: Side[] = [];
	for (const account of accounts) {
		for (const sums of byCurrency(table.get(account.id), company.currency)) {
			const balance = sums.debit - sums.credit;
			const base = sums.baseDebit - sums.baseCredit;
			if (balance !== 0n || base !== 0n) rows.push({ row: rowOf(company, account, sums.currency, balance, base), base });
		}
	}
	return rows;
}

function movementRows(company: Company, accounts: readonly NamedAccount[], opening: SumsByAccount, movement: SumsByAccount): Side[] {
	const closing: SumsByAccount = new Map([...opening].map(([accountId, sums]) => [accountId, [...sums]]));
	for (const [accountId, list] of movement) for (const sums of list) addSums(closing, accountId, sums);
	const rows: Side[] = [];
	for (const account of accounts) {
		for (const sums of byCurrency(closing.get(account.id), company.currency)) {
			const before = sumsOf(opening, account.id, sums.currency);
			const moved = sumsOf(movement, account.id, sums.currency);
			const balance = sums.debit - sums.credit;
			const base = sums.baseDebit - sums.baseCredit;
			const openingBase = before.baseDebit - before.baseCredit;
			const isMoved = moved.debit !== 0n || moved.credit !== 0n || moved.baseDebit !== 0n || moved.baseCredit !== 0n;
			if (balance === 0n && base === 0n && openingBase === 0n && !isMoved) continue;
			rows.push({
				row: {
					...rowOf(company, account, sums.currency, balance, base),
					openingBase: formatMinor(openingBase, company.decimals),
					movementDebit: formatMinor(moved.baseDebit, company.decimals),
					movementCredit: formatMinor(moved.baseCredit, company.decimals),
				},
				base,
			});
		}
	}
	return rows;
}

// The company's own currency first.
function byCurrency(sums: readonly CurrencySums[] | undefined, own: string): readonly CurrencySums[] {
	if (!sums || sums.length < 2) return sums ?? [];
	return sums.toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own) || (one.currency < other.currency ? -1 : 1));
}

function rowOf(company: Company, account: NamedAccount, currency: string, balance: bigint, base: bigint): Row {
	const [baseDebit, baseCredit] = sidesOf(base, company.decimals);
	const [debit, credit] = currency === company.currency ? [baseDebit, baseCredit] : sidesOf(balance, currencyDecimals(currency));
	return { code: account.code, name: account.name, type: account.type, currency, debit, credit, baseDebit, baseCredit };
}

function sidesOf(balance: bigint, decimals: number): [debit: string, credit: string] {
	const nil = formatMinor(0, decimals);
	return balance < 0n ? [nil, formatMinor(-balance, decimals)] : [formatMinor(balance, decimals), nil];
}

function totalled(company: Company, asOf: string, basis: TrialBalance['basis'], sides: readonly Side[]): TrialBalance {
	let debit = 0n;
	let credit = 0n;
	for (const { base } of sides) {
		if (base > 0n) debit += base;
		else credit -= base;
	}
	return {
		asOf,
		basis,
		currency: company.currency,
		rows: sides.map(({ row }) => row),
		totals: { debit: formatMinor(debit, company.decimals), credit: formatMinor(credit, company.decimals) },
		balanced: debit === credit,
		difference: formatMinor(debit - credit, company.decimals),
	};
}
