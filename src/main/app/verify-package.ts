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
	/** Called after each file. */
	readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const LONGEST_KEY_FILE = 64 * 1024;

/**
 * Verifies a close package from its file alone; no data folder is opened. What differs is a finding, never an error.
 * Refuses PACKAGE_UNREADABLE for what is no ZIP file or not a safe one, INPUT_INVALID for an expected key that is none,
 * and PACKAGE_DIFFERS where the earlier package is itself altered.
 */
export async function verifyPackageFile(path: string, options: VerifyPackageFileOptions = {}): Promise<PackageVerificationAnswer> {
	const file = resolve(path);
	const { result, signer, signature, findings, findingsOmitted, notChecked, seal } = await verify(file, {
		...(options.expectedKey === undefined ? {} : { expectedKey: keyText(options.expectedKey) }),
		...(options.previous === undefined ? {} : { previous: await earlierSeal(resolve(options.previous)) }),
		...(existsSync(verifyPageFile()) ? { knownPageSha256: sha256Hex(readFileSync(verifyPageFile())) } : {}),
		...(options.knownFingerprints === undefined ? {} : { knownFingerprints: options.knownFingerprints }),
		...(options.onProgress === undefined ? {} : { onFraction: (fraction: number) => options.onProgress?.({ fraction, text: 'Verifying' }) }),
	});
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

async function verify(file: string, options: VerifyPackageOptions & { readonly onFraction?: (fraction: number) => void }) {
	const zip = await openZip(file);
	try {
		const { onFraction, ...others } = options;
		const total = zip.names().reduce((sum, name) => sum + zip.size(name), 0);
		const onProgress = onFraction && ((bytes: number): void => onFraction(total === 0 ? 1 : Math.min(bytes / total, 1)));
		return await verifyPackage(bagIn(zip), cryptography, onProgress ? { ...others, onProgress } : others);
	} finally {
		zip.close();
	}
}

/** The files of the archive's one top folder; a file beside it keeps its whole name, and no manifest lists it. */
function bagIn(zip: ZipReader): PackageSource {
	const names = zip.names();
	const declaration = names.find((name) => /^[^/]+\/bagit\.txt$/.test(name));
	const top = declaration === undefined ? '' : declaration.slice(0, -'bagit.txt'.length);
	const inArchive = new Map(names.map((name) => [name.startsWith(top) ? name.slice(top.length) : name, name]));
	return {
		list: () => names.map((name) => (name.startsWith(top) ? name.slice(top.length) : name)),
		read: (name) => readDamaged(zip.read(inArchive.get(name) ?? name)),
	};
}

async function* readDamaged(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
	try {
		yield* content;
	} catch (error) {
		if (isAppError(error, 'PACKAGE_UNREADABLE')) throw new FileDamaged(error.message);
		throw error;
	}
}

async function earlierSeal(file: string): Promise<NonNullable<VerifyPackageOptions['previous']>> {
	const { result, seal, sealSha256 } = await verify(file, {});
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
