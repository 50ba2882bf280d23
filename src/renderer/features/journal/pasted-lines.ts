import { formatAmount } from '#shared/kernel/money.ts';
import { blankLine, type FormLine, type LineField } from './entry-form.ts';
import { resolved, type Suggestion } from './suggestions.ts';
import { typedAmount } from '#renderer/lib/typed-amount.ts';

type Column = 'account' | 'name' | 'debit' | 'credit' | 'amount' | 'side' | 'party' | 'memo' | 'reference' | 'dueDate' | 'currency' | 'base' | 'none';

/** Header cells by what their column holds, as spreadsheets here and elsewhere name them. */
const HEADERS: readonly (readonly [Column, RegExp])[] = [
	['name', /^(account name|a\/?c name|ledger name|खात्याचे नाव)$/],
	['account', /^(account( ?(code|no\.?|number))?|a\/?c( ?(code|no\.?))?|code|ledger|gl( ?code)?|head|particulars|खाते|खाते क्रमांक|लेजर)$/],
	['debit', /^(debit( amount)?|dr\.?( amount)?|नावे|डेबिट)$/],
	['credit', /^(credit( amount)?|cr\.?( amount)?|जमा|क्रेडिट)$/],
	['base', /^(base( amount)?|amount in base|मूळ रक्कम)$/],
	['amount', /^(amount|amt\.?|value|रक्कम)$/],
	['side', /^(dr ?\/ ?cr|d ?\/ ?c|side|type|नावे ?\/ ?जमा)$/],
	['party', /^(party|customer|supplier|vendor|name|पक्ष|ग्राहक|पुरवठादार|नाव)$/],
	['memo', /^(memo|narration|description|remarks?|details?|note|तपशील|शेरा)$/],
	['reference', /^(ref(erence)?\.?|ref\.? ?no\.?|bill( no\.?)?|invoice( no\.?)?|संदर्भ)$/],
	['dueDate', /^(due( date)?|देय दिनांक)$/],
	['currency', /^(currency|ccy|cur|चलन)$/],
];

export interface PasteContext {
	readonly currency: string;
	readonly accounts: readonly Suggestion[];
	readonly parties: readonly Suggestion[];
	/** The civil date that a text means, or null. */
	readonly dateOf: (typed: string) => string | null;
}

/** A cell of the pasted lines that could not be understood as it was: it stands in the form, marked. `line` counts from 0. */
export interface PasteProblem {
	readonly line: number;
	readonly field: LineField;
	readonly problem: 'account' | 'party' | 'amount' | 'date' | 'side';
}

export interface PastedLines {
	readonly lines: readonly FormLine[];
	readonly problems: readonly PasteProblem[];
}

/** More than one cell: something that was copied from a table, and no text for one field. */
export function isTable(text: string): boolean {
	return /\t/.test(text) || text.trim().split(/\r?\n/).length > 2;
}

/** Lines of an entry as a spreadsheet copies them: cells between tabs, with or without a header. */
export function pastedLines(text: string, context: PasteContext): PastedLines {
	const rows = cellsOf(text).filter((row) => row.some((cell) => cell !== ''));
	const header = headerOf(rows[0] ?? []);
	const columns = header ?? guessedColumns(rows, context);
	const lines: FormLine[] = [];
	const problems: PasteProblem[] = [];
	for (const row of header ? rows.slice(1) : rows) {
		if (isTotal(row)) continue;
		const { values, faults } = readRow(row, columns, context);
		problems.push(...faults.map((fault) => ({ ...fault, line: lines.length })));
		lines.push(blankLine(values));
	}
	return { lines, problems };
}

/** A cell may hold tabs and new lines in quotes, the way spreadsheets write them. */
function cellsOf(text: string): string[][] {
	const rows: string[][] = [[]];
	const pattern = /(?:^|(?<=[\t\n]))"((?:[^"]|"")*)"(?=[\t\r\n]|$)|[^\t\r\n]+|\t|\r?\n/g;
	let cell: string | null = null;
	const end = () => {
		rows.at(-1)?.push((cell ?? '').trim());
		cell = null;
	};
	for (const [token, quoted] of text.matchAll(pattern)) {
		if (token === '\t') end();
		else if (/^\r?\n$/.test(token)) {
			end();
			rows.push([]);
		} else cell = quoted === undefined ? token : quoted.replace(/""/g, '"').replace(/\s+/g, ' ');
	}
	end();
	return rows;
}

function headerOf(row: readonly string[]): Column[] | null {
	const columns = row.map((cell): Column => HEADERS.find(([, pattern]) => pattern.test(cell.toLowerCase().replace(/\s+/g, ' ')))?.[0] ?? 'none');
	const known = new Set(columns.filter((column) => column !== 'none'));
	const hasAmount = known.has('debit') || known.has('credit') || known.has('amount');
	return hasAmount && (known.has('account') || known.has('name')) ? columns : null;
}

// Without a header the cells say themselves what they are: the first text an account, numbers the amounts, what else is known a party.
function guessedColumns(rows: readonly (readonly string[])[], context: PasteContext): Column[] {
	const width = Math.max(0, ...rows.map((row) => row.length));
	const cells = (index: number) => rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
	const all = (index: number, test: (cell: string) => boolean) => cells(index).length > 0 && cells(index).every(test);
	const indexes = Array.from({ length: width }, (_, index) => index);
	const account = indexes.find((index) => cells(index).some((cell) => resolved(context.accounts, cell) !== null)) ?? 0;
	const amounts = indexes.filter((index) => index !== account && all(index, (cell) => isAmount(cell, context.currency)));
	const [first, second] = amounts;
	return indexes.map((index): Column => {
		if (index === account) return 'account';
		if (index === first) return second === undefined ? 'amount' : 'debit';
		if (index === second) return 'credit';
		if (all(index, (cell) => sideOf(cell) !== null)) return 'side';
		if (all(index, (cell) => context.dateOf(cell) !== null)) return 'dueDate';
		if (cells(index).some((cell) => resolved(context.parties, cell) !== null)) return 'party';
		return index === account + 1 && cells(index).some((cell) => context.accounts.some(({ name }) => name === cell.toLowerCase())) ? 'name' : 'memo';
	});
}

function isAmount(cell: string, currency: string): boolean {
	return 'minor' in signedAmount(cell, currency);
}

/** An amount with `Dr` or `Cr` behind it, as statements write them; a dash is nothing. */
function signedAmount(cell: string, currency: string) {
	const found = /^(.*?)\s*(dr|cr)?\.?$/i.exec(cell);
	const bare = (found?.[1] ?? '').trim();
	const amount = typedAmount(/^[-–—]$/.test(bare) ? '' : bare, currency);
	return 'minor' in amount && found?.[2]?.toLowerCase() === 'cr' ? { minor: -amount.minor } : amount;
}

function sideOf(cell: string): 'debit' | 'credit' | null {
	if (/^(d|dr\.?|debit|नावे)$/i.test(cell)) return 'debit';
	return /^(c|cr\.?|credit|जमा)$/i.test(cell) ? 'credit' : null;
}

function isTotal(row: readonly string[]): boolean {
	return /^(grand )?(total|एकूण)\b/i.test(row.find((cell) => cell !== '') ?? '');
}

type Values = Partial<Omit<FormLine, 'key'>>;
type Fault = Omit<PasteProblem, 'line'>;

function readRow(row: readonly string[], columns: readonly Column[], context: PasteContext): { readonly values: Values; readonly faults: readonly Fault[] } {
	const cell = (column: Column) => row[columns.indexOf(column)] ?? '';
	const faults: Fault[] = [];
	const currency = cell('currency').toUpperCase();
	const own = currency === '' || currency === context.currency ? '' : currency;
	const sides = sidesOf(cell, own === '' ? context.currency : own, faults);
	return {
		values: {
			...sides,
			account: namedIn(context.accounts, [cell('account'), cell('name')], 'account', faults),
			party: cell('party') === '' ? '' : namedIn(context.parties, [cell('party')], 'party', faults),
			memo: cell('memo'),
			reference: cell('reference'),
			dueDate: dateIn(cell('dueDate'), context, faults),
			currency: own,
			base: own === '' ? '' : cell('base'),
		},
		faults,
	};
}

function namedIn(all: readonly Suggestion[], cells: readonly string[], field: 'account' | 'party', faults: Fault[]): string {
	for (const cell of cells) {
		const found = cell === '' ? null : resolved(all, cell);
		if (found) return found.value;
	}
	faults.push({ field, problem: field });
	return cells.find((cell) => cell !== '') ?? '';
}

function dateIn(cell: string, context: PasteContext, faults: Fault[]): string {
	const date = cell === '' ? '' : context.dateOf(cell);
	if (date === null) faults.push({ field: 'dueDate', problem: 'date' });
	return date ?? cell;
}

/** A negative debit is a credit, and the other way round. */
function sidesOf(cell: (column: Column) => string, currency: string, faults: Fault[]): Pick<Values, 'debit' | 'credit'> {
	const debit = readAmount(cell('debit'), 'debit', currency, faults);
	const credit = readAmount(cell('credit'), 'credit', currency, faults);
	const signed = readAmount(cell('amount'), 'debit', currency, faults);
	const texts = { debit: debit === null ? cell('debit') || cell('amount') : '', credit: credit === null ? cell('credit') : '' };
	if (debit === null || credit === null || signed === null) return { ...texts, debit: texts.debit || (signed === null ? cell('amount') : '') };
	const side = cell('side') === '' ? 'debit' : sideOf(cell('side'));
	if (side === null) faults.push({ field: 'debit', problem: 'side' });
	const total = debit - credit + (side === 'credit' ? -signed : signed);
	// Both columns filled: shown as they were, for the line itself says that one side is too many.
	if (debit !== 0n && credit !== 0n) return { debit: formatAmount(debit, currency), credit: formatAmount(credit, currency) };
	return { debit: total > 0n ? formatAmount(total, currency) : '', credit: total < 0n ? formatAmount(-total, currency) : '' };
}

function readAmount(cell: string, field: 'debit' | 'credit', currency: string, faults: Fault[]): bigint | null {
	const amount = signedAmount(cell, currency);
	if ('minor' in amount) return field === 'credit' && /cr\.?$/i.test(cell) ? -amount.minor : amount.minor;
	faults.push({ field, problem: 'amount' });
	return null;
}
