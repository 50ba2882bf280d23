import type { ReconcilingItemAnswer, ReconciliationStatementAnswer } from '#shared/contract/reconciliation.contract.ts';
import { isNilAmount } from '#shared/kernel/money.ts';
import { type ReportTable, type TableColumn, tableOf, type TableRow } from './report-table.rules.ts';

type PeriodStatement = ReconciliationStatementAnswer['periods'][number];

const COLUMNS: readonly TableColumn[] = [
	{ key: 'period', label: 'Period', kind: 'text' },
	{ key: 'date', label: 'Date', kind: 'date' },
	{ key: 'line', label: 'Line', kind: 'text' },
	{ key: 'reference', label: 'Reference', kind: 'text' },
	{ key: 'note', label: 'Note', kind: 'text' },
	{ key: 'ageDays', label: 'Days', kind: 'number' },
	{ key: 'amount', label: 'Amount', kind: 'amount' },
	{ key: 'total', label: 'Total', kind: 'amount' },
];
const STATUS_WORDS = { DRAFT: 'draft', VERIFIED: 'verified', STALE: 'stale', UNDONE: 'undone' } as const;

/** The reconciliation statement as a plain table: the items in one column, balances and sums of sections in the other. */
export function reconciliationStatementTable(report: ReconciliationStatementAnswer): ReportTable {
	const [first, last] = [report.periods[0], report.periods.at(-1)];
	const name = `Reconciliation statement of ${report.code} ${report.name}`;
	const span = first && last ? { start: first === last ? null : first.date, end: last.date } : null;
	return tableOf({
		heading: { name, span, currency: report.currency },
		...(span === null && { title: `${name}: nothing was reconciled, ${report.currency}`, notes: ['Nothing was reconciled.'] }),
		columns: COLUMNS,
		body: () => report.periods.flatMap(rowsOf).map((cells) => ({ kind: 'line' as const, cells })),
	});
}

function rowsOf(statement: PeriodStatement): TableRow[] {
	const isBank = statement.strategy === 'statement';
	const row = (line: string, total: string): TableRow => ({ period: statement.period, date: statement.date, line, total });
	return [
		{ ...row(isBank ? 'Balance per bank' : 'Actual balance', statement.balancePerBank), note: signedOff(statement) },
		...sectionOf(statement, 'Deposits in transit', statement.depositsInTransit),
		...sectionOf(statement, 'Unpresented payments', statement.unpresented),
		...sectionOf(statement, 'Errors of the bank', statement.bankErrors),
		...(!isNilAmount(statement.unexplained) ? [row('Not explained', statement.unexplained)] : []),
		row('Balance per books', statement.balancePerBooks),
	];
}

function signedOff({ status, preparedBy, verifiedBy }: PeriodStatement): string {
	return `${STATUS_WORDS[status]}, prepared by ${preparedBy}${status === 'VERIFIED' && verifiedBy !== null ? `, verified by ${verifiedBy}` : ''}`;
}

function sectionOf(
	{ period }: PeriodStatement,
	title: string,
	section: { readonly total: string; readonly items: readonly ReconcilingItemAnswer[] },
): TableRow[] {
	if (section.items.length === 0) return [];
	const items = section.items.map(
		(item): TableRow => ({
			period,
			date: item.date,
			line: item.party === null ? item.description : `${item.party}: ${item.description}`,
			reference: item.reference ?? '',
			note: item.note ?? '',
			ageDays: String(item.ageDays),
			amount: item.amount,
		}),
	);
	return [...items, { period, line: title, total: section.total }];
}
