/* Rows of the sealed tables of reconciliation, as packages read them. Amounts are minor units of `currency`. */

export interface PackedItem {
	readonly no: number;
	/** BOOK: a ledger line that the bank does not have yet. BANK: a line of the bank that the books do not have. */
	readonly kind: 'BOOK' | 'BANK';
	readonly date: string;
	/** What the item adds to the actual balance on the way to the balance of the books. */
	readonly amountMinor: number;
	readonly description: string;
	readonly reference: string | null;
	readonly entryNo: number | null;
	readonly bankId: string | null;
	readonly note: string | null;
}

export interface PackedReconciliation {
	readonly id: string;
	/** The account's ref. */
	readonly account: string;
	readonly currency: string;
	readonly strategy: string;
	readonly status: string;
	/** The period's last day. */
	readonly end: string;
	readonly expectedMinor: number;
	readonly actualMinor: number;
	readonly varianceMinor: number;
	readonly explainedMinor: number;
	readonly detail: { readonly count?: Readonly<Record<string, number>> };
	readonly preparedAt: string;
	readonly preparedBy: string;
	readonly verifiedAt: string | null;
	readonly verifiedBy: string | null;
	readonly items: readonly PackedItem[];
}

export interface PackedStatement {
	readonly id: string;
	readonly account: string;
	readonly currency: string;
	readonly format: string;
	/** As it was called when it was taken in. */
	readonly fileName: string;
	readonly sha256: string;
	readonly from: string;
	readonly to: string;
}

export interface PackedLine {
	readonly id: string;
	readonly account: string;
	readonly statement: string;
	readonly date: string;
	readonly valueDate: string | null;
	/** Money in is positive. */
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
	readonly bankId: string | null;
	readonly reference: string | null;
	readonly runningBalanceMinor: number | null;
	readonly match: string | null;
	/** Numbers of the entries that it is matched with. */
	readonly entries: readonly number[];
}

export interface PackedMatch {
	readonly id: string;
	readonly account: string;
	readonly kind: string;
	readonly score: number;
	readonly certain: boolean;
	readonly automatic: boolean;
	readonly reasons: unknown;
	readonly confirmedAt: string;
	readonly confirmedBy: string | null;
	/** Ids of statement lines. */
	readonly lines: readonly string[];
	readonly entries: readonly {
		readonly no: number;
		readonly line: number;
		readonly date: string;
		readonly amountMinor: number;
		readonly description: string;
		readonly reference: string | null;
	}[];
}

const EXTENSIONS: Readonly<Record<string, string>> = { ofx: 'ofx', camt053: 'xml', mt940: 'sta', qif: 'qif', csv: 'csv' };

/** What a statement file is called in the package: by its own id, whatever it was called before. */
export function statementFileName({ id, format }: Pick<PackedStatement, 'id' | 'format'>): string {
	return `${id}.${EXTENSIONS[format] ?? 'bin'}`;
}

const PLAIN_REF = /^[0-9][0-9A-Z-]{0,40}$/;

/** The folder of an account: its ref where every file system takes it and no other account's could fall together with it, else a hash of it. */
export function accountFolder(ref: string, sha256Hex: (text: string) => string): string {
	return PLAIN_REF.test(ref) ? ref : `account-${sha256Hex(ref).slice(0, 16)}`;
}
