import { lineText, textOrNull } from './statement-text.rules.ts';

/** What :86: says of a line. */
export interface Mt940Details {
	readonly description: string;
	readonly party: string | null;
	readonly reference: string | null;
}

/** German banks: a code of three digits, a separator, and subfields of two digits: `166?00GUTSCHRIFT?20SVWZ+...?32NAME`. */
const SUBFIELDS = /^\d{3}([?<>^~|@#%!])(?=\d{2})/;
/** Dutch banks: `/TRTP/SEPA OVERBOEKING/IBAN/.../NAME/.../REMI/...`. Other words between slashes are text. */
const DUTCH_TAG =
	/\/(ACCW|ADDR|BBAN|BENM|BIC|CDTRREFTP|CITY|CNTP|CSID|EREF|IBAN|ISDT|MARF|NAME|NRTX|OCMT|ORDP|PREF|PURP|REMI|RTRN|SVCL|TRCD|TRTP|ULTB|ULTC|ULTD|ID|INIP)\//g;
/** Names inside the remittance of a SEPA payment at a German bank. */
const SEPA_TAG = /(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT)\+/g;
const FULL_SUBFIELD = 27;
const FULL_LINE = 64;
const NOT_PROVIDED = /^(?:NOTPROVIDED|NONREF|NICHT ANGEGEBEN)$/i;

/** Reads the lines of a :86: field, whichever bank's way it is written in. */
export function mt940Details(lines: readonly string[]): Mt940Details {
	const joined = lines.join('');
	const separator = SUBFIELDS.exec(joined)?.[1];
	if (separator !== undefined) return subfieldDetails(joined, separator);
	const labelled = labelledDetails(lines[0] ?? '', lines);
	if (labelled !== null) return labelled;
	if (isLinePerField(lines)) return lineDetails(lines);
	if (/\/(?:REMI|NAME|CNTP)\//.test(joined)) return taggedDetails(joined);
	return { description: lineText(unwrapped(lines)), party: null, reference: null };
}

/** Text as it was before it was cut into lines of 65 characters: a full line goes on in the middle of its word. */
export function unwrapped(lines: readonly string[]): string {
	return joinPieces(lines, FULL_LINE);
}

function joinPieces(pieces: readonly string[], full: number): string {
	const joined: string[] = [];
	let before = '';
	for (const piece of pieces) {
		const goesOn = before === '' || before.length >= full || before.endsWith(' ') || piece.startsWith(' ');
		joined.push(goesOn ? piece : ` ${piece}`);
		before = piece;
	}
	return joined.join('');
}

function subfieldDetails(joined: string, separator: string): Mt940Details {
	const remittance: string[] = [];
	const party: string[] = [];
	let posting = '';
	for (const piece of joined.slice(3).split(separator)) {
		const code = Number(/^\d{2}/.exec(piece)?.[0] ?? Number.NaN);
		const text = piece.slice(2);
		if (code === 0) posting = text;
		else if ((code >= 20 && code <= 29) || (code >= 60 && code <= 63)) remittance.push(text);
		else if (code === 32 || code === 33) party.push(text);
		// A separator that no subfield follows was part of the text.
		else if (Number.isNaN(code) && remittance.length > 0) remittance.push(`${remittance.pop() ?? ''}${separator}${piece}`);
	}
	const { description, reference } = sepaRemittance(joinPieces(remittance, FULL_SUBFIELD));
	const name = textOrNull(joinPieces(party, FULL_SUBFIELD));
	return { description: lineText(description) || lineText(posting) || (name ?? ''), party: name, reference };
}

function sepaRemittance(text: string): { readonly description: string; readonly reference: string | null } {
	const parts = [...text.matchAll(SEPA_TAG)];
	const valueOf = (tag: string) => {
		const at = parts.findIndex((part) => part[1] === tag);
		const part = parts[at];
		return part === undefined ? undefined : text.slice(part.index + part[0].length, parts[at + 1]?.index ?? text.length);
	};
	const reference = agreed(valueOf('EREF')) ?? agreed(valueOf('KREF')?.split('MTLG:')[0]);
	return { description: lineText(valueOf('SVWZ')) === '' ? text : (valueOf('SVWZ') as string), reference };
}

function agreed(text: string | undefined): string | null {
	const reference = textOrNull(text);
	return reference === null || NOT_PROVIDED.test(reference) || !/\d/.test(reference) ? null : reference;
}

function taggedDetails(joined: string): Mt940Details {
	const values = new Map<string, string>();
	const tags = [...joined.matchAll(DUTCH_TAG)];
	for (const [index, tag] of tags.entries()) {
		const name = tag[1] as string;
		if (!values.has(name)) values.set(name, withoutLastSlashes(joined.slice(tag.index + tag[0].length, tags[index + 1]?.index ?? joined.length)));
	}
	const counterparty = (values.get('CNTP') ?? '').split('/');
	const party = textOrNull(values.get('NAME')) ?? textOrNull(counterparty[2]);
	const remittance = lineText((values.get('REMI') ?? '').replace(/^(?:USTD|STRD)\/\/?(?:(?:CUR|ISO)\/)?/, ''));
	const reference = agreed(values.get('EREF')) ?? agreed(values.get('PREF'));
	return { description: remittance || lineText(values.get('TRTP')) || (values.has('NAME') && party !== null ? party : lineText(joined)), party, reference };
}

function withoutLastSlashes(text: string): string {
	let end = text.length;
	while (text[end - 1] === '/') end--;
	return text.slice(0, end);
}

// `999SEPA_CREDIT_TRANSFER:purpose:name:IBAN:end-to-end text`, where the purpose may hold colons too.
function labelledDetails(first: string, lines: readonly string[]): Mt940Details | null {
	if (!/^\d{3}[A-Z_]{5,}:/.test(first)) return null;
	const [, ...pieces] = unwrapped(lines).split(':');
	const iban = pieces.findLastIndex((piece) => /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(piece.trim()));
	if (iban < 1) return null;
	return {
		description: lineText(pieces.slice(0, iban - 1).join(':'), pieces.slice(iban + 1).join(':')) || lineText(pieces[iban - 1]),
		party: textOrNull(pieces[iban - 1]),
		reference: null,
	};
}

// /BENM/ or /ORDP/ with an account, then a name, a code and a text, each on a line that begins with a slash.
function isLinePerField(lines: readonly string[]): boolean {
	return lines.length > 2 && /^\/(?:BENM|ORDP)\/\w*$/.test((lines[0] ?? '').trim()) && lines.every((line) => line.startsWith('/'));
}

function lineDetails(lines: readonly string[]): Mt940Details {
	const [, name = '', ...others] = lines.map((line) => line.slice(1));
	const text = others.at(-1) ?? '';
	return { description: lineText(text) || lineText(name), party: textOrNull(name), reference: null };
}

/** Text below :61: that some banks write as `:NS:` with a code of two digits: 01 to 14 the remittance, 15 and 16 the other side. */
export function mt940NonSwift(lines: readonly string[]): Mt940Details {
	const coded = lines.map((line) => ({ code: Number(/^\d{2}/.exec(line)?.[0] ?? Number.NaN), text: line.slice(2) }));
	const between = (from: number, to: number) =>
		coded
			.filter(({ code }) => code >= from && code <= to)
			.map(({ text }) => text)
			.join(' ');
	return { description: lineText(between(1, 14)) || lineText(between(17, 17)), party: textOrNull(between(15, 16)), reference: null };
}
