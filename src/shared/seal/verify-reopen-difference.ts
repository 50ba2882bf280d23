import { isAppError } from '#shared/kernel/app-error.ts';
import { parseAmountBig } from '#shared/kernel/money.ts';
import { utf8Text } from './bytes.ts';
import { parseCsv, plainCell } from './csv.ts';
import { balanceKey } from './entry-totals.ts';
import type { FindingList } from './findings.ts';
import type { CloseSeal, YearSeal } from './seal-document.ts';
import type { SealedBalance } from './sealed-tables.ts';

/** In the package of a close that supersedes another one. */
export const REOPEN_DIFFERENCE_FILE = 'data/csv/reopen_difference.csv';

/**
 * `row` says what a row is: close, reopening, net_profit, figure (of an account in one currency), entry (a line of one), changed (a field of a
 * sealed row) or table. Amounts in major units, signed, debit positive; `base_…` in the company's currency.
 */
export const REOPEN_DIFFERENCE_COLUMNS = [
	'row',
	'close_number',
	'at',
	'by',
	'reason',
	'close_hash',
	'entry_no',
	'date',
	'source',
	'reverses',
	'description',
	'ref',
	'code',
	'name',
	'party',
	'currency',
	'field',
	'before',
	'after',
	'change',
	'base_before',
	'base_after',
	'base_change',
	'was',
	'became',
] as const;

type Row = Readonly<Record<(typeof REOPEN_DIFFERENCE_COLUMNS)[number], string>>;

const FIELDS = ['opening', 'debit', 'credit', 'closing', 'adjusted'] as const;
type Field = (typeof FIELDS)[number];

interface Amounts {
	readonly before: bigint;
	readonly after: bigint;
	readonly change: bigint;
}

/**
 * What a package says of the close that it supersedes, against its seal, its sealed balances, and itself: the figures after are the sealed ones,
 * before and change give after, and the entries give the change. `bytes` is null where the file was too long.
 */
export function compareReopenDifference(bytes: Uint8Array | null, balances: readonly SealedBalance[], seal: CloseSeal | YearSeal, list: FindingList): void {
	const differs = (message: string, account?: string): void =>
		list.add('REOPEN_DIFFERENCE_DIFFERS', message, { file: REOPEN_DIFFERENCE_FILE, ...(account !== undefined && { account }) });
	if (bytes === null) {
		list.notChecked('DOCUMENTS', `${REOPEN_DIFFERENCE_FILE} is too long to be compared: that it is the signed file was checked.`);
		return;
	}
	const rows = readRows(bytes);
	if (rows === null) {
		differs(`${REOPEN_DIFFERENCE_FILE} is no such list: its first line must be ${REOPEN_DIFFERENCE_COLUMNS.join()}.`);
		return;
	}
	compareCloses(rows, seal, differs);
	try {
		compareAccounts(rows, balances, seal, differs);
	} catch (error) {
		if (!isAppError(error)) throw error;
		differs(`${REOPEN_DIFFERENCE_FILE} holds an amount that is none: ${error.message}`);
	}
}

type Differs = (message: string, account?: string) => void;

function compareCloses(rows: readonly Row[], seal: CloseSeal | YearSeal, differs: Differs): void {
	const { supersedes, closeNumber } = seal;
	if (supersedes === null) {
		differs(`This is the first close of ${seal.period.name}: there is no difference from an earlier one.`);
		return;
	}
	const told = (kind: string): string[] =>
		rows.filter(({ row }) => row === kind).map((row) => [row.close_number, row.at, row.by, row.reason, row.close_hash].join('\n'));
	const own = [String(closeNumber), seal.closedAt, seal.closedBy, seal.closeReason ?? '', seal.closeHash].join('\n');
	const reopened = [String(closeNumber - 1), supersedes.reopenedAt, supersedes.reopenedBy, supersedes.reopenReason, ''].join('\n');
	if (told('close').length !== 2 || told('close')[1] !== own)
		differs(`Who closed ${seal.period.name} as close ${closeNumber}, when and why, is not what the seal says.`);
	if (told('reopening').join() !== reopened) differs(`Who reopened close ${closeNumber - 1}, when and why, is not what the seal says.`);
}

function compareAccounts(rows: readonly Row[], balances: readonly SealedBalance[], seal: CloseSeal | YearSeal, differs: Differs): void {
	const base = seal.company.currency;
	const sealed = new Map(balances.map((balance) => [balanceKey(balance.account, balance.currency), balance]));
	const moved = movedByEntries(rows, seal);
	const figures = figuresByKey(rows);
	for (const [key, own] of figures) {
		const [first] = own;
		const balance = sealed.get(key);
		if (first === undefined) continue;
		const what = `${first.code} in ${first.currency}`;
		if (own.map(({ field }) => field).join() !== FIELDS.join()) {
			differs(`The figures of ${what} are not those of a balance: ${FIELDS.join(', ')}.`, first.code);
			continue;
		}
		const given = moved.get(key);
		for (const unit of ['amount', 'base'] as const) {
			const amounts = own.map((row) => (unit === 'amount' ? amountsOf(row, '', row.currency) : amountsOf(row, 'base_', base)));
			if (amounts.some(({ before, change, after }) => before + change !== after))
				differs(`What ${what} was and what changed do not give what it became.`, first.code);
			if (balance !== undefined && FIELDS.some((field, index) => field !== 'adjusted' && amounts[index]?.after !== sealedAmount(balance, unit, field)))
				differs(`What ${what} became is not the sealed balance.`, first.code);
			if (FIELDS.some((field, index) => field !== 'adjusted' && amounts[index]?.change !== (given?.[unit][field] ?? 0n)))
				differs(`The entries do not give the change of ${what}.`, first.code);
		}
		if (balance === undefined) differs(`${what} has no sealed balance.`, first.code);
	}
	for (const [key, { code, currency, amount, base: inBase }] of moved) {
		const isMoved = [amount, inBase].some((sums) => Object.values(sums).some((sum) => sum !== 0n));
		if (isMoved && !figures.has(key)) differs(`Entries move ${code} in ${currency}, which is not among what changed.`, code);
	}
}

function figuresByKey(rows: readonly Row[]): Map<string, Row[]> {
	const figures = new Map<string, Row[]>();
	for (const row of rows) {
		if (row.row !== 'figure') continue;
		const key = balanceKey(row.ref, row.currency);
		figures.set(key, [...(figures.get(key) ?? []), row]);
	}
	return figures;
}

type Moved = Record<Exclude<Field, 'adjusted'>, bigint>;

function movedByEntries(rows: readonly Row[], seal: CloseSeal | YearSeal): Map<string, { code: string; currency: string; amount: Moved; base: Moved }> {
	const moved = new Map<string, { code: string; currency: string; amount: Moved; base: Moved }>();
	for (const row of rows) {
		if (row.row !== 'entry') continue;
		const key = balanceKey(row.ref, row.currency);
		const own = moved.get(key) ?? { code: row.code, currency: row.currency, amount: nothing(), base: nothing() };
		moved.set(key, own);
		const isBefore = row.date < seal.period.start;
		addTo(own.amount, parseAmountBig(row.change, row.currency), isBefore);
		addTo(own.base, parseAmountBig(row.base_change, seal.company.currency), isBefore);
	}
	return moved;
}

const nothing = (): Moved => ({ opening: 0n, debit: 0n, credit: 0n, closing: 0n });

function addTo(moved: Moved, amount: bigint, isBefore: boolean): void {
	if (isBefore) moved.opening += amount;
	else if (amount > 0n) moved.debit += amount;
	else moved.credit -= amount;
	moved.closing += amount;
}

function sealedAmount(balance: SealedBalance, unit: 'amount' | 'base', field: Exclude<Field, 'adjusted'>): bigint {
	const amounts = {
		amount: { opening: balance.openingMinor, debit: balance.debitMinor, credit: balance.creditMinor, closing: balance.closingMinor },
		base: { opening: balance.baseOpeningMinor, debit: balance.baseDebitMinor, credit: balance.baseCreditMinor, closing: balance.baseClosingMinor },
	};
	return BigInt(amounts[unit][field]);
}

function amountsOf(row: Row, prefix: '' | 'base_', currency: string): Amounts {
	return {
		before: parseAmountBig(row[`${prefix}before`], currency),
		after: parseAmountBig(row[`${prefix}after`], currency),
		change: parseAmountBig(row[`${prefix}change`], currency),
	};
}

function readRows(bytes: Uint8Array): Row[] | null {
	const text = utf8Text(bytes);
	const [header, ...records] = (text === null ? null : parseCsv(text)) ?? [];
	if (header?.join() !== REOPEN_DIFFERENCE_COLUMNS.join() || records.some((cells) => cells.length !== REOPEN_DIFFERENCE_COLUMNS.length)) return null;
	return records.map((cells) => Object.fromEntries(REOPEN_DIFFERENCE_COLUMNS.map((name, index) => [name, plainCell(cells[index] ?? '')])) as Row);
}
