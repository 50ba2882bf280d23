import { isAppError } from '#shared/kernel/app-error.ts';
import { addDays, isCivilDate } from '#shared/kernel/civil-date.ts';
import { parseAmountBig } from '#shared/kernel/money.ts';
import { fiscalYearStartOf } from '#shared/kernel/period.ts';
import { utf8Text } from './bytes.ts';
import { parseCsv, plainCell } from './csv.ts';
import { balanceKey } from './entry-totals.ts';
import type { FindingList } from './findings.ts';
import type { CloseSeal, YearSeal } from './seal-document.ts';
import type { Balance } from './verify-balances.ts';

export const TRIAL_BALANCE_FILE = 'data/csv/trial_balance.csv';

/** One row for each basis, account and currency; no row of totals. Amounts in major units, `.` as decimal sign; a row whose amounts are all nil may be left out. */
export const TRIAL_BALANCE_COLUMNS = ['basis', 'code', 'name', 'type', 'currency', 'debit', 'credit', 'base_debit', 'base_credit'] as const;

interface Row {
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly currency: string;
	/** Signed, debit positive. */
	readonly amount: bigint;
	readonly base: bigint;
}

/** The trial balance that people read, against balances that were themselves compared with the entries. `bytes` is null where the file was too long. */
export function compareTrialBalance(bytes: Uint8Array | null, balances: readonly Balance[], seal: CloseSeal | YearSeal, list: FindingList): void {
	const rows = readRows(bytes, seal.company.currency, list);
	if (rows === null) return;
	const place = (code: string) => ({ file: TRIAL_BALANCE_FILE, account: code });
	const unseen = { ledger: new Map(rows.ledger), adjusted: new Map(rows.adjusted) };
	const completeYear = coversFiscalYearToDate(seal);
	let adjustedResult = 0n;
	let ledgerResult = 0n;
	for (const balance of balances) {
		const key = balanceKey(balance.code, balance.currency);
		const ledger = rows.ledger.get(key);
		const adjusted = rows.adjusted.get(key);
		unseen.ledger.delete(key);
		unseen.adjusted.delete(key);
		compareRow('ledger', ledger, balance, balance.closing, balance.baseClosing, list);
		for (const row of [ledger, adjusted]) {
			const { account } = balance;
			if (row === undefined || account === undefined || (row.name === account.name && row.type === account.type)) continue;
			list.add(
				'TRIAL_BALANCE_DIFFERS',
				`The trial balance shows ${row.code} as "${row.name}" of type ${row.type}; sealed are "${account.name}" and ${account.type}.`,
				place(row.code),
			);
		}
		if (completeYear || !isMovedByClosing(balance)) {
			compareRow('adjusted', adjusted, balance, balance.closing - balance.byClosing, balance.baseClosing - balance.baseByClosing, list);
		} else {
			adjustedResult += adjusted?.base ?? 0n;
			ledgerResult += balance.baseClosing;
		}
	}
	for (const basis of ['ledger', 'adjusted'] as const) {
		for (const row of unseen[basis].values())
			list.add('TRIAL_BALANCE_DIFFERS', `The trial balance (${basis}) holds ${row.code} in ${row.currency}, which has no sealed balance.`, place(row.code));
	}
	if (completeYear) return;
	// A closing entry only moves results to the result account: together they are the same on both bases.
	if (adjustedResult !== ledgerResult)
		list.add('TRIAL_BALANCE_DIFFERS', 'On the adjusted basis income, expense and the result account together differ from the sealed balances.', {
			file: TRIAL_BALANCE_FILE,
		});
	list.notChecked(
		'ADJUSTED_BASIS',
		'On the adjusted basis the single balances of income, expense and the result account need closing entries of earlier periods of the year; only their sum was checked.',
	);
}

function compareRow(basis: 'ledger' | 'adjusted', row: Row | undefined, balance: Balance, amount: bigint, base: bigint, list: FindingList): void {
	if ((row?.amount ?? 0n) === amount && (row?.base ?? 0n) === base) return;
	list.add(
		'TRIAL_BALANCE_DIFFERS',
		`The trial balance (${basis}) shows ${row?.amount ?? 0n} ${balance.currency} (base ${row?.base ?? 0n}) for ${balance.code}; the entries and opening balances give ${amount} (base ${base}). Minor units, debit positive.`,
		{ file: TRIAL_BALANCE_FILE, account: balance.code },
	);
}

function isMovedByClosing(balance: Balance): boolean {
	const type = balance.account?.type;
	return type === undefined || type === 'INCOME' || type === 'EXPENSE' || balance.account?.subtype === 'RETAINED_EARNINGS';
}

// Where the period begins with the fiscal year, every closing entry of the year to date is in the file.
function coversFiscalYearToDate(seal: CloseSeal | YearSeal): boolean {
	if (seal.kind === 'YEAR') return true;
	const { fiscal_year_start: start, first_year_end: firstEnd } = seal.policies;
	if (typeof start !== 'string' || !/^\d\d-\d\d$/.test(start)) return false;
	const usual = fiscalYearStartOf(seal.period.end, start);
	if (typeof firstEnd !== 'string' || !isCivilDate(firstEnd) || usual > firstEnd) return seal.period.start <= usual;
	// A first fiscal year of unusual length begins with the books, which the seal does not name; the one after it begins the day after it.
	return seal.period.end > firstEnd && seal.period.start <= addDays(firstEnd, 1);
}

function readRows(
	bytes: Uint8Array | null,
	baseCurrency: string,
	list: FindingList,
): { readonly ledger: Map<string, Row>; readonly adjusted: Map<string, Row> } | null {
	const text = bytes === null ? null : utf8Text(bytes);
	const [header, ...records] = (text === null ? null : parseCsv(text)) ?? [];
	if (header === undefined || header.join() !== TRIAL_BALANCE_COLUMNS.join()) {
		list.add('TRIAL_BALANCE_DIFFERS', `${TRIAL_BALANCE_FILE} is no trial balance: its first line must be ${TRIAL_BALANCE_COLUMNS.join()}.`, {
			file: TRIAL_BALANCE_FILE,
		});
		return null;
	}
	const rows = { ledger: new Map<string, Row>(), adjusted: new Map<string, Row>() };
	for (const [index, cells] of records.entries()) {
		const row = readRow(cells, baseCurrency);
		const basis = cells[0];
		const key = row === null ? '' : balanceKey(row.code, row.currency);
		if (row === null || (basis !== 'ledger' && basis !== 'adjusted') || rows[basis].has(key)) {
			list.add('TRIAL_BALANCE_DIFFERS', `Row ${index + 2} of ${TRIAL_BALANCE_FILE} is no row of a trial balance, or stands there twice.`, {
				file: TRIAL_BALANCE_FILE,
			});
			continue;
		}
		rows[basis].set(key, row);
	}
	return rows;
}

function readRow(cells: readonly string[], baseCurrency: string): Row | null {
	const [, code, name, type, currency, debit, credit, baseDebit, baseCredit, extra] = cells;
	if (code === undefined || name === undefined || type === undefined || currency === undefined || baseCredit === undefined || extra !== undefined) return null;
	try {
		return {
			code: plainCell(code),
			name: plainCell(name),
			type,
			currency,
			amount: amountOf(debit, currency) - amountOf(credit, currency),
			base: amountOf(baseDebit, baseCurrency) - amountOf(baseCredit, baseCurrency),
		};
	} catch (error) {
		if (isAppError(error)) return null;
		throw error;
	}
}

function amountOf(cell: string | undefined, currency: string): bigint {
	return cell === undefined || cell === '' ? 0n : parseAmountBig(cell, currency);
}
