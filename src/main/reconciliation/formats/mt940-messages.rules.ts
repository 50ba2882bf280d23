/** A field of a message with all its lines; the first one without the tag. */
export interface Mt940Field {
	readonly tag: string;
	/** Physical line, from 1. */
	readonly row: number;
	readonly lines: string[];
}

export interface Mt940Message {
	readonly row: number;
	readonly fields: Mt940Field[];
	/** Its header or its fields say MT942: a report within the day. */
	isInterim: boolean;
}

const TAG = /^:(\d{2}[A-Z]?|NS|94[02]):(.*)$/s;
const HEADER_TAGS = new Set(['13', '13D', '21', '25', '25P', '28', '28C']);
const INTERIM_TAGS = new Set(['34F', '90C', '90D']);
const BALANCE = /^[CD]\d{6}/;
const BLOCK = /^\{[1-5]:/;
const LOOK_AHEAD = 4;

/**
 * The messages of a file with their fields. What stands before, between and after them (SWIFT blocks, the lines that Dutch banks
 * write above a message) is left out. A line of text that looks like a tag is text where the tag cannot stand: `:12:30`, a
 * second `:25:`, a `:20:` in the middle of a message.
 */
export function mt940Messages(text: string): Mt940Message[] {
	return new MessageSplitter(text.split(/\r+\n?|\n/)).messages();
}

class MessageSplitter {
	readonly #lines: readonly string[];
	readonly #messages: Mt940Message[] = [];
	#message: Mt940Message | null = null;
	#field: Mt940Field | null = null;
	#hasOpening = false;
	#hasClosing = false;
	#blockIsInterim = false;

	constructor(lines: readonly string[]) {
		this.#lines = lines;
	}

	messages(): Mt940Message[] {
		for (const [index, raw] of this.#lines.entries()) {
			const line = BLOCK.test(raw) ? this.#block(raw) : trimControls(raw);
			if (line !== '') this.#take(line, index);
		}
		return this.#messages;
	}

	/** What follows `{4:` on the line of the block headers; the headers themselves say which message it is. */
	#block(line: string): string {
		this.#end();
		if (/\{2:[IO]94/.test(line)) this.#blockIsInterim = /\{2:[IO]942/.test(line);
		const text = line.lastIndexOf('{4:');
		return text === -1 ? '' : trimControls(line.slice(text + 3));
	}

	#take(line: string, index: number): void {
		if (/^-\}?(?:\{5:.*)?$/s.test(line) && (this.#hasClosing || line !== '-' || this.#isEndOfMessage(index))) return this.#end();
		const match = TAG.exec(line);
		if (match && this.#isTag(match[1] as string, match[2] as string, index)) this.#tag(match[1] as string, match[2] as string, index + 1);
		else this.#field?.lines.push(line);
	}

	#tag(tag: string, rest: string, row: number): void {
		if (tag === '940' || tag === '942') return this.#end();
		if (this.#message === null || tag === '20') {
			this.#end();
			this.#message = { row, fields: [], isInterim: this.#blockIsInterim };
			this.#messages.push(this.#message);
		}
		this.#field = { tag, row, lines: [rest] };
		this.#message.fields.push(this.#field);
		this.#message.isInterim ||= INTERIM_TAGS.has(tag);
		this.#hasOpening ||= tag === '60F' || tag === '60M' || tag === '61';
		this.#hasClosing ||= tag === '62F' || tag === '62M';
	}

	#end(): void {
		this.#message = null;
		this.#field = null;
		this.#hasOpening = false;
		this.#hasClosing = false;
	}

	#isTag(tag: string, rest: string, index: number): boolean {
		const inText = this.#field?.tag === '86' || this.#field?.tag === '61' || this.#field?.tag === 'NS';
		if (tag === '20') return !inText || this.#hasClosing || this.#next(index).some((line) => /^:(?:21|25P?):/.test(line));
		if (HEADER_TAGS.has(tag)) return !this.#hasOpening;
		if (tag === '60F' || tag === '60M') return !this.#hasOpening || !inText;
		if (tag === '61') return this.#field?.tag !== '86' || /^\d{6}/.test(rest);
		if (tag === '62F' || tag === '62M' || tag === '64' || tag === '65') return !inText || BALANCE.test(rest);
		return tag === '86' || tag === 'NS' || tag === '940' || tag === '942' || INTERIM_TAGS.has(tag);
	}

	#isEndOfMessage(index: number): boolean {
		const [next] = this.#next(index);
		return next === undefined || /^:20:|^:94[02]:|^\{|^[A-Z]{6}[A-Z0-9]{2,6}$/.test(next);
	}

	#next(index: number): string[] {
		return this.#lines
			.slice(index + 1, index + 1 + LOOK_AHEAD)
			.map(trimControls)
			.filter((line) => line !== '');
	}
}

// Control bytes frame the messages of some banks. Blanks stay: they say where a wrapped text goes on.
function trimControls(line: string): string {
	let start = 0;
	let end = line.length;
	while (start < end && isControl(line.charCodeAt(start))) start++;
	while (end > start && isControl(line.charCodeAt(end - 1))) end--;
	const inner = line.slice(start, end);
	return inner.trim() === '' ? '' : inner;
}

const isControl = (code: number) => code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0xfeff;
