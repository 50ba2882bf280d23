import { isAppError } from '#shared/kernel/app-error.ts';
import {
	type EntryProofVerification,
	fingerprintOfExpectedKey,
	type PackageSource,
	type PackageVerification,
	utf8Text,
	verifyEntryProof,
	verifyPackage,
	type VerifyPackageOptions,
} from '#shared/seal/index.ts';
import { Refusal } from './archive/refusal.ts';
import { type FolderFile, type OpenPackage, openArchive, openFolder } from './archive/sources.ts';
import { choosePrimitives, type PageCryptography } from './cryptography.ts';

/** What a person chose to be verified. */
export type Chosen =
	| { readonly kind: 'file'; readonly name: string; readonly file: Blob }
	| { readonly kind: 'folder'; readonly name: string; readonly files: readonly FolderFile[] };

/** What the person knows of who should have signed. */
export interface Expectation {
	/** A fingerprint or PEM; empty where none is known. */
	readonly key: string;
	/** An earlier package of the same books. */
	readonly previous: { readonly name: string; readonly file: Blob } | null;
}

export interface Watch {
	readonly signal: AbortSignal;
	/** 0 to 1. */
	onProgress(fraction: number): void;
	/** Lets the page breathe: paint, and hear the cancel button. */
	pause(): Promise<void>;
	/** Milliseconds from any beginning. */
	now(): number;
}

export type Outcome =
	| {
			readonly kind: 'package';
			readonly name: string;
			readonly verification: PackageVerification;
			readonly ignored: readonly string[];
			readonly signaturesBy: PageCryptography['signaturesBy'];
	  }
	| { readonly kind: 'proof'; readonly name: string; readonly verification: EntryProofVerification; readonly signaturesBy: PageCryptography['signaturesBy'] }
	| { readonly kind: 'refused'; readonly name: string; readonly refusal: Refusal };

const LONGEST_PROOF = 256 * 1024 * 1024;
const BREATHE_AFTER_MS = 40;

/** Verifies what was chosen. Everything is answered; only an abort by `watch.signal` is thrown. */
export async function runVerification(chosen: Chosen, expectation: Expectation, watch: Watch): Promise<Outcome> {
	const { name } = chosen;
	try {
		const page = await choosePrimitives();
		const key = checkedKey(expectation.key, page);
		if (chosen.kind === 'file' && (await startsWith(chosen.file, '{'))) {
			return { kind: 'proof', name, verification: await verifyProof(chosen.file, key, page), signaturesBy: page.signaturesBy };
		}
		const opened = chosen.kind === 'file' ? await openArchive(chosen.file) : openFolder(chosen.files);
		const previous = expectation.previous === null ? null : await earlierSeal(expectation.previous, page, watch);
		const options = { ...(key === null ? {} : { expectedKey: key }), ...(previous === null ? {} : { previous }) };
		const verification = await verifyPackage(watched(opened, watch), page.cryptography, options);
		return { kind: 'package', name, verification, ignored: opened.ignored, signaturesBy: page.signaturesBy };
	} catch (error) {
		if (watch.signal.aborted) throw error;
		return { kind: 'refused', name, refusal: refusalOf(error) };
	}
}

function refusalOf(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	if (error instanceof DOMException) return new Refusal('FILE_UNREADABLE', error.message);
	return new Refusal('BROWSER_FAULT', String(error));
}

function checkedKey(typed: string, { cryptography }: PageCryptography): string | null {
	if (typed.trim() === '') return null;
	try {
		fingerprintOfExpectedKey(typed, cryptography.sha256);
		return typed;
	} catch (error) {
		if (isAppError(error, 'INPUT_INVALID')) throw new Refusal('KEY_INVALID');
		throw error;
	}
}

async function startsWith(file: Blob, sign: string): Promise<boolean> {
	const [first] = new Uint8Array(await file.slice(0, 1).arrayBuffer());
	return first === sign.charCodeAt(0);
}

async function verifyProof(file: Blob, key: string | null, { cryptography }: PageCryptography): Promise<EntryProofVerification> {
	if (file.size > LONGEST_PROOF) throw new Refusal('NOT_A_PACKAGE');
	const bytes = new Uint8Array(await file.arrayBuffer());
	return verifyEntryProof(utf8Text(bytes) ?? '', cryptography, key === null ? {} : { expectedKey: key });
}

/** The seal of an earlier package, which must itself be unaltered. */
async function earlierSeal(
	{ name, file }: NonNullable<Expectation['previous']>,
	{ cryptography }: PageCryptography,
	watch: Watch,
): Promise<NonNullable<VerifyPackageOptions['previous']>> {
	let opened: OpenPackage;
	try {
		opened = await openArchive(file);
	} catch {
		throw new Refusal('PREVIOUS_UNREADABLE', name);
	}
	const { result, seal, sealSha256 } = await verifyPackage(watched(opened, watch), cryptography);
	if (result === 'VERIFIED' && seal !== null && sealSha256 !== null) return { seal, sealSha256 };
	throw new Refusal('PREVIOUS_ALTERED', name);
}

/** The same files, with progress, and with pauses in which the page can be used. */
function watched({ source, totalBytes }: OpenPackage, watch: Watch): PackageSource {
	let bytes = 0;
	let breathed = watch.now();
	return {
		list: () => source.list(),
		async *read(name) {
			for await (const chunk of source.read(name)) {
				watch.signal.throwIfAborted();
				yield chunk;
				bytes += chunk.length;
				if (watch.now() - breathed < BREATHE_AFTER_MS) continue;
				// Small files are read twice, so the sum may pass the total a little.
				watch.onProgress(totalBytes === 0 ? 1 : Math.min(bytes / totalBytes, 1));
				await watch.pause();
				breathed = watch.now();
			}
			watch.signal.throwIfAborted();
		},
	};
}
