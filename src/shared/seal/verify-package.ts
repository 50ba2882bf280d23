import { present } from '#shared/kernel/assert.ts';
import { toHex } from './bytes.ts';
import { createFindingList, type Finding, type FindingList, type NotChecked } from './findings.ts';
import { type ChainHead, textHash } from './hash.ts';
import {
	type ByteSink,
	digestFile,
	FileDamaged,
	type FileDigest,
	type PackageSource,
	readSmallFile,
	type SealCryptography,
	wholeSink,
} from './package-source.ts';
import type { CloseSeal, SealDocument, YearSeal } from './seal-document.ts';
import { createSealedTablesCheck } from './sealed-tables.ts';
import { compareDigests, MANIFEST, readBagListing } from './verify-bag.ts';
import { compareBalances, compareNetProfit } from './verify-balances.ts';
import { compareContentRoot, createEntriesCheck, ENTRIES_FILE } from './verify-entries.ts';
import { checkSealItself, checkSealOrder, compareAttachments, compareTotals } from './verify-figures.ts';
import { compareReconciliations, compareStatementFiles } from './verify-reconciliations.ts';
import { compareReopenDifference, REOPEN_DIFFERENCE_FILE } from './verify-reopen-difference.ts';
import { createReportsCheck } from './verify-reports.ts';
import { type SignatureState, type SignerOptions, type SignerResult, verifySigner } from './verify-signer.ts';
import { compareTrialBalance, TRIAL_BALANCE_FILE } from './verify-trial-balance.ts';

const TRIAL_BALANCE_LIMIT = 64 * 1024 * 1024;
const ATTACHMENTS = 'data/attachments/';
/** The page that verifies a package in a browser; it lies beside the signed files. */
export const VERIFY_PAGE = 'verify.html';

export interface VerifyPackageOptions extends SignerOptions {
	/** SHA-256 of the verify.html that the caller itself brings, so that it knows the one in a package. */
	readonly knownPageSha256?: string;
	/** Findings kept; the rest is counted. Default 1000. */
	readonly findingLimit?: number;
}

export interface PackageVerification {
	/** VERIFIED: consistent in itself, and signed by the key whose fingerprint stands beside it, or not signed at all (`signature: "absent"`). */
	readonly result: 'VERIFIED' | 'ALTERED';
	/** Whose key it was, null without one. `known` only where the caller's keys, an expected key or an earlier package say so. */
	readonly signer: { readonly fingerprint: string; readonly known: boolean } | null;
	readonly signature: SignatureState;
	readonly findings: readonly Finding[];
	readonly findingsOmitted: number;
	readonly notChecked: readonly NotChecked[];
	/** The seal, where it could be read, for what is shown beside the result. */
	readonly seal: SealDocument | null;
	readonly sealSha256: string | null;
	/** How much was looked at. */
	readonly checked: { readonly files: number; readonly bytes: number; readonly entries: number };
}

/**
 * Verifies a close package from its files alone: bag, manifests, signatures, close_hash, entries with their chain and content root, totals, sealed tables,
 * balances and trial balance. Each file is read once (small ones twice), memory stays flat. Whatever the files hold is answered with findings;
 * it throws only what the source throws beside FileDamaged, and INPUT_INVALID for an `expectedKey` that is none.
 */
export async function verifyPackage(source: PackageSource, cryptography: SealCryptography, options: VerifyPackageOptions = {}): Promise<PackageVerification> {
	const list = createFindingList(options.findingLimit);
	const listing = await readBagListing(source, list);
	const manifest = listing.names.has(MANIFEST) ? await readSmallFile(source, MANIFEST, TRIAL_BALANCE_LIMIT) : null;
	const signer = await verifySigner(source, listing.names, manifest === null ? null : toHex(cryptography.sha256(manifest)), cryptography, options, list);
	if (signer.seal !== null) checkSealOrder(signer.seal, options.previous, list);

	const closing = signer.seal === null || signer.seal.kind === 'REOPEN' ? null : signer.seal;
	const contents = closing === null ? null : createContentsCheck(closing, cryptography, options, list);
	const digests = await digestAll(source, listing.names, cryptography, (name) => contents?.sinkFor(name), list);
	compareDigests(listing, digests, list);
	const entries = contents?.finish(digests) ?? 0;
	noteNotChecked(signer, options, contents !== null, list);
	notePage(digests.get(VERIFY_PAGE), options, list);
	return {
		result: list.findings.length === 0 ? 'VERIFIED' : 'ALTERED',
		signer: signer.signer,
		signature: signer.signature,
		findings: list.findings,
		findingsOmitted: list.omitted,
		notChecked: list.skipped,
		seal: signer.seal,
		sealSha256: signer.sealSha256,
		checked: { files: digests.size, bytes: [...digests.values()].reduce((sum, { bytes }) => sum + bytes, 0), entries },
	};
}

async function digestAll(
	source: PackageSource,
	names: ReadonlySet<string>,
	cryptography: SealCryptography,
	sinkFor: (name: string) => ByteSink | undefined,
	list: FindingList,
): Promise<Map<string, FileDigest>> {
	const digests = new Map<string, FileDigest>();
	for (const name of names) {
		try {
			digests.set(name, await digestFile(source, name, cryptography.createSha256, sinkFor(name)));
		} catch (error) {
			if (!(error instanceof FileDamaged)) throw error;
			list.add('FILE_UNREADABLE', `${name} cannot be unpacked: the archive is damaged there.`, { file: name });
		}
	}
	return digests;
}

interface ContentsCheck {
	sinkFor(name: string): ByteSink | undefined;
	/** Compares everything once all files were read; the number of entries. */
	finish(digests: ReadonlyMap<string, FileDigest>): number;
}

function createContentsCheck(seal: CloseSeal | YearSeal, cryptography: SealCryptography, options: VerifyPackageOptions, list: FindingList): ContentsCheck {
	checkSealItself(seal, textHash(cryptography.sha256), list);
	const entriesCheck = createEntriesCheck(seal, knownHeads(seal, options), cryptography.sha256, list);
	const tables = createSealedTablesCheck(seal, list);
	const reports = createReportsCheck(seal, list);
	let trialBalance: Uint8Array | null = null;
	let reopenDifference: Uint8Array | null = null;
	return {
		sinkFor(name) {
			if (name === ENTRIES_FILE) return entriesCheck.sink;
			if (name === TRIAL_BALANCE_FILE) return wholeSink(TRIAL_BALANCE_LIMIT, (bytes) => (trialBalance = bytes));
			if (name === REOPEN_DIFFERENCE_FILE) return wholeSink(TRIAL_BALANCE_LIMIT, (bytes) => (reopenDifference = bytes));
			return tables.sinkFor(name) ?? reports.sinkFor(name);
		},
		finish(digests) {
			tables.finish(digests);
			compareStatementFiles(tables.statements, tables.accounts, digests, list);
			compareReconciliations(tables.reconciliations, tables.accounts, tables.balances, list);
			if (digests.has(REOPEN_DIFFERENCE_FILE)) compareReopenDifference(reopenDifference, tables.balances, seal, list);
			if (!digests.has(TRIAL_BALANCE_FILE)) list.add('FILE_MISSING', `${TRIAL_BALANCE_FILE} is missing.`, { file: TRIAL_BALANCE_FILE });
			if (!digests.has(ENTRIES_FILE)) {
				list.add('FILE_MISSING', `${ENTRIES_FILE} is missing.`, { file: ENTRIES_FILE });
				list.notChecked('ENTRIES', 'Without the entries no figure could be recomputed.');
				return 0;
			}
			const entries = entriesCheck.finish();
			compareContentRoot(entries, seal, list);
			compareTotals(entries, seal, list);
			compareAttachments(entries, attachmentHashes(digests), list);
			compareNetProfit(entries, tables.accounts, seal, list);
			const balances = compareBalances(tables.balances, tables.accounts, entries, seal, list);
			reports.finish({ entries, accounts: tables.accounts, balances: tables.balances });
			if (digests.has(TRIAL_BALANCE_FILE)) compareTrialBalance(trialBalance, balances, seal, list);
			return entries.count;
		},
	};
}

function knownHeads(seal: CloseSeal | YearSeal, options: VerifyPackageOptions): ChainHead[] {
	const heads = [{ seq: seal.chainHead.seq, hash: seal.chainHead.entryHash }];
	const previous = options.previous?.seal;
	if (previous?.company.id === seal.company.id) heads.unshift({ seq: previous.chainHead.seq, hash: previous.chainHead.entryHash });
	return heads;
}

function attachmentHashes(digests: ReadonlyMap<string, FileDigest>): Set<string> {
	const names = [...digests.keys()].filter((name) => name.startsWith(ATTACHMENTS));
	return new Set(names.map((name) => present(digests.get(name), name).sha256));
}

function noteNotChecked(signer: SignerResult, options: VerifyPackageOptions, contents: boolean, list: FindingList): void {
	if (signer.seal === null) list.notChecked('SEAL_CONTENTS', 'Without a readable seal nothing inside could be compared with it.');
	if (signer.seal?.kind === 'REOPEN') list.notChecked('SEAL_CONTENTS', 'The seal of a reopening covers no entries.');
	if (signer.seal?.kind === 'YEAR') list.notChecked('PERIOD_SEALS', 'The year names the seals of its periods; those are in the packages of the periods.');
	if (signer.signer !== null && !signer.signer.known && options.expectedKey === undefined) {
		list.notChecked('SIGNER_IDENTITY', `Whose key ${signer.signer.fingerprint} is. Compare the fingerprint with one that you got another way.`);
	}
	if (!contents) return;
	list.notChecked('AUDIT_TRAIL', 'The audit trail behind the head that the seal names is in the books, not in the package.');
	list.notChecked(
		'DOCUMENTS',
		'PDF and workbook were not opened, and the books for other programs, outstanding items and lists not recomputed: that they are the signed files was checked, and the totals of the CSV files that PDF and workbook are made with (trial balance, income statement of the period, balance sheet, journal, general ledger).',
	);
}

// The seal signs what lies under data/. A page that somebody put in the package's place could say whatever he likes.
function notePage(page: FileDigest | undefined, options: VerifyPackageOptions, list: FindingList): void {
	if (page === undefined || page.sha256 === options.knownPageSha256) return;
	list.notChecked(
		'TAG_FILES',
		`${VERIFY_PAGE} lies beside the signed files and not under the signature. Do not trust the page of a package that you doubt: use the program, or a copy of the page that you got from where the program is published.`,
	);
}

/** The result in the words that 'verified' allows. */
export function verificationWords(verification: Pick<PackageVerification, 'result' | 'signer' | 'signature'>): string {
	const { result, signer, signature } = verification;
	if (result === 'ALTERED') return 'ALTERED: the package is not what was sealed';
	if (signer === null || signature !== 'good') return 'consistent, not signed';
	if (signer.known) return `unchanged since the known key ${signer.fingerprint} signed it`;
	return `unchanged since key ${signer.fingerprint} signed it; compare this fingerprint with one you got another way`;
}
