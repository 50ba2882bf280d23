/** Latin letters that do not come apart into a letter and a mark. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n' };
const WHOLE_LETTER = /[ßæœøłđðþıħŋ]/g;
const TOKEN = /[\p{L}\p{M}\p{N}?\uFFFD]+/gu;
const LETTER = /\p{L}/gu;
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const LOST = /[?\uFFFD]/;
const WORD_LETTERS = 3;
/** A letter beyond ASCII is printed as one question mark, or as one for each of its bytes. */
const MARKS_PER_LETTER = 4;
/** Longer words are not compared letter by letter. */
const LONGEST_PRINTED = 80;

/** Lower case without diacritics: banks drop them. */
export function foldText(text: string): string {
	if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}+/gu, '')
		.replace(WHOLE_LETTER, (letter) => WHOLE_LETTERS[letter] ?? letter);
}

/** The words of ledger lines, numbered, so that lines compare numbers. */
export class Vocabulary {
	readonly #ids = new Map<string, number>();

	/** The number of a word, a new one where it is met for the first time. */
	add(word: string): number {
		const known = this.#ids.get(word);
		if (known !== undefined) return known;
		this.#ids.set(word, this.#ids.size);
		return this.#ids.size - 1;
	}

	/** -1 where no ledger line has it. */
	find(word: string): number {
		return this.#ids.get(word) ?? -1;
	}
}

/** The words of a ledger line. */
export interface BookWords {
	readonly ids: readonly number[];
	/** Those with letters that a bank may not be able to print, as they are written, in lower case. */
	readonly beyondAscii: readonly string[];
}

/** A word of a bank line. `id` is -1 where no ledger line has it; `lost`: letters of it are question marks. */
export interface BankWord {
	readonly text: string;
	readonly id: number;
	readonly lost: boolean;
}

export function bookWords(texts: readonly (string | null)[], vocabulary: Vocabulary): BookWords {
	const ids = new Set<number>();
	const beyondAscii = new Set<string>();
	for (const token of tokensOf(texts)) {
		if (BEYOND_ASCII.test(token)) beyondAscii.add(token);
		const word = foldText(token);
		if (isWord(word)) ids.add(vocabulary.add(word));
	}
	return { ids: [...ids], beyondAscii: [...beyondAscii] };
}

/** Each word of a bank line once, in the order of the text. */
export function bankWords(texts: readonly (string | null)[], vocabulary: Vocabulary): BankWord[] {
	const words = new Map<string, BankWord>();
	for (const token of tokensOf(texts)) {
		const lost = LOST.test(token);
		const text = lost ? token.replaceAll('\uFFFD', '?') : foldText(token);
		if (!(lost ? isLostWord(text) : isWord(text))) continue;
		const whole = lost ? foldText(text.replace(/\?+$/, '')) : text;
		words.set(text, { text, id: isWord(whole) ? vocabulary.find(whole) : -1, lost });
	}
	return [...words.values()];
}

function tokensOf(texts: readonly (string | null)[]): string[] {
	return texts.flatMap((text) => (text === null ? [] : (text.normalize('NFC').toLowerCase().match(TOKEN) ?? [])));
}

function isWord(text: string): boolean {
	return (text.match(LETTER)?.length ?? 0) >= WORD_LETTERS;
}

/** A question mark stands for a letter inside a word, or for a whole word in a script that the bank lacks. */
function isLostWord(text: string): boolean {
	return (text.match(/\p{L}|\?/gu)?.length ?? 0) >= WORD_LETTERS;
}

export function isFound(word: BankWord, book: BookWords): boolean {
	if (word.id >= 0 && book.ids.includes(word.id)) return true;
	return word.lost && book.beyondAscii.some((written) => isPrintedAs(written, word.text));
}

/** Can a bank without letters beyond ASCII have printed the word so? Both in lower case. */
function isPrintedAs(written: string, printed: string): boolean {
	if (printed.length < written.length / 2 || printed.length > LONGEST_PRINTED || written.length > LONGEST_PRINTED) return false;
	const signs = Array.from(printed);
	// Places in what was printed that the letters so far may have filled it up to.
	let reached = new Set([0]);
	for (const letter of written) {
		const next = new Set<number>();
		for (const place of reached) for (const end of endsOf(letter, signs, place)) next.add(end);
		if (next.size === 0) return false;
		reached = next;
	}
	return reached.has(signs.length);
}

function* endsOf(letter: string, signs: readonly string[], place: number): Generator<number> {
	const sign = signs[place];
	if (sign === undefined) return;
	if (sign !== '?') {
		if (foldText(sign) === foldText(letter)) yield place + 1;
		return;
	}
	if (!BEYOND_ASCII.test(letter)) return;
	for (let marks = 1; marks <= MARKS_PER_LETTER && signs[place + marks - 1] === '?'; marks++) yield place + marks;
}
