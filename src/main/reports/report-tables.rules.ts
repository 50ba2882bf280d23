import type {
	BalanceCheckAnswer,
	BalanceSheetAnswer,
	DayBookAnswer,
	IncomeStatementAnswer,
	LedgerAnswer,
	TrialBalanceAnswer,
} from '#shared/contract/reports.contract.ts';
import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import {
	amountColumn as amount,
	type BodyRow,
	type ReportTable,
	sideColumn as side,
	sumsIn,
	tableOf,
	type TableColumn,
	type TableRow,
	textColumn as text,
} from './report-table.rules.ts';

const CODE = text('code', 'Code');
const NAME = text('name', 'Account');
const DATE: TableColumn = { key: 'date', label: 'Date', kind: 'date' };
const ENTRY: TableColumn = { key: 'no', label: 'Entry', kind: 'number' };

export function trialBalanceTable(report: TrialBalanceAnswer): ReportTable {
	const isForeign = report.rows.some((row) => row.currency !== report.currency);
	const isMoved = report.rows.some((row) => row.openingBase !== undefined);
	const [debit, credit] = isForeign ? ['baseDebit', 'baseCredit'] : ['debit', 'credit'];
	const inBase = ` in ${report.currency}`;
	return tableOf({
		heading: { name: 'Trial balance', span: { start: null, end: report.asOf }, basis: report.basis, currency: report.currency },
		columns: [
			CODE,
			NAME,
			text('type', 'Type'),
			...(isForeign ? [text('currency', 'Currency')] : []),
			...(isMoved ? [amount('openingBase', `Opening${inBase}`), side('movementDebit', `Debits${inBase}`), side('movementCredit', `Credits${inBase}`)] : []),
			side('debit', 'Debit'),
			side('credit', 'Credit'),
			...(isForeign ? [side('baseDebit', `Debit${inBase}`), side('baseCredit', `Credit${inBase}`)] : []),
		],
		body: () => [
			...linesOf(report.rows),
			{
				kind: 'total',
				cells: { name: 'Total', [debit]: report.totals.debit, [credit]: report.totals.credit },
				formulas: sumsIn([debit, credit], 'all'),
			},
			...(report.balanced ? [] : [{ kind: 'total' as const, cells: { name: 'Difference', [debit]: report.difference } }]),
		],
	});
}

const INCOME_COLUMNS = [
	amount('amount', 'Amount'),
	amount('yearToDate', 'Year to date'),
	amount('previousMonth', 'Previous month'),
	amount('sameMonthLastYear', 'Same month last year'),
	amount('yearToDateLastYear', 'Year to date last year'),
] as const;

/** Income first, then expenses. Spans that the books do not hold have no column. */
export function incomeStatementTable(report: IncomeStatementAnswer): ReportTable {
	const income = linesOf(ofType(report.rows, 'INCOME'));
	const expenses = linesOf(ofType(report.rows, 'EXPENSE'));
	const always = ['amount', 'yearToDate'];
	const shown = INCOME_COLUMNS.filter(({ key }) => always.includes(key) || [...income, ...expenses].some(({ cells }) => cells[key] !== undefined));
	const keys = shown.map(({ key }) => key);
	const totals = (name: string, figure: (key: string) => bigint): TableRow => ({
		name,
		...Object.fromEntries(keys.map((key) => [key, formatAmount(figure(key), report.currency)])),
	});
	const sum = (lines: readonly Line[], key: string): bigint => lines.reduce((total, { cells }) => total + minor(cells[key] ?? '0', report.currency), 0n);
	const terms = [
		{ row: 'income', sign: 1 },
		{ row: 'expenses', sign: -1 },
	] as const;
	return tableOf({
		heading: { name: 'Income statement', span: { start: report.from, end: report.to }, currency: report.currency },
		columns: [CODE, NAME, text('type', 'Type'), ...shown],
		body: () => [
			{ kind: 'heading', text: 'Income' },
			...income,
			{ kind: 'total', name: 'income', cells: totals('Total income', (key) => sum(income, key)), formulas: sumsIn(keys, 'group') },
			{ kind: 'heading', text: 'Expenses' },
			...expenses,
			{ kind: 'total', name: 'expenses', cells: totals('Total expenses', (key) => sum(expenses, key)), formulas: sumsIn(keys, 'group') },
			{
				kind: 'total',
				cells: totals('Net profit', (key) => sum(income, key) - sum(expenses, key)),
				formulas: Object.fromEntries(keys.map((key) => [key, { terms }])),
			},
		],
	});
}

export function balanceSheetTable(report: BalanceSheetAnswer): ReportTable {
	const { currency } = report;
	const groupOf = (type: string, heading: string, total: string): BodyRow[] => [
		{ kind: 'heading', text: heading },
		...linesOf(ofType(report.rows, type)),
		{ kind: 'total', name: heading, cells: { name: `Total ${heading.toLowerCase()}`, amount: total }, formulas: sumsIn(['amount'], 'group') },
	];
	const terms = [
		{ row: 'Liabilities', sign: 1 },
		{ row: 'Equity', sign: 1 },
	] as const;
	return tableOf({
		heading: { name: 'Balance sheet', span: { start: null, end: report.asOf }, currency },
		columns: [CODE, NAME, text('type', 'Type'), amount('amount', 'Amount')],
		body: () => [
			...groupOf('ASSET', 'Assets', report.assets),
			...groupOf('LIABILITY', 'Liabilities', report.liabilities),
			...groupOf('EQUITY', 'Equity', report.equity),
			{
				kind: 'total',
				cells: { name: 'Liabilities and equity', amount: formatAmount(minor(report.liabilities, currency) + minor(report.equity, currency), currency) },
				formulas: { amount: { terms } },
			},
		],
	});
}

/** With a first row of the balance carried into the rows shown, and totals and closing balance below the last page. */
export function ledgerTable(report: LedgerAnswer, rows: () => Iterable<LedgerAnswer['rows'][number]> = () => report.rows): ReportTable {
	const subject = report.account ? `${report.account.code} ${report.account.name}` : (report.party ?? '');
	return tableOf({
		heading: { name: `Ledger of ${subject}`, span: { start: report.from, end: report.to }, currency: report.currency },
		columns: [
			DATE,
			ENTRY,
			...(report.account ? [text('party', 'Party')] : [CODE, NAME]),
			text('description', 'Description'),
			text('reference', 'Reference'),
			side('debit', 'Debit'),
			side('credit', 'Credit'),
			amount('balance', 'Balance'),
		],
		body: () => ledgerBody(report, rows),
		carried: 'balance',
	});
}

function* ledgerBody(report: LedgerAnswer, rows: () => Iterable<LedgerAnswer['rows'][number]>): Generator<BodyRow, void, void> {
	const { currency, opening } = report;
	const carried = carriedInto(report);
	yield { kind: 'line', cells: { description: carried === opening ? 'Opening balance' : 'Brought forward', balance: carried } };
	let debit = 0n;
	let credit = 0n;
	for (const row of rows()) {
		debit += minor(row.debit, currency);
		credit += minor(row.credit, currency);
		yield { kind: 'line', cells: definedCells(row) };
	}
	if (report.more) return;
	if (carried === opening) {
		const cells = { description: 'Total', debit: formatAmount(debit, currency), credit: formatAmount(credit, currency) };
		yield { kind: 'total', cells, formulas: sumsIn(['debit', 'credit'], 'all') };
	}
	yield { kind: 'total', cells: { description: 'Closing balance', balance: report.closing } };
}

function carriedInto({ rows: [first], opening, closing, currency }: LedgerAnswer): string {
	// A page without rows lies behind the last line, unless the span has none at all.
	if (!first) return closing === opening ? opening : closing;
	return formatAmount(minor(first.balance, currency) - minor(first.debit, currency) + minor(first.credit, currency), currency);
}

type BookedEntry = DayBookAnswer['entries'][number];

/** Which columns the entries of a day book fill. */
export interface DayBookShape {
	readonly isForeign: boolean;
	readonly isNumbered: boolean;
}

/** One row for each line; what belongs to the entry stands on its first. */
export function dayBookTable(report: DayBookAnswer): ReportTable {
	const shape = {
		isForeign: report.entries.some(({ lines }) => lines.some(({ currency }) => currency !== report.currency)),
		isNumbered: report.entries.some(({ externalNo }) => externalNo !== null),
	};
	return dayBookRowsTable(report, shape, () => report.entries);
}

/** The same with entries that are read as they are asked for. */
export function dayBookRowsTable(report: Omit<DayBookAnswer, 'entries' | 'more'>, shape: DayBookShape, entries: () => Iterable<BookedEntry>): ReportTable {
	const inBase = ` in ${report.currency}`;
	const [debit, credit] = shape.isForeign ? ['baseDebit', 'baseCredit'] : ['debit', 'credit'];
	return tableOf({
		heading: { name: 'Day book', span: { start: report.from, end: report.to }, currency: report.currency },
		columns: [
			DATE,
			ENTRY,
			...(shape.isNumbered ? [text('externalNo', 'Number there')] : []),
			text('description', 'Description'),
			text('reference', 'Reference'),
			CODE,
			NAME,
			text('party', 'Party'),
			...(shape.isForeign ? [text('currency', 'Currency')] : []),
			side('debit', 'Debit'),
			side('credit', 'Credit'),
			...(shape.isForeign ? [side('baseDebit', `Debit${inBase}`), side('baseCredit', `Credit${inBase}`)] : []),
		],
		parts: { key: 'no', saidOnce: ['date', 'no'] },
		body: function* () {
			for (const entry of entries()) yield* linesOfEntry(entry);
			yield {
				kind: 'total',
				cells: { description: 'Total of all entries', [debit]: report.totals.debit, [credit]: report.totals.credit },
				formulas: sumsIn([debit, credit], 'all'),
			};
		},
	});
}

function linesOfEntry({ lines, ...entry }: BookedEntry): Line[] {
	return lines.map((line, index) => ({
		kind: 'line',
		cells: { ...(index === 0 ? definedCells(entry) : { date: entry.date, no: String(entry.no) }), ...definedCells(line) },
	}));
}

export function balanceCheckTable(report: BalanceCheckAnswer): ReportTable {
	const finding = report.agree
		? `All ${report.compared} kept balances agree with their lines`
		: `Kept balances that differ from their lines: ${report.differences.length} of ${report.compared}`;
	return tableOf({
		title: finding,
		heading: { name: 'Check of kept balances', span: null, currency: null },
		columns: [CODE, NAME, text('currency', 'Currency'), text('period', 'Period'), text('what', 'What'), amount('kept', 'Kept'), amount('lines', 'Lines')],
		body: () => linesOf(report.differences),
		notes: [`${finding}.`],
	});
}

type Line = Extract<BodyRow, { kind: 'line' }>;

function linesOf(rows: readonly Readonly<Record<string, unknown>>[]): Line[] {
	return rows.map((row) => ({ kind: 'line', cells: definedCells(row) }));
}

function ofType<Row extends { readonly type?: string }>(rows: readonly Row[], type: string): Row[] {
	return rows.filter((row) => row.type === type);
}

function minor(amountText: string, currency: string): bigint {
	return parseAmountBig(amountText, currency);
}

// What is null or missing is an empty cell: it is left out.
function definedCells(row: Readonly<Record<string, unknown>>): TableRow {
	return Object.fromEntries(
		Object.entries(row).flatMap(([key, value]) => (typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [])),
	);
}
