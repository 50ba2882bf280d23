import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { addDays, civilDate } from '#shared/kernel/civil-date.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import { periodsOfYear } from '#shared/kernel/period.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { type NamedAccount, namedAccounts } from './balances.queries.ts';
import { fiscalCalendar, sumsBetween } from './balances.service.ts';
import { isResult, resultOf } from './statements.rules.ts';
import { baseBalance, type SumsByAccount } from './sums.rules.ts';

type Input = Omit<InputOf<ReportsContract['monthByMonth']>, 'companyId'>;

/** Accounts where money sits, or is owed at once. Clearing is money under way and counts where it arrives. */
const MONEY: ReadonlySet<string | null> = new Set(['CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD']);

/** Result and money of each month of a fiscal year. A first year that is longer than twelve months has more of them. */
export function monthByMonth(db: ReadDb, { company }: Pick<Actor, 'company'>, { on }: Input): OutputOf<ReportsContract['monthByMonth']> {
	const { booksFrom, fiscalYearAt } = fiscalCalendar(db, company);
	const year = fiscalYearAt(civilDate(on));
	const accounts = namedAccounts(db, company.id);
	const results = accounts.filter(isResult);
	const purses = accounts.filter(({ subtype }) => MONEY.has(subtype));
	const text = (minor: bigint): string => formatMinor(minor, company.decimals);
	let money = moneyOf(purses, sumsBetween(db, company, { start: null, end: addDays(year.start, -1), withoutClosings: null, recompute: false }));
	const months = periodsOfYear(year, 'MONTH').map((month) => {
		const moved = sumsBetween(db, company, { ...month, withoutClosings: month, recompute: false });
		money += moneyOf(purses, moved);
		// Opening balances of income stand on the day before the books' first day: they are of no month.
		const { income, expense } = booksFrom !== null && month.end < booksFrom ? { income: 0n, expense: 0n } : resultOf(results, moved);
		return {
			from: month.start,
			to: month.end,
			moved: moved.size > 0,
			income: text(income),
			expense: text(expense),
			netProfit: text(income - expense),
			money: text(money),
		};
	});
	return { from: year.start, to: year.end, currency: company.currency, months };
}

function moneyOf(purses: readonly NamedAccount[], table: SumsByAccount): bigint {
	return purses.reduce((sum, { id }) => sum + baseBalance(table, id), 0n);
}
