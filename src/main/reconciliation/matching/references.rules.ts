import { foldText } from './words.rules.ts';

/** What both sides may have written down of one event. Equal kind and value: the same. */
export interface Reference {
	/** `cheque`, `receipt`, `other`, or the letters before the number in capitals: `INV`, `FT`, `DEP`. */
	readonly kind: string;
	/** Capitals and digits; a number without its leading zeros. */
	readonly value: string;
	/** It ends a text that is as long as the bank's field: its last digits may be missing, so that another one says nothing. */
	readonly mayBeCut?: boolean;
}

const CHEQUE = /\b(?:CHQ|CHEQ|CHEQUE|CHECK|CHK|CQ|CK)(?![A-Z])[\s.:#-]*(?:(?:NO|NR|NUMBER)\b[\s.:#-]*)?(\d{1,12})(?![\dA-Z])/g;
/** `no. 1234` is a cheque's unless the word before says of what it is the number. */
const NUMBER = /(?:([A-Z/]+)[\s.:#-]+)?\bN[OR][.:#]\s*(\d{3,12})(?![\dA-Z])/g;
const NUMBER_OF_SOMETHING =
	/^(?:A\/C|AC|ACC|ACCT|ACCOUNT|CARD|CUSTOMER|MEMBER|CLIENT|PHONE|TEL|MOBILE|POLICY|METER|LOAN|FLAT|HOUSE|UNIT|ROOM|SHOP|PLOT|GATE|BOX|PAYMENT|SERIAL|ITEM|LINE)$/;
const SHORT_KINDS: Readonly<Record<string, string>> = {
	INVOICE: 'INV',
	DEPOSIT: 'DEP',
	VOUCHER: 'VCH',
	RECEIPT: 'RCT',
	RCPT: 'RCT',
	REFERENCE: 'REF',
	ORDER: 'PO',
};
const MARKERS = 'INVOICE|INV|BILL|DEPOSIT|DEP|CARD|VOUCHER|VCH|RECEIPT|RCPT|RCT|REFERENCE|REF|ORDER|PO|PV|RV|JV|FT|TRF|TXN|SLIP|BATCH|POS';
/** The marker, perhaps a sign or "no.", and a token with a digit: `INV-2041`, `DEP 5531`, `FT24031XQ`, `invoice no. 17/22`. */
const MARKED = new RegExp(`\\b(${MARKERS})(?![A-Z])[\\s.:#/-]*(?:N[OR][.:#\\s]+)?((?=[A-Z/-]*\\d)[A-Z0-9]+(?:[-/][A-Z0-9]+)*)`, 'g');
/** Letters and a number in one piece, whatever the letters are: `KX-20417`. */
const ATTACHED = /(?<![A-Z0-9/-])([A-Z]{1,6})[-/]?(\d[A-Z0-9]*(?:[-/][A-Z0-9]+)*)(?![A-Z0-9])/g;
const RECEIPT = /(?<![A-Z0-9/-])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{10}(?![A-Z0-9/-])/g;
/** Not the number of what stands before it: `receipt QGH7SK61SU` and the bare token are the same. */
const WHOLE_RECEIPT = /^(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{10}$/;
const MARKED_TOKEN = new RegExp(`^(${MARKERS})[-/]?(\\d[A-Z0-9/-]*)$`);
const STARTS_WITH_MARKER = new RegExp(`^(?:${MARKERS})\\d`);

const DATE_LIKE = /^(?:\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?)$/;
const YEAR_LIKE = /^(?:19|20)\d{2}(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?$/;
const MARKED_DIGITS = 2;
const ATTACHED_DIGITS = 4;
const BARE_CHEQUE = /^\d{3,10}$/;
const FIELD_SIGNS = 3;

/** The references in a running text, each once. */
export function referencesInText(text: string): Reference[] {
	return [...found(capitals(text)).values()];
}

/** The references of a field that is meant for one: digits alone are a cheque number, and what fits no pattern stands for itself. */
export function referencesInField(text: string): Reference[] {
	const whole = signsOf(text);
	if (BARE_CHEQUE.test(whole)) return [reference('cheque', whole)];
	const known = referencesInText(text);
	if (known.length > 0 || whole.length < FIELD_SIGNS || !/\d/.test(whole)) return known;
	return [{ kind: 'other', value: withoutZeros(whole) }];
}

/**
 * The references of a bank line. What equals the bank's own id is none, for the books cannot know it; but the receipt of mobile money, which is
 * both, is on the customer's telephone as well.
 */
export function bankReferences(line: { readonly description: string; readonly reference: string | null; readonly bankId: string | null }): Reference[] {
	const isReceipt = line.reference !== null && line.reference === line.bankId && WHOLE_RECEIPT.test(signsOf(line.reference));
	const own = line.bankId === null || isReceipt ? null : withoutZeros(signsOf(line.bankId));
	const isOwn = ({ kind, value }: Reference) => own !== null && (value === own || kind + value === own);
	const field = line.reference === null || withoutZeros(signsOf(line.reference)) === own ? [] : referencesInField(line.reference);
	const tokens = line.description.split(/\s+/);
	const text = tokens.filter((token) => own === null || withoutZeros(signsOf(token)) !== own).join(' ');
	const ofText = referencesInText(text).map((each) => (isAtFieldEnd(line.description, each) ? { ...each, mayBeCut: true } : each));
	return distinct([...ofText, ...field]).filter((each) => !isOwn(each));
}

/** The NAME of OFX holds 32 characters: a longer text ends there, in the middle of a number as well. */
const FIELD_LENGTH = 32;

// A receipt has ten signs, or it would not be known as one.
function isAtFieldEnd(text: string, { kind, value }: Reference): boolean {
	return kind !== 'receipt' && text.length === FIELD_LENGTH && signsOf(text).endsWith(value);
}

/** The references of a ledger line. */
export function bookReferences(line: {
	readonly description: string;
	readonly memo: string | null;
	readonly references: readonly string[];
	readonly externalNo: string | null;
}): Reference[] {
	const texts = [line.description, line.memo ?? '', line.externalNo ?? ''];
	return distinct([...line.references.flatMap(referencesInField), ...texts.flatMap(referencesInText)]);
}

/** `cheque 967370`, `receipt QGH7SK61SU`, `INV 2041` */
export function referenceWords({ kind, value }: Reference): string {
	return kind === 'other' ? `reference ${value}` : `${kind} ${value}`;
}

function distinct(references: readonly Reference[]): Reference[] {
	return [...new Map(references.map((each) => [`${each.kind} ${each.value}`, each])).values()];
}

function found(text: string): Map<string, Reference> {
	const references = new Map<string, Reference>();
	if (!/\d/.test(text)) return references;
	const add = (each: Reference) => references.set(`${each.kind} ${each.value}`, each);
	let rest = text.replace(CHEQUE, (_all, number: string) => {
		add(reference('cheque', number));
		return ' ; ';
	});
	rest = rest.replace(MARKED, (all, marker: string, token: string) => {
		if (DATE_LIKE.test(token) || digitsOf(token) < MARKED_DIGITS || WHOLE_RECEIPT.test(token)) return all;
		// `REF FT260406J1M` is the transfer itself.
		const [, inner = marker, number = token] = MARKED_TOKEN.exec(token) ?? [];
		add(reference(SHORT_KINDS[inner] ?? inner, number));
		return ' ; ';
	});
	rest = rest.replace(NUMBER, (all, before: string | undefined, number: string) => {
		if (before !== undefined && NUMBER_OF_SOMETHING.test(before)) return all;
		add(reference('cheque', number));
		return ' ; ';
	});
	rest = rest.replace(RECEIPT, (all) => {
		if (STARTS_WITH_MARKER.test(all)) return all;
		add({ kind: 'receipt', value: all });
		return ' ; ';
	});
	for (const [, letters = '', token = ''] of rest.matchAll(ATTACHED)) {
		if (digitsOf(token) < ATTACHED_DIGITS || DATE_LIKE.test(token) || YEAR_LIKE.test(signsOf(token))) continue;
		add(reference(letters, token));
	}
	return references;
}

function reference(kind: string, token: string): Reference {
	return { kind, value: withoutZeros(signsOf(token)) };
}

function capitals(text: string): string {
	return foldText(text).toUpperCase();
}

function signsOf(text: string): string {
	return capitals(text).replace(/[^A-Z0-9]/g, '');
}

function withoutZeros(signs: string): string {
	return signs.replace(/^0+(?=\d)/, '');
}

function digitsOf(token: string): number {
	return token.replace(/\D/g, '').length;
}
