import { present } from '#shared/kernel/assert.ts';
import type { CsvValue } from '#main/platform/csv/csv-writer.ts';
import type { CellKind, DocumentCell, DocumentRow, DocumentTable } from '#main/platform/documents/table-document.ts';
import { accountsCsv, auditCsv, type CsvFile, major, partiesCsv } from './csv-files.service.ts';
import { generalLedgerCsv, journalCsv } from './journal-files.service.ts';
import type { Material } from './material.service.ts';
import { outstandingCsv } from './outstanding-file.service.ts';
import type { OpenSide, OpenSides } from './outstanding-table.service.ts';
import { hasReconciliations, reconciliationsCsv, statementLinesCsv } from './reconciliation-files.service.ts';

/** A sheet with columns of a CSV file: lines to filter, and perhaps a total. */
interface DataSheet {
	readonly title: string;
	readonly csv: CsvFile;
	/** Names of columns, in this order; all of them unless given. */
	readonly columns?: string;
	/** Sums of columns by name, plain decimal text. */
	readonly totals?: Readonly<Record<string, string>>;
	/** How many rows the file has, where that is known. */
	readonly rows?: number;
	/** Only the rows with this value in their first column. */
	readonly only?: string;
}

const LABELS: Readonly<Record<string, string>> = {
	entry_no: 'Entry',
	line_no: 'Line',
	external_no: 'Number there',
	account_code: 'Account',
	account_name: 'Account name',
	account_type: 'Type',
	base_debit: 'Debit in {currency}',
	base_credit: 'Credit in {currency}',
	base_balance: 'Balance in {currency}',
	base_open: 'Open in {currency}',
	seq: 'Number',
};
const DATES: ReadonlySet<string> = new Set(['date', 'due_date', 'value_date', 'end']);
const INTEGERS: ReadonlySet<string> = new Set(['entry_no', 'line_no', 'seq', 'days_overdue', 'items', 'reverses']);
/** Texts of the long sheets that need more or less room than others. */
const WEIGHTS: Readonly<Record<string, number>> = {
	row: 0.8,
	account_code: 0.8,
	currency: 0.8,
	source: 1,
	account_name: 2.4,
	party: 2.4,
	description: 4,
	posted_at: 2.2,
	posted_by: 1.2,
};

const ITEM_COLUMNS = 'party account_code account_name entry_no date due_date reference kind age days_overdue currency amount open base_open';
const RECONCILIATION_COLUMNS =
	'account name currency end strategy status prepared_at prepared_by verified_at verified_by folder items expected actual variance explained';
const STATEMENT_LINE_COLUMNS = 'account name date value_date description party reference bank_id entries currency amount running_balance';

/** General ledger, journal, lists and what else stands line by line in data/csv. */
export function dataSheets(material: Material, open: OpenSides | null): DocumentTable[] {
	return sheets(material, open).map((sheet) => tableOf(material, sheet));
}

function sheets(material: Material, open: OpenSides | null): DataSheet[] {
	const { seal, balances } = material;
	const { currency } = seal.company;
	const inBase = balances.some((balance) => balance.currency !== currency);
	const fields = seal.closeHashFields;
	const [debits, credits] = [major(BigInt(fields.totalDebitsMinor), currency), major(BigInt(fields.totalCreditsMinor), currency)];
	const totals: Readonly<Record<string, string>> = inBase ? { base_debit: debits, base_credit: credits } : { debit: debits, credit: credits };
	const lines = seal.summaries.reduce((sum, { lineCount }) => sum + lineCount, 0);
	const openTotals = ({ items, baseMinor }: OpenSide) => ({ rows: items, totals: { base_open: major(baseMinor, currency) } });
	const foreign = (columns: string): string => (inBase ? ` ${columns}` : '');
	return [
		{
			title: 'General ledger',
			csv: generalLedgerCsv,
			columns: `row account_code account_name${foreign('currency')} date entry_no party description reference memo debit credit balance${foreign('base_debit base_credit base_balance')}`,
			totals,
			rows: lines + 2 * balances.length,
		},
		{
			title: 'Journal',
			csv: journalCsv,
			columns: `entry_no date external_no source description account_code account_name party reference due_date memo reverses posted_at posted_by${foreign('currency')} debit credit${foreign('base_debit base_credit')}`,
			totals,
			rows: lines,
		},
		{ title: 'Accounts', csv: accountsCsv },
		{ title: 'Parties', csv: partiesCsv },
		...(open
			? [
					{ title: 'Receivables', csv: outstandingCsv, columns: ITEM_COLUMNS, only: 'receivable', ...openTotals(open.receivable) },
					{ title: 'Payables', csv: outstandingCsv, columns: ITEM_COLUMNS, only: 'payable', ...openTotals(open.payable) },
				]
			: []),
		...(hasReconciliations(material)
			? [
					{ title: 'Reconciliations', csv: reconciliationsCsv, columns: RECONCILIATION_COLUMNS },
					{ title: 'Statement lines', csv: statementLinesCsv, columns: STATEMENT_LINE_COLUMNS },
				]
			: []),
		{ title: 'Audit trail', csv: auditCsv },
	];
}

function tableOf(material: Material, { title, csv, columns, totals = {}, rows, only }: DataSheet): DocumentTable {
	const { currency } = material.seal.company;
	const own = csv(material).columns;
	const places = (columns?.split(' ') ?? own.map(({ name }) => name)).map((name) => {
		const at = own.findIndex((column) => column.name === name);
		const kind = present(own[at], `the column ${name} of ${title}`).kind === 'number' ? numberKind(name) : DATES.has(name) ? 'date' : 'text';
		return { name, at, kind };
	});
	const totalRows: DocumentRow[] = Object.keys(totals).length === 0 ? [] : [totalRow(places, totals)];
	return {
		title,
		orientation: 'landscape',
		columns: places.map(({ name, kind }) => ({
			title: labelOf(name, currency),
			kind,
			...(WEIGHTS[name] !== undefined && { weight: WEIGHTS[name] }),
		})),
		rows: function* () {
			for (const row of csv(material).rows) {
				if (only === undefined || row[0] === only) yield { kind: 'line', cells: places.map(({ at }) => cellOf(row[at])) };
			}
			yield* totalRows;
		},
		...(rows !== undefined && { length: { rows: rows + totalRows.length, totalsAtEnd: totalRows.length } }),
	};
}

const numberKind = (name: string): CellKind => (INTEGERS.has(name) ? 'number' : 'amount');

function cellOf(value: CsvValue): DocumentCell {
	return value === null || value === undefined || value === '' ? null : String(value);
}

function labelOf(name: string, currency: string): string {
	const words = LABELS[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
	return words.replace('{currency}', currency);
}

function totalRow(places: readonly { readonly name: string; readonly kind: CellKind }[], totals: Readonly<Record<string, string>>): DocumentRow {
	const words = places.findIndex(({ kind }) => kind === 'text');
	return {
		kind: 'total',
		cells: places.map(({ name }, index) => (index === words ? 'Total' : (totals[name] ?? null))),
		formulas: places.map(({ name }) => (totals[name] === undefined ? null : { sum: 'all' })),
	};
}
