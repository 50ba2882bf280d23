import { fromBase64, fromHex, sameBytes, toBase64, toHex, utf8Bytes } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { parseEntryText, type SealedEntry } from './entry-text.ts';
import { createFindingList, type Finding, type FindingList, type NotChecked } from './findings.ts';
import { textHash } from './hash.ts';
import { verifyInclusion } from './merkle.ts';
import type { SealCryptography } from './package-source.ts';
import { parseCanonicalJson } from './parsed.ts';
import { type CloseSeal, parseSeal, type YearSeal } from './seal-document.ts';
import { keyFingerprint, publicKeyFromPem, SIGNATURE_BYTES } from './signature.ts';
import { array, count, literal, nullable, object, positive, sha256Hex, text } from './strict-shape.ts';
import { checkSealItself } from './verify-figures.ts';
import { judgeSigner, type SignatureState, type SignerOptions } from './verify-signer.ts';

/**
 * What shows that one entry is among those that a close sealed, without showing the others (docs/specs/seal.md, Proof of one entry).
 * The file is its canonical JSON and one LF.
 */
export interface EntryProof {
	readonly format: 'ledgerseal-entry-proof';
	readonly formatVersion: 1;
	/** The entry text, exactly as it was hashed. */
	readonly entry: string;
	/** Place of the entry among the sealed ones in order of number, from 0, and how many there are. */
	readonly leafIndex: number;
	readonly treeSize: number;
	/** Sibling hashes from the leaf upwards (RFC 6962 section 2.1.1), lower-case hex. */
	readonly auditPath: readonly string[];
	/** The exact text of seal.json. */
	readonly seal: string;
	/** seal.sig in padded base64, and the key in PEM; both null where the seal is not signed. */
	readonly signature: string | null;
	readonly publicKey: string | null;
}

const proofShape = object<EntryProof>({
	format: literal('ledgerseal-entry-proof'),
	formatVersion: literal(1),
	entry: text,
	leafIndex: count,
	treeSize: positive,
	auditPath: array(sha256Hex),
	seal: text,
	signature: nullable(text),
	publicKey: nullable(text),
});

const PROOF = 'the proof';

/** The text of a proof file. */
export function entryProofText(proof: EntryProof): string {
	return `${canonicalJson({ ...proof })}\n`;
}

/** What of the entry a result shows. */
export interface ProvenEntry {
	readonly entry: SealedEntry;
	readonly entryHash: string;
}

export interface EntryProofVerification {
	/** VERIFIED: the entry is among those of the seal, and the seal is signed by the key whose fingerprint stands beside it, or not signed at all. */
	readonly result: 'VERIFIED' | 'ALTERED';
	readonly signer: { readonly fingerprint: string; readonly known: boolean } | null;
	readonly signature: SignatureState;
	readonly findings: readonly Finding[];
	readonly notChecked: readonly NotChecked[];
	/** Null where the entry text is none. */
	readonly proven: ProvenEntry | null;
	/** Null where the seal in it could not be read. */
	readonly seal: CloseSeal | YearSeal | null;
	readonly sealSha256: string | null;
}

/**
 * Verifies a proof from its text alone: entry text to entry_hash to content root to seal to signature. Whatever the text holds is answered with findings;
 * it throws only INPUT_INVALID for an `expectedKey` that is none.
 */
export async function verifyEntryProof(
	proofText: string,
	cryptography: SealCryptography,
	options: Pick<SignerOptions, 'expectedKey' | 'knownFingerprints'> = {},
): Promise<EntryProofVerification> {
	const list = createFindingList();
	const parsed = parseCanonicalJson(proofText.replace(/\r?\n$/, ''), proofShape);
	if (!parsed.ok) {
		list.add('PROOF_INVALID', `The file is no proof of an entry that this version can read: ${parsed.problem}.`);
		return { result: 'ALTERED', signer: null, signature: 'absent', findings: list.findings, notChecked: [], proven: null, seal: null, sealSha256: null };
	}
	const proof = parsed.value;
	const seal = readSeal(proof, list);
	if (seal !== null) checkSealItself(seal, textHash(cryptography.sha256), list);
	const proven = readEntry(proof, cryptography, list);
	if (seal !== null && proven !== null) checkBelongs(proof, proven, seal, cryptography, list);
	const signed = await checkSignature(proof, seal, cryptography, options, list);
	if (signed.signer !== null && !signed.signer.known && options.expectedKey === undefined) {
		list.notChecked('SIGNER_IDENTITY', `Whose key ${signed.signer.fingerprint} is. Compare the fingerprint with one that you got another way.`);
	}
	list.notChecked('OTHER_ENTRIES', 'The other entries of the period: their texts are not in a proof. The package of the close shows them all.');
	return {
		result: list.findings.length === 0 ? 'VERIFIED' : 'ALTERED',
		...signed,
		findings: list.findings,
		notChecked: list.skipped,
		proven,
		seal,
		sealSha256: toHex(cryptography.sha256(utf8Bytes(proof.seal))),
	};
}

function readSeal(proof: EntryProof, list: FindingList): CloseSeal | YearSeal | null {
	const parsed = parseSeal(proof.seal);
	if (!parsed.ok) list.add('SEAL_INVALID', `The seal in ${PROOF} is none that this version can read: ${parsed.problem}.`);
	else if (parsed.value.kind === 'REOPEN') list.add('SEAL_INVALID', `The seal in ${PROOF} is that of a reopening, which covers no entries.`);
	else return parsed.value;
	return null;
}

function readEntry(proof: EntryProof, cryptography: SealCryptography, list: FindingList): ProvenEntry | null {
	const parsed = parseEntryText(proof.entry);
	if (parsed.ok) return { entry: parsed.value, entryHash: toHex(cryptography.sha256(utf8Bytes(proof.entry))) };
	list.add('ENTRY_INVALID', `The entry in ${PROOF} is no entry text: ${parsed.problem}.`);
	return null;
}

function checkBelongs(proof: EntryProof, { entry, entryHash }: ProvenEntry, seal: CloseSeal | YearSeal, { sha256 }: SealCryptography, list: FindingList): void {
	const place = entry.externalNo === null ? { entryNo: entry.no } : { entryNo: entry.no, externalNo: entry.externalNo };
	const { company, period, sealedThroughSeq, closeHashFields, contentRoot } = seal;
	if (entry.company !== company.id) list.add('ENTRY_EXTRA', `Entry ${entry.no} is of another company than the seal.`, place);
	if (entry.date < period.start || entry.date > period.end)
		list.add('ENTRY_EXTRA', `Entry ${entry.no} is dated ${entry.date}, outside the period ${period.start} to ${period.end}.`, place);
	if (entry.seq > sealedThroughSeq) list.add('ENTRY_EXTRA', `Entry ${entry.no} was posted after the seal, which goes through ${sealedThroughSeq}.`, place);
	const isIn =
		proof.treeSize === closeHashFields.totalJournalCount &&
		verifyInclusion(
			{
				leaf: bytesOfHex(entryHash),
				index: proof.leafIndex,
				size: proof.treeSize,
				path: proof.auditPath.map(bytesOfHex),
				root: bytesOfHex(contentRoot),
			},
			sha256,
		);
	if (!isIn) list.add('CONTENT_ROOT_DIFFERS', `Entry ${entry.no} as it stands here is not among the entries that were sealed.`, place);
}

async function checkSignature(
	proof: EntryProof,
	seal: CloseSeal | YearSeal | null,
	cryptography: SealCryptography,
	options: SignerOptions,
	list: FindingList,
): Promise<Pick<EntryProofVerification, 'signature' | 'signer'>> {
	if (seal !== null && seal.publicKey === null && proof.signature === null && proof.publicKey === null) {
		if (options.expectedKey !== undefined) list.add('SIGNATURE_MISSING', 'The seal is not signed, though a signature of a given key is expected.');
		else list.notChecked('SIGNATURE', 'The seal was made without a key. What is here agrees with itself; who made it is not shown.');
		return { signature: 'absent', signer: null };
	}
	const publicKey = publicKeyFromPem(seal?.publicKey ?? proof.publicKey ?? '');
	const signature = proof.signature === null ? null : fromBase64(proof.signature);
	if (seal === null || publicKey === null) {
		if (seal !== null) list.add('SEAL_INVALID', 'There is a signature, but the seal names no key that could have made it.');
		return { signature: proof.signature === null ? 'absent' : 'bad', signer: null };
	}
	const beside = publicKeyFromPem(proof.publicKey ?? '');
	if (beside === null || !sameBytes(beside, publicKey)) list.add('SIGNER_CHANGED', 'The public key in the proof is not the one that the seal names.');
	const signer = {
		fingerprint: keyFingerprint(publicKey, cryptography.sha256),
		known: await judgeSigner(publicKey, [], cryptography, options, list),
	};
	if (proof.signature === null) {
		list.add('SIGNATURE_MISSING', 'The signature of the seal is missing.');
		return { signature: 'absent', signer };
	}
	const good = signature?.length === SIGNATURE_BYTES && (await cryptography.verifyEd25519(publicKey, utf8Bytes(proof.seal), signature));
	if (!good) list.add('SEAL_SIGNATURE_BAD', 'The seal or its signature was changed: the key in the seal did not sign this text.');
	return { signature: good ? 'good' : 'bad', signer };
}

function bytesOfHex(hex: string): Uint8Array {
	return fromHex(hex) ?? new Uint8Array();
}

/** The result in the words that 'verified' allows. */
export function proofWords({ result, signer, signature, proven }: Pick<EntryProofVerification, 'result' | 'signer' | 'signature' | 'proven'>): string {
	const entry = proven === null ? 'the entry' : `entry ${proven.entry.no}`;
	if (result === 'ALTERED') return `ALTERED: the file does not prove that ${entry} was sealed`;
	if (signer === null || signature !== 'good') return `${entry} is among the entries of the seal, which is not signed`;
	if (signer.known) return `${entry} is among the entries that the known key ${signer.fingerprint} sealed`;
	return `${entry} is among the entries that key ${signer.fingerprint} sealed; compare this fingerprint with one you got another way`;
}

/** The parts of a proof file from what a close holds. `signature` is the raw 64 bytes. */
export function entryProof(parts: {
	readonly entryText: string;
	readonly leafIndex: number;
	readonly treeSize: number;
	readonly auditPath: readonly Uint8Array[];
	readonly sealText: string;
	readonly signature: Uint8Array | null;
	readonly publicKey: string | null;
}): EntryProof {
	return {
		format: 'ledgerseal-entry-proof',
		formatVersion: 1,
		entry: parts.entryText,
		leafIndex: parts.leafIndex,
		treeSize: parts.treeSize,
		auditPath: parts.auditPath.map(toHex),
		seal: parts.sealText,
		signature: parts.signature === null ? null : toBase64(parts.signature),
		publicKey: parts.publicKey,
	};
}
