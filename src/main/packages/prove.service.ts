import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import type { PackagesContract } from '#shared/contract/packages.contract.ts';
import { entryProof, entryProofText, inclusionProof } from '#shared/seal/index.ts';
import { entryById } from '#main/ledger/index.ts';
import { findPeriod } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { openReadSnapshot } from '#main/platform/database/read-snapshot.ts';
import { withMappedFaults } from '#main/platform/faults.ts';
import { requireWritableFolder, sha256File, writeFileAtomic } from '#main/platform/files.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { sha256Bytes, sha256Hex } from '#main/platform/signing.ts';
import { sealedTexts } from './entries-file.service.ts';
import { type CloseToPackage, closeOfPeriod } from './material.queries.ts';
import { type Material, readMaterial } from './material.service.ts';
import { topFolder } from './package-format.ts';

type Asked = InputOf<PackagesContract['prove']>;

/**
 * Writes a proof that one entry is among those of a close: its own text, the way up to the content root, and the signed seal. `to` is a folder, or a
 * name that ends with .json. Refuses NOT_FOUND, PERIOD_NOT_CLOSED, PACKAGE_DIFFERS (the books are not what was sealed), ALREADY_EXISTS, DISK_FULL
 * and DISK_READ_ONLY.
 */
export async function proveEntry(context: TaskContext, { company }: Actor, input: Asked): Promise<OutputOf<PackagesContract['prove']>> {
	const { material, text } = read(context, company, input);
	const bytes = Buffer.from(text, 'utf8');
	const sha256 = sha256Hex(bytes);
	return withMappedFaults(async () => {
		const file = await targetFor(input.to, `${topFolder(material.seal)}-entry${input.no}.proof.json`);
		const standing = await sha256OrNull(file);
		if (standing !== null && standing !== sha256)
			throw new AppError('ALREADY_EXISTS', `There is another file ${file} already. Choose another folder or name.`, { path: file });
		await requireWritableFolder(dirname(file), bytes.length);
		await writeFileAtomic(file, bytes);
		const named = { entryNo: input.no, period: material.seal.period.name, closeNumber: material.seal.closeNumber, sha256 };
		context.write('packages.prove', () => ({ output: null, audit: { ...named, to: file } }));
		return { file, bytes: bytes.length, ...named };
	});
}

function read(context: TaskContext, company: Company, input: Asked): { readonly material: Material; readonly text: string } {
	const snapshot = openReadSnapshot(context.paths.database);
	try {
		const material = readMaterial(snapshot.db, company, closeThatHolds(snapshot.db, company, input).id);
		return { material, text: proofOf(material, input.no, () => throwIfCancelled(context.signal)) };
	} finally {
		snapshot.close();
	}
}

function closeThatHolds(db: ReadDb, company: Company, { no, closeNumber }: Asked): CloseToPackage {
	const entry = entryById(db, company.id, no);
	if (!entry) throw new AppError('NOT_FOUND', `There is no entry ${no}. See \`journal list\`.`, { no });
	const period = findPeriod(db, company, entry.date);
	const close = closeOfPeriod(db, company.id, period.id, closeNumber ?? null);
	if (close) return close;
	const message =
		closeNumber === undefined
			? `Entry ${no} is of ${period.name}, which is not closed: no seal covers it yet. Close the period first: ledgerseal period close ${period.name}`
			: `${period.name} has no close number ${closeNumber}.`;
	throw new AppError('PERIOD_NOT_CLOSED', message, { period: period.name, ...(closeNumber === undefined ? {} : { closeNumber }) });
}

function proofOf(material: Material, no: number, onEntry: () => void): string {
	const { close, seal } = material;
	const leaves: Uint8Array[] = [];
	let found: { readonly text: string; readonly index: number } | null = null;
	for (const sealed of sealedTexts(material)) {
		onEntry();
		if (sealed.no === no) found = { text: sealed.text, index: leaves.length };
		leaves.push(sealed.leaf);
	}
	if (found === null) {
		throw new AppError('NOT_FOUND', `Entry ${no} was posted after close number ${seal.closeNumber} of ${seal.period.name}, which does not hold it.`, {
			no,
			period: seal.period.name,
			closeNumber: seal.closeNumber,
		});
	}
	return entryProofText(
		entryProof({
			entryText: found.text,
			leafIndex: found.index,
			treeSize: leaves.length,
			auditPath: inclusionProof(leaves, found.index, sha256Bytes),
			sealText: close.document,
			signature: seal.publicKey === null ? null : present(close.signature, 'the signature of a signed seal'),
			publicKey: seal.publicKey,
		}),
	);
}

async function targetFor(to: string, name: string): Promise<string> {
	const path = resolve(to);
	const isFolder = await stat(path).then(
		(found) => found.isDirectory(),
		() => !path.toLowerCase().endsWith('.json'),
	);
	return isFolder ? join(path, name) : path;
}

async function sha256OrNull(path: string): Promise<string | null> {
	const isFile = await stat(path).then(
		(found) => found.isFile(),
		() => false,
	);
	return isFile ? sha256File(path) : null;
}

function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new AppError('CANCELLED', 'Nothing was written, because you cancelled.', {});
}
