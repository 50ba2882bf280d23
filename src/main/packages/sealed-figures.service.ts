import { type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { type DateSpan, periodsOfYear } from '#shared/kernel/period.ts';
import { closingSums } from '#main/close/index.ts';
import {
	type BaseByRef,
	balanceSheetRows,
	incomeColumnSpans,
	incomeStatementRows,
	type MonthlyResult,
	resultsOfTypes,
	type StatementRow,
	trialBalanceFigures,
	type TrialBalanceFigure,
} from './figures.rules.ts';
import { lineSums } from './material.queries.ts';
import type { Material } from './material.service.ts';

/* The figures of a close, each from its sealed balances and the entries up to where its seal goes: what CSV, pages and workbook show alike. */

export function sealedTrialBalance(material: Material): TrialBalanceFigure[] {
	return trialBalanceFigures(material.balances, material.accountOf, closingsOfYear(material));
}

/** Rows with a column for each of INCOME_COLUMNS. */
export function sealedIncomeStatement(material: Material): StatementRow[] {
	const { seal, accounts } = material;
	const spans = incomeColumnSpans(seal.period, material.booksFrom, material.fiscalYearAt);
	const columns = spans.map((span) => span && resultsBetween(material, span));
	// Where the books hold nothing of the period itself (an opening period), its column is nil and not unknown.
	columns[0] ??= new Map();
	return incomeStatementRows(accounts, columns);
}

export function sealedBalanceSheet(material: Material): StatementRow[] {
	const { seal, accounts, balances } = material;
	const adjusted = new Map<string, bigint>();
	const add = (ref: string, amount: bigint): void => {
		adjusted.set(ref, (adjusted.get(ref) ?? 0n) + amount);
	};
	for (const row of balances) add(row.account, BigInt(row.baseClosingMinor));
	for (const sum of closingsOfYear(material)) add(sum.ref, -sum.base);
	const year = material.fiscalYearAt(seal.period.end);
	const beforeYear = sumsOfResults(material, { fromDay: 0, toDay: dayNumber(year.start) - 1 });
	return balanceSheetRows(accounts, adjusted, beforeYear);
}

/** Income and expenses of each month of the fiscal year up to the period's end, as far as the books go back. An opening period has none. */
export function sealedMonths(material: Material): MonthlyResult[] {
	const { seal, accounts, booksFrom, fiscalYearAt } = material;
	if (seal.period.kind === 'OPENING') return [];
	const { end } = seal.period;
	return periodsOfYear(fiscalYearAt(end), 'MONTH').flatMap((month): MonthlyResult[] => {
		const span: DateSpan = { start: later(month.start, booksFrom), end: month.end < end ? month.end : end };
		if (span.start > span.end) return [];
		const name = month.start.endsWith('-01') ? month.start.slice(0, 7) : month.start;
		return [{ name, ...resultsOfTypes(accounts, resultsBetween(material, span)) }];
	});
}

function later(date: CivilDate, other: CivilDate | null): CivilDate {
	return other !== null && other > date ? other : date;
}

/** Closing entries of the fiscal year up to the period's end: what the adjusted basis leaves out. */
function closingsOfYear({ db, company, seal, fiscalYearAt }: Material) {
	const span = { start: fiscalYearAt(seal.period.end).start, end: seal.period.end };
	return closingSums(db, company.id, seal.company.currency, span, seal.sealedThroughSeq);
}

/** Base sums of income and expense accounts over a span, closing entries left out. */
function resultsBetween(material: Material, span: DateSpan): BaseByRef {
	const { db, company, seal } = material;
	const sums = sumsOfResults(material, { fromDay: dayNumber(span.start), toDay: dayNumber(span.end) });
	for (const closing of closingSums(db, company.id, seal.company.currency, span, seal.sealedThroughSeq)) {
		sums.set(closing.ref, (sums.get(closing.ref) ?? 0n) - closing.base);
	}
	return sums;
}

function sumsOfResults({ db, company, seal, accounts }: Material, days: { fromDay: number; toDay: number }): Map<string, bigint> {
	const refs = accounts.filter(({ type }) => type === 'INCOME' || type === 'EXPENSE').map(({ ref }) => ref);
	return new Map(lineSums(db, company.id, JSON.stringify(refs), days, seal.sealedThroughSeq).map(({ ref, base }) => [ref, base]));
}
