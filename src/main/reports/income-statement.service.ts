import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { namedAccounts } from './balances.queries.ts';
import { fiscalCalendar, sumsBetween } from './balances.service.ts';
import { incomeSpans } from './bases.rules.ts';
import { askedSpan } from './dates.rules.ts';
import { isResult, resultOf, statementAmount } from './statements.rules.ts';
import type { SumsByAccount } from './sums.rules.ts';

type Input = Omit<InputOf<ReportsContract['incomeStatement']>, 'companyId'>;
export type IncomeStatement = OutputOf<ReportsContract['incomeStatement']>;

/**
 * Income and expense of a span in the company's currency, beside the year to date and earlier spans that the books hold. Closing entries
 * and their reversals never count, so both bases give the same statement.
 */
export function incomeStatement(db: ReadDb, { company }: Pick<Actor, 'company'>, input: Input): IncomeStatement {
	const asked = askedSpan(input.from, input.to);
	const { booksFrom, fiscalYearAt } = fiscalCalendar(db, company);
	const spans = incomeSpans(asked, booksFrom, fiscalYearAt);
	const tableOf = (span: DateSpan): SumsByAccount => sumsBetween(db, company, { ...span, withoutClosings: span, recompute: input.recompute ?? false });
	const tableOrNull = (span: DateSpan | null): SumsByAccount | null => span && tableOf(span);
	const current: SumsByAccount = spans.asked ? tableOf(spans.asked) : new Map();
	const yearToDate = tableOf(spans.yearToDate);
	const compared = [tableOrNull(spans.previousMonth), tableOrNull(spans.sameMonthLastYear), tableOrNull(spans.yearToDateLastYear)] as const;
	const accounts = namedAccounts(db, company.id).filter(isResult);
	const text = (minor: bigint): string => formatMinor(minor, company.decimals);
	const rows: IncomeStatement['rows'] = [];
	for (const account of accounts) {
		const amount = statementAmount(account, current);
		const toDate = statementAmount(account, yearToDate);
		const others = compared.map((table) => (table ? statementAmount(account, table) : null));
		if (amount === 0n && toDate === 0n && others.every((other) => other === null || other === 0n)) continue;
		const [previousMonth = null, sameMonthLastYear = null, yearToDateLastYear = null] = others.map((other) => (other === null ? null : text(other)));
		const { code, name, type } = account;
		rows.push({
			code,
			name,
			type,
			currency: company.currency,
			amount: text(amount),
			yearToDate: text(toDate),
			previousMonth,
			sameMonthLastYear,
			yearToDateLastYear,
		});
	}
	const figures = (table: SumsByAccount) => {
		const { income, expense } = resultOf(accounts, table);
		return { income: text(income), expense: text(expense), netProfit: text(income - expense) };
	};
	return { from: asked.start, to: asked.end, currency: company.currency, ...figures(current), yearToDate: figures(yearToDate), rows };
}
