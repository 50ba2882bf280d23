import type { ReportTable } from '#main/app/report-tables.ts';
import { formatTable } from './table.ts';
import type { Figures } from './words.ts';

type TableRow = ReportTable['rows'][number];
type TableColumn = ReportTable['columns'][number];

const HEADINGS: Readonly<Record<string, string>> = {
	ASSET: 'Assets',
	LIABILITY: 'Liabilities',
	EQUITY: 'Equity',
	INCOME: 'Income',
	EXPENSE: 'Expenses',
};
const LONGEST_TEXT = 48;

/** A report for the screen: the company in the title, digits in groups, and a heading where rows come by type. */
export function reportText(company: string, table: ReportTable, figures: Figures): string {
	const groupKey = table.groupedBy ?? 'type';
	const isByGroup = isGrouped(table.rows, groupKey);
	const columns = isByGroup ? table.columns.filter(({ key }) => key !== groupKey) : table.columns;
	const cells = (row: TableRow): string[] => columns.map((column) => cellText(column, row[column.key] ?? '', figures));
	const place = Math.max(
		0,
		columns.findIndex(({ key }) => key === 'name'),
	);
	const headingOf = (type: string): string[] => columns.map((_column, index) => (index === place ? (HEADINGS[type] ?? type) : ''));
	let before = '';
	const rows = table.rows.flatMap((row) => {
		const type = row[groupKey] ?? '';
		if (!isByGroup || type === before) return [cells(row)];
		const lines = [...(before === '' ? [] : [columns.map(() => '')]), headingOf(type), cells(row)];
		before = type;
		return lines;
	});
	const shown = columns.map(({ label, kind }) => ({
		header: label,
		align: kind === 'amount' || kind === 'side' || kind === 'number' ? ('right' as const) : ('left' as const),
		...(kind === 'text' && { maxWidth: LONGEST_TEXT }),
	}));
	const title = `${company}: ${table.title}\n`;
	return rows.length === 0 && table.totals.length === 0
		? title
		: `${title}\n${formatTable(shown, rows, { totals: table.totals.map(cells), withoutEmpty: true })}`;
}

function cellText({ kind }: TableColumn, value: string, figures: Figures): string {
	if ((kind !== 'amount' && kind !== 'side') || value === '') return value;
	return kind === 'side' ? figures.side(value) : figures.amount(value);
}

/** True where all rows of a group stand together, so that a heading can say it once. */
function isGrouped(rows: readonly TableRow[], groupKey: string): boolean {
	const types = rows.map((row) => row[groupKey]).filter((type, index, all) => index === 0 || type !== all[index - 1]);
	return types.length > 0 && types.every((type) => type !== undefined) && new Set(types).size === types.length;
}
