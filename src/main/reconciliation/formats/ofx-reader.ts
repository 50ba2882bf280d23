import { refuseSize } from './statement-bytes.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { type CurrencyCode, isCurrency } from '#shared/kernel/currency.ts';
import { accountText, textOrNull } from './statement-text.rules.ts';
import { asciiHead, decodeDeclared } from './declared-encoding.ts';
import { ofxHeader, ofxRootAt } from './ofx-header.rules.ts';
import { ofxAmountMinor, ofxLine } from './ofx-line.ts';
import { type OfxEnd, type OfxFields, readOfxStructure } from './ofx-structure.ts';
import type { ParsedLine, ParsedStatement, ParsedStatementFile, RejectedLine, StatedBalance, StatementDoubt, StatementReader } from './parsed-statement.ts';
import { writtenDay } from './written-day.rules.ts';

/** OFX 1.x (SGML) and 2.x (XML), and QFX, which is the same: bank and credit card statements. Investments and loans are left out. */
export const readOfxStatements: StatementReader = (bytes, options): ParsedStatementFile => {
	refuseSize(bytes);
	const header = ofxHeader(asciiHead(bytes));
	const { text, doubt } = decodeDeclared(bytes, { declared: header.encoding, asked: options.encoding, mayLie: true });
	const root = ofxRootAt(text);
	if (root === -1)
		throw new AppError('FILE_NOT_RECOGNISED', 'This is no OFX file: it has no OFX element. Export the statement as OFX or QFX.', { format: 'ofx' });
	assertNoDeclarations(text.slice(0, root));
	const collected = new CollectedStatements();
	const end = readOfxStructure(text, root, collected);
	if (collected.statements.length === 0) throw collected.refusal();
	if (end.isCutShort && collected.statements.every((one) => one.lines.length === 0 && one.ledger === null)) throw cutShort();
	const doubts = [...(doubt ? [doubt] : []), ...doubtsOfFile(header.isPresent, end)];
	return {
		format: 'ofx',
		dialect: collected.isQuicken ? `${header.dialect} (QFX)` : header.dialect,
		statements: collected.statements.map((draft) => finished(draft, options.currency, doubts)),
		...(collected.notTaken.length > 0 ? { leftOut: collected.notTaken } : {}),
	};
};

function assertNoDeclarations(top: string): void {
	if (!/<!(?:DOCTYPE|ENTITY)/i.test(top)) return;
	throw new AppError('FILE_UNREADABLE', 'The file declares a document type or entities of its own, which no bank does. Nothing was read.', {
		reason: 'DOCTYPE',
	});
}

function cutShort(): AppError {
	return new AppError('FILE_UNREADABLE', 'The file ends before its first line. Nothing was read; get it from the bank again.', { reason: 'CUT_SHORT' });
}

function doubtsOfFile(hasHeader: boolean, { isCutShort, strayEnd }: OfxEnd): StatementDoubt[] {
	const doubts: StatementDoubt[] = [];
	if (isCutShort) {
		doubts.push({
			code: 'FILE_CUT_SHORT',
			message: 'The file ends before its last element is closed. Its lines are whole, but some may be missing.',
			row: null,
		});
	}
	if (!hasHeader) doubts.push({ code: 'FORMAT_DOUBTFUL', message: 'The file has no OFX header, so it does not say which version it is.', row: null });
	if (strayEnd !== null) {
		doubts.push({
			code: 'FORMAT_DOUBTFUL',
			message: `The file closes ${strayEnd} where none is open. Compare the number of lines with the bank's.`,
			row: null,
		});
	}
	return doubts;
}

interface DraftStatement {
	currency: string | null;
	account: string | null;
	from: string | null;
	to: string | null;
	ledger: OfxFields | null;
	pending: number;
	readonly lines: { readonly row: number; readonly fields: OfxFields }[];
}

const LEFT_OUT: ReadonlyMap<string, string> = new Map([
	['INVSTMTRS', 'investment account'],
	['LOANSTMTRS', 'loan account'],
	['AMRTSTMTRS', 'amortisation schedule'],
]);

class CollectedStatements {
	readonly statements: DraftStatement[] = [];
	isQuicken = false;
	readonly #leftOut = new Set<string>();
	#current: DraftStatement | null = null;
	#other: string | null = null;
	#row = 0;
	#bankSays: { readonly code: string; readonly message: string | null; readonly said: string } | null = null;

	opened(container: string): void {
		if (container === 'STMTRS' || container === 'CCSTMTRS') {
			this.#current = { currency: null, account: null, from: null, to: null, ledger: null, pending: 0, lines: [] };
			this.statements.push(this.#current);
		}
		const other = LEFT_OUT.get(container);
		if (other === undefined) return;
		[this.#current, this.#other] = [null, other];
		this.#leftOut.add(`The ${other} was left out: it is no bank statement.`);
	}

	closed(container: string): void {
		if (container !== 'STMTRS' && container !== 'CCSTMTRS') return;
		const draft = this.#current;
		this.#current = null;
		// Neither account nor lines nor balance: the bank sent the frame of a statement, not one.
		if (draft && draft.account === null && draft.lines.length === 0 && draft.ledger === null) this.statements.pop();
	}

	value(container: string, name: string, text: string): void {
		if (name === 'INTU.BID') this.isQuicken = true;
		const draft = this.#current;
		if (draft === null) return;
		if (name === 'CURDEF') draft.currency ??= text;
		const isList = container === 'BANKTRANLIST';
		if (isList && name === 'DTSTART') draft.from ??= text;
		if (isList && name === 'DTEND') draft.to ??= text;
	}

	record(name: string, fields: OfxFields): void {
		const draft = this.#current;
		if (name === 'STATUS') this.#status(fields);
		if (this.#other !== null && (name === 'INVACCTFROM' || name === 'LOANACCTFROM')) this.#nameOther(fields);
		if (draft === null) return;
		if (name === 'STMTTRN') draft.lines.push({ row: ++this.#row, fields });
		if (name === 'STMTTRNP') draft.pending++;
		if (name === 'LEDGERBAL') draft.ledger ??= fields;
		if (name === 'BANKACCTFROM' || name === 'CCACCTFROM') draft.account ??= fields.get('ACCTID') ?? null;
	}

	/** What the file holds besides its statements, or holds instead of one that was asked for. */
	get notTaken(): readonly string[] {
		return [...this.#leftOut, ...(this.#bankSays === null ? [] : [`The bank sent an error beside the statements: ${this.#bankSays.said}.`])];
	}

	/** Why a file without a bank statement is refused: the bank's own words, what it holds instead, or nothing at all. */
	refusal(): AppError {
		if (this.#bankSays !== null) {
			const { code, message, said } = this.#bankSays;
			return new AppError('FILE_NOT_RECOGNISED', `The file holds no statement, only the bank's answer: ${said}. Download it again.`, {
				reason: 'BANK_ERROR',
				status: code,
				bankMessage: message,
			});
		}
		const what = this.#leftOut.size > 0 ? this.notTaken.join(' ') : 'It is OFX, but lists no account with its lines.';
		return new AppError('FILE_NOT_RECOGNISED', `The file holds no bank or card statement. ${what}`, { reason: 'NO_STATEMENT', leftOut: this.notTaken });
	}

	#status(fields: OfxFields): void {
		const code = fields.get('CODE') ?? '0';
		if (/^0*$/.test(code) || fields.get('SEVERITY')?.toUpperCase() === 'INFO') return;
		const message = textOrNull(fields.get('MESSAGE'));
		this.#bankSays ??= { code, message, said: message === null ? `error ${code}` : `"${message}" (error ${code})` };
	}

	#nameOther(fields: OfxFields): void {
		this.#leftOut.delete(`The ${this.#other} was left out: it is no bank statement.`);
		const number = accountText(fields.get('ACCTID')) ?? 'without a number';
		this.#leftOut.add(`The ${this.#other} ${number} was left out: it is no bank statement.`);
	}
}

function finished(draft: DraftStatement, fallback: CurrencyCode, fileDoubts: readonly StatementDoubt[]): ParsedStatement {
	const doubts: StatementDoubt[] = [...fileDoubts];
	const currency = currencyOf(draft.currency);
	const money = currency ?? fallback;
	const lines: ParsedLine[] = [];
	const rejected: RejectedLine[] = [];
	for (const { row, fields } of draft.lines) {
		const line = ofxLine(fields, row, money, doubts);
		if ('code' in line) rejected.push(line);
		else lines.push(line);
	}
	const [from, to] = [writtenDay(draft.from)?.date ?? null, writtenDay(draft.to)?.date ?? null];
	const isOrdered = from === null || to === null || from <= to;
	return {
		accountId: accountText(draft.account),
		currency,
		number: null,
		from: isOrdered ? from : null,
		to: isOrdered ? to : null,
		opening: null,
		closing: closingOf(draft.ledger, money, doubts),
		lines,
		pending: draft.pending,
		doubts,
		rejected,
	};
}

function currencyOf(written: string | null): CurrencyCode | null {
	const code = textOrNull(written)?.toUpperCase() ?? null;
	if (code === null || isCurrency(code)) return code;
	throw new AppError('FILE_UNREADABLE', `The statement is in "${code.slice(0, 40)}", which is no ISO 4217 currency. Get the file from the bank again.`, {
		reason: 'CURRENCY',
		currency: code,
	});
}

function closingOf(ledger: OfxFields | null, currency: CurrencyCode, doubts: StatementDoubt[]): StatedBalance | null {
	const written = ledger?.get('BALAMT');
	if (written === undefined) return null;
	const amount = ofxAmountMinor(written, currency);
	if (typeof amount !== 'number') {
		doubts.push({ code: 'AMOUNT_DOUBTFUL', message: `The closing balance "${written.slice(0, 40)}" is no amount in ${currency}; it was left out.`, row: null });
		return null;
	}
	return { amountMinor: amount, date: writtenDay(ledger?.get('DTASOF'))?.date ?? null };
}
