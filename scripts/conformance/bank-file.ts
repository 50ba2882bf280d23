import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Client } from '#shared/contract/client.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { currencyDecimals, isCurrency } from '#shared/kernel/currency.ts';
import { formatMinor, parseAmountBig } from '#shared/kernel/money.ts';
import { isSameBankAccount } from '#main/reconciliation/statements/statement-choice.rules.ts';
import type { Outcome } from './outcome.ts';
import type { CompanyBooks } from './program.ts';

/** A statement as another reader saw it; empty where it says nothing. */
export interface KnownStatement {
	readonly file: string;
	readonly account: string;
	readonly currency: string;
	readonly opening: string;
	readonly closing: string;
	readonly lines: string;
	readonly sum: string;
	/** Opening, lines and closing add up by that reader: then ours has to agree. */
	readonly adds_up: string;
}

export type StatementOptions = NonNullable<Parameters<Client['statements']['import']>[0]['options']>;

/** A statement as the books hold it, in major units. */
interface HeldStatement {
	readonly account: string | null;
	readonly opening: string;
	readonly closing: string;
	readonly lines: number;
	readonly sum: string;
}

export function readKnownStatements(expected: string): KnownStatement[] {
	const rows: KnownStatement[] = parse(readFileSync(expected, 'utf8'), { columns: true, bom: true, relax_column_count: true });
	// The other reader left the currency at the end of some numbers of accounts.
	return rows.map((row) => ({ ...row, account: row.account.replace(new RegExp(`\\s*${row.currency}$`), '') }));
}

/**
 * Takes one file in, each of its accounts into an account of its own, and compares every statement in it with what is known. Known
 * statements that follow each other may be one here: pages of one statement.
 */
export async function judgeBankFile(company: CompanyBooks, bank: string, file: string, known: readonly KnownStatement[]): Promise<Outcome> {
	// Money that is no more (DEM) is refused by name.
	const gated = known.filter((row) => row.adds_up === 'True' && (row.currency === '' || isCurrency(row.currency.toUpperCase())));
	const outcome = { book: file, compared: known.length };
	try {
		const held = await takeIn(company, path.join(bank, file), known);
		const lines = held.reduce((sum, statement) => sum + statement.lines, 0);
		const missing = missingFrom(held, known);
		const failed = missing.filter((row) => row.adds_up === 'True');
		const note = [...failed, ...missing].slice(0, 1).map((row) => `${words(row)} known; here ${held.slice(0, 3).map(heldWords).join('; ')}`);
		if (failed.length > 0) return { ...outcome, lines, result: 'different', note: note.join('') };
		return { ...outcome, lines, result: missing.length === 0 ? 'equal' : 'not gated', note: note.join('') };
	} catch (error) {
		const note = isAppError(error) ? `${error.code}: ${error.message}` : `fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
		return { ...outcome, lines: 0, result: gated.length > 0 || !isAppError(error) ? 'different' : 'refused', note };
	}
}

let accountNumber = 0;

async function takeIn(company: CompanyBooks, file: string, known: readonly KnownStatement[]): Promise<HeldStatement[]> {
	const accounts = new Map(known.map((row) => [`${row.account} ${row.currency}`, { id: row.account, currency: currencyOf(row, company) }]));
	const held: HeldStatement[] = [];
	let refusal: unknown = null;
	for (const { id, currency } of accounts.values()) {
		const options = accounts.size > 1 && id !== '' ? { statementAccount: id } : {};
		try {
			held.push(...(await heldStatements(company, await inItsCurrency(company, file, currency, options))));
		} catch (error) {
			refusal ??= error;
		}
	}
	if (refusal !== null && held.length === 0) throw refusal;
	return held;
}

function currencyOf({ currency }: KnownStatement, company: CompanyBooks): string {
	const code = currency.toUpperCase();
	return isCurrency(code) ? code : company.currency;
}

/** Into a new account; where the file turns out to be in another currency than is known of it, into one of that. */
async function inItsCurrency(company: CompanyBooks, file: string, currency: string, options: StatementOptions): Promise<Imported> {
	const code = `B${++accountNumber}`;
	await company.addBankAccount(code, `Account ${code}`, currency);
	try {
		return await importAccepted(company, file, code, options);
	} catch (error) {
		const [other] = isAppError(error, 'CURRENCY_MISMATCH') ? (error.details['statementCurrencies'] as string[]) : [];
		if (other === undefined || other === currency || !isCurrency(other)) throw error;
		return inItsCurrency(company, file, other, options);
	}
}

type Imported = Awaited<ReturnType<Client['statements']['import']>>;

/** As a person would who sees the doubts and takes the file in all the same. */
export async function importAccepted(company: CompanyBooks, file: string, account: string, options: StatementOptions): Promise<Imported> {
	const { client, companyId } = company;
	return client.statements.import({ companyId, path: file, account, options: { accept: ['all'], note: 'Samples of others', keepGoing: true, ...options } });
}

async function heldStatements({ client, companyId }: CompanyBooks, imported: Imported): Promise<HeldStatement[]> {
	const shown = await client.statements.show({ companyId, statementId: imported.statementId });
	const decimals = currencyDecimals(shown.currency);
	return shown.pages.map((page) => {
		const lines = shown.lines.filter((line) => line.page === page.page);
		const sum = lines.reduce((total, line) => total + parseAmountBig(line.amount, shown.currency), 0n);
		return {
			account: shown.bankAccount,
			opening: page.openingBalance ?? '',
			closing: page.closingBalance ?? '',
			lines: lines.length,
			sum: formatMinor(sum, decimals),
		};
	});
}

/** Known statements that no statement here equals, alone or together with those that follow it. */
function missingFrom(held: readonly HeldStatement[], known: readonly KnownStatement[]): KnownStatement[] {
	const left = [...held];
	const missing: KnownStatement[] = [];
	for (let index = 0; index < known.length; ) {
		const length = [1, 2, 3, 4, 5, 6].find((count) => {
			const joined = together(known.slice(index, index + count));
			const found = joined === null ? -1 : left.findIndex((statement) => isEqual(statement, joined));
			if (found >= 0) left.splice(found, 1);
			return found >= 0;
		});
		if (length === undefined) missing.push(...known.slice(index, index + 1));
		index += length ?? 1;
	}
	return missing;
}

function together(rows: readonly KnownStatement[]): KnownStatement | null {
	const [first, last] = [rows[0], rows.at(-1)];
	if (!first || !last || rows.some((row) => row.account !== first.account || row.currency !== first.currency)) return null;
	if (rows.length === 1) return first;
	const cents = (text: string): bigint => parseAmountBig(plain(text), 'EUR');
	try {
		const sum = formatMinor(
			rows.reduce((total, row) => total + cents(row.sum), 0n),
			2,
		);
		return { ...first, closing: last.closing, lines: String(rows.reduce((total, row) => total + Number(row.lines), 0)), sum };
	} catch {
		return null;
	}
}

function isEqual(held: HeldStatement, known: KnownStatement): boolean {
	return (
		held.lines === Number(known.lines) &&
		isSame(held.sum, known.sum) &&
		(known.opening === '' || isSame(held.opening, known.opening)) &&
		(known.closing === '' || isSame(held.closing, known.closing)) &&
		(known.account === '' || held.account === null || isSameBankAccount(held.account, known.account))
	);
}

/** `12.5` and `12.50` are one amount. */
export function isSame(one: string, other: string): boolean {
	return plain(one) === plain(other);
}

function plain(text: string): string {
	const trimmed = text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
	const short = trimmed.includes('.') ? trimmed.replace(/0+$/, '').replace(/\.$/, '') : trimmed;
	return short === '-0' || short === '' ? '0' : short;
}

const words = (row: KnownStatement): string => `${row.account} ${row.opening || '-'} to ${row.closing || '-'}, ${row.lines} lines of ${row.sum}`;
const heldWords = (row: HeldStatement): string => `${row.account ?? ''} ${row.opening || '-'} to ${row.closing || '-'}, ${row.lines} lines of ${row.sum}`;
