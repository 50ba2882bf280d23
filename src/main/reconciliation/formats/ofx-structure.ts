import { AppError } from '#shared/kernel/app-error.ts';
import { ofxTokens } from './ofx-tokens.ts';
import { MAX_DEPTH } from './parsed-statement.ts';

/** The values of one record by name; those of a part of it as `PAYEE.NAME`. The first of a name counts. */
export type OfxFields = ReadonlyMap<string, string>;

/** Told of what an OFX file holds, in its order. */
export interface OfxVisitor {
	opened(container: string): void;
	closed(container: string): void;
	/** A value directly in a container. */
	value(container: string, name: string, text: string): void;
	record(name: string, fields: OfxFields): void;
}

export interface OfxEnd {
	/** The file ends without closing what it opened. */
	readonly isCutShort: boolean;
	/** An end tag of a container or record that was not open: tags were lost or exchanged. */
	readonly strayEnd: string | null;
}

/** Elements that hold others and may be opened by a file. Whatever else has no text is a value left empty. */
const CONTAINERS = new Set(
	(
		'OFX SIGNONMSGSRSV1 SONRS BANKMSGSRSV1 CREDITCARDMSGSRSV1 STMTTRNRS CCSTMTTRNRS STMTRS CCSTMTRS BANKTRANLIST BANKTRANLISTP ' +
		'INVSTMTMSGSRSV1 INVSTMTTRNRS INVSTMTRS INVTRANLIST INVBANKTRAN LOANSTMTRS LOANTRANLIST AMRTSTMTRS'
	).split(' '),
);
const RECORDS = new Set(['STMTTRN', 'STMTTRNP', 'LEDGERBAL', 'AVAILBAL', 'BANKACCTFROM', 'CCACCTFROM', 'STATUS', 'INVACCTFROM', 'LOANACCTFROM']);
const PARTS = new Set(['PAYEE', 'EXTDPAYEE', 'BANKACCTTO', 'CCACCTTO', 'CURRENCY', 'ORIGCURRENCY']);

/**
 * Brings the tags of an OFX file into an order that files without end tags have too. A record ends where the next record or container
 * begins; an unknown element without text opens nothing. Refuses FILE_UNREADABLE where elements lie too deep or the file ends inside a record.
 */
export function readOfxStructure(source: string, start: number, visitor: OfxVisitor): OfxEnd {
	const structure = new OpenElements(visitor);
	let strayEnd: string | null = null;
	for (const token of ofxTokens(source, start)) {
		if (token.isEnd) {
			const isKnown = CONTAINERS.has(token.name) || RECORDS.has(token.name);
			if (!structure.close(token.name) && isKnown) strayEnd ??= token.name;
		} else if (!token.isSelfClosed) {
			structure.open(token.name, token.text, token.isTextWhole);
		}
	}
	if (structure.record) {
		throw new AppError('FILE_UNREADABLE', `The file ends in the middle of a record (${structure.record}). Nothing was read; get it from the bank again.`, {
			reason: 'CUT_SHORT',
			element: structure.record,
		});
	}
	const isCutShort = structure.isOpen('OFX');
	structure.closeAll();
	return { isCutShort, strayEnd };
}

class OpenElements {
	readonly #visitor: OfxVisitor;
	readonly #names: string[] = [];
	#fields: Map<string, string> | null = null;

	constructor(visitor: OfxVisitor) {
		this.#visitor = visitor;
	}

	/** The record that is open, if one is. */
	get record(): string | null {
		return this.#fields ? (this.#names.find((name) => RECORDS.has(name)) ?? null) : null;
	}

	isOpen(name: string): boolean {
		return this.#names.includes(name);
	}

	open(name: string, text: string, isTextWhole: boolean): void {
		if (CONTAINERS.has(name) || RECORDS.has(name)) {
			this.#makeRoom(name);
			this.#push(name);
			if (RECORDS.has(name)) this.#fields = new Map();
			else this.#visitor.opened(name);
		} else if (PARTS.has(name)) {
			this.close(name);
			this.#push(name);
		} else if (text === '') {
			this.#push(name);
		} else if (isTextWhole) {
			this.#value(name, text);
		}
	}

	/** Closes the innermost element of that name and all that is open in it; false where none is open. */
	close(name: string): boolean {
		const index = this.#names.lastIndexOf(name);
		if (index === -1) return false;
		this.#closeDownTo(index);
		return true;
	}

	closeAll(): void {
		this.#closeDownTo(0);
	}

	// A record holds no other, and what has neither text nor a known name was a value left empty, not a place for this one.
	#makeRoom(name: string): void {
		this.#closeDownTo(this.#names.findLastIndex((open) => CONTAINERS.has(open)) + 1);
		this.close(name);
	}

	#push(name: string): void {
		this.#names.push(name);
		if (this.#names.length > MAX_DEPTH) {
			throw new AppError('FILE_UNREADABLE', `The file has elements more than ${MAX_DEPTH} deep, which no statement has. Nothing was read.`, {
				reason: 'TOO_DEEP',
			});
		}
	}

	#closeDownTo(index: number): void {
		while (this.#names.length > index) {
			const name = this.#names.pop() as string;
			if (RECORDS.has(name) && this.#fields) {
				this.#visitor.record(name, this.#fields);
				this.#fields = null;
			} else if (CONTAINERS.has(name)) {
				this.#visitor.closed(name);
			}
		}
	}

	#value(name: string, text: string): void {
		const scope = this.#names.findLast((open) => CONTAINERS.has(open) || RECORDS.has(open) || PARTS.has(open));
		if (scope === undefined) return;
		if (this.#fields === null) {
			this.#visitor.value(scope, name, text);
			return;
		}
		const key = PARTS.has(scope) ? `${scope}.${name}` : name;
		if (!this.#fields.has(key)) this.#fields.set(key, text);
	}
}
