import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { allocate } from './allocations.service.ts';
import { type EntryInput, prepareEntry } from './entry-input.service.ts';
import { type PostedEntry, postPrepared } from './posting.service.ts';

/** Posts what a person wrote, and allocates the lines that say what they settle. `attachments` are SHA-256. Refuses the codes of ledger.post. */
export function postEntry(tx: WriteTx, actor: Actor, input: EntryInput, attachments: readonly string[] = []): PostedEntry {
	const posted = postPrepared(tx, actor, { ...prepareEntry(tx, actor.company, input), attachments });
	for (const [index, { settles }] of input.lines.entries()) {
		if (settles !== undefined) allocate(tx, actor, { no: posted.no, lineNo: index + 1, to: settles });
	}
	return posted;
}
