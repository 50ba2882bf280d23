import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { type CurrencyCode, isCurrency } from '#shared/kernel/currency.ts';
import { mt940Details, mt940NonSwift, type Mt940Details } from './mt940-details.rules.ts';
import { type Mt940Entry, mt940Entry, shortDay, swiftAmount } from './mt940-line.rules.ts';
import type { Mt940Field, Mt940Message } from './mt940-messages.rules.ts';
import type { ParsedLine, RejectedLine, StatementDoubt } from './parsed-statement.ts';
import { accountText, LineFault, lineText, minorOf, textOrNull } from './statement-text.rules.ts';

export interface PageBalance {
	readonly amountMinor: number;
	readonly date: CivilDate;
	readonly currency: CurrencyCode;
	/** :60M:, :62M: the balance between two pages, not that of a day's end. */
	readonly isIntermediate: boolean;
	readonly row: number;
}

/** One message: a statement or a page of one. */
export interface Mt940Page {
	readonly row: number;
	readonly isInterim: boolean;
	readonly accountId: string | null;
	readonly currency: CurrencyCode | null;
	/** Before the slash of :28C:, and the page after it. */
	readonly number: string | null;
	readonly pageNumber: string | null;
	readonly opening: PageBalance | null;
	readonly closing: PageBalance | null;
	readonly lines: readonly ParsedLine[];
	readonly pending: number;
	readonly doubts: readonly StatementDoubt[];
	readonly rejected: readonly RejectedLine[];
}

/** Reads a message. `currency` is that of the account in the books, for pages that name none. */
export function mt940Page(message: Mt940Message, currency: CurrencyCode): Mt940Page {
	return new PageReader(message, currency).page();
}

interface PendingLine {
	readonly row: number;
	readonly entry: Mt940Entry;
	readonly details: Mt940Details[];
}

class PageReader {
	readonly #message: Mt940Message;
	readonly #bookCurrency: CurrencyCode;
	readonly #lines: ParsedLine[] = [];
	readonly #doubts: StatementDoubt[] = [];
	readonly #rejected: RejectedLine[] = [];
	#opening: PageBalance | null = null;
	#closing: PageBalance | null = null;
	/** MT942 names its currency in the limit above which it lists lines. */
	#floorCurrency: CurrencyCode | null = null;
	#line: PendingLine | null = null;
	#pending = 0;

	constructor(message: Mt940Message, currency: CurrencyCode) {
		this.#message = message;
		this.#bookCurrency = currency;
	}

	page(): Mt940Page {
		for (const field of this.#message.fields) {
			try {
				this.#read(field);
			} catch (error) {
				if (!(error instanceof LineFault)) throw error;
				this.#rejected.push(error.at(field.row));
			}
		}
		this.#endLine();
		const currency = this.#currency();
		const [number, pageNumber] = (this.#text('28C') ?? this.#text('28') ?? '').split('/');
		return {
			row: this.#message.row,
			isInterim: this.#message.isInterim,
			accountId: accountId(this.#text('25') ?? this.#text('25P'), currency),
			currency,
			number: textOrNull(number),
			pageNumber: textOrNull(pageNumber),
			opening: this.#opening,
			closing: this.#closing,
			lines: this.#lines,
			pending: this.#pending,
			doubts: this.#doubts,
			rejected: this.#rejected,
		};
	}

	#text(tag: string): string | null {
		return textOrNull(this.#message.fields.find((field) => field.tag === tag)?.lines[0]);
	}

	#currency(): CurrencyCode | null {
		return this.#opening?.currency ?? this.#closing?.currency ?? this.#floorCurrency;
	}

	#read(field: Mt940Field): void {
		switch (field.tag) {
			case '60F':
			case '60M':
				this.#opening ??= this.#balance(field);
				break;
			case '62F':
			case '62M':
				this.#endLine();
				this.#closing ??= this.#balance(field);
				break;
			case '34F':
				this.#floorCurrency ??= /^[A-Z]{3}/.exec(field.lines[0] ?? '')?.[0] ?? null;
				break;
			case '61':
				this.#endLine();
				this.#line = { row: field.row, entry: mt940Entry(field.lines), details: [] };
				break;
			case '86':
				this.#line?.details.push(mt940Details(field.lines));
				break;
			case 'NS':
				this.#line?.details.push(mt940NonSwift(field.lines));
				break;
			default:
		}
	}

	#balance(field: Mt940Field): PageBalance {
		const written = field.lines[0] ?? '';
		const match = /^([CD])(\d{6})([A-Z]{3})([\d.,]+)\s*$/.exec(written);
		if (!match) throw new LineFault('LINE_INVALID', `":${field.tag}:${written.slice(0, 60)}" is no balance: it is written as C240131EUR9127,67.`);
		const [, mark = '', day = '', currency = '', amount = ''] = match;
		const known = this.#opening?.currency ?? currency;
		if (known !== currency) throw new LineFault('CURRENCY_MISMATCH', `The opening balance is in ${known}, this one in ${currency}.`);
		const minor = this.#minor(amount, currency, field.row);
		return {
			amountMinor: signed(minor, mark === 'D'),
			date: this.#day(shortDay(day), field.row),
			currency,
			isIntermediate: field.tag.endsWith('M'),
			row: field.row,
		};
	}

	/** A line is whole when the next field begins that is not its text. */
	#endLine(): void {
		const line = this.#line;
		this.#line = null;
		if (line === null) return;
		if (line.entry.isExpected) {
			this.#pending++;
			return;
		}
		try {
			this.#lines.push(this.#parsedLine(line));
		} catch (error) {
			if (!(error instanceof LineFault)) throw error;
			this.#rejected.push(error.at(line.row));
		}
	}

	#parsedLine({ row, entry, details }: PendingLine): ParsedLine {
		const currency = this.#currency() ?? this.#bookCurrency;
		const minor = this.#amount(entry.amount, currency, row);
		const valueDate = this.#day(entry.valueDay, row);
		const bookDate = entry.bookDay === entry.valueDay ? valueDate : this.#day(entry.bookDay, row);
		const supplement = entry.supplement !== null && !isAccountLike(entry.supplement) ? entry.supplement : null;
		const reference = entry.reference ?? details.find((detail) => detail.reference !== null)?.reference ?? null;
		return {
			row,
			bookDate,
			valueDate,
			amountMinor: signed(minor, entry.isDebit),
			description: lineText(supplement, details.map((detail) => detail.description).join(' ')) || (entry.supplement ?? ''),
			party: details.find((detail) => detail.party !== null)?.party ?? null,
			bankId: entry.bankId,
			reference: reference === entry.bankId ? null : reference,
			runningBalanceMinor: null,
		};
	}

	#minor(text: string, currency: CurrencyCode, row: number): number {
		return this.#amount(swiftAmount(text), currency, row);
	}

	#amount(amount: Mt940Entry['amount'], currency: CurrencyCode, row: number): number {
		if (amount.isDoubtful) {
			this.#doubts.push({
				code: 'AMOUNT_DOUBTFUL',
				message: `Line ${row} writes an amount with a point, which MT940 does not allow; read as ${amount.plain}.`,
				row,
			});
		}
		return minorOf(amount.plain, currency);
	}

	#day(day: Mt940Entry['valueDay'], row: number): CivilDate {
		if (day.isDoubtful) this.#doubts.push({ code: 'DATE_DOUBTFUL', message: `Line ${row} names a day that no calendar has; read as ${day.date}.`, row });
		return day.date;
	}
}

const signed = (minor: number, isDebit: boolean) => (isDebit && minor !== 0 ? -minor : minor);

/** The line below :61: that holds no more than the other side's account, as one Dutch bank writes it. */
const isAccountLike = (text: string) => /^(?:[A-Z]{2}\d{2}[A-Z0-9]{8,30}|[A-Z]?\d{6,})$/.test(text);

/** :25: without the currency that some banks write behind the number: `DE89370400440532013000EUR`, `.../HUF`. */
function accountId(text: string | null, currency: CurrencyCode | null): string | null {
	const account = accountText(text ?? '');
	const match = /^(.*\d)\/?([A-Z]{3})$/s.exec(account ?? '');
	if (!match) return account;
	const isCurrencyCode = currency === null ? isCurrency(match[2] as string) : match[2] === currency;
	return isCurrencyCode ? (match[1] as string) : account;
}
