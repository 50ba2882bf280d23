import type { z } from 'zod';
import { type draftInput, entryInput } from '#shared/contract/ledger.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import { bookText } from '#shared/kernel/text.ts';
import { today } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { attachmentsOf, moveAttachments } from './attachments.queries.ts';
import { postEntry } from './entry-posting.service.ts';
import { deleteDraftRow, draftByUuid, insertDraft, type StoredEntry, updateDraft } from './journal.queries.ts';
import type { PostedEntry } from './posting.service.ts';

export type DraftInput = z.output<typeof draftInput>;

/** Keeps what was entered so far, however unfinished. A draft has no number and counts nowhere until it is posted. */
export function saveDraft(tx: WriteTx, { company }: Actor, input: { readonly draft: DraftInput; readonly id?: string | undefined }): { id: string } {
	const { draft } = input;
	const date = draft.date !== undefined && isCivilDate(draft.date) ? draft.date : today(company, tx.instant);
	const row = {
		date,
		description: bookText(draft.description ?? '', 'description'),
		reference: draft.reference === undefined ? null : bookText(draft.reference, 'reference'),
		content: JSON.stringify({ ...draft, date }),
	};
	if (input.id !== undefined) {
		updateDraft(tx, company.id, findDraft(tx, company, input.id).id, row);
		return { id: input.id };
	}
	const uuid = uuidV7({ now: () => new Date(tx.instant) });
	insertDraft(tx, company.id, { uuid, ...row });
	return { id: uuid };
}

export function findDraft(db: ReadDb, company: Company, id: string): StoredEntry {
	const draft = draftByUuid(db, company.id, id);
	if (draft) return draft;
	throw new AppError('NOT_FOUND', 'There is no such draft. It may have been posted or deleted; see `journal list --status draft`.', { id });
}

/** Throws a draft away, with its attachments (the files stay in the content store). */
export function deleteDraft(tx: WriteTx, { company }: Actor, id: string): { id: string } {
	const draft = findDraft(tx, company, id);
	moveAttachments(tx, company.id, draft.id, null);
	deleteDraftRow(tx, company.id, draft.id);
	return { id };
}

/** Posts a draft: it becomes an entry with the next number. Refuses INPUT_INVALID where something is still missing, and the codes of posting. */
export function postDraft(tx: WriteTx, actor: Actor, id: string): PostedEntry {
	const draft = findDraft(tx, actor.company, id);
	const parsed = entryInput.safeParse(JSON.parse(draft.draft ?? '{}'));
	if (!parsed.success) {
		const problems = parsed.error.issues.map((problem) => ({ path: problem.path.join('.'), message: problem.message }));
		throw new AppError('INPUT_INVALID', `The draft is not complete: ${problems.map((problem) => problem.path || problem.message).join(', ')}.`, { problems });
	}
	const attachments = attachmentsOf(tx, actor.company.id, draft.id).map((attachment) => attachment.sha256);
	deleteDraftRow(tx, actor.company.id, draft.id);
	const posted = postEntry(tx, actor, parsed.data, attachments);
	moveAttachments(tx, actor.company.id, draft.id, posted.no);
	return posted;
}
