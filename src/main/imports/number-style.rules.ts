import type { ImportQuestion } from './question.rules.ts';

/** The decimal sign of a column. The other of the two, apostrophes and blanks may then only group digits. */
export type DecimalSign = '.' | ',';

/** What one value proves about the decimal sign of its column. */
export type DecimalProof =
	| 'NONE' /* an integer: reads the same in every style */
	| 'POINT' /* 1250.00, 1,234,567, 12,34,567.00, 1,234.50 */
	| 'COMMA' /* 1250,00, 1.234.567, 1.234,50 */
	| 'EITHER_COMMA' /* 1,234: is it 1234 or 1.234? */
	| 'EITHER_POINT' /* 1.234 */
	| 'OTHER_GROUPS' /* 1'234, 1 234: neither . nor , groups here */
	| 'SCIENTIFIC' /* 1.5E+05: digits were lost where it was made */
	| 'NOT_A_NUMBER';

// Written before or after an amount: ₹ 5, Rs. 5, KSh 5, 5 EUR, -$5, US$5. Letters only where they are a known sign or an ISO code.
const CURRENCY_SIGN = /^(?:[₹€£¥₦₱₩฿₫₪₴₽]|(?:US|A|C|NZ|HK|S|R)?\$|Rs\.?|INR|KShs?\.?|Sh\.?|Fr\.?|kr\.?|zł|[A-Z]{3}(?![A-Za-z]))/;
const CURRENCY_SIGN_AFTER = /(?:[₹€£¥₦₱₩฿₫₪₴₽$]|Rs\.?|Fr\.?|kr\.?|zł|(?<![A-Za-z])[A-Z]{3})$/;
const EDGE = /^[\s\u00a0\u202f]+|[\s\u00a0\u202f]+$/g;
const BODY = /^(?:\d[\d.,'’\u00a0\u202f\u2009 ]*|[.,]\d+)$/;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?[eE][+-]?\d+$/;

interface StrippedAmount {
	readonly isNegative: boolean;
	/** Digits and separators, without sign, brackets and currency. */
	readonly body: string;
}

/** Takes off sign (before or after, also U+2212), brackets and currency sign; null where two signs contradict or repeat. */
function strippedAmount(text: string): StrippedAmount | null {
	let body = text.replace(EDGE, '');
	let signs = 0;
	let isNegative = false;
	for (let before = ''; before !== body; ) {
		before = body;
		const first = body[0];
		if (first === '-' || first === '−' || first === '+') {
			signs++;
			isNegative ||= first !== '+';
			body = body.slice(1);
		} else if (body.endsWith('-') || body.endsWith('−')) {
			signs++;
			isNegative = true;
			body = body.slice(0, -1);
		} else if (first === '(' && body.endsWith(')')) {
			signs++;
			isNegative = true;
			body = body.slice(1, -1);
		} else {
			body = body.replace(CURRENCY_SIGN, '').replace(CURRENCY_SIGN_AFTER, '');
		}
		body = body.replace(EDGE, '');
	}
	return signs > 1 ? null : { isNegative, body };
}

/** Groups of three, or the Indian way: the last of three, those before it of two. The first may be shorter. */
function isGrouped(parts: readonly string[]): boolean {
	const [first = '', ...others] = parts;
	const last = others.at(-1);
	if (last?.length !== 3 || first.length === 0 || first.startsWith('0')) return false;
	const middle = others.slice(0, -1);
	if (first.length <= 3 && middle.every((part) => part.length === 3)) return true;
	return first.length <= 2 && middle.every((part) => part.length === 2);
}

const isGroupedBy = (whole: string, separator: string) => isGrouped(whole.split(separator));

/** What a value proves by itself about its column's decimal sign. Blank text proves nothing. */
export function decimalProof(text: string): DecimalProof {
	if (/^-?\d+\.\d\d?$/.test(text)) return 'POINT';
	const stripped = strippedAmount(text);
	if (stripped === null) return 'NOT_A_NUMBER';
	const { body } = stripped;
	if (body === '') return text.replace(EDGE, '') === '' ? 'NONE' : 'NOT_A_NUMBER';
	if (SCIENTIFIC.test(body)) return 'SCIENTIFIC';
	if (!BODY.test(body)) return 'NOT_A_NUMBER';
	const points = count(body, '.');
	const commas = count(body, ',');
	if (points > 0 && commas > 0) {
		const sign: DecimalSign = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ',';
		return readsAs(body, sign) === null ? 'NOT_A_NUMBER' : sign === '.' ? 'POINT' : 'COMMA';
	}
	if (points + commas === 0) return /^\d+$/.test(body) ? 'NONE' : readsAs(body, '.') === null ? 'NOT_A_NUMBER' : 'OTHER_GROUPS';
	const separator: DecimalSign = points > 0 ? '.' : ',';
	const asDecimal = readsAs(body, separator) !== null;
	const asGroup = readsAs(body, separator === '.' ? ',' : '.') !== null;
	if (asDecimal && asGroup) return separator === '.' ? 'EITHER_POINT' : 'EITHER_COMMA';
	if (asDecimal) return separator === '.' ? 'POINT' : 'COMMA';
	if (asGroup) return separator === '.' ? 'COMMA' : 'POINT';
	return 'NOT_A_NUMBER';
}

function count(text: string, character: string): number {
	return text.split(character).length - 1;
}

/** Plain decimal text without sign, or null where the digits are not grouped as numbers are in that style. */
function readsAs(body: string, sign: DecimalSign): string | null {
	const pieces = body.split(sign);
	if (pieces.length > 2) return null;
	const [whole = '', fraction = ''] = pieces;
	if (!/^\d*$/.test(fraction)) return null;
	const plain = wholeDigits(whole, sign === '.' ? ',' : '.');
	if (plain === null || (plain === '' && fraction === '')) return null;
	return `${plain === '' ? '0' : plain}${fraction === '' ? '' : `.${fraction}`}`;
}

function wholeDigits(whole: string, otherSign: string): string | null {
	if (/^\d*$/.test(whole)) return whole;
	const separators = new Set(whole.replace(/\d/g, ''));
	if (separators.size !== 1) return null;
	const [separator = ''] = separators;
	if (separator !== otherSign && !/^['’\u00a0\u202f\u2009 ]$/.test(separator)) return null;
	return isGroupedBy(whole, separator) ? whole.replaceAll(separator, '') : null;
}

/**
 * The exact plain decimal text of an amount in a known style: `(1'234.50)` with `.` -> `"-1234.50"`, `1.234,5-` with `,` ->
 * `"-1234.5"`. null where it is no number in that style. Nothing passes through a float, so any length is exact.
 */
export function plainAmount(text: string, sign: DecimalSign): string | null {
	const stripped = strippedAmount(text);
	if (stripped === null || !BODY.test(stripped.body)) return null;
	const plain = readsAs(stripped.body, sign);
	if (plain === null) return null;
	return stripped.isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/** Where a proof was met first. */
export interface SeenAt {
	readonly line: number;
	readonly value: string;
}

/** What all values of a column (or of all amount columns of a file) prove together, in flat memory. */
export interface DecimalEvidence {
	readonly first: Partial<Record<DecimalProof, SeenAt>>;
}

export function noEvidence(): DecimalEvidence {
	return { first: {} };
}

/** Adds one value to the evidence and returns what it proves. */
export function seeAmount(evidence: DecimalEvidence, text: string, line: number): DecimalProof {
	const proof = decimalProof(text);
	if (proof !== 'NONE') evidence.first[proof] ??= { line, value: text };
	return proof;
}

/**
 * The decimal sign that the evidence proves, or the question to ask. With nothing but plain integers the sign makes no
 * difference. `isCanonical`: the file declares `.` and no grouping by its header, so 1.234 is no question there; 1,234 is.
 */
export function decimalSignOf(evidence: DecimalEvidence, isCanonical = false): DecimalSign | ImportQuestion {
	const { POINT: point, COMMA: comma, EITHER_COMMA: eitherComma, EITHER_POINT: eitherPoint, OTHER_GROUPS: otherGroups } = evidence.first;
	if (point && comma) return decimalQuestion(`Line ${point.line} has "${point.value}" and line ${comma.line} "${comma.value}".`, comma);
	if (point) return '.';
	if (comma) return ',';
	if (eitherComma && eitherPoint)
		return decimalQuestion(`Line ${eitherPoint.line} has "${eitherPoint.value}" and line ${eitherComma.line} "${eitherComma.value}".`, eitherComma);
	if (eitherPoint && (isCanonical || otherGroups)) return '.';
	if (eitherComma && otherGroups) return ',';
	const either = eitherComma ?? eitherPoint;
	if (either === undefined) return '.';
	const [grouped, decimal] = [either.value.replace(/[.,]/, ''), either.value.replace(',', '.')];
	return decimalQuestion(`Is the amount "${either.value}" in line ${either.line} ${grouped} or ${decimal}?`, either);
}

function decimalQuestion(seen: string, example: SeenAt): ImportQuestion {
	return {
		id: 'decimal',
		question: `${seen} Which sign is before the decimals in this file?`,
		choices: [
			{ value: '.', meaning: 'a point before the decimals, as in 1,234.50' },
			{ value: ',', meaning: 'a comma before the decimals, as in 1.234,50' },
		],
		example,
	};
}
