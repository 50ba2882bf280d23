import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { type AppError, isAppError } from '#shared/kernel/app-error.ts';
import { currencyDecimals, isCurrency } from '#shared/kernel/currency.ts';
import { formatMinor, parseAmountBig } from '#shared/kernel/money.ts';
import { isSame, type StatementOptions } from './bank-file.ts';
import type { Outcome } from './outcome.ts';
import type { CompanyBooks, Program } from './program.ts';

/** What should become of a file that somebody broke on purpose. */
export interface MalformedFile {
	readonly file: string;
	readonly format: string;
	readonly expect: 'ok' | 'ask' | 'partial' | 'reject' | 'any';
	/** Empty: not known. */
	readonly lines: string;
	readonly sum: string;
	readonly note: string;
}

const STATEMENT_FORMATS: ReadonlySet<string> = new Set(['csv', 'camt', 'ofx', 'mt940', 'qif']);

export function readMalformedFiles(expected: string): MalformedFile[] {
	const rows: MalformedFile[] = parse(readFileSync(expected, 'utf8'), { columns: true, bom: true, relax_column_count: true });
	return rows.filter(({ format }) => STATEMENT_FORMATS.has(format));
}

/** What a person who knows the file would answer; by file, then by question. */
const ANSWERS: Readonly<Record<string, StatementOptions>> = {
	'csv/enc-gb18030.csv': { encoding: 'gb18030' },
	'csv/enc-macroman.csv': { encoding: 'macintosh' },
	'csv/enc-cp437.csv': { encoding: 'cp437' },
	'csv/date-two-digit-year.csv': { dateFormat: 'DD/MM/YY' },
	'qif/ambiguous-date.qif': { dateFormat: 'DD/MM/YYYY' },
};

/** Where this program does other than the list says, and why it is no less strict. */
const STRICTER: Readonly<Record<string, { readonly met: MalformedFile['expect']; readonly why: string }>> = {
	'csv/num-scientific.csv': { met: 'partial', why: 'an amount with an exponent has been rounded by a spreadsheet: its line is refused by name' },
	'csv/num-precise.csv': { met: 'partial', why: 'an amount with more decimals than the currency has is refused by name' },
	'csv/num-big.csv': { met: 'partial', why: 'an amount above 2^53 - 1 minor units is refused by name (AMOUNT_TOO_LARGE)' },
};

interface Attempt {
	readonly lines: number;
	readonly sum: string;
	readonly refusal: AppError | null;
	readonly isTrace: boolean;
}

/** Tries a broken file in an account of its own: first as it is, then with answers, then going on without the lines that cannot be read. */
export async function judgeMalformedFile(program: Program, folder: string, { file, expect, lines, sum }: MalformedFile): Promise<Outcome> {
	const started = performance.now();
	const company = await program.company(file, 'EUR');
	const full = path.join(folder, file);
	const attempts: Attempt[] = [];
	try {
		attempts.push(await attempt(program, company, full, {}));
		const first = attempts[0]?.refusal?.code;
		if (first === 'NEEDS_ANSWER') attempts.push(await attempt(program, company, full, { accept: ['all'], ...ANSWERS[file] }));
		if (first === 'IMPORT_REJECTED') attempts.push(await attempt(program, company, full, { accept: ['all'], keepGoing: true }));
	} catch (error) {
		return {
			book: file,
			lines: 0,
			compared: 0,
			result: 'different',
			note: `fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
		};
	}
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	const last = attempts.at(-1);
	const met = outcomeOf(attempts);
	const taken = last?.refusal === null ? `${last.lines} lines of ${last.sum}` : `${last?.refusal.code}: ${last?.refusal.message.slice(0, 160)}`;
	const note = `expected ${expect}${lines === '' ? '' : ` ${lines} of ${sum}`}, ${met}; ${taken} (${seconds} s)`;
	const stricter = STRICTER[file];
	const hasTrace = attempts.some(({ isTrace }) => isTrace);
	if (stricter?.met === met && !hasTrace) return { book: file, lines: last?.lines ?? 0, compared: 1, result: 'refused', note: `${note}: ${stricter.why}` };
	const isRight =
		(expect === 'any' || met === expect) &&
		!hasTrace &&
		(lines === '' || last?.refusal !== null || (last.lines === Number(lines) && (sum === '' || isSame(last.sum, sum))));
	const trace = hasTrace ? '; LEFT SOMETHING BEHIND' : '';
	return { book: file, lines: last?.lines ?? 0, compared: 1, result: isRight ? 'equal' : 'different', note: note + trace };
}

function outcomeOf([first]: readonly Attempt[]): MalformedFile['expect'] {
	if (first === undefined || first.refusal === null) return 'ok';
	return first.refusal.code === 'NEEDS_ANSWER' ? 'ask' : first.refusal.code === 'IMPORT_REJECTED' ? 'partial' : 'reject';
}

/** All accounts of a file, each in an account of its currency. */
async function attempt(program: Program, company: CompanyBooks, file: string, options: StatementOptions): Promise<Attempt> {
	let [lines, cents] = [0, 0n];
	let currencies = [company.currency];
	for (let index = 0; index < currencies.length; index++) {
		const currency = currencies[index] ?? company.currency;
		const code = await bankAccount(company, currency);
		const before = program.footprint();
		try {
			const { client, companyId } = company;
			const imported = await client.statements.import({ companyId, path: file, account: code, options });
			const { lines: held } = await client.statements.show({ companyId, statementId: imported.statementId });
			lines += held.length;
			cents += held.reduce((total, line) => total + parseAmountBig(line.amount, currency), 0n);
			currencies = [...currencies, ...(await otherCurrencies(company, file, code, options, currencies))];
		} catch (error) {
			if (!isAppError(error)) throw error;
			const isTrace = program.footprint() !== before;
			const wanted = (error.details['statementCurrencies'] as string[] | undefined)?.filter((one) => isCurrency(one)) ?? [];
			if (error.code === 'CURRENCY_MISMATCH' && wanted.length > 0 && index === 0 && !isTrace) {
				currencies = [currency, ...wanted];
				continue;
			}
			return { lines: 0, sum: '0', refusal: error, isTrace };
		}
	}
	return { lines, sum: formatMinor(cents, currencyDecimals(currencies.at(-1) ?? 'EUR')), refusal: null, isTrace: false };
}

async function otherCurrencies(company: CompanyBooks, file: string, code: string, options: StatementOptions, known: readonly string[]): Promise<string[]> {
	const preview = await company.client.statements.preview({ companyId: company.companyId, path: file, account: code, options });
	return [...new Set(preview.statements.map(({ currency }) => currency))].filter((currency) => !known.includes(currency));
}

async function bankAccount(company: CompanyBooks, currency: string): Promise<string> {
	const { accounts } = await company.client.ledger.listAccounts({ companyId: company.companyId });
	if (!accounts.some(({ code }) => code === currency)) await company.addBankAccount(currency, `Bank in ${currency}`, currency);
	return currency;
}
