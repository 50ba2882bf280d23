import { type BankLine, type BookLine, byBookLine } from './lines.rules.ts';
import { bankReferences, bookReferences, type Reference } from './references.rules.ts';
import { type BankWord, type BookWords, bankWords, bookWords, Vocabulary } from './words.rules.ts';

/** What both sides have once they are read. `index` is the place in the order of ids, which settles ties. */
interface PreparedLine {
	readonly index: number;
	readonly day: number;
	readonly amountMinor: number;
	readonly references: readonly Reference[];
	/** Numbers of the references and of their kinds, equal on both sides where they are equal. */
	readonly referenceIds: readonly number[];
	readonly kindIds: readonly number[];
}

export interface PreparedBank extends PreparedLine {
	readonly line: BankLine;
	readonly words: readonly BankWord[];
}

export interface PreparedBook extends PreparedLine {
	readonly line: BookLine;
	readonly words: BookWords;
}

/** Both sides read once: words and references numbered, in the order of ids, so that the order they came in means nothing. */
export interface PreparedLines {
	readonly bank: readonly PreparedBank[];
	readonly books: readonly PreparedBook[];
}

/** Kinds that say nothing about each other: two of them may differ and still belong to one event. */
const VAGUE_KIND = 'other';
const NONE: readonly number[] = [];

/** Does another reference of its kind on the other side tell the two apart? */
export function isTelling({ kind, mayBeCut }: Reference): boolean {
	return kind !== VAGUE_KIND && mayBeCut !== true;
}

export function prepareLines(bankLines: readonly BankLine[], bookLines: readonly BookLine[]): PreparedLines {
	const vocabulary = new Vocabulary();
	const numbers = new Vocabulary();
	const numbered = (references: readonly Reference[]) => ({
		references,
		referenceIds: references.length === 0 ? NONE : references.map(({ kind, value }) => numbers.add(`${kind} ${value}`)),
		kindIds: references.length === 0 ? NONE : [...new Set(references.filter(isTelling).map(({ kind }) => numbers.add(kind)))],
	});
	const books = [...bookLines].sort(byBookLine).map((line, index) => ({
		index,
		day: line.day,
		amountMinor: line.amountMinor,
		line,
		words: bookWords([line.description, line.memo, line.party, ...line.aliases, ...line.references], vocabulary),
		...numbered(bookReferences(line)),
	}));
	const bank = [...bankLines]
		.sort((one, other) => one.id - other.id)
		.map((line, index) => ({
			index,
			day: line.day,
			amountMinor: line.amountMinor,
			line,
			words: bankWords([line.description, line.party], vocabulary),
			...numbered(bankReferences(line)),
		}));
	return { bank, books };
}

/** Is a reference the same on both sides? */
export function shareReference(one: PreparedLine, other: PreparedLine): boolean {
	return share(one.referenceIds, other.referenceIds);
}

/** Have both a reference of one kind? Asked where none is the same: then they differ. */
export function shareKind(one: PreparedLine, other: PreparedLine): boolean {
	return share(one.kindIds, other.kindIds);
}

function share(one: readonly number[], other: readonly number[]): boolean {
	return one.length > 0 && other.length > 0 && one.some((each) => other.includes(each));
}

/** What an index needs of a line. */
export type IndexedLine = PreparedLine;
