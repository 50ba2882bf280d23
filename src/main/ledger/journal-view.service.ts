import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { attachmentsOf } from './attachments.queries.ts';
import type { DraftInput } from './drafts.service.ts';
import { draftByUuid } from './journal.queries.ts';
import { entryNumberByHash, entryRow, type ListedEntry, shownLines, type ShownLine } from './journal-view.queries.ts';
import { entryUuid } from './posting.service.ts';

/** One entry whole, by its number, or by its id (a draft's, or a posted entry's). Refuses NOT_FOUND. */
export function showEntry(db: ReadDb, company: Company, named: { readonly no?: number | undefined; readonly id?: string | undefined }) {
	const id = named.no ?? (named.id === undefined ? undefined : idOf(db, company, named.id));
	const row = id === undefined ? undefined : entryRow(db, company.id, id);
	if (!row || id === undefined) throw new AppError('NOT_FOUND', `There is no entry ${named.no ?? named.id ?? ''}. See \`journal list\`.`, { ...named });
	return {
		...entryHead(row),
		lines: row.status === 'DRAFT' ? draftLines(company, row) : shownLines(db, company.id, id).map((line) => lineView(company, line)),
		attachments: attachmentsOf(db, company.id, id).map(({ name, sha256, bytes, addedAt }) => ({ name, sha256, bytes, addedAt })),
	};
}

function idOf(db: ReadDb, company: Company, uuid: string): number | undefined {
	return draftByUuid(db, company.id, uuid)?.id ?? entryNumberByHash(db, company.id, uuid.replace('-', '').slice(0, 12));
}

/** What list and entry alike say of an entry. */
export function entryHead(row: ListedEntry) {
	return {
		no: row.status === 'POSTED' ? row.id : null,
		id: row.uuid ?? entryUuid(present(row.entryHash, 'the hash of a posted entry')),
		externalNo: row.externalNo,
		date: row.date,
		description: row.description,
		reference: row.reference,
		source: row.source as never,
		status: row.status,
		hash: row.entryHash,
		postedAt: row.postedAt,
		postedBy: row.postedBy,
		reverses: row.reverses,
		reversedBy: row.reversedBy,
	};
}

function lineView(company: Company, line: ShownLine) {
	const currency = line.currency ?? company.currency;
	return {
		lineNo: line.lineNo,
		code: line.code,
		name: line.name,
		party: line.party,
		currency,
		debit: formatAmount(line.debitMinor, currency),
		credit: formatAmount(line.creditMinor, currency),
		baseDebit: formatAmount(line.baseDebitMinor, company.currency),
		baseCredit: formatAmount(line.baseCreditMinor, company.currency),
		dueDate: line.dueDate,
		reference: line.reference,
		memo: line.memo,
	};
}

// A draft is shown as it was typed: its accounts and amounts may not be right yet.
function draftLines(company: Company, row: ListedEntry) {
	const draft = JSON.parse(row.draft ?? '{}') as DraftInput;
	const zero = formatAmount(0, company.currency);
	return (draft.lines ?? []).map((line, index) => ({
		lineNo: index + 1,
		code: line.account ?? '',
		name: '',
		party: line.party ?? null,
		currency: line.currency ?? company.currency,
		debit: line.debit ?? zero,
		credit: line.credit ?? zero,
		baseDebit: zero,
		baseCredit: zero,
		dueDate: line.dueDate ?? null,
		reference: line.reference ?? null,
		memo: line.memo ?? null,
	}));
}
