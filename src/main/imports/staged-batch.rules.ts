import type { EntryTextParts } from '#shared/seal/index.ts';

/** One staged entry: what the journal stores of it and the fragments of its entry text. */
export interface StagedRow {
	readonly externalNo: string | null;
	readonly date: string;
	readonly description: string;
	readonly reference: string | null;
	readonly text: EntryTextParts;
	/** null: contents need no comparing. */
	readonly content: Uint8Array | null;
}

/** All amounts are minor units. */
export interface StagedLineRow {
	readonly accountId: number;
	readonly partyId: number | null;
	/** null: the company's own. */
	readonly currency: string | null;
	readonly debitMinor: number;
	readonly creditMinor: number;
	/** Signed, debit positive, in the company's currency. */
	readonly baseMinor: number;
	readonly dueDate: string | null;
	readonly reference: string | null;
	readonly memo: string | null;
}

/** What few lines say: place in the batch (from 0), currency, amount signed, due date, reference, memo. */
export type LineExtra = readonly [
	index: number,
	currency: string | null,
	amountMinor: number,
	dueDate: string | null,
	reference: string | null,
	memo: string | null,
];

/** Whole entries on their way to the staging file, in few large pieces, so that handing them to another thread costs little. */
export interface StagedBatch {
	/** External number, date, description and reference of one entry after the other. */
	readonly heads: readonly (string | null)[];
	/** One for each entry, or none at all. */
	readonly contents: readonly Uint8Array[];
	/** For each entry a line: the parts of its entry text, parted by tabs. JSON holds neither tab nor newline as such. */
	readonly texts: string;
	/** NUMBERS_OF_LINE numbers of one line after the other. */
	readonly lines: Float64Array<ArrayBuffer>;
	readonly extras: readonly LineExtra[];
}

/** Entry (place in the batch, from 0), line number, account, party (0: none), day, base amount. */
export const NUMBERS_OF_LINE = 6;
/** External number, date, description, reference. */
export const TEXTS_OF_HEAD = 4;

const BATCH_LINES = 512;

/** Gathers entries to batches. */
export class BatchBuilder {
	readonly #onBatch: (batch: StagedBatch) => void;
	#heads: (string | null)[] = [];
	#contents: Uint8Array[] = [];
	#texts = '';
	#lines = new Float64Array(BATCH_LINES * NUMBERS_OF_LINE);
	#lineCount = 0;
	#extras: LineExtra[] = [];

	constructor(onBatch: (batch: StagedBatch) => void) {
		this.#onBatch = onBatch;
	}

	add(entry: StagedRow, lines: readonly StagedLineRow[], day: number): void {
		const place = this.#heads.length / TEXTS_OF_HEAD;
		this.#heads.push(entry.externalNo, entry.date, entry.description, entry.reference);
		if (entry.content !== null) this.#contents.push(entry.content);
		this.#texts += `${entry.text.head}\t${entry.text.middle}\t${entry.text.tail}\n`;
		for (let index = 0; index < lines.length; index++) this.#addLine(place, index + 1, lines[index] as StagedLineRow, day);
		if (this.#lineCount >= BATCH_LINES) this.flush();
	}

	#addLine(place: number, lineNo: number, line: StagedLineRow, day: number): void {
		const { currency, dueDate, reference, memo } = line;
		if (currency !== null || dueDate !== null || reference !== null || memo !== null)
			this.#extras.push([this.#lineCount, currency, line.debitMinor - line.creditMinor, dueDate, reference, memo]);
		let at = this.#lineCount++ * NUMBERS_OF_LINE;
		if (at === this.#lines.length) this.#grow();
		const numbers = this.#lines;
		numbers[at++] = place;
		numbers[at++] = lineNo;
		numbers[at++] = line.accountId;
		numbers[at++] = line.partyId ?? 0;
		numbers[at++] = day;
		numbers[at] = line.baseMinor;
	}

	// An entry is never parted: one of many lines makes its batch larger.
	#grow(): void {
		const larger = new Float64Array(this.#lines.length * 2);
		larger.set(this.#lines);
		this.#lines = larger;
	}

	/** Hands on what has been gathered. Call it once more after the last entry. */
	flush(): void {
		if (this.#heads.length === 0) return;
		const lines = this.#lines.slice(0, this.#lineCount * NUMBERS_OF_LINE);
		this.#onBatch({ heads: this.#heads, contents: this.#contents, texts: this.#texts, lines, extras: this.#extras });
		this.#heads = [];
		this.#contents = [];
		this.#texts = '';
		this.#lineCount = 0;
		this.#extras = [];
	}
}
