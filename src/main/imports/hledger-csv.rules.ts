import { isCivilDate } from '#shared/kernel/civil-date.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { AccountCells, CellFault, cellText, CurrencyCells, plainMinor, styledMinor } from './cell.rules.ts';
import type { EntryAssembler, RowHead } from './entry-assembler.rules.ts';
import { decimalProof } from './number-style.rules.ts';
import { needsAnswer } from './question.rules.ts';
import type { RowFault, StagedLine } from './staged-entry.rules.ts';

/**
 * What becomes of virtual postings, which hledger writes as `(account)` and, where they must balance, as `[account]`:
 * `skip` leaves all of them out, `balanced` keeps the balanced ones as if they were real.
 */
export type VirtualPostings = 'skip' | 'balanced';

export interface HledgerRowsOptions {
	readonly names: readonly string[];
	readonly baseCurrency: CurrencyCode;
	readonly commodities: Readonly<Record<string, CurrencyCode>>;
	/** undefined: ask at the first virtual posting. */
	readonly virtualPostings: VirtualPostings | undefined;
}

const NEEDED = ['txnidx', 'date', 'account', 'amount', 'commodity'] as const;

/** True for the header of `hledger print -O csv`. */
export function isHledgerHeader(names: readonly string[]): boolean {
	const words = new Set(names.map((name) => name.trim().toLowerCase()));
	return NEEDED.every((name) => words.has(name));
}

/**
 * Turns the rows that `hledger print -O csv` writes into lines. Rows of one `txnidx` are one entry, which keeps that number.
 * hledger writes amounts without grouping, so that one separator is always the decimal sign, whichever the journal uses.
 * Account names are taken as they are: to hledger, two that differ in letter case are two.
 */
export class HledgerRows {
	/** Virtual postings left out. */
	skippedRows = 0;
	readonly #options: HledgerRowsOptions;
	readonly #assembler: EntryAssembler;
	readonly #accounts = new AccountCells('different');
	readonly #currencies: CurrencyCells;
	readonly #column: ReadonlyMap<string, number>;

	constructor(options: HledgerRowsOptions, assembler: EntryAssembler) {
		this.#options = options;
		this.#assembler = assembler;
		this.#currencies = new CurrencyCells(options.baseCurrency, options.commodities, 'COMMODITY_NOT_A_CURRENCY');
		this.#column = new Map(options.names.map((name, index) => [name.trim().toLowerCase(), index]));
	}

	add(fields: readonly string[], row: number, isFlawed: boolean): void {
		const account = this.#realAccount(this.#cell(fields, 'account'), row);
		if (account === null) {
			this.skippedRows++;
			return;
		}
		let fault: RowFault | null = null;
		let line: StagedLine | null = null;
		let head: RowHead = { entryNo: this.#cell(fields, 'txnidx').trim(), date: null, description: '', reference: null };
		try {
			if (isFlawed) throw new CellFault('QUOTING_INVALID', 'Text follows a closing quotation mark. Write the file again with hledger print -O csv.');
			head = this.#head(fields);
			line = this.#line(fields, account, row);
		} catch (error) {
			if (!(error instanceof CellFault)) throw error;
			fault = error.fault;
		}
		this.#assembler.add(head, line, fault, row, fields);
	}

	#cell(fields: readonly string[], name: string): string {
		return fields[this.#column.get(name) ?? -1] ?? '';
	}

	/** The account of a posting that is kept, or null. Asks about virtual postings. */
	#realAccount(account: string, row: number): string | null {
		const isUnbalanced = account.startsWith('(') && account.endsWith(')');
		const isBalanced = account.startsWith('[') && account.endsWith(']');
		if (!isUnbalanced && !isBalanced) return account;
		if (this.#options.virtualPostings === undefined) {
			throw needsAnswer([
				{
					id: 'virtualPostings',
					question: `Line ${row} is a virtual posting to ${account}. Virtual postings are not part of double-entry books. What should become of them?`,
					choices: [
						{ value: 'skip', meaning: 'leave all virtual postings out' },
						{ value: 'balanced', meaning: 'keep those in square brackets, which balance, and leave out those in round ones' },
					],
					example: { line: row, value: account },
				},
			]);
		}
		return isBalanced && this.#options.virtualPostings === 'balanced' ? account.slice(1, -1) : null;
	}

	#head(fields: readonly string[]): RowHead {
		const entryNo = this.#cell(fields, 'txnidx').trim();
		const open = this.#assembler.openHead;
		const date = this.#cell(fields, 'date').trim();
		if (entryNo === '') throw new CellFault('COLUMN_MISSING', 'The row has no txnidx. Write the file again with hledger print -O csv.');
		if (open?.entryNo === entryNo && open.date === date) return open;
		if (!isCivilDate(date)) throw new CellFault('DATE_INVALID', `"${date.slice(0, 60)}" is no date. Write it as YYYY-MM-DD.`);
		return {
			entryNo,
			date,
			description: cellText(this.#cell(fields, 'description'), 'description'),
			reference: cellText(this.#cell(fields, 'code'), 'code') || null,
		};
	}

	#line(fields: readonly string[], account: string, row: number): StagedLine {
		const currency = this.#currencies.of(this.#cell(fields, 'commodity'), row);
		const text = this.#cell(fields, 'amount').trim();
		const plain = plainMinor(text, currency.decimals);
		const amount = Number.isNaN(plain) ? styledMinor(text, decimalSignIn(text), currency.code, 'amount') : plain;
		if (account.trim() === '') throw new CellFault('COLUMN_MISSING', 'The posting has no account.');
		return {
			account: this.#accounts.of(account, row),
			accountName: null,
			accountType: null,
			party: null,
			currency: currency.code,
			debitMinor: amount > 0 ? amount : 0,
			creditMinor: amount < 0 ? -amount : 0,
			baseMinor: null,
			dueDate: null,
			memo: cellText(this.#cell(fields, 'posting-comment'), 'comment') || null,
			reference: null,
		};
	}
}

function decimalSignIn(text: string): '.' | ',' {
	const proof = decimalProof(text);
	return proof === 'COMMA' || proof === 'EITHER_COMMA' ? ',' : '.';
}
