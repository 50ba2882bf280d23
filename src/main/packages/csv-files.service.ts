import { addDays, dayNumber } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import { canonicalJson, TRIAL_BALANCE_COLUMNS } from '#shared/seal/index.ts';
import { closingSums } from '#main/close/index.ts';
import { type CsvColumn, csvPieces, type CsvValue } from '#main/platform/csv/csv-writer.ts';
import {
	type BaseByRef,
	balanceSheetRows,
	INCOME_COLUMNS,
	incomeColumnSpans,
	incomeStatementRows,
	type StatementRow,
	trialBalanceFigures,
} from './figures.rules.ts';
import { auditSeqBefore, iterateAudit, lineSums } from './material.queries.ts';
import type { Material } from './material.service.ts';

/** A file of data/csv: what its columns are called, and how to write it. */
export type CsvFile = (material: Material) => Iterable<string>;

/** Columns by name; those that hold amounts or numbers end with `#`. */
export function columnsOf(names: string): CsvColumn[] {
	return names.split(' ').map((name) => (name.endsWith('#') ? { name: name.slice(0, -1), kind: 'number' } : { name, kind: 'text' }));
}

export function csvFile(columns: readonly CsvColumn[], rows: Iterable<readonly CsvValue[]>): Iterable<string> {
	return csvPieces(columns, rows, { withMark: true });
}

/** Plain decimal text of minor units. */
export function major(minor: bigint | number, currency: string): string {
	return formatMinor(minor, currencyDecimals(currency));
}

/** Debit and credit cells of a signed amount; the empty side stays empty, and so do both where it is nil. */
export function sides(amount: bigint, currency: string): [debit: string, credit: string] {
	return [amount > 0n ? major(amount, currency) : '', amount < 0n ? major(-amount, currency) : ''];
}

const TRIAL_BALANCE = TRIAL_BALANCE_COLUMNS.map((name): CsvColumn => ({ name, kind: /debit|credit/.test(name) ? 'number' : 'text' }));

export const trialBalanceCsv: CsvFile = (material) => {
	const base = material.seal.company.currency;
	const rows = trialBalanceFigures(material.balances, material.accountOf, closingsOfYear(material)).map((row): CsvValue[] => [
		row.basis,
		row.account.code,
		row.account.name,
		row.account.type,
		row.currency,
		...sides(row.amount, row.currency),
		...sides(row.base, base),
	]);
	return csvFile(TRIAL_BALANCE, rows);
};

export const incomeStatementCsv: CsvFile = (material) => {
	const { seal, accounts } = material;
	const spans = incomeColumnSpans(seal.period, material.booksFrom, material.fiscalYearAt);
	const columns = spans.map((span) => span && resultsBetween(material, span));
	// Where the books hold nothing of the period itself (an opening period), its column is nil and not unknown.
	columns[0] ??= new Map();
	return csvFile(
		columnsOf(`line code name type ${INCOME_COLUMNS.map((name) => `${name}#`).join(' ')}`),
		statementCells(material, incomeStatementRows(accounts, columns)),
	);
};

export const balanceSheetCsv: CsvFile = (material) => {
	const { seal, accounts, balances } = material;
	const closings = closingsOfYear(material);
	const adjusted = new Map<string, bigint>();
	const add = (ref: string, amount: bigint): void => {
		adjusted.set(ref, (adjusted.get(ref) ?? 0n) + amount);
	};
	for (const row of balances) add(row.account, BigInt(row.baseClosingMinor));
	for (const sum of closings) add(sum.ref, -sum.base);
	const year = material.fiscalYearAt(seal.period.end);
	const beforeYear = sumsOfResults(material, { fromDay: 0, toDay: dayNumber(year.start) - 1 });
	return csvFile(columnsOf('line code name type amount#'), statementCells(material, balanceSheetRows(accounts, adjusted, beforeYear)));
};

function statementCells({ seal }: Material, rows: readonly StatementRow[]): CsvValue[][] {
	const cell = (amount: bigint | null): string | null => (amount === null ? null : major(amount, seal.company.currency));
	return rows.map((row) => [row.line, row.code, row.name, row.type, ...row.amounts.map(cell)]);
}

/** Closing entries of the fiscal year up to the period's end: what the adjusted basis leaves out. */
function closingsOfYear({ db, company, seal, fiscalYearAt }: Material) {
	const span = { start: fiscalYearAt(seal.period.end).start, end: seal.period.end };
	return closingSums(db, company.id, seal.company.currency, span, seal.sealedThroughSeq);
}

/** Base sums of income and expense accounts over a span, closing entries left out. */
function resultsBetween(material: Material, span: DateSpan): BaseByRef {
	const { db, company, seal } = material;
	const sums = sumsOfResults(material, { fromDay: dayNumber(span.start), toDay: dayNumber(span.end) });
	for (const closing of closingSums(db, company.id, seal.company.currency, span, seal.sealedThroughSeq)) {
		sums.set(closing.ref, (sums.get(closing.ref) ?? 0n) - closing.base);
	}
	return sums;
}

function sumsOfResults({ db, company, seal, accounts }: Material, days: { fromDay: number; toDay: number }): Map<string, bigint> {
	const refs = accounts.filter(({ type }) => type === 'INCOME' || type === 'EXPENSE').map(({ ref }) => ref);
	return new Map(lineSums(db, company.id, JSON.stringify(refs), days, seal.sealedThroughSeq).map(({ ref, base }) => [ref, base]));
}

export const accountsCsv: CsvFile = (material) =>
	csvFile(
		columnsOf('ref code name type subtype currency requires_reconciliation active'),
		material.accounts.map((account) => {
			const { requiresReconciliation, active } = account as { requiresReconciliation?: boolean; active?: boolean };
			return [account.ref, account.code, account.name, account.type, account.subtype, account.currency, yesOrNo(requiresReconciliation), yesOrNo(active)];
		}),
	);

function yesOrNo(flag: boolean | undefined): string {
	if (flag === undefined) return '';
	return flag ? 'yes' : 'no';
}

export const partiesCsv: CsvFile = (material) =>
	csvFile(
		columnsOf('ref name'),
		material.rows('parties').map((party) => [text(party.ref), text(party.name)]),
	);

const VALIDATION_FIELDS = ['code', 'severity', 'message', 'acknowledged', 'acknowledgedBy', 'acknowledgedAt', 'note'] as const;

export const validationsCsv: CsvFile = (material) =>
	csvFile(
		columnsOf('code severity message acknowledged acknowledged_by acknowledged_at note metadata'),
		material
			.rows('validations')
			.map((row) => [
				...VALIDATION_FIELDS.map((field) => (typeof row[field] === 'boolean' ? yesOrNo(row[field]) : text(row[field]))),
				canonicalJson(row.metadata ?? {}),
			]),
	);

function text(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was done since the seal before, up to the head that this seal names. */
export const auditCsv: CsvFile = ({ db, company, seal, loginOf }) => {
	const after = auditSeqBefore(db, company.id, seal.sealNo);
	const cells = function* (): Generator<CsvValue[], void, undefined> {
		for (const [seq, at, user, action, detail, hash] of iterateAudit(db, company.id, after, seal.auditHead.seq)) {
			yield [seq, at, user === null ? '' : loginOf(user), action, detail, hash];
		}
	};
	return csvFile(columnsOf('seq# at user action detail hash'), cells());
};

/** Days of the period, for the index of lines. */
export function periodDays({ seal }: Pick<Material, 'seal'>): { fromDay: number; toDay: number } {
	return { fromDay: dayNumber(seal.period.start), toDay: dayNumber(seal.period.end) };
}

/** The day on which opening balances stand. */
export function openingDate({ seal }: Pick<Material, 'seal'>): string {
	return addDays(seal.period.start, -1);
}
