/** Seals: entry text, chain, content root, close_hash, seal documents, signatures and the verifier of packages. Pure; hash and signature check are passed in. */
export { fromBase64, fromHex, toBase64, toHex, utf8Bytes, utf8Text } from './bytes.ts';
export { type CanonicalValue, canonicalJson } from './canonical-json.ts';
export { type CloseHashFields, closeHash, closeHashText } from './close-hash.ts';
export { pureVerifyEd25519, strictEd25519 } from './ed25519.ts';
export {
	type EntryProof,
	type EntryProofVerification,
	entryProof,
	entryProofText,
	type ProvenEntry,
	proofWords,
	verifyEntryProof,
} from './entry-proof.ts';
export {
	ENTRY_SOURCES,
	type EntryPlace,
	type EntrySource,
	type EntryTextParts,
	entryText,
	entryTextParts,
	joinEntryText,
	parseEntryText,
	type SealedEntry,
	type SealedLine,
	type UnplacedEntry,
} from './entry-text.ts';
export { type AccountTotals, balanceKey, type CurrencyTotals, EntryTotals } from './entry-totals.ts';
export { FINDING_CODES, type Finding, type FindingCode, NOT_CHECKED_CODES, type NotChecked, type NotCheckedCode } from './findings.ts';
export {
	CHAIN_START,
	type ChainFinding,
	type ChainHead,
	type ChainVerifier,
	chainFields,
	createChainVerifier,
	entryHash,
	GENESIS_HASH,
	hashBytes,
	type IncrementalSha256,
	type Sha256,
	type TextHash,
	textHash,
	verifyChain,
} from './hash.ts';
export { createMerkleBuilder, inclusionProof, type MerkleBuilder, merkleRoot, verifyInclusion } from './merkle.ts';
export { FileDamaged, type PackageSource, type SealCryptography } from './package-source.ts';
export type { Parsed } from './parsed.ts';
export { RunningSum } from './running-sum.ts';
export * from './seal-document.ts';
export { createPureSha256, pureSha256 } from './sha-256.ts';
export { type SealedAccount, type SealedBalance, sealedTableFile } from './sealed-tables.ts';
export * from './signature.ts';
export { type PackageVerification, type VerifyPackageOptions, VERIFY_PAGE, verificationWords, verifyPackage } from './verify-package.ts';
export { KEY_ROTATIONS, type SignatureState, type SignerOptions } from './verify-signer.ts';
export { REOPEN_DIFFERENCE_COLUMNS, REOPEN_DIFFERENCE_FILE } from './verify-reopen-difference.ts';
export { TRIAL_BALANCE_COLUMNS, TRIAL_BALANCE_FILE } from './verify-trial-balance.ts';
