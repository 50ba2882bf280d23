import { assert } from '#shared/kernel/assert.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { type BookLine, monthlyStatements, rowOf, type Statement, type StatementLine } from './statements-lines.ts';

/** The acquirer's statements, one for each month: sales by batch come in, settlements go out. Batches carry no id. */
export function clearingStatements(
	openingMinor: number,
	lines: readonly BookLine[],
	settledNet: ReadonlyMap<string, number>,
	months: readonly string[],
): readonly Statement[] {
	return monthlyStatements(
		openingMinor,
		lines.flatMap((line) => (line.amountMinor > 0 ? batches(line) : [settlement(line, settledNet)])),
		months,
	);
}

function batches(line: BookLine): readonly StatementLine[] {
	const batch = line.reference.slice(1);
	const parts = rowOf('SPLIT', line.reference)?.partsMinor ?? [line.amountMinor];
	assert(parts.reduce((sum, part) => sum + part, 0) === line.amountMinor, `the batches of ${line.reference} come to its total`);
	const kind = parts.length === 1 ? 'match' : new Set(parts).size === 1 ? 'twin' : 'combined';
	return parts.map((amountMinor) => ({ date: line.date, amountMinor, text: `CARD SALES BATCH ${batch} MERCH 0045512`, kind, entries: [line.entryNo] }));
}

function settlement(line: BookLine, settledNet: ReadonlyMap<string, number>): StatementLine {
	const netMinor = settledNet.get(line.entryNo);
	assert(netMinor !== undefined, `the settlement ${line.entryNo} reaches the bank`);
	const amount = (minor: number) => formatAmount(minor, 'KES');
	const text = `SETTLEMENT GROSS ${amount(-line.amountMinor)} COMM ${amount(-line.amountMinor - netMinor)} NET ${amount(netMinor)}`;
	const bankId = `STL${line.reference.slice(5)}0045512`;
	return { date: line.date, amountMinor: line.amountMinor, text, reference: line.reference, bankId, kind: 'match', entries: [line.entryNo] };
}
