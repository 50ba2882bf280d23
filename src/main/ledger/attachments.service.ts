import { basename } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { bookText } from '#shared/kernel/text.ts';
import { storeContent } from '#main/platform/files.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { attachmentsOf, insertAttachment } from './attachments.queries.ts';
import { findDraft } from './drafts.service.ts';
import { entryById } from './journal.queries.ts';

/**
 * Keeps a file as evidence of an entry: its bytes in the content store under their SHA-256, its name beside.
 * Refuses NOT_FOUND, FILE_UNREADABLE, ALREADY_EXISTS.
 */
export async function attach(
	context: TaskContext,
	{ company, user }: Actor,
	input: { readonly no?: number | undefined; readonly draftId?: string | undefined; readonly path: string },
) {
	const entryId = context.read((db) => {
		if (input.draftId !== undefined) return findDraft(db, company, input.draftId).id;
		if (input.no !== undefined && entryById(db, company.id, input.no)) return input.no;
		throw new AppError('NOT_FOUND', `There is no entry ${input.no ?? ''}.`, { no: input.no ?? null });
	});
	const stored = await storeContent(context.paths.content, input.path).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) {
			throw new AppError('FILE_UNREADABLE', `The file ${input.path} can't be read. Check the path.`, { path: input.path }, { cause: error });
		}
		throw error;
	});
	const name = bookText(basename(input.path).slice(0, 255), 'file name');
	return context.write('ledger.attach', (tx) => {
		if (attachmentsOf(tx, company.id, entryId).some((attachment) => attachment.sha256 === stored.sha256)) {
			throw new AppError('ALREADY_EXISTS', 'This file is attached to the entry already.', { sha256: stored.sha256 });
		}
		insertAttachment(tx, company.id, { entryId, sha256: stored.sha256, name, bytes: stored.bytes, addedBy: user.id });
		const row = present(
			attachmentsOf(tx, company.id, entryId).find((attachment) => attachment.sha256 === stored.sha256),
			'the new attachment',
		);
		const output = { name: row.name, sha256: row.sha256, bytes: row.bytes, addedAt: row.addedAt };
		return { output, audit: { no: entryId > 0 ? entryId : null, name, sha256: stored.sha256, bytes: stored.bytes } };
	});
}
