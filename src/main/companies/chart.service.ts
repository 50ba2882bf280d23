import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { bookText } from '#shared/kernel/text.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { type AccountRow, insertAccount, listAccounts } from './companies.queries.ts';

export const ACCOUNT_TYPES = ['ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** Accounts where money sits: bound to one currency, and to be reconciled unless the Admin exempts one. */
export const PAYMENT_METHOD_SUBTYPES: readonly string[] = ['CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD', 'CLEARING'];

const SUBTYPES_BY_TYPE: Readonly<Record<AccountType, readonly string[]>> = {
	ASSET: ['CASH', 'BANK', 'MOBILE_MONEY', 'CLEARING', 'RECEIVABLE', 'INVENTORY', 'TAX', 'SUSPENSE', 'CREDIT_CARD'],
	LIABILITY: ['CREDIT_CARD', 'CLEARING', 'PAYABLE', 'TAX', 'SUSPENSE', 'BANK', 'MOBILE_MONEY'],
	EQUITY: ['RETAINED_EARNINGS', 'OPENING_EQUITY', 'SUSPENSE'],
	INCOME: ['FX_GAIN_LOSS', 'FX_ROUNDING', 'CASH_OVER_SHORT', 'TAX'],
	EXPENSE: ['FX_GAIN_LOSS', 'FX_ROUNDING', 'CASH_OVER_SHORT', 'TAX'],
};

export interface NewAccount {
	readonly code: string;
	readonly name: string;
	readonly type: AccountType;
	readonly subtype?: string | null | undefined;
	readonly currency?: string | null | undefined;
	readonly requiresReconciliation?: boolean | undefined;
}

/**
 * Adds an account. A payment-method account is bound to a currency: the company's own where none is given.
 * Refuses ALREADY_EXISTS (code taken, or a second result account), INPUT_INVALID, TEXT_INVALID, CURRENCY_UNKNOWN.
 */
export function addAccount(tx: WriteTx, company: Company, input: NewAccount): AccountRow {
	const code = bookText(input.code.trim(), 'account code');
	const name = bookText(input.name.trim(), 'account name');
	const subtype = input.subtype ?? null;
	checkSubtype(code, input.type, subtype);
	const existing = listAccountKeys(tx, company.id, code);
	if (existing.codeTaken) throw new AppError('ALREADY_EXISTS', `There is an account ${code} already. Choose another code.`, { code });
	if (subtype === 'RETAINED_EARNINGS' && existing.resultAccount !== null) {
		throw new AppError('ALREADY_EXISTS', `Account ${existing.resultAccount} is the result account already; a company has one.`, {
			code: existing.resultAccount,
		});
	}
	const isPaymentMethod = subtype !== null && PAYMENT_METHOD_SUBTYPES.includes(subtype);
	const currency = input.currency ?? (isPaymentMethod ? company.currency : null);
	if (currency !== null) currencyDecimals(currency);
	const account = {
		ref: existing.refTaken ? freeRef(tx, company.id, code) : code,
		code,
		name,
		type: input.type,
		subtype,
		currency,
		requiresReconciliation: (input.requiresReconciliation ?? isPaymentMethod) ? 1 : 0,
	};
	checkReconcilable(account);
	const id = insertAccount(tx, company.id, account);
	return { ...account, id, exemptReason: null, active: 1 };
}

export function checkSubtype(code: string, type: AccountType, subtype: string | null): void {
	if (subtype === null || SUBTYPES_BY_TYPE[type].includes(subtype)) return;
	throw new AppError('INPUT_INVALID', `Account ${code}: a ${type} account can't be ${subtype}. Possible are ${SUBTYPES_BY_TYPE[type].join(', ')}, or none.`, {
		code,
		type,
		subtype,
	});
}

/** Closing entries move income, expenses and the result account after everything was reconciled: such an account could never be closed over. */
export function checkReconcilable(account: Pick<AccountRow, 'code' | 'type' | 'subtype' | 'requiresReconciliation'>): void {
	const { code, type, subtype, requiresReconciliation } = account;
	if (requiresReconciliation === 0 || !(type === 'INCOME' || type === 'EXPENSE' || subtype === 'RETAINED_EARNINGS')) return;
	throw new AppError(
		'INPUT_INVALID',
		`Account ${code} takes the result: each close moves it, so it is not reconciled. Reconcile assets, liabilities or capital.`,
		{
			account: code,
			type,
			subtype,
		},
	);
}

function listAccountKeys(db: ReadDb, companyId: number, code: string) {
	const accounts = listAccounts(db, companyId);
	return {
		codeTaken: accounts.some((account) => account.code === code),
		refTaken: accounts.some((account) => account.ref === code),
		resultAccount: accounts.find((account) => account.subtype === 'RETAINED_EARNINGS')?.code ?? null,
	};
}

// A code that was given up by another account may come back; a ref never does.
function freeRef(db: ReadDb, companyId: number, code: string): string {
	const refs = new Set(listAccounts(db, companyId).map((account) => account.ref));
	let number = 2;
	while (refs.has(`${code}~${number}`)) number++;
	return `${code}~${number}`;
}

export interface ChartTemplate {
	readonly name: string;
	readonly title: string;
	readonly country: string | null;
	readonly description: string;
}

export function listCharts(): ChartTemplate[] {
	return JSON.parse(readFileSync(join(programFolder(), 'resources', 'charts', 'index.json'), 'utf8')) as ChartTemplate[];
}

/** Rows of a template. Templates are our own files: plain CSV with a header, without line breaks in fields. */
export function templateRows(name: string): Record<string, string>[] {
	const charts = listCharts();
	if (!charts.some((chart) => chart.name === name)) {
		const known = [...charts.map((chart) => chart.name), 'none'];
		throw new AppError('NOT_FOUND', `There is no chart of accounts "${name}". Choose one of ${known.join(', ')}, or a CSV file.`, { chart: name, known });
	}
	const [header = '', ...rows] = readFileSync(join(programFolder(), 'resources', 'charts', `${name}.csv`), 'utf8')
		.trimEnd()
		.split('\n');
	const columns = header.split(',');
	return rows.map((row) => {
		const fields = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']));
	});
}

/** Adds the accounts of a chart: rows with code, name, type and perhaps subtype, currency, requires_reconciliation. Answers how many. */
export function addChart(tx: WriteTx, company: Company, rows: readonly Readonly<Record<string, string>>[]): number {
	rows.forEach((row, index) => {
		const type = ACCOUNT_TYPES.find((known) => known === (row.type ?? '').trim().toUpperCase());
		if (!type || !row.code?.trim() || !row.name?.trim()) {
			throw new AppError('INPUT_INVALID', `Row ${index + 1} of the chart needs code, name and a type (${ACCOUNT_TYPES.join(', ')}).`, { row: index + 1 });
		}
		const wanted = (row.requires_reconciliation ?? '').trim().toLowerCase();
		addAccount(tx, company, {
			code: row.code,
			name: row.name,
			type,
			subtype: row.subtype?.trim().toUpperCase() || null,
			currency: row.currency?.trim().toUpperCase() || null,
			...(wanted === '' ? {} : { requiresReconciliation: ['yes', 'true', '1'].includes(wanted) }),
		});
	});
	return rows.length;
}
