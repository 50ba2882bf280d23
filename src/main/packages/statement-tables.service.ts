import { present } from '#shared/kernel/assert.ts';
import type { DocumentFrame, DocumentRow, DocumentTable } from '#main/platform/documents/table-document.ts';
import { balanceSheetTable, documentTable, incomeStatementTable, trialBalanceTable } from '#main/reports/index.ts';
import { major } from './csv-files.service.ts';
import type { StatementRow, TrialBalanceFigure } from './figures.rules.ts';
import type { Material } from './material.service.ts';
import { sealedBalanceSheet, sealedIncomeStatement, sealedMonths, sealedTrialBalance } from './sealed-figures.service.ts';

/* The statements of a close as the program's own reports show them, from the figures of the close. */

type TrialBalance = Parameters<typeof trialBalanceTable>[0];
type IncomeStatement = Parameters<typeof incomeStatementTable>[0];
type BalanceSheet = Parameters<typeof balanceSheetTable>[0];

/** The trial balance before and after closing entries, the income statement, the year month by month, the balance sheet. */
export function statementTables(material: Material, frame: DocumentFrame): DocumentTable[] {
	const figures = sealedTrialBalance(material);
	const onBasis = (basis: TrialBalance['basis'], title: string): DocumentTable => ({
		...documentTable(trialBalanceTable(trialBalanceAnswer(material, figures, basis)), frame.dateFormat),
		title,
	});
	return [
		onBasis('adjusted', 'Trial balance'),
		onBasis('ledger', 'Trial balance, ledger basis'),
		documentTable(incomeStatementTable(incomeStatementAnswer(material)), frame.dateFormat),
		...monthTables(material),
		documentTable(balanceSheetTable(balanceSheetAnswer(material)), frame.dateFormat),
	];
}

function trialBalanceAnswer({ seal }: Material, figures: readonly TrialBalanceFigure[], basis: TrialBalance['basis']): TrialBalance {
	const { currency } = seal.company;
	const own = figures.filter((figure) => figure.basis === basis);
	const debit = (amount: bigint, of: string): string => major(amount > 0n ? amount : 0n, of);
	const sum = (sign: 1n | -1n): bigint => own.reduce((total, { base }) => (base * sign > 0n ? total + base * sign : total), 0n);
	return {
		asOf: seal.period.end,
		basis,
		currency,
		rows: own.map(({ account, currency: its, amount, base }) => ({
			code: account.code,
			name: account.name,
			type: account.type as TrialBalance['rows'][number]['type'],
			currency: its,
			debit: debit(amount, its),
			credit: debit(-amount, its),
			baseDebit: debit(base, currency),
			baseCredit: debit(-base, currency),
		})),
		totals: { debit: major(sum(1n), currency), credit: major(sum(-1n), currency) },
		balanced: sum(1n) === sum(-1n),
		difference: major(sum(1n) - sum(-1n), currency),
	};
}

function incomeStatementAnswer(material: Material): IncomeStatement {
	const { seal } = material;
	const { currency, start, end } = { ...seal.company, ...seal.period };
	const rows = sealedIncomeStatement(material);
	const textOf = (amount: bigint | null | undefined): string | null => (amount === null || amount === undefined ? null : major(amount, currency));
	const total = (line: string, column: number): string =>
		textOf(
			present(
				rows.find((row) => row.line === line),
				'a total of an income statement',
			).amounts[column],
		) ?? major(0n, currency);
	const totals = (column: number) => ({ income: total('INCOME', column), expense: total('EXPENSE', column), netProfit: total('NET_PROFIT', column) });
	return {
		from: start,
		to: end,
		currency,
		...totals(0),
		yearToDate: totals(1),
		rows: rows
			.filter(({ line }) => line === 'ACCOUNT')
			.map(({ code, name, type, amounts }) => ({
				code,
				name,
				type: type as 'INCOME' | 'EXPENSE',
				currency,
				amount: textOf(amounts[0]) ?? major(0n, currency),
				yearToDate: textOf(amounts[1]) ?? major(0n, currency),
				previousMonth: textOf(amounts[2]),
				sameMonthLastYear: textOf(amounts[3]),
				yearToDateLastYear: textOf(amounts[4]),
			})),
	};
}

function balanceSheetAnswer(material: Material): BalanceSheet {
	const { seal } = material;
	const { currency } = seal.company;
	const rows = sealedBalanceSheet(material);
	const amountOf = ({ amounts: [amount] }: StatementRow): string => major(amount ?? 0n, currency);
	const total = (line: string): string =>
		amountOf(
			present(
				rows.find((row) => row.line === line),
				'a total of a balance sheet',
			),
		);
	const [assets, liabilities, equity] = [total('ASSETS'), total('LIABILITIES'), total('EQUITY')];
	return {
		asOf: seal.period.end,
		currency,
		assets,
		liabilities,
		equity,
		balanced: true,
		rows: rows
			.filter(({ type }) => type !== '')
			.map((row) => ({
				code: row.code,
				name: row.name,
				type: row.type as BalanceSheet['rows'][number]['type'],
				line: row.line as BalanceSheet['rows'][number]['line'],
				currency,
				amount: amountOf(row),
			})),
	};
}

const MONTHS = 'Month by month';

/** Income, expenses and net profit of each month of the fiscal year so far, with a picture of them. */
function monthTables(material: Material): DocumentTable[] {
	const { currency } = material.seal.company;
	const months = sealedMonths(material).map(({ name, income, expense }) => ({
		name,
		amounts: [income, expense, income - expense].map((amount) => major(amount, currency)),
		minor: [income, expense, income - expense],
	}));
	if (months.length === 0) return [];
	const sums = [0, 1, 2].map((column) =>
		major(
			months.reduce((sum, { minor }) => sum + (minor[column] ?? 0n), 0n),
			currency,
		),
	);
	const names = ['Income', 'Expenses', 'Net profit'];
	const rows: DocumentRow[] = [
		...months.map(({ name, amounts }): DocumentRow => ({ kind: 'line', cells: [name, ...amounts] })),
		{ kind: 'total', cells: ['Together', ...sums], formulas: [null, ...names.map(() => ({ sum: 'all' as const }))] },
	];
	return [
		{
			title: MONTHS,
			columns: [{ title: 'Month', kind: 'text' }, ...names.map((title) => ({ title, kind: 'amount' as const }))],
			details: `fiscal year to date, ${currency}`,
			rows: () => rows,
			bars: {
				title: `Income, expenses and net profit by month, ${currency}`,
				labels: months.map(({ name }) => name),
				series: names.map((name, index) => ({ name, amounts: months.map(({ amounts }) => amounts[index] ?? '0') })),
			},
		},
	];
}
