/** One record: the fields in the order of the file, each a letter and its text. */
export interface QifRecord {
	readonly row: number;
	readonly fields: readonly QifField[];
	/** False where the file ends before the `^` that ends a record. */
	readonly isWhole: boolean;
}

export interface QifField {
	readonly letter: string;
	readonly text: string;
	readonly row: number;
}

/** Records below one `!Type:` line, with the account that an `!Account` block named before it. */
export interface QifSection {
	/** `bank`, `ccard`, `cash`, `oth a`, `oth l`, `invst`, `cat` and so on: lower case. */
	readonly type: string;
	readonly account: string | null;
	readonly row: number;
	readonly records: QifRecord[];
}

/** Accounts whose lines a bank knows. */
export const BANK_TYPES: ReadonlySet<string> = new Set(['bank', 'ccard', 'cash', 'oth a', 'oth l']);
/** Investment accounts: shares, prices and lots, which are no statement lines. */
export const INVESTMENT_TYPES: ReadonlySet<string> = new Set(['invst', 'port', '401(k)/403(b)']);
/** Lists of a program's own. They are passed over. */
export const LIST_TYPES: ReadonlySet<string> = new Set([
	'cat',
	'class',
	'memorized',
	'prices',
	'security',
	'budget',
	'invitem',
	'template',
	'tag',
	'bill',
	'payee',
]);

/** Text of a field without the blanks after it, or undefined. The first wins: what comes later belongs to splits and addresses. */
export function fieldText(record: QifRecord, letter: string): string | undefined {
	return record.fields.find((field) => field.letter === letter)?.text;
}

/** The sections of a file. Empty lines and options are passed over; `^^` ends a record as `^` does. */
export function qifSections(text: string): QifSection[] {
	const sections: QifSection[] = [];
	let section: QifSection | null = null;
	let account: string | null = null;
	let isAccountList = false;
	let fields: QifField[] = [];
	const endRecord = (isWhole: boolean) => {
		const [first] = fields;
		if (first === undefined) return;
		if (isAccountList) account = fields.find((field) => field.letter === 'N')?.text ?? null;
		else section?.records.push({ row: first.row, fields, isWhole });
		fields = [];
	};
	for (const [index, raw] of text.split(/\r+\n?|\n/).entries()) {
		const line = raw.trimEnd();
		if (line === '') continue;
		if (line.startsWith('!')) {
			endRecord(false);
			const header = qifHeader(line);
			if (header.kind === 'option') continue;
			isAccountList = header.kind === 'account';
			section = header.kind === 'type' ? { type: header.type, account, row: index + 1, records: [] } : null;
			if (section) sections.push(section);
		} else if (line.startsWith('^')) {
			endRecord(true);
		} else {
			fields.push({ letter: line.slice(0, 1), text: line.slice(1).trim(), row: index + 1 });
		}
	}
	endRecord(false);
	return sections;
}

type QifHeader = { readonly kind: 'option' } | { readonly kind: 'account' } | { readonly kind: 'type'; readonly type: string };

function qifHeader(line: string): QifHeader {
	const word = line.slice(1).trim().toLowerCase();
	if (word === 'account') return { kind: 'account' };
	if (word.startsWith('type:')) return { kind: 'type', type: word.slice(5).trim() };
	return { kind: 'option' };
}
