import { present } from '#shared/kernel/assert.ts';
import type { DocumentCell, DocumentRow, DocumentTable } from '#main/platform/documents/table-document.ts';
import { major } from './csv-files.service.ts';
import type { Material } from './material.service.ts';
import { AGES, type OutstandingItem, sealedOutstanding } from './outstanding-file.service.ts';

type Side = OutstandingItem['side'];

/** What is open on one side at the end of a close; base amounts in minor units. */
export interface OpenSide {
	readonly items: number;
	readonly baseMinor: bigint;
	/** By ref of the party ('' for none), in order of ref; a sum for each age class. */
	readonly byParty: ReadonlyMap<string, readonly bigint[]>;
}

export type OpenSides = Readonly<Record<Side, OpenSide>>;

const TITLES = [
	['receivable', 'Receivables'],
	['payable', 'Payables'],
] as const;

/** Sums up the open items of a close, which may be many, without keeping them; null where the close did not seal them. */
export function summedOutstanding(material: Material): OpenSides | null {
	if (!material.seal.tables.some(({ name }) => name === 'open_items')) return null;
	const empty = () => ({ items: 0, baseMinor: 0n, byParty: new Map<string, bigint[]>() });
	const sides = { receivable: empty(), payable: empty() };
	for (const { side, partyRef, item, age } of sealedOutstanding(material)) {
		const own = sides[side];
		const sums = own.byParty.get(partyRef) ?? AGES.map(() => 0n);
		own.byParty.set(partyRef, sums);
		const at = AGES.indexOf(age);
		sums[at] = present(sums[at], 'the sum of an age class') + item.baseOpenMinor;
		own.items++;
		own.baseMinor += item.baseOpenMinor;
	}
	return sides;
}

/** Receivables and payables by party and age, in the company's currency. */
export function outstandingTable(material: Material, sides: OpenSides): DocumentTable {
	const { currency } = material.seal.company;
	const columns = [...AGES, 'Total'];
	const withTotal = (sums: readonly bigint[]): bigint[] => [...sums, sums.reduce((total, sum) => total + sum, 0n)];
	const shown = (sums: readonly bigint[]): DocumentCell[] => withTotal(sums).map((sum) => (sum === 0n ? null : major(sum, currency)));
	const summed = (sums: readonly bigint[]): string[] => withTotal(sums).map((sum) => major(sum, currency));
	const rows = TITLES.flatMap(([side, title]): DocumentRow[] => {
		const { byParty } = sides[side];
		const all = AGES.map((_age, at) => [...byParty.values()].reduce((total, sums) => total + (sums[at] ?? 0n), 0n));
		return [
			{ kind: 'heading', text: title },
			...[...byParty].map(([ref, sums]): DocumentRow => ({ kind: 'line', cells: [ref === '' ? '(none)' : material.partyName(ref), ...shown(sums)] })),
			{ kind: 'total', cells: [`Total ${title.toLowerCase()}`, ...summed(all)], formulas: [null, ...columns.map(() => ({ sum: 'group' as const }))] },
		];
	});
	return {
		title: 'Outstanding by party and age',
		details: `by due date, in ${currency}`,
		columns: [{ title: 'Party', kind: 'text', weight: 3 }, ...columns.map((title) => ({ title, kind: 'amount' as const }))],
		rows: () => rows,
		notes: ['Age in days overdue. Each bill, advance and credit stands in the workbook and in csv/outstanding.csv.'],
	};
}
