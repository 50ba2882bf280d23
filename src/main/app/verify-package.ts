import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { packageVerification } from '#shared/contract/packages.contract.ts';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import { FileDamaged, type PackageSource, verificationWords, verifyPackage, type VerifyPackageOptions } from '#shared/seal/index.ts';
import { verifyPageFile } from '#main/platform/database/program-folder.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import type { Progress } from '#shared/contract/client.ts';
import { openZip, type ZipReader } from '#main/platform/zip/zip-reader.ts';
import { cryptography } from './verify-cryptography.ts';

export type PackageVerificationAnswer = z.output<typeof packageVerification>;

export interface VerifyPackageFileOptions {
	/** The only key that may have signed: a PEM text, a file that holds one, or a fingerprint. */
	readonly expectedKey?: string | undefined;
	/** Path of an earlier package, which must verify itself: its key, or one that it named, must have signed this one. */
	readonly previous?: string | undefined;
	/** Of these books' own keys, where there are books. */
	readonly knownFingerprints?: readonly string[] | undefined;
	/** Called after each piece of a file. */
	readonly onProgress?: ((progress: Progress) => void) | undefined;
	/** Aborted when the person cancels: seen between two pieces of a file. */
	readonly signal?: AbortSignal | undefined;
}

const LONGEST_KEY_FILE = 64 * 1024;

/**
 * Verifies a close package from its file alone; no data folder is opened. What differs is a finding, never an error.
 * Refuses PACKAGE_UNREADABLE for what is no ZIP file or not a safe one, INPUT_INVALID for an expected key that is none,
 * PACKAGE_DIFFERS where the earlier package is itself altered, and CANCELLED.
 */
export async function verifyPackageFile(path: string, options: VerifyPackageFileOptions = {}): Promise<PackageVerificationAnswer> {
	const file = resolve(path);
	const { signal, onProgress } = options;
	const { result, signer, signature, findings, findingsOmitted, notChecked, seal } = await verify(
		file,
		{ signal, onProgress },
		{
			...(options.expectedKey === undefined ? {} : { expectedKey: keyText(options.expectedKey) }),
			...(options.previous === undefined ? {} : { previous: await earlierSeal(resolve(options.previous), signal) }),
			...(existsSync(verifyPageFile()) ? { knownPageSha256: sha256Hex(readFileSync(verifyPageFile())) } : {}),
			...(options.knownFingerprints === undefined ? {} : { knownFingerprints: options.knownFingerprints }),
		},
	);
	const omitted = findingsOmitted === 0 ? [] : [{ code: 'FINDINGS_OMITTED', message: `There are ${findingsOmitted} findings more.` }];
	return {
		result,
		signer: signer && { ...signer },
		signature,
		findings: [...findings, ...omitted].map((finding) => ({
			code: finding.code,
			message: finding.message,
			entryNo: 'entryNo' in finding ? (finding.entryNo ?? null) : null,
			externalNo: 'externalNo' in finding ? (finding.externalNo ?? null) : null,
			account: 'account' in finding ? (finding.account ?? null) : null,
			file: 'file' in finding ? (finding.file ?? null) : null,
		})),
		notChecked: notChecked.map(({ code, message }) => `${code}: ${message}`),
		statement: verificationWords({ result, signer, signature }),
		file,
		company: seal?.company.name ?? null,
		period: seal?.period.name ?? null,
		closeNumber: seal?.closeNumber ?? null,
	};
}

type Watching = Pick<VerifyPackageFileOptions, 'onProgress' | 'signal'>;

async function verify(file: string, { onProgress, signal }: Watching, options: VerifyPackageOptions) {
	const zip = await openZip(file);
	try {
		const total = zip.names().reduce((sum, name) => sum + zip.size(name), 0);
		let read = 0;
		const onPiece = (bytes: number): void => {
			if (signal?.aborted) throw new AppError('CANCELLED', 'You cancelled. The package was not verified.');
			read += bytes;
			// What says who signed is read twice, and is little.
			onProgress?.({ fraction: Math.min(read / total, 1), text: 'Verifying' });
		};
		return await verifyPackage(bagIn(zip, onPiece), cryptography, options);
	} finally {
		zip.close();
	}
}

/** The files of the archive's one top folder; a file beside it keeps its whole name, and no manifest lists it. */
function bagIn(zip: ZipReader, onPiece: (bytes: number) => void): PackageSource {
	const names = zip.names();
	const declaration = names.find((name) => /^[^/]+\/bagit\.txt$/.test(name));
	const top = declaration === undefined ? '' : declaration.slice(0, -'bagit.txt'.length);
	const inArchive = new Map(names.map((name) => [name.startsWith(top) ? name.slice(top.length) : name, name]));
	return {
		list: () => names.map((name) => (name.startsWith(top) ? name.slice(top.length) : name)),
		read: (name) => readDamaged(zip.read(inArchive.get(name) ?? name), onPiece),
	};
}

async function* readDamaged(content: AsyncIterable<Uint8Array>, onPiece: (bytes: number) => void): AsyncGenerator<Uint8Array, void, undefined> {
	try {
		for await (const piece of content) {
			onPiece(piece.length);
			yield piece;
		}
	} catch (error) {
		if (isAppError(error, 'PACKAGE_UNREADABLE')) throw new FileDamaged(error.message);
		throw error;
	}
}

async function earlierSeal(file: string, signal: AbortSignal | undefined): Promise<NonNullable<VerifyPackageOptions['previous']>> {
	const { result, seal, sealSha256 } = await verify(file, { signal }, {});
	if (result === 'VERIFIED' && seal !== null && sealSha256 !== null) return { seal, sealSha256 };
	throw new AppError('PACKAGE_DIFFERS', `The earlier package ${file} is itself altered, so it proves nothing. Verify it on its own to see what differs.`, {
		file,
	});
}

/** The text of a key that is named by a PEM text, a file that holds one, or a fingerprint. */
export function keyText(expected: string): string {
	if (expected.includes('-----BEGIN')) return expected;
	const found = statSync(expected, { throwIfNoEntry: false });
	return found?.isFile() && found.size <= LONGEST_KEY_FILE ? readFileSync(expected, 'utf8') : expected;
}
