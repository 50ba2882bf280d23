import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { addDays, civilDate } from '#shared/kernel/civil-date.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { namedAccounts } from './balances.queries.ts';
import { fiscalCalendar, sumsBetween } from './balances.service.ts';
import { closingsLeftOut } from './bases.rules.ts';
import { balanceSheetOf } from './statements.rules.ts';

type Input = Omit<InputOf<ReportsContract['balanceSheet']>, 'companyId'>;
export type BalanceSheet = OutputOf<ReportsContract['balanceSheet']>;

/** What the company owns and owes at the end of a day, in its currency; the same before and after any close of that fiscal year. */
export function balanceSheet(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): BalanceSheet {
	const asOf = civilDate(input.asOf);
	const year = fiscalCalendar(db, company).fiscalYearAt(asOf);
	const recompute = input.recompute ?? false;
	const adjusted = sumsBetween(db, company, { start: null, end: asOf, withoutClosings: closingsLeftOut('adjusted', asOf, year), recompute });
	const beforeYear = sumsBetween(db, company, { start: null, end: addDays(year.start, -1), withoutClosings: null, recompute });
	const { rows, assets, liabilities, equity } = balanceSheetOf(namedAccounts(db, company.id), adjusted, beforeYear);
	const text = (minor: bigint): string => formatMinor(minor, company.decimals);
	return {
		asOf,
		currency: company.currency,
		assets: text(assets),
		liabilities: text(liabilities),
		equity: text(equity),
		balanced: assets === liabilities + equity,
		rows: rows.map((row) => ({ ...row, currency: company.currency, amount: text(row.amount) })),
	};
}
