import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import { type CurrencyCode, currencyDecimals } from '#shared/kernel/currency.ts';
import { accountTypeOf, type PathAccountType } from './account-path.rules.ts';
import { type AccountCase, AccountCells, CellFault, cellText, CurrencyCells, type KnownCurrency, ownCopy, plainMinor, styledMinor } from './cell.rules.ts';
import { type DateEvidence, type DateStyle, noDateEvidence, plainDate, seeDate } from './date-style.rules.ts';
import type { EntryAssembler, RowHead } from './entry-assembler.rules.ts';
import type { ColumnMap, ColumnRole } from './header.rules.ts';
import { type DecimalEvidence, type DecimalSign, noEvidence, seeAmount } from './number-style.rules.ts';
import type { RowFault, StagedLine } from './staged-entry.rules.ts';

/** Raised by the first value that needs a style nobody has inferred yet: the whole file is then surveyed and read again. */
export class StyleNeeded extends Error {}

export interface CsvRowsOptions {
	readonly columns: ColumnMap;
	/** Number of columns of the header: a row with more cells has a delimiter too many. */
	readonly width: number;
	readonly isCanonical: boolean;
	readonly baseCurrency: CurrencyCode;
	readonly commodities: Readonly<Record<string, CurrencyCode>>;
	/** undefined: ask where two spellings may be one account. */
	readonly accountCase: AccountCase | undefined;
	/** undefined: plain values are read as they are and the first other one raises StyleNeeded. */
	readonly decimal: DecimalSign | undefined;
	readonly dateStyle: DateStyle | undefined;
}

const TOTAL_WORD = /^(?:grand |sub-? ?)?(?:totals?|summe|gesamt|gesamtsumme|sum|suma|totaal|totaux|balance carried forward)\b/i;
const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/;
const DEBIT_WORDS = new Set(['d', 'dr', 'debit', 's', 'soll', 'debe', 'dare']);
const CREDIT_WORDS = new Set(['c', 'cr', 'credit', 'h', 'haben', 'haber', 'avere', 'k']);
const FIRST_YEAR = '1900';
const LAST_YEAR = '2200';

/** Turns the rows of a CSV of journal lines into lines and hands them to the assembler. */
export class CsvRows {
	/** Rows of totals and blank rows, left out. */
	skippedRows = 0;
	readonly #options: CsvRowsOptions;
	readonly #columns: ColumnMap;
	readonly #assembler: EntryAssembler;
	readonly #accounts: AccountCells;
	readonly #currencies: CurrencyCells;
	readonly #base: KnownCurrency;
	readonly #accountColumn: number;
	readonly #types = new Map<string, PathAccountType | null>();
	#lastDateText = '';
	#lastDate: CivilDate = '';

	constructor(options: CsvRowsOptions, assembler: EntryAssembler) {
		this.#options = options;
		this.#columns = options.columns;
		this.#assembler = assembler;
		this.#accounts = new AccountCells(options.accountCase);
		this.#currencies = new CurrencyCells(options.baseCurrency, options.commodities, 'CURRENCY_UNKNOWN');
		this.#base = { code: options.baseCurrency, decimals: currencyDecimals(options.baseCurrency) };
		this.#accountColumn = options.columns.account_code ?? options.columns.account ?? options.columns.account_name ?? -1;
	}

	/** One row below the header. */
	add(fields: readonly string[], row: number, isFlawed: boolean): void {
		if (isOutsideTable(fields, this.#columns)) {
			this.skippedRows++;
			return;
		}
		let fault: RowFault | null = null;
		let line: StagedLine | null = null;
		let head: RowHead = this.#headAtLeast(fields);
		try {
			this.#checkShape(fields, isFlawed);
			head = this.#head(fields);
			line = this.#line(fields, row, head);
		} catch (error) {
			if (!(error instanceof CellFault)) throw error;
			fault = error.fault;
		}
		this.#assembler.add(head, line, fault, row, fields);
	}

	#cell(fields: readonly string[], role: ColumnRole): string {
		const column = this.#columns[role];
		return column === undefined ? '' : (fields[column] ?? '');
	}

	#checkShape(fields: readonly string[], isFlawed: boolean): void {
		if (isFlawed) throw new CellFault('QUOTING_INVALID', 'Text follows a closing quotation mark. Double the marks that are meant as text, or remove them.');
		if (fields.length > this.#options.width && fields.slice(this.#options.width).some((cell) => cell.trim() !== '')) {
			throw new CellFault(
				'COLUMNS_EXTRA',
				`The row has ${fields.length} cells and the header ${this.#options.width}. Put cells that hold the delimiter in quotation marks.`,
			);
		}
	}

	/** What can be said of a row that may be broken: enough to know to which entry it belongs. */
	#headAtLeast(fields: readonly string[]): RowHead {
		const open = this.#assembler.openHead;
		const entryNo = this.#columns.entry_no === undefined ? null : this.#cell(fields, 'entry_no').trim() || (open?.entryNo ?? '');
		return { entryNo, date: entryNo !== null && open?.entryNo === entryNo ? open.date : null, description: '', reference: null };
	}

	#head(fields: readonly string[]): RowHead {
		const open = this.#assembler.openHead;
		const hasNumbers = this.#columns.entry_no !== undefined;
		const entryNo = hasNumbers ? cellText(this.#cell(fields, 'entry_no'), 'entry number') : null;
		const dateText = this.#cell(fields, 'date');
		// Many programs print number and date of an entry in its first row only.
		if (hasNumbers && entryNo === '' && open !== null && dateText.trim() === '') return open;
		if (entryNo === '') throw new CellFault('COLUMN_MISSING', 'The row has no entry number. Give it the number of its entry.');
		const isSameEntry = entryNo !== null && open?.entryNo === entryNo;
		if (isSameEntry && dateText.trim() === '') return open;
		const description = isSameEntry ? open.description : cellText(this.#cell(fields, 'description'), 'description');
		const reference = isSameEntry ? open.reference : cellText(this.#cell(fields, 'reference'), 'reference') || null;
		return { entryNo, date: this.#date(dateText), description, reference };
	}

	#date(text: string): CivilDate {
		if (text === this.#lastDateText) return this.#lastDate;
		const date = this.#readDate(text);
		this.#lastDateText = text;
		this.#lastDate = date;
		return date;
	}

	#readDate(text: string): CivilDate {
		const style = this.#options.dateStyle;
		if (style === undefined) {
			if (isCivilDate(text) && text >= FIRST_YEAR && text < LAST_YEAR) return text;
			if (text.trim() !== '') throw new StyleNeeded();
		}
		const date = style === undefined ? null : plainDate(text, style);
		if (date === null)
			throw new CellFault('DATE_INVALID', text.trim() === '' ? 'The row has no date.' : `"${text.trim().slice(0, 60)}" is no date. Write it as YYYY-MM-DD.`);
		return date;
	}

	#line(fields: readonly string[], row: number, head: RowHead): StagedLine {
		const accountText = this.#accountText(fields);
		if (accountText.trim() === '') throw new CellFault('COLUMN_MISSING', 'The row has no account. Name one by its code or path.');
		const currency = this.#currencies.of(this.#cell(fields, 'currency'), row);
		const amount = this.#columns.amount === undefined ? this.#amountOfSides(fields, currency) : this.#signedAmount(fields, currency);
		const dueDateText = this.#cell(fields, 'due_date');
		return {
			account: this.#accounts.of(accountText, row),
			accountName: cellText(this.#cell(fields, 'account_name'), 'account name') || null,
			accountType: this.#type(this.#cell(fields, 'account_type')),
			party: cellText(this.#cell(fields, 'party'), 'party') || null,
			currency: currency.code,
			debitMinor: amount > 0 ? amount : 0,
			creditMinor: amount < 0 ? -amount : 0,
			baseMinor: this.#baseAmount(fields),
			dueDate: dueDateText.trim() === '' ? null : this.#readDate(dueDateText),
			memo: this.#memo(fields, head),
			reference: this.#lineReference(fields, head),
		};
	}

	#accountText(fields: readonly string[]): string {
		const text = fields[this.#accountColumn] ?? '';
		return text.trim() === '' ? this.#cell(fields, 'account').trim() || this.#cell(fields, 'account_name') : text;
	}

	#amountOfSides(fields: readonly string[], currency: KnownCurrency): number {
		const debit = this.#amount(this.#cell(fields, 'debit'), currency, 'debit');
		const credit = this.#amount(this.#cell(fields, 'credit'), currency, 'credit');
		if (debit === null && credit === null) throw new CellFault('NO_AMOUNT', 'The row has neither a debit nor a credit.');
		if (debit !== null && credit !== null && debit !== 0 && credit !== 0)
			throw new CellFault('BOTH_SIDES', 'The row has a debit and a credit. A line has one side: make two lines of it.');
		if ((debit ?? 0) < 0 || (credit ?? 0) < 0)
			throw new CellFault('NEGATIVE_AMOUNT', 'A debit or credit is below zero. Put the amount on the other side instead.');
		return (debit ?? 0) - (credit ?? 0);
	}

	#signedAmount(fields: readonly string[], currency: KnownCurrency): number {
		const amount = this.#amount(this.#cell(fields, 'amount'), currency, 'amount');
		if (amount === null) throw new CellFault('NO_AMOUNT', 'The row has no amount.');
		if (this.#columns.side === undefined) return amount;
		const side = this.#cell(fields, 'side').trim().toLowerCase().replace(/\.$/, '');
		if (amount < 0) throw new CellFault('NEGATIVE_AMOUNT', 'The amount is below zero and the row names a side. Put the amount on the other side instead.');
		if (DEBIT_WORDS.has(side)) return amount;
		if (CREDIT_WORDS.has(side)) return amount === 0 ? 0 : -amount;
		throw new CellFault('SIDE_INVALID', `"${side}" names neither debit nor credit. Write D or C.`);
	}

	#amount(text: string, currency: KnownCurrency, column: string): number | null {
		const plain = this.#options.decimal === ',' ? Number.NaN : plainMinor(text, currency.decimals);
		if (!Number.isNaN(plain)) return plain;
		if (text.trim() === '') return null;
		const sign = this.#options.decimal ?? (this.#options.isCanonical && PLAIN_DECIMAL.test(text) ? '.' : undefined);
		if (sign === undefined) throw new StyleNeeded();
		return styledMinor(text, sign, currency.code, column);
	}

	#baseAmount(fields: readonly string[]): number | null {
		if (this.#columns.base_amount === undefined) return null;
		return this.#amount(this.#cell(fields, 'base_amount'), this.#base, 'base amount');
	}

	#type(text: string): PathAccountType | null {
		if (text === '') return null;
		let type = this.#types.get(text);
		if (type === undefined) {
			type = accountTypeOf(text);
			this.#types.set(ownCopy(text), type);
		}
		return type;
	}

	#memo(fields: readonly string[], head: RowHead): string | null {
		const memo = this.#cell(fields, 'memo');
		if (memo !== '') return cellText(memo, 'memo') || null;
		const description = this.#cell(fields, 'description');
		if (description === '' || description === head.description) return null;
		const text = cellText(description, 'description');
		return text === '' || text === head.description ? null : text;
	}

	#lineReference(fields: readonly string[], head: RowHead): string | null {
		const reference = this.#cell(fields, 'reference');
		if (reference === '' || reference === head.reference) return null;
		const text = cellText(reference, 'reference');
		return text === '' || text === head.reference ? null : text;
	}
}

/** Blank rows, and rows of totals: no account, and a cell that says so. */
function isOutsideTable(fields: readonly string[], columns: ColumnMap): boolean {
	const account = columns.account_code ?? columns.account ?? columns.account_name ?? -1;
	if ((fields[account] ?? '') !== '' && !TOTAL_WORD.test(fields[account] as string)) return false;
	if (fields.every((cell) => cell.trim() === '')) return true;
	const isTotal = fields.some((cell) => TOTAL_WORD.test(cell.trim()));
	const hasAccount = (fields[account] ?? '').trim() !== '';
	const hasDate = (fields[columns.date ?? -1] ?? '').trim() !== '';
	return isTotal && (!hasAccount || !hasDate);
}

/** What the amounts and dates of a whole file prove, gathered in flat memory. */
export class StyleSurvey {
	readonly amounts: DecimalEvidence = noEvidence();
	readonly dates: DateEvidence = noDateEvidence();
	readonly #columns: ColumnMap;
	readonly #amountColumns: readonly number[];
	readonly #dateColumns: readonly number[];
	#lastDateText = '';

	constructor(columns: ColumnMap) {
		this.#columns = columns;
		this.#amountColumns = [columns.debit, columns.credit, columns.amount, columns.base_amount].filter((column) => column !== undefined);
		this.#dateColumns = [columns.date, columns.due_date].filter((column) => column !== undefined);
	}

	see(fields: readonly string[], row: number): void {
		if (isOutsideTable(fields, this.#columns)) return;
		for (const column of this.#amountColumns) {
			const text = fields[column] ?? '';
			if (text !== '') seeAmount(this.amounts, text, row);
		}
		for (const column of this.#dateColumns) {
			const text = fields[column] ?? '';
			if (text === '' || text === this.#lastDateText) continue;
			seeDate(this.dates, text, row);
			this.#lastDateText = text;
		}
	}
}
