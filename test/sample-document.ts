import type { DocumentFrame, DocumentRow, DocumentTable, TableDocument } from '#main/platform/documents/table-document.ts';

/** The frame of a document of invented figures; what a test is about is given. */
export function frameOf(given: Partial<DocumentFrame> = {}): DocumentFrame {
	return {
		company: 'Testwright & Daughters',
		title: 'Trial balance',
		details: 'at 31/01/2026, adjusted basis, INR',
		printedBy: 'owner',
		printedAt: '2026-02-03T04:05:06.789Z',
		mark: { kind: 'DRAFT' },
		numberFormat: 'western',
		dateFormat: 'DD/MM/YYYY',
		orientation: 'portrait',
		...given,
	};
}

const COLUMNS: DocumentTable['columns'] = [
	{ title: 'Date', kind: 'date' },
	{ title: 'Entry', kind: 'number' },
	{ title: 'Description', kind: 'text', weight: 4 },
	{ title: 'Debit', kind: 'amount' },
	{ title: 'Credit', kind: 'amount' },
];

export const line = (date: string | null, no: string | null, description: string | null, debit: string | null, credit: string | null): DocumentRow => ({
	kind: 'line',
	cells: [date, no, description, debit, credit],
});

/** Two groups with totals, and the difference of the two: every kind of row, cell and formula. */
export const GROUPED_ROWS: readonly DocumentRow[] = [
	{ kind: 'heading', text: 'Income' },
	line('2026-01-02', '1', 'Sale', '1250.00', null),
	line('2026-01-31', '2', 'विक्री पावती ₹', '98765432.10', '0.05'),
	{ kind: 'total', name: 'in', cells: [null, null, 'Total income', '98766682.10', '0.05'], formulas: [null, null, null, { sum: 'group' }, { sum: 'group' }] },
	{ kind: 'heading', text: 'Expenses' },
	line('2026-01-15', '3', 'Rent', '100.00', null),
	line('2026-01-16', '4', 'Refund', '-30.00', '7.00'),
	{ kind: 'total', name: 'out', cells: [null, null, 'Total expenses', '70.00', '7.00'], formulas: [null, null, null, { sum: 'group' }, { sum: 'group' }] },
	{
		kind: 'total',
		cells: [null, null, 'Net', '98766612.10', '-6.95'],
		formulas: [
			null,
			null,
			null,
			...Array.from({ length: 2 }, () => ({
				terms: [
					{ row: 'in', sign: 1 as const },
					{ row: 'out', sign: -1 as const },
				],
			})),
		],
	},
	{ kind: 'total', cells: [null, null, 'All lines', '98766752.10', '7.05'], formulas: [null, null, null, { sum: 'all' }, { sum: 'all' }] },
];

export function tableWith(rows: readonly DocumentRow[], given: Partial<DocumentTable> = {}): DocumentTable {
	return { title: 'Trial balance', columns: COLUMNS, rows: () => rows, ...given };
}

export function documentWith(rows: readonly DocumentRow[], frame: Partial<DocumentFrame> = {}, table: Partial<DocumentTable> = {}): TableDocument {
	return { frame: frameOf(frame), tables: [tableWith(rows, table)] };
}
