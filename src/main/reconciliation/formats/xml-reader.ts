import { SaxesParser } from 'saxes';
import { AppError } from '#shared/kernel/app-error.ts';
import { MAX_DEPTH } from './parsed-statement.ts';

/** One element that was read whole. Names are local names; text is that of the element itself, CDATA included, comments not. */
export interface XmlElement {
	readonly name: string;
	readonly attributes: ReadonlyMap<string, string>;
	readonly children: XmlElement[];
	text: string;
}

/** Told of every element on its way; `path` holds the local names from the root down to the element itself. */
export interface XmlVisitor {
	opened(path: readonly string[], namespace: string): void;
	/** Answers whether the element stays a child of its parent. What is dealt with here need not be kept in memory. */
	closed(element: XmlElement, path: readonly string[]): boolean;
}

/**
 * Reads XML strictly, from the text alone: a DOCTYPE is refused before any entity of it could be used, and nothing outside is
 * fetched. Refuses FILE_UNREADABLE with `reason` DOCTYPE, TOO_DEEP, CUT_SHORT or NOT_WELL_FORMED and the row.
 */
export function readXml(text: string, visitor: XmlVisitor): void {
	const parser = new SaxesParser({ xmlns: true });
	const path: string[] = [];
	const open: XmlElement[] = [];
	let isWholeText = false;
	parser.on('error', (error) => {
		throw isWholeText
			? cutShort(parser.line, path)
			: unreadable('NOT_WELL_FORMED', parser.line, `is no XML at line ${parser.line}`, saxesReason(error.message));
	});
	parser.on('doctype', () => {
		throw unreadable('DOCTYPE', parser.line, 'declares a document type or entities of its own, which no bank does');
	});
	parser.on('opentag', (tag) => {
		path.push(tag.local);
		if (path.length > MAX_DEPTH) throw unreadable('TOO_DEEP', parser.line, `has elements more than ${MAX_DEPTH} deep`);
		visitor.opened(path, tag.uri);
		const attributes = new Map(Object.values(tag.attributes).map((attribute) => [attribute.local, attribute.value]));
		open.push({ name: tag.local, attributes, children: [], text: '' });
	});
	const onText = (part: string) => {
		const element = open.at(-1);
		if (element) element.text += part;
	};
	parser.on('text', onText);
	parser.on('cdata', onText);
	parser.on('closetag', () => {
		const element = open.pop();
		if (element && visitor.closed(element, path)) open.at(-1)?.children.push(element);
		path.pop();
	});
	parser.write(text);
	isWholeText = true;
	parser.close();
}

// Its messages begin with the place, which we say ourselves.
const saxesReason = (message: string) => message.replace(/^(?:\d+:\d+: )+/, '').replace(/\.$/, '');

function cutShort(row: number, path: readonly string[]): AppError {
	const where = path.length > 0 ? ` inside ${path.at(-1)}` : '';
	return unreadable('CUT_SHORT', row, `ends at line ${row}${where} before it is complete`);
}

function unreadable(reason: string, row: number, what: string, detail?: string): AppError {
	const because = detail === undefined ? '' : ` (${detail})`;
	return new AppError('FILE_UNREADABLE', `The file ${what}${because}. Nothing was read; get it from the bank again.`, { reason, row });
}

/** The first element below `element` that a path of local names leads to. */
export function at(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
	let found = element;
	for (const name of names) found = found?.children.find((child) => child.name === name);
	return found;
}

/** All children of one name. */
export function all(element: XmlElement | undefined, name: string): readonly XmlElement[] {
	return element?.children.filter((child) => child.name === name) ?? [];
}

/** The trimmed text at the end of a path; null where there is none. */
export function textAt(element: XmlElement | undefined, ...names: readonly string[]): string | null {
	const text = at(element, ...names)?.text.trim();
	return text === undefined || text === '' ? null : text;
}
