import { sameBytes, toHex, utf8Text } from './bytes.ts';
import type { FindingList } from './findings.ts';
import { type PackageSource, readSmallFile, type SealCryptography } from './package-source.ts';
import { type PackageSeal, parsePackageSeal, parseSeal, type SealDocument } from './seal-document.ts';
import {
	fingerprintOfExpectedKey,
	isSuccessorKey,
	keyFingerprint,
	parseSignedRotation,
	publicKeyFromPem,
	SIGNATURE_BYTES,
	type SignedKeyRotation,
} from './signature.ts';
import { PACKAGE_SEAL, PACKAGE_SIGNATURE } from './verify-bag.ts';

export const SEAL_FILE = 'data/seal/seal.json';
const SEAL_SIGNATURE = 'data/seal/seal.sig';
const PUBLIC_KEY = 'data/seal/public-key.pem';
/** Statements by which an old key named a new one, one canonical JSON line each. Only where a key was ever replaced. */
export const KEY_ROTATIONS = 'data/seal/key-rotations.jsonl';
const SMALL = 16 * 1024 * 1024;

/** What else is known of who should have signed. */
export interface SignerOptions {
	/** PEM or fingerprint of the only key that the package may be signed with. */
	readonly expectedKey?: string;
	/** Fingerprints of the keys of these books. A key that is not among them is not a finding, it is only not known. */
	readonly knownFingerprints?: readonly string[];
	/** An earlier seal, from a package that was itself verified; its key, or one that it signed, must have signed this one. */
	readonly previous?: { readonly seal: SealDocument; readonly sealSha256: string };
}

export type SignatureState = 'good' | 'bad' | 'absent';

export interface SignerResult {
	readonly seal: SealDocument | null;
	readonly sealSha256: string | null;
	readonly signature: SignatureState;
	readonly signer: { readonly fingerprint: string; readonly known: boolean } | null;
}

interface SealFiles {
	readonly seal: SealDocument | null;
	readonly sealBytes: Uint8Array | null;
	readonly sealSignature: Uint8Array | null;
	readonly packageSeal: PackageSeal | null;
	readonly packageSealBytes: Uint8Array | null;
	readonly packageSignature: Uint8Array | null;
	readonly publicKeyPem: string | null;
	readonly rotations: readonly SignedKeyRotation[];
}

/** The seal, both signatures and whose key it was. `manifestSha256` is that of the manifest that lies in the bag. */
export async function verifySigner(
	source: PackageSource,
	names: ReadonlySet<string>,
	manifestSha256: string | null,
	cryptography: SealCryptography,
	options: SignerOptions,
	list: FindingList,
): Promise<SignerResult> {
	const files = await readSealFiles(source, names, list);
	const sealSha256 = files.sealBytes === null ? null : toHex(cryptography.sha256(files.sealBytes));
	if (files.packageSeal !== null && files.packageSeal.sealSha256 !== sealSha256) {
		list.add('SEAL_CHANGED', `${SEAL_FILE} is not the seal that ${PACKAGE_SEAL} names.`, { file: SEAL_FILE });
	}
	if (files.packageSeal !== null && files.packageSeal.manifestSha256 !== manifestSha256) {
		list.add('MANIFEST_CHANGED', `The manifest of the payload is not the one that ${PACKAGE_SEAL} names: files of the package were exchanged.`, {
			file: 'manifest-sha256.txt',
		});
	}
	const { seal } = files;
	if (seal === null) return { seal, sealSha256, signature: files.sealSignature === null ? 'absent' : 'bad', signer: null };
	const publicKey = readPublicKey(seal, files, list);
	if (publicKey === null) {
		const claimed = seal.publicKey !== null || files.sealSignature !== null || files.packageSignature !== null;
		judgeUnsigned(claimed, options, list);
		return { seal, sealSha256, signature: claimed ? 'bad' : 'absent', signer: null };
	}
	const signature = await verifySignatures(files, publicKey, cryptography, list);
	const known = await judgeSigner(publicKey, files.rotations, cryptography, options, list);
	return { seal, sealSha256, signature, signer: { fingerprint: keyFingerprint(publicKey, cryptography.sha256), known } };
}

async function readSealFiles(source: PackageSource, names: ReadonlySet<string>, list: FindingList): Promise<SealFiles> {
	const read = async (name: string): Promise<Uint8Array | null> => (names.has(name) ? readSmallFile(source, name, SMALL) : null);
	const sealBytes = await read(SEAL_FILE);
	if (sealBytes === null && !names.has(SEAL_FILE)) list.add('FILE_MISSING', `${SEAL_FILE} is missing.`, { file: SEAL_FILE });
	const packageSealBytes = await read(PACKAGE_SEAL);
	const publicKey = await read(PUBLIC_KEY);
	return {
		seal: names.has(SEAL_FILE) ? parsedOrFinding(sealBytes, parseSeal, SEAL_FILE, list) : null,
		sealBytes,
		sealSignature: await read(SEAL_SIGNATURE),
		packageSeal: names.has(PACKAGE_SEAL) ? parsedOrFinding(packageSealBytes, parsePackageSeal, PACKAGE_SEAL, list) : null,
		packageSealBytes,
		packageSignature: await read(PACKAGE_SIGNATURE),
		publicKeyPem: publicKey === null ? null : utf8Text(publicKey),
		rotations: readRotations(await read(KEY_ROTATIONS), list),
	};
}

function parsedOrFinding<T>(
	bytes: Uint8Array | null,
	parse: (text: string) => { ok: true; value: T } | { ok: false; problem: string },
	file: string,
	list: FindingList,
): T | null {
	const text = bytes === null ? null : utf8Text(bytes);
	const parsed = text === null ? ({ ok: false, problem: 'it is no UTF-8 text' } as const) : parse(text);
	if (parsed.ok) return parsed.value;
	list.add('SEAL_INVALID', `${file} is no seal that this version can read: ${parsed.problem}.`, { file });
	return null;
}

function readRotations(bytes: Uint8Array | null, list: FindingList): SignedKeyRotation[] {
	const rotations: SignedKeyRotation[] = [];
	for (const line of (bytes === null ? '' : (utf8Text(bytes) ?? '?')).split('\n')) {
		if (line === '') continue;
		const parsed = parseSignedRotation(line);
		if (parsed.ok) rotations.push(parsed.value);
		else list.add('SEAL_INVALID', `${KEY_ROTATIONS} holds a line that is no key rotation: ${parsed.problem}.`, { file: KEY_ROTATIONS });
	}
	return rotations;
}

function readPublicKey(seal: SealDocument, files: SealFiles, list: FindingList): Uint8Array | null {
	if ((seal.publicKey === null) !== (seal.keyId === null))
		list.add('SEAL_INVALID', 'The seal names a key id without a key, or a key without an id.', { file: SEAL_FILE });
	if (seal.publicKey === null) return null;
	const publicKey = publicKeyFromPem(seal.publicKey);
	const copy = files.publicKeyPem === null ? null : publicKeyFromPem(files.publicKeyPem);
	if (publicKey === null) {
		list.add('SEAL_INVALID', 'The public key in the seal is no Ed25519 key.', { file: SEAL_FILE });
	} else if (copy === null || !sameBytes(copy, publicKey)) {
		list.add('SIGNER_CHANGED', `${PUBLIC_KEY} is not the public key that the seal names.`, { file: PUBLIC_KEY });
	}
	return publicKey;
}

function judgeUnsigned(claimed: boolean, options: SignerOptions, list: FindingList): void {
	const expectsSigner = options.expectedKey !== undefined || (options.previous?.seal.publicKey ?? null) !== null;
	if (claimed) list.add('SEAL_SIGNATURE_BAD', 'There is a signature, but the seal names no key that could have made it.', { file: SEAL_SIGNATURE });
	else if (expectsSigner) list.add('SIGNATURE_MISSING', 'The seal is not signed, though a signature of a given key is expected.', { file: SEAL_FILE });
	else list.notChecked('SIGNATURE', 'The seal was made without a key. What is here agrees with itself; who made it is not shown.');
}

async function verifySignatures(files: SealFiles, publicKey: Uint8Array, cryptography: SealCryptography, list: FindingList): Promise<SignatureState> {
	const seal = await signatureOf(publicKey, files.sealBytes, files.sealSignature, cryptography);
	if (seal === 'absent') list.add('SIGNATURE_MISSING', 'The signature of the seal is missing.', { file: SEAL_SIGNATURE });
	if (seal === 'bad')
		list.add('SEAL_SIGNATURE_BAD', `${SEAL_FILE} or its signature was changed: the key in the seal did not sign this text.`, { file: SEAL_SIGNATURE });

	const packageKey = await keyOfPackageSeal(files, publicKey, cryptography);
	const bag = packageKey === null ? 'bad' : await signatureOf(packageKey, files.packageSealBytes, files.packageSignature, cryptography);
	if (bag === 'absent') list.add('SIGNATURE_MISSING', 'The signature of the package is missing.', { file: PACKAGE_SIGNATURE });
	if (bag === 'bad')
		list.add('PACKAGE_SIGNATURE_BAD', `${PACKAGE_SEAL} or its signature was changed: the key of the seal did not sign it.`, { file: PACKAGE_SIGNATURE });
	if (seal === 'bad' || bag === 'bad') return 'bad';
	return seal === 'absent' || bag === 'absent' ? 'absent' : 'good';
}

// A package that is built again after the key was replaced may be signed by the new key, if the seal's key said so.
async function keyOfPackageSeal(files: SealFiles, sealKey: Uint8Array, cryptography: SealCryptography): Promise<Uint8Array | null> {
	const keyId = files.packageSeal?.keyId ?? null;
	if (files.packageSeal === null || keyId === files.seal?.keyId) return sealKey;
	for (const { statement } of files.rotations) {
		const key = statement.newKeyId === keyId ? publicKeyFromPem(statement.newPublicKey) : null;
		if (key !== null && (await isSuccessorKey(sealKey, key, files.rotations, cryptography.verifyEd25519))) return key;
	}
	return null;
}

async function signatureOf(
	publicKey: Uint8Array,
	message: Uint8Array | null,
	signature: Uint8Array | null,
	cryptography: SealCryptography,
): Promise<SignatureState> {
	if (signature === null || message === null) return 'absent';
	const good = signature.length === SIGNATURE_BYTES && (await cryptography.verifyEd25519(publicKey, message, signature));
	return good ? 'good' : 'bad';
}

/** Whether the key is known, with SIGNER_CHANGED where another was expected. */
export async function judgeSigner(
	publicKey: Uint8Array,
	rotations: readonly SignedKeyRotation[],
	cryptography: SealCryptography,
	options: SignerOptions,
	list: FindingList,
): Promise<boolean> {
	const fingerprint = keyFingerprint(publicKey, cryptography.sha256);
	let known = options.knownFingerprints?.includes(fingerprint) ?? false;
	if (options.expectedKey !== undefined) {
		const expected = fingerprintOfExpectedKey(options.expectedKey, cryptography.sha256);
		if (expected === fingerprint) known = true;
		else list.add('SIGNER_CHANGED', `The seal is signed by key ${fingerprint}, not by the expected ${expected}.`, { file: SEAL_FILE });
	}
	const previousKey = publicKeyFromPem(options.previous?.seal.publicKey ?? '');
	if (previousKey !== null) {
		if (await isSuccessorKey(previousKey, publicKey, rotations, cryptography.verifyEd25519)) known = true;
		else {
			const previous = keyFingerprint(previousKey, cryptography.sha256);
			list.add('SIGNER_CHANGED', `The seal is signed by key ${fingerprint}; the earlier one by ${previous}, which did not name this one as its successor.`, {
				file: SEAL_FILE,
			});
		}
	}
	return known && !list.findings.some((finding) => finding.code === 'SIGNER_CHANGED');
}
