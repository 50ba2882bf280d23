import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { REOPEN_DIFFERENCE_COLUMNS } from '#shared/seal/index.ts';
import { differenceFromSuperseded, reopenDifferenceTable } from '#main/close/index.ts';
import type { CsvColumn, CsvValue } from '#main/platform/csv/csv-writer.ts';
import type { ReportTable } from '#main/reports/index.ts';
import { type CsvFile, csvFile } from './csv-files.service.ts';
import type { Material } from './material.service.ts';

type Difference = NonNullable<ReturnType<typeof differenceFromSuperseded>>;
type Cells = Partial<Record<(typeof REOPEN_DIFFERENCE_COLUMNS)[number], CsvValue>>;

const NUMBERS: ReadonlySet<string> = new Set([
	'close_number',
	'entry_no',
	'reverses',
	'before',
	'after',
	'change',
	'base_before',
	'base_after',
	'base_change',
] satisfies (typeof REOPEN_DIFFERENCE_COLUMNS)[number][]);
const COLUMNS = REOPEN_DIFFERENCE_COLUMNS.map((name): CsvColumn => ({ name, kind: NUMBERS.has(name) ? 'number' : 'text' }));

/** Whether the close supersedes another one: then its package says what changed. */
export function hasReopenDifference({ seal }: Pick<Material, 'seal'>): boolean {
	return seal.supersedes !== null;
}

/** What changed since the close that this one supersedes, from what the two closes sealed and the entries between them. */
export const reopenDifferenceCsv: CsvFile = (material) => csvFile(COLUMNS, cellsOf(material));

/** The same for pages and sheets; null for the first close of a period. */
export function reopenDifferenceSection(material: Material): ReportTable | null {
	const difference = differenceOf(material);
	return difference === null ? null : reopenDifferenceTable({ ...difference, entries: [...difference.entries()] });
}

function differenceOf({ db, company, close, seal, fiscalYearAt }: Material): Difference | null {
	return differenceFromSuperseded(db, company, close, fiscalYearAt(seal.period.end).start);
}

function* cellsOf(material: Material): Generator<CsvValue[], void, undefined> {
	const difference = differenceOf(material);
	if (difference === null) return;
	for (const cells of rowsOf(difference)) yield REOPEN_DIFFERENCE_COLUMNS.map((name) => cells[name]);
}

function* rowsOf(difference: Difference): Generator<Cells, void, undefined> {
	const { earlier, later, currency } = difference;
	yield closeCells(earlier);
	for (const { closeNumber, reopenedAt, reopenedBy, reason } of difference.reopenings) {
		yield { row: 'reopening', close_number: closeNumber, at: reopenedAt, by: reopenedBy, reason };
	}
	yield closeCells(later);
	yield { row: 'net_profit', currency, before: earlier.netProfit, after: later.netProfit, change: less(later.netProfit, earlier.netProfit, currency) };
	for (const account of difference.accounts) yield* figureCells(account);
	for (const entry of difference.entries()) yield* entryCells(entry, currency);
	for (const { table, ref, name, field, before, after } of difference.changes) {
		yield { row: 'changed', ref, name, field: field === null ? table : `${table}.${field}`, was: before, became: after };
	}
	for (const { name, before, after, added, removed } of difference.tables) {
		yield { row: 'table', field: name, description: `${added} new, ${removed} gone`, before, after, change: after - before };
	}
}

function closeCells({ closeNumber, closedAt, closedBy, reason, closeHash }: Difference['earlier']): Cells {
	return { row: 'close', close_number: closeNumber, at: closedAt, by: closedBy, reason, close_hash: closeHash };
}

function* figureCells({ ref, code, name, currency, figures, baseFigures }: Difference['accounts'][number]): Generator<Cells, void, undefined> {
	for (const [field, amounts] of Object.entries(figures)) {
		const base = baseFigures[field as keyof typeof baseFigures];
		yield {
			row: 'figure',
			ref,
			code,
			name,
			currency,
			field,
			...amounts,
			base_before: base.before,
			base_after: base.after,
			base_change: base.change,
		};
	}
}

function* entryCells(entry: ReturnType<Difference['entries']> extends Iterable<infer Entry> ? Entry : never, base: string): Generator<Cells, void, undefined> {
	const { no, date, source, reverses, description, postedAt, postedBy, afterClose, reason } = entry;
	for (const { ref, code, name, party, currency, debit, credit, baseDebit, baseCredit } of entry.lines) {
		yield {
			row: 'entry',
			close_number: afterClose,
			at: postedAt,
			by: postedBy,
			reason,
			entry_no: no,
			date,
			source,
			reverses,
			description,
			ref,
			code,
			name,
			party,
			currency,
			change: less(debit, credit, currency),
			base_change: less(baseDebit, baseCredit, base),
		};
	}
}

function less(amount: string, other: string, currency: string): string {
	return formatAmount(parseAmountBig(amount, currency) - parseAmountBig(other, currency), currency);
}
