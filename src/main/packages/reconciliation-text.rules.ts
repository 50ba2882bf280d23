import { formatAmount } from '#shared/kernel/money.ts';
import { oneLine } from './books-text.rules.ts';
import { type PackedItem, type PackedReconciliation, type PackedStatement, statementFileName } from './reconciliation-rows.rules.ts';
import { reconciliationStatement } from './reconciliation-statement.rules.ts';

const WIDTH = 100;
const ITEM_AMOUNT_AT = 82;

/** reconciliation-statement.txt: the statement of one account on a page, with what it rests on. */
export function reconciliationText(
	row: PackedReconciliation,
	account: { readonly code: string; readonly name: string },
	statements: readonly PackedStatement[],
): string {
	const { currency } = row;
	const statement = reconciliationStatement(row);
	const sections = statement.sections.flatMap(({ title, items, sumMinor }) => [
		'',
		title,
		...items.map((item) => itemLine(item, currency)),
		amountLine('', sumMinor, currency),
	]);
	return [
		'RECONCILIATION STATEMENT',
		'',
		`Account     ${oneLine(account.code)} ${oneLine(account.name)}`,
		`At          ${row.end}`,
		`Amounts in  ${currency}`,
		`Status      ${row.status}${row.verifiedBy === null ? '' : ` by ${oneLine(row.verifiedBy)} at ${row.verifiedAt ?? ''}`}`,
		`Prepared    by ${oneLine(row.preparedBy)} at ${row.preparedAt}`,
		'',
		amountLine(statement.actual.title, statement.actual.amountMinor, currency),
		...sections,
		...(statement.unexplainedMinor === 0n ? [] : ['', amountLine('Not explained', statement.unexplainedMinor, currency)]),
		'',
		amountLine('Balance per books', statement.booksMinor, currency),
		...countLines(row),
		...evidenceLines(statements),
		'',
	].join('\n');
}

function amountLine(title: string, minor: bigint, currency: string): string {
	const amount = formatAmount(minor, currency);
	return `${title.padEnd(WIDTH - amount.length)}${amount}`;
}

function itemLine(item: PackedItem, currency: string): string {
	const source = item.entryNo === null ? (item.bankId ?? 'bank') : `entry ${item.entryNo}`;
	const amount = formatAmount(item.amountMinor, currency);
	const words = [source, item.reference ?? '', item.description].filter((word) => word !== '').map(oneLine);
	const text = `  ${item.date}  ${words.join('  ')} `;
	// The note of a bank error is the bank's own id where nobody wrote another.
	const note = item.note === null || item.note === item.bankId ? [] : [`${' '.repeat(14)}(${oneLine(item.note)})`];
	// A text that leaves no room has its amount below it, in the column of the others.
	const isLong = text.length + amount.length > ITEM_AMOUNT_AT;
	const line = isLong ? `${text.trimEnd()}\n${amount.padStart(ITEM_AMOUNT_AT)}` : `${text.padEnd(ITEM_AMOUNT_AT - amount.length)}${amount}`;
	return [line, ...note].join('\n');
}

function countLines({ detail }: PackedReconciliation): string[] {
	const pieces = Object.entries(detail.count ?? {});
	if (pieces.length === 0) return [];
	return ['', 'Counted', ...pieces.map(([denomination, count]) => `  ${denomination.padStart(12)} x ${count}`)];
}

function evidenceLines(statements: readonly PackedStatement[]): string[] {
	if (statements.length === 0) return [];
	return [
		'',
		'Statements',
		...statements.flatMap((statement) => [
			`  ${statement.from} to ${statement.to}  ${statementFileName(statement)}  (taken in as ${oneLine(statement.fileName)})`,
			`    SHA-256 ${statement.sha256}`,
		]),
	];
}
