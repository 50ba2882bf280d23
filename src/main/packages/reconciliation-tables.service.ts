import { formatAmount } from '#shared/kernel/money.ts';
import { dateWords, type DocumentCell, type DocumentFrame, type DocumentRow, type DocumentTable } from '#main/platform/documents/table-document.ts';
import { instantWords } from './document-frame.service.ts';
import type { Material } from './material.service.ts';
import { hasReconciliations } from './reconciliation-files.service.ts';
import type { PackedReconciliation, PackedStatement } from './reconciliation-rows.rules.ts';
import { reconciliationStatement, type StatementSection } from './reconciliation-statement.rules.ts';

const COLUMNS: DocumentTable['columns'] = [
	{ title: 'Date', kind: 'date' },
	{ title: 'Entry', kind: 'number' },
	{ title: 'Description', kind: 'text', weight: 5 },
	{ title: 'Reference', kind: 'text', weight: 1.5 },
	{ title: 'Amount', kind: 'amount' },
	{ title: 'Balance', kind: 'amount' },
];

/** The reconciliation statement of every account, each from the actual balance to that of the books; nothing where the close sealed none. */
export function reconciliationTables(material: Material, frame: DocumentFrame): DocumentTable[] {
	if (!hasReconciliations(material)) return [];
	const reconciliations = material.rows('reconciliations') as unknown as readonly PackedReconciliation[];
	const statements = material.rows('statements') as unknown as readonly PackedStatement[];
	const rows = [...reconciliations]
		.map((row) => ({ row, account: material.accountOf(row.account) }))
		.sort((one, other) => (one.account.code < other.account.code ? -1 : 1))
		.flatMap(({ row, account }): DocumentRow[] => [
			{ kind: 'heading', text: `${account.code} ${account.name}, ${row.currency}` },
			...statementRows(row),
			...foundationRows(
				row,
				statements.filter((statement) => statement.account === row.account),
				frame,
			),
		]);
	return [
		{
			title: 'Reconciliation statements',
			details: `at ${dateWords(material.seal.period.end, frame.dateFormat)}`,
			columns: COLUMNS,
			rows: () => rows,
			...(rows.length === 0 && { notes: ['No account had to be reconciled.'] }),
		},
	];
}

const line = (
	description: string,
	cells: { date?: string; entry?: number | null; reference?: string | null; amount?: string; balance?: string },
): DocumentRow => ({
	kind: 'line',
	cells: [
		cells.date ?? null,
		cells.entry === null || cells.entry === undefined ? null : String(cells.entry),
		description,
		cells.reference ?? null,
		cells.amount ?? null,
		cells.balance ?? null,
	],
});

function statementRows(row: PackedReconciliation): DocumentRow[] {
	const statement = reconciliationStatement(row);
	const text = (minor: bigint | number): string => formatAmount(minor, row.currency);
	const cells: DocumentCell[] = [row.end, null, 'Balance per books', null, null, text(statement.booksMinor)];
	return [
		line(statement.actual.title, { date: row.end, balance: text(statement.actual.amountMinor) }),
		...statement.sections.flatMap((section) => sectionRows(section, text)),
		...(statement.unexplainedMinor === 0n ? [] : [line('Not explained', { balance: text(statement.unexplainedMinor) })]),
		{ kind: 'total', cells, formulas: [null, null, null, null, null, { sum: 'group' }] },
	];
}

function sectionRows({ title, items, sumMinor }: StatementSection, text: (minor: bigint | number) => string): DocumentRow[] {
	return [
		line(title, { balance: text(sumMinor) }),
		...items.map((item) => {
			const note = item.note === null || item.note === item.bankId ? '' : ` (${item.note})`;
			const cells = { date: item.date, entry: item.entryNo, reference: item.reference ?? item.bankId, amount: text(item.amountMinor) };
			return line(`${item.description}${note}`, cells);
		}),
	];
}

/** What the actual balance rests on, and who answers for it. */
function foundationRows(row: PackedReconciliation, statements: readonly PackedStatement[], { dateFormat }: DocumentFrame): DocumentRow[] {
	const pieces = Object.entries(row.detail.count ?? {}).map(([denomination, count]) => `${count} x ${denomination}`);
	const verified = row.verifiedAt === null ? '' : `, verified by ${row.verifiedBy ?? ''} ${instantWords(row.verifiedAt, dateFormat)}`;
	return [
		...(pieces.length === 0 ? [] : [line(`Counted: ${pieces.join(', ')}`, {})]),
		...statements.map(({ fileName, from, to }) => line(`Statement ${fileName}, ${dateWords(from, dateFormat)} to ${dateWords(to, dateFormat)}`, {})),
		line(`Prepared by ${row.preparedBy} ${instantWords(row.preparedAt, dateFormat)}${verified}`, {}),
	];
}
