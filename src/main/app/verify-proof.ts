import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { proofVerification } from '#shared/contract/packages.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { proofWords, utf8Text, verifyEntryProof } from '#shared/seal/index.ts';
import { cryptography } from './verify-cryptography.ts';
import { keyText } from './verify-package.ts';

export type ProofVerificationAnswer = z.output<typeof proofVerification>;

// Far above any entry: 10 000 lines are about 3 MB.
const LONGEST_PROOF = 256 * 1024 * 1024;

/**
 * Verifies a proof of one entry from its file alone; no data folder is opened. What differs is a finding, never an error.
 * Refuses FILE_UNREADABLE for what cannot be read or is far too long, and INPUT_INVALID for an expected key that is none.
 */
export async function verifyProofFile(
	path: string,
	options: { readonly expectedKey?: string | undefined; readonly knownFingerprints?: readonly string[] | undefined } = {},
): Promise<ProofVerificationAnswer> {
	const file = resolve(path);
	const verification = await verifyEntryProof(await proofTextIn(file), cryptography, {
		...(options.expectedKey === undefined ? {} : { expectedKey: keyText(options.expectedKey) }),
		...(options.knownFingerprints === undefined ? {} : { knownFingerprints: options.knownFingerprints }),
	});
	const { result, signer, signature, findings, notChecked, proven, seal, sealSha256 } = verification;
	return {
		result,
		signer: signer && { ...signer },
		signature,
		findings: findings.map(({ code, message, entryNo, externalNo }) => ({
			code,
			message,
			entryNo: entryNo ?? null,
			externalNo: externalNo ?? null,
			account: null,
			file: null,
		})),
		notChecked: notChecked.map(({ code, message }) => `${code}: ${message}`),
		statement: proofWords(verification),
		file,
		entryNo: proven?.entry.no ?? null,
		entryHash: proven?.entryHash ?? null,
		company: seal?.company.name ?? null,
		period: seal?.period.name ?? null,
		closeNumber: seal?.closeNumber ?? null,
		contentRoot: seal?.contentRoot ?? null,
		sealSha256,
	};
}

async function proofTextIn(file: string): Promise<string> {
	const unreadable = (why: string, cause?: unknown): AppError =>
		new AppError('FILE_UNREADABLE', `The proof ${file} cannot be read: ${why}. Give the file that \`package prove\` wrote.`, { path: file }, { cause });
	try {
		const found = await stat(file);
		if (!found.isFile() || found.size > LONGEST_PROOF) throw unreadable('it is no proof of an entry');
		// What is no UTF-8 is judged with the rest of the text: a changed byte is a finding.
		const bytes = await readFile(file);
		return utf8Text(bytes) ?? bytes.toString('utf8');
	} catch (error) {
		if (error instanceof AppError) throw error;
		throw unreadable('there is no such file, or this user may not read it', error);
	}
}
