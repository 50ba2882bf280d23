import { assert } from '#shared/kernel/assert.ts';
import type { TotalFormula } from './table-document.ts';

/** A formula may have 8192 characters; one of more pieces than this is left out, and the figure stands. */
const MAX_SPANS = 200;

interface NamedTotal {
	readonly row: number;
	/** Columns in which it has no number that a formula could use. */
	readonly withoutNumber: ReadonlySet<number>;
}

/** Follows the rows of a sheet and gives totals their formulas; rows count from 1, columns from 0. */
export class SheetFormulas {
	#groupFrom = 0;
	#lastLine = 0;
	/** Spans of lines of the whole sheet, so that totals in between are not added twice. */
	readonly #spans: { from: number; to: number }[] = [];
	readonly #named = new Map<string, NamedTotal>();
	// A spreadsheet's sum passes over a number that is kept as text, so where there is one a formula would be wrong.
	readonly #textInGroup = new Set<number>();
	readonly #textAnywhere = new Set<number>();

	heading(): void {
		this.#groupFrom = 0;
		this.#textInGroup.clear();
	}

	/** `numbersAsText`: columns in which this line has a number too long to be one. */
	line(row: number, numbersAsText: readonly number[]): void {
		const last = this.#spans.at(-1);
		if (last?.to === row - 1) last.to = row;
		else this.#spans.push({ from: row, to: row });
		for (const column of numbersAsText) this.#textAnywhere.add(column);
		this.part(row, numbersAsText);
	}

	/** A sum of lines that stand above: of its group, and not one more line of the sheet. */
	part(row: number, numbersAsText: readonly number[]): void {
		if (this.#groupFrom === 0) this.#groupFrom = row;
		this.#lastLine = row;
		for (const column of numbersAsText) this.#textInGroup.add(column);
	}

	/** After the cells of a total were written. */
	total(row: number, name: string | undefined, withoutNumber: readonly number[]): void {
		if (name !== undefined) this.#named.set(name, { row, withoutNumber: new Set(withoutNumber) });
		this.heading();
	}

	/** The formula of a cell; undefined where none can give the figure. */
	of(formula: TotalFormula, column: number, letters: string): string | undefined {
		if ('terms' in formula) return this.#terms(formula.terms, column, letters);
		if (formula.sum === 'group') {
			if (this.#textInGroup.has(column)) return undefined;
			return this.#groupFrom === 0 ? '0' : `SUM(${letters}${this.#groupFrom}:${letters}${this.#lastLine})`;
		}
		if (this.#textAnywhere.has(column) || this.#spans.length > MAX_SPANS) return undefined;
		return this.#spans.length === 0 ? '0' : this.#spans.map(({ from, to }) => `SUM(${letters}${from}:${letters}${to})`).join('+');
	}

	#terms(terms: Extract<TotalFormula, { terms: unknown }>['terms'], column: number, letters: string): string | undefined {
		const parts = terms.map(({ row, sign }, index) => {
			const named = this.#named.get(row);
			assert(named !== undefined, `the total "${row}" stands above`);
			return named.withoutNumber.has(column) ? null : `${sign === -1 ? '-' : index === 0 ? '' : '+'}${letters}${named.row}`;
		});
		return parts.includes(null) ? undefined : parts.join('');
	}
}
