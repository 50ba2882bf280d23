import { isAppError } from '#shared/kernel/app-error.ts';
import { parseAmountBig } from '#shared/kernel/money.ts';
import { plainCell } from './csv.ts';
import { csvSink } from './csv-sink.ts';
import { balanceKey } from './entry-totals.ts';
import type { FindingList } from './findings.ts';
import type { ByteSink } from './package-source.ts';
import type { CloseSeal, YearSeal } from './seal-document.ts';
import type { SealedAccount, SealedBalance } from './sealed-tables.ts';
import type { EntriesResult } from './verify-entries.ts';

const FOLDER = 'data/csv/';
const JOURNAL = `${FOLDER}journal.csv`;
const GENERAL_LEDGER = `${FOLDER}general_ledger.csv`;
const INCOME_STATEMENT = `${FOLDER}income_statement.csv`;
const BALANCE_SHEET = `${FOLDER}balance_sheet.csv`;
/** Statements hold a row for each account; more than this is none. */
const MOST_STATEMENT_ROWS = 200_000;

/** What the reports are compared with. */
export interface SealedFigures {
	readonly entries: EntriesResult;
	readonly accounts: readonly SealedAccount[];
	readonly balances: readonly SealedBalance[];
}

export interface ReportsCheck {
	/** Takes the bytes of a report that is compared; undefined for any other file. */
	sinkFor(file: string): ByteSink | undefined;
	/** Compares once all files were read. A report that is not there is not asked for: the manifest says which files belong to the package. */
	finish(figures: SealedFigures): void;
}

/** A row of a report by the names of its columns. Throws an AppError for an amount that is none. */
interface Row {
	text(column: string): string;
	amount(column: string, currency: string): bigint;
}

interface Report {
	readonly file: string;
	readonly columns: readonly string[];
	take(row: Row): void;
	compare(figures: SealedFigures, differs: (message: string, account?: string) => void): void;
}

/**
 * Totals of the reports that summary and workbook are made with, against what was sealed: journal and general ledger against the entries and the
 * balances, the income statement's own period against the entries, the balance sheet against the balances.
 */
export function createReportsCheck(seal: CloseSeal | YearSeal, list: FindingList): ReportsCheck {
	const reports = [journal(seal), generalLedger(seal), incomeStatement(seal), balanceSheet(seal)];
	const readable = new Map<Report, boolean>();
	return {
		sinkFor(file) {
			const report = reports.find((one) => one.file === file);
			if (report === undefined) return undefined;
			readable.set(report, true);
			return reportSink(report, (recordNo) => {
				readable.set(report, false);
				list.add('REPORT_DIFFERS', `Row ${recordNo} of ${file} is no row of this report.`, { file });
			});
		},
		finish(figures) {
			for (const [report, isReadable] of readable) {
				if (!isReadable) continue;
				const { file } = report;
				report.compare(figures, (message, account) => list.add('REPORT_DIFFERS', message, { file, ...(account !== undefined && { account }) }));
			}
		},
	};
}

function reportSink(report: Report, fail: (recordNo: number) => void): ByteSink {
	let places: ReadonlyMap<string, number> | null = null;
	let hasFailed = false;
	const failOnce = (recordNo: number): void => {
		if (!hasFailed) fail(recordNo);
		hasFailed = true;
	};
	let cells: readonly string[] = [];
	const cell = (column: string): string => cells[places?.get(column) ?? -1] ?? '';
	const row: Row = {
		text: (column) => plainCell(cell(column)),
		amount: (column, currency) => (cell(column) === '' ? 0n : parseAmountBig(cell(column), currency)),
	};
	let recordNo = 0;
	const sink = csvSink(
		(record) => {
			if (hasFailed) return;
			recordNo++;
			if (places === null) {
				places = new Map(record.map((name, index) => [name, index]));
				if (report.columns.some((column) => !places?.has(column))) failOnce(recordNo);
				return;
			}
			cells = record;
			if (record.length !== places.size || !isTaken(report, row)) failOnce(recordNo);
		},
		() => failOnce(recordNo + 1),
	);
	return {
		write: (bytes) => sink.write(bytes),
		end() {
			sink.end();
			if (places === null) failOnce(1);
		},
	};
}

function isTaken(report: Report, row: Row): boolean {
	try {
		report.take(row);
		return true;
	} catch (error) {
		if (isAppError(error)) return false;
		throw error;
	}
}

function journal(seal: CloseSeal | YearSeal): Report {
	const base = seal.company.currency;
	const sums = { entries: 0, lines: 0, debits: 0n, credits: 0n };
	let lastNo = '';
	return {
		file: JOURNAL,
		columns: ['entry_no', 'base_debit', 'base_credit'],
		take(row) {
			if (row.text('entry_no') !== lastNo) sums.entries++;
			lastNo = row.text('entry_no');
			sums.lines++;
			sums.debits += row.amount('base_debit', base);
			sums.credits += row.amount('base_credit', base);
		},
		compare(_figures, differs) {
			const fields = seal.closeHashFields;
			const lines = seal.summaries.reduce((sum, { lineCount }) => sum + lineCount, 0);
			if (sums.entries !== fields.totalJournalCount || sums.lines !== lines)
				differs(`The journal has ${sums.entries} entries with ${sums.lines} lines; sealed are ${fields.totalJournalCount} with ${lines}.`);
			compareSums(sums, seal, differs);
		},
	};
}

function compareSums(sums: { readonly debits: bigint; readonly credits: bigint }, seal: CloseSeal | YearSeal, differs: (message: string) => void): void {
	const { totalDebitsMinor, totalCreditsMinor } = seal.closeHashFields;
	if (String(sums.debits) === totalDebitsMinor && String(sums.credits) === totalCreditsMinor) return;
	differs(`It adds up to debits of ${sums.debits} and credits of ${sums.credits}; sealed are ${totalDebitsMinor} and ${totalCreditsMinor} (minor units).`);
}

function generalLedger(seal: CloseSeal | YearSeal): Report {
	const base = seal.company.currency;
	const sums = { debits: 0n, credits: 0n };
	const found = { opening: new Map<string, bigint>(), moved: new Map<string, bigint>(), closing: new Map<string, bigint>() };
	const add = (table: Map<string, bigint>, key: string, amount: bigint): void => void table.set(key, (table.get(key) ?? 0n) + amount);
	return {
		file: GENERAL_LEDGER,
		columns: ['row', 'account_code', 'currency', 'base_debit', 'base_credit', 'base_balance'],
		take(row) {
			const key = balanceKey(row.text('account_code'), row.text('currency'));
			const kind = row.text('row');
			if (kind === 'opening' || kind === 'closing') return add(found[kind], key, row.amount('base_balance', base));
			const [debit, credit] = [row.amount('base_debit', base), row.amount('base_credit', base)];
			sums.debits += debit;
			sums.credits += credit;
			add(found.moved, key, debit - credit);
		},
		compare({ balances }, differs) {
			compareSums(sums, seal, differs);
			const unseen = new Set([...found.opening.keys(), ...found.moved.keys(), ...found.closing.keys()]);
			for (const row of balances) {
				const key = balanceKey(row.code, row.currency);
				unseen.delete(key);
				const [opening, moved, closing] = [found.opening.get(key), found.moved.get(key) ?? 0n, found.closing.get(key)];
				const isSame = opening === BigInt(row.baseOpeningMinor) && closing === BigInt(row.baseClosingMinor) && opening + moved === closing;
				if (!isSame) {
					differs(
						`The general ledger takes ${row.code} in ${row.currency} from ${opening ?? 'nothing'} by ${moved} to ${closing ?? 'nothing'}; sealed are ${row.baseOpeningMinor} and ${row.baseClosingMinor} (base, minor units).`,
						row.code,
					);
				}
			}
			if (unseen.size > 0) differs(`The general ledger holds ${unseen.size} balances that are not sealed.`);
		},
	};
}

interface StatementRow {
	readonly line: string;
	readonly code: string;
	readonly type: string;
	readonly amount: bigint;
}

/** Rows of a statement with their amounts of one column; a statement of more rows than there can be accounts is none. */
function statement(
	file: string,
	base: string,
	compare: (rows: readonly StatementRow[], figures: SealedFigures, differs: Parameters<Report['compare']>[1]) => void,
): Report {
	const rows: StatementRow[] = [];
	return {
		file,
		columns: ['line', 'code', 'type', 'amount'],
		take(row) {
			if (rows.length < MOST_STATEMENT_ROWS)
				rows.push({ line: row.text('line'), code: row.text('code'), type: row.text('type'), amount: row.amount('amount', base) });
		},
		compare: (figures, differs) => compare(rows, figures, differs),
	};
}

const sumOf = (rows: readonly StatementRow[], type: string): bigint => rows.reduce((sum, row) => (row.type === type ? sum + row.amount : sum), 0n);
const totalOf = (rows: readonly StatementRow[], line: string): bigint | undefined => rows.find((row) => row.line === line)?.amount;

function incomeStatement(seal: CloseSeal | YearSeal): Report {
	return statement(INCOME_STATEMENT, seal.company.currency, (rows, { entries, accounts }, differs) => {
		const [income, expense] = [sumOf(rows, 'INCOME'), sumOf(rows, 'EXPENSE')];
		compareTotals(
			rows,
			[
				['INCOME', income],
				['EXPENSE', expense],
				['NET_PROFIT', income - expense],
			],
			differs,
		);
		// The income of an opening period belongs to no month.
		if (seal.period.kind === 'OPENING') return;
		if (String(income - expense) !== seal.netProfitMinor)
			differs(`The income statement shows a net profit of ${income - expense}, the seal says ${seal.netProfitMinor} (minor units).`);
		const moved = new Map<string, bigint>();
		for (const { account, baseDebit, baseCredit, baseClosing } of entries.totals.byAccount.values())
			moved.set(account, (moved.get(account) ?? 0n) + baseDebit.total - baseCredit.total - baseClosing.total);
		const expected = accounts
			.filter(({ type }) => type === 'INCOME' || type === 'EXPENSE')
			.map((account) => ({ account, balance: moved.get(account.ref) ?? 0n }));
		compareAccounts('income statement', rows, expected, differs);
	});
}

function balanceSheet(seal: CloseSeal | YearSeal): Report {
	return statement(BALANCE_SHEET, seal.company.currency, (rows, { accounts, balances }, differs) => {
		const [assets, liabilities, equity] = [sumOf(rows, 'ASSET'), sumOf(rows, 'LIABILITY'), sumOf(rows, 'EQUITY')];
		compareTotals(
			rows,
			[
				['ASSETS', assets],
				['LIABILITIES', liabilities],
				['EQUITY', equity],
			],
			differs,
		);
		if (assets !== liabilities + equity)
			differs(`The balance sheet does not balance: assets ${assets}, liabilities and equity ${liabilities + equity} (minor units).`);
		const closing = new Map<string, bigint>();
		for (const row of balances) closing.set(row.account, (closing.get(row.account) ?? 0n) + BigInt(row.baseClosingMinor));
		// What closing entries move (results, and the account that takes them) shows in the sums only.
		const expected = accounts
			.filter(({ type, subtype }) => type !== 'INCOME' && type !== 'EXPENSE' && subtype !== 'RETAINED_EARNINGS')
			.map((account) => ({ account, balance: closing.get(account.ref) ?? 0n }));
		compareAccounts('balance sheet', rows, expected, differs);
	});
}

function compareTotals(
	rows: readonly StatementRow[],
	expected: readonly (readonly [line: string, amount: bigint])[],
	differs: (message: string) => void,
): void {
	for (const [line, amount] of expected) {
		const shown = totalOf(rows, line);
		if (shown !== amount) differs(`The total ${line} is ${shown ?? 'missing'}, its rows add up to ${amount} (minor units).`);
	}
}

function compareAccounts(
	what: string,
	rows: readonly StatementRow[],
	expected: readonly { readonly account: SealedAccount; readonly balance: bigint }[],
	differs: (message: string, account?: string) => void,
): void {
	const shown = new Map<string, bigint>();
	const known = new Set(expected.map(({ account }) => account.code));
	for (const { line, code, amount } of rows) {
		if (line !== 'ACCOUNT') continue;
		if (!known.has(code) || shown.has(code)) differs(`The ${what} holds a row of ${code}, which does not belong there or stands there twice.`, code);
		shown.set(code, amount);
	}
	for (const { account, balance } of expected) {
		const amount = account.type === 'ASSET' || account.type === 'EXPENSE' ? balance : -balance;
		const found = shown.get(account.code) ?? 0n;
		if (found !== amount) differs(`The ${what} shows ${found} for ${account.code}; the sealed figures give ${amount} (minor units).`, account.code);
	}
}
