/** Everything that a verification of a package can find. A finding means ALTERED. Codes are stable: scripts decide on them. */
export const FINDING_CODES = [
	// the bag
	'BAG_INVALID',
	'FILE_NAME_UNSAFE',
	'FILE_DUPLICATE',
	'FILE_MISSING',
	'FILE_EXTRA',
	'FILE_CHANGED',
	'FILE_UNREADABLE',
	'MANIFEST_CHANGED',
	// the seal and who signed it
	'SEAL_INVALID',
	'SEAL_CHANGED',
	'SEAL_SIGNATURE_BAD',
	'PACKAGE_SIGNATURE_BAD',
	'SIGNATURE_MISSING',
	'SIGNER_CHANGED',
	'PREVIOUS_SEAL_DIFFERS',
	// the figures of the seal
	'CLOSE_HASH_DIFFERS',
	'CONTENT_ROOT_DIFFERS',
	'TOTALS_DIFFER',
	'NET_PROFIT_DIFFERS',
	// the entries
	'ENTRY_INVALID',
	'ENTRY_CHANGED',
	'ENTRY_MISSING',
	'ENTRY_EXTRA',
	'ENTRY_OUT_OF_ORDER',
	'ENTRY_UNBALANCED',
	'CHAIN_BROKEN',
	'ATTACHMENT_MISSING',
	'ACCOUNT_UNKNOWN',
	// tables and reports
	'TABLE_CHANGED',
	'BALANCES_DIFFER',
	'TRIAL_BALANCE_DIFFERS',
	'REPORT_DIFFERS',
	'REOPEN_DIFFERENCE_DIFFERS',
	// what was reconciled
	'STATEMENT_MISSING',
	'STATEMENT_CHANGED',
	'RECONCILIATION_DIFFERS',
	// a proof of one entry
	'PROOF_INVALID',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that differs. `file` is relative to the bag's top folder, `account` the account's code. */
export interface Finding {
	readonly code: FindingCode;
	readonly message: string;
	readonly file?: string;
	readonly table?: string;
	readonly entryNo?: number;
	readonly externalNo?: string;
	readonly account?: string;
}

/** What this verification could not look at, and why. It does not make a package ALTERED. */
export const NOT_CHECKED_CODES = [
	'SIGNATURE',
	'SIGNER_IDENTITY',
	'SEAL_CONTENTS',
	'ENTRIES',
	'CHAIN_LINKS',
	'PREVIOUS_SEAL',
	'PERIOD_SEALS',
	'TRIAL_BALANCE',
	'ADJUSTED_BASIS',
	'DOCUMENTS',
	'AUDIT_TRAIL',
	'TAG_FILES',
	'OTHER_ENTRIES',
] as const;
export type NotCheckedCode = (typeof NOT_CHECKED_CODES)[number];

export interface NotChecked {
	readonly code: NotCheckedCode;
	readonly message: string;
}

/** Collects what is found. It keeps the first `limit` findings, so that a wholly foreign file cannot fill the memory. */
export interface FindingList {
	add(code: FindingCode, message: string, place?: Omit<Finding, 'code' | 'message'>): void;
	notChecked(code: NotCheckedCode, message: string): void;
	readonly findings: readonly Finding[];
	readonly skipped: readonly NotChecked[];
	/** How many findings there were beyond those kept. */
	readonly omitted: number;
}

export function createFindingList(limit = 1000): FindingList {
	const findings: Finding[] = [];
	const skipped: NotChecked[] = [];
	let omitted = 0;
	return {
		add(code, message, place = {}) {
			if (findings.length < limit) findings.push({ code, message, ...place });
			else omitted++;
		},
		notChecked(code, message) {
			skipped.push({ code, message });
		},
		findings,
		skipped,
		get omitted() {
			return omitted;
		},
	};
}
