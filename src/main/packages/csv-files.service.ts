import { addDays, dayNumber } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import { canonicalJson, TRIAL_BALANCE_COLUMNS } from '#shared/seal/index.ts';
import { type CsvColumn, csvPieces, type CsvValue } from '#main/platform/csv/csv-writer.ts';
import { INCOME_COLUMNS, type StatementRow } from './figures.rules.ts';
import { auditSeqBefore, iterateAudit } from './material.queries.ts';
import type { Material } from './material.service.ts';
import { sealedBalanceSheet, sealedIncomeStatement, sealedTrialBalance } from './sealed-figures.service.ts';

/** The text of a CSV file, and what it is made of, for a sheet of the same. */
export interface CsvText extends Iterable<string> {
	readonly columns: readonly CsvColumn[];
	/** Read once, by whoever asks first. */
	readonly rows: Iterable<readonly CsvValue[]>;
}

/** A file of data/csv. Each call gives one to be read once. */
export type CsvFile = (material: Material) => CsvText;

/** Columns by name; those that hold amounts or numbers end with `#`. */
export function columnsOf(names: string): CsvColumn[] {
	return names.split(' ').map((name) => (name.endsWith('#') ? { name: name.slice(0, -1), kind: 'number' } : { name, kind: 'text' }));
}

export function csvFile(columns: readonly CsvColumn[], rows: Iterable<readonly CsvValue[]>): CsvText {
	return { columns, rows, [Symbol.iterator]: () => csvPieces(columns, rows, { withMark: true }) };
}

/** Plain decimal text of minor units. */
export function major(minor: bigint | number, currency: string): string {
	return formatMinor(minor, currencyDecimals(currency));
}

/** Debit and credit cells of a signed amount; the empty side stays empty, and so do both where it is nil. */
export function sides(amount: bigint, currency: string): [debit: string, credit: string] {
	return [amount > 0n ? major(amount, currency) : '', amount < 0n ? major(-amount, currency) : ''];
}

const INCOME_STATEMENT_COLUMNS = `line code name type ${INCOME_COLUMNS.map((name) => `${name}#`).join(' ')}`;
const TRIAL_BALANCE = TRIAL_BALANCE_COLUMNS.map((name): CsvColumn => ({ name, kind: /debit|credit/.test(name) ? 'number' : 'text' }));

export const trialBalanceCsv: CsvFile = (material) => {
	const base = material.seal.company.currency;
	const rows = sealedTrialBalance(material).map((row): CsvValue[] => [
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

export const incomeStatementCsv: CsvFile = (material) =>
	csvFile(columnsOf(INCOME_STATEMENT_COLUMNS), statementCells(material, sealedIncomeStatement(material)));

export const balanceSheetCsv: CsvFile = (material) => csvFile(columnsOf('line code name type amount#'), statementCells(material, sealedBalanceSheet(material)));

function statementCells({ seal }: Material, rows: readonly StatementRow[]): CsvValue[][] {
	const cell = (amount: bigint | null): string | null => (amount === null ? null : major(amount, seal.company.currency));
	return rows.map((row) => [row.line, row.code, row.name, row.type, ...row.amounts.map(cell)]);
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
		material.rows('parties').map((party) => [textOf(party.ref), textOf(party.name)]),
	);

const VALIDATION_FIELDS = ['code', 'severity', 'message', 'acknowledged', 'acknowledgedBy', 'acknowledgedAt', 'note'] as const;

export const validationsCsv: CsvFile = (material) =>
	csvFile(
		columnsOf('code severity message acknowledged acknowledged_by acknowledged_at note metadata'),
		material
			.rows('validations')
			.map((row) => [
				...VALIDATION_FIELDS.map((field) => (typeof row[field] === 'boolean' ? yesOrNo(row[field]) : textOf(row[field]))),
				canonicalJson(row.metadata ?? {}),
			]),
	);

/** A value of a sealed row as the text of a cell. */
export function textOf(value: unknown): string {
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
