import type {
	BalanceCheckAnswer,
	BalanceSheetAnswer,
	DayBookAnswer,
	IncomeStatementAnswer,
	LedgerAnswer,
	TrialBalanceAnswer,
} from '#shared/contract/reports.contract.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';

export interface TableColumn {
	readonly key: string;
	readonly label: string;
	/** `amount`: plain decimal text in major units. `number`: an integer. Both stand right. */
	readonly kind: 'text' | 'amount' | 'date' | 'number';
}

/** Cells by column key; a column that is not in it is empty. */
export type TableRow = Readonly<Record<string, string>>;

/** A report as a plain table, for a terminal, a CSV, a sheet or a page. */
export interface ReportTable {
	readonly title: string;
	readonly columns: readonly TableColumn[];
	readonly rows: readonly TableRow[];
	/** Rows below the last line. */
	readonly totals: readonly TableRow[];
}

const text = (key: string, label: string): TableColumn => ({ key, label, kind: 'text' });
const amount = (key: string, label: string): TableColumn => ({ key, label, kind: 'amount' });
const CODE = text('code', 'Code');
const NAME = text('name', 'Account');

/** The cells of a row in the order of the columns. */
export function cellsOf(table: ReportTable, row: TableRow): string[] {
	return table.columns.map((column) => row[column.key] ?? '');
}

export function trialBalanceTable(report: TrialBalanceAnswer): ReportTable {
	const isForeign = report.rows.some((row) => row.currency !== report.currency);
	const isMoved = report.rows.some((row) => row.openingBase !== undefined);
	const [debit, credit] = isForeign ? ['baseDebit', 'baseCredit'] : ['debit', 'credit'];
	const inBase = ` in ${report.currency}`;
	return {
		title: `Trial balance at ${report.asOf}, ${report.basis} basis, ${report.currency}`,
		columns: [
			CODE,
			NAME,
			text('type', 'Type'),
			...(isForeign ? [text('currency', 'Currency')] : []),
			...(isMoved ? [amount('openingBase', `Opening${inBase}`), amount('movementDebit', `Debits${inBase}`), amount('movementCredit', `Credits${inBase}`)] : []),
			amount('debit', 'Debit'),
			amount('credit', 'Credit'),
			...(isForeign ? [amount('baseDebit', `Debit${inBase}`), amount('baseCredit', `Credit${inBase}`)] : []),
		],
		rows: report.rows.map((row) => definedCells(row)),
		totals: [
			{ name: 'Total', [debit]: report.totals.debit, [credit]: report.totals.credit },
			...(report.balanced ? [] : [{ name: 'Difference', [debit]: report.difference }]),
		],
	};
}

const INCOME_COLUMNS = [
	amount('amount', 'Amount'),
	amount('yearToDate', 'Year to date'),
	amount('previousMonth', 'Previous month'),
	amount('sameMonthLastYear', 'Same month last year'),
	amount('yearToDateLastYear', 'Year to date last year'),
] as const;

/** Income first, then expense. Spans that the books do not hold have no column. */
export function incomeStatementTable(report: IncomeStatementAnswer): ReportTable {
	const rows = [...ofType(report.rows, 'INCOME'), ...ofType(report.rows, 'EXPENSE')].map((row) => definedCells(row));
	const always = ['amount', 'yearToDate'];
	const shown = INCOME_COLUMNS.filter((column) => always.includes(column.key) || rows.some((row) => row[column.key] !== undefined));
	const total = (type: string, key: string): bigint => sumOf(ofType(rows, type), key, report.currency);
	const totalRow = (name: string, figure: (key: string) => bigint): TableRow => ({
		name,
		...Object.fromEntries(shown.map(({ key }) => [key, formatAmount(figure(key), report.currency)])),
	});
	return {
		title: `Income statement from ${report.from} to ${report.to}, ${report.currency}`,
		columns: [CODE, NAME, text('type', 'Type'), ...shown],
		rows,
		totals: [
			totalRow('Income', (key) => total('INCOME', key)),
			totalRow('Expense', (key) => total('EXPENSE', key)),
			totalRow('Net profit', (key) => total('INCOME', key) - total('EXPENSE', key)),
		],
	};
}

export function balanceSheetTable(report: BalanceSheetAnswer): ReportTable {
	const both = parseAmountBig(report.liabilities, report.currency) + parseAmountBig(report.equity, report.currency);
	return {
		title: `Balance sheet at ${report.asOf}, ${report.currency}`,
		columns: [CODE, NAME, text('type', 'Type'), amount('amount', 'Amount')],
		rows: report.rows.map((row) => definedCells(row)),
		totals: [
			{ name: 'Assets', amount: report.assets },
			{ name: 'Liabilities', amount: report.liabilities },
			{ name: 'Equity', amount: report.equity },
			{ name: 'Liabilities and equity', amount: formatAmount(both, report.currency) },
		],
	};
}

/** With a first row of the balance carried into the rows shown, and the closing balance below the last page. */
export function ledgerTable(report: LedgerAnswer): ReportTable {
	const subject = report.account ? `${report.account.code} ${report.account.name}` : (report.party ?? '');
	const carried = carriedInto(report);
	return {
		title: `Ledger of ${subject} from ${report.from} to ${report.to}, ${report.currency}`,
		columns: [
			{ key: 'date', label: 'Date', kind: 'date' },
			{ key: 'no', label: 'Entry', kind: 'number' },
			...(report.account ? [text('party', 'Party')] : [CODE, NAME]),
			text('description', 'Description'),
			text('reference', 'Reference'),
			amount('debit', 'Debit'),
			amount('credit', 'Credit'),
			amount('balance', 'Balance'),
		],
		rows: [
			{ description: carried === report.opening ? 'Opening balance' : 'Brought forward', balance: carried },
			...report.rows.map((row) => definedCells(row)),
		],
		totals: report.more ? [] : [{ description: 'Closing balance', balance: report.closing }],
	};
}

function carriedInto({ rows: [first], opening, closing, currency }: LedgerAnswer): string {
	// A page without rows lies behind the last line, unless the span has none at all.
	if (!first) return closing === opening ? opening : closing;
	const minor = (amountText: string): bigint => parseAmountBig(amountText, currency);
	return formatAmount(minor(first.balance) - minor(first.debit) + minor(first.credit), currency);
}

/** One row for each line; what belongs to the entry stands on its first. */
export function dayBookTable(report: DayBookAnswer): ReportTable {
	const lines = report.entries.flatMap((entry) => entry.lines);
	const isForeign = lines.some((line) => line.currency !== report.currency);
	const isNumbered = report.entries.some((entry) => entry.externalNo !== null);
	const inBase = ` in ${report.currency}`;
	const [debit, credit] = isForeign ? ['baseDebit', 'baseCredit'] : ['debit', 'credit'];
	return {
		title: `Day book from ${report.from} to ${report.to}, ${report.currency}`,
		columns: [
			{ key: 'date', label: 'Date', kind: 'date' },
			{ key: 'no', label: 'Entry', kind: 'number' },
			...(isNumbered ? [text('externalNo', 'Number there')] : []),
			text('description', 'Description'),
			text('reference', 'Reference'),
			CODE,
			NAME,
			text('party', 'Party'),
			...(isForeign ? [text('currency', 'Currency')] : []),
			amount('debit', 'Debit'),
			amount('credit', 'Credit'),
			...(isForeign ? [amount('baseDebit', `Debit${inBase}`), amount('baseCredit', `Credit${inBase}`)] : []),
		],
		rows: report.entries.flatMap(({ lines: ofEntry, ...entry }) =>
			ofEntry.map((line, index) => ({ ...(index === 0 ? definedCells(entry) : { date: entry.date, no: String(entry.no) }), ...definedCells(line) })),
		),
		totals: [{ description: 'Total of all entries', [debit]: report.totals.debit, [credit]: report.totals.credit }],
	};
}

export function balanceCheckTable(report: BalanceCheckAnswer): ReportTable {
	return {
		title: report.agree
			? `All ${report.compared} kept balances agree with their lines`
			: `Kept balances that differ from their lines: ${report.differences.length} of ${report.compared}`,
		columns: [CODE, NAME, text('currency', 'Currency'), text('period', 'Period'), text('what', 'What'), amount('kept', 'Kept'), amount('lines', 'Lines')],
		rows: report.differences.map((row) => definedCells(row)),
		totals: [],
	};
}

function ofType<Row extends { readonly type?: string }>(rows: readonly Row[], type: string): Row[] {
	return rows.filter((row) => row.type === type);
}

function sumOf(rows: readonly TableRow[], key: string, currency: string): bigint {
	return rows.reduce((sum, row) => sum + parseAmountBig(row[key] ?? '0', currency), 0n);
}

// What is null or missing is an empty cell: it is left out.
function definedCells(row: Readonly<Record<string, unknown>>): TableRow {
	return Object.fromEntries(
		Object.entries(row).flatMap(([key, value]) => (typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [])),
	);
}
