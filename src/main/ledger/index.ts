import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import { listAccounts } from '#main/companies/index.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { allocate, listAllocations, undoAllocation } from './allocations.service.ts';
import { attach } from './attachments.service.ts';
import { deleteDraft, postDraft, saveDraft } from './drafts.service.ts';
import { postEntry } from './entry-posting.service.ts';
import { findEntries, listEntries } from './journal-list.service.ts';
import { showEntry } from './journal-view.service.ts';
import { accountView, addLedgerAccount, addParty, listParties, setAccount, setParty } from './names.service.ts';
import type { PostedEntry } from './posting.service.ts';
import { revalue } from './revaluation.service.ts';
import { correctEntry, reverseEntry } from './reversal.service.ts';

export { allocate, undoAllocation } from './allocations.service.ts';
export { attachmentsOf, type AttachmentRow } from './attachments.queries.ts';
export { assignBaseAmounts, type BaseAmounts, type LineAmounts, type Rates } from './base-amounts.rules.ts';
export type { EntrySpan } from './entry-texts.queries.ts';
export { type EntryReading, readEntryTexts } from './entry-texts.service.ts';
export { baseLine, prepareEntry, type EntryInput } from './entry-input.service.ts';
export { chainHead, entryById, linesOf, rateAt, reversalOf, type StoredEntry, type StoredLine } from './journal.queries.ts';
export { accountOfSubtype, insertParty, listPartyRows, partyById, type PartyRow } from './names.queries.ts';
export { accountFor, findAccount, findParty } from './names.service.ts';
export { entryUuid, type PostedEntry, postPrepared, type PreparedEntry } from './posting.service.ts';
export { mirrored, reverseEntry } from './reversal.service.ts';
export { saveDraft } from './drafts.service.ts';
export { frozenState, standingItemsDiffer } from './frozen-items.service.ts';
export {
	canonicalLines,
	openItemChanges,
	type OpenItemGroup,
	openItemLines,
	openItemsKey,
	parseLines,
	type SealedOpenItems,
	sealedOpenItems,
	type SealedOpenLine,
} from './open-item-changes.rules.ts';
export { listSealedTables, packed, packedChanges, sealedContent, type SealedTableRow } from './sealed-content.service.ts';
export { keepStandingItems } from './standing-items.service.ts';
export { type ControlAccount, controlAccounts, type ControlRow, controlLinesAt, counterpartOf, foreignBases } from './open-items.queries.ts';
export type { OpenItem, Allocation } from './allocation.rules.ts';
export { baseOpenMinor, billSign, openItemsAt, type ReadLines } from './open-items.service.ts';

const numbers = (output: { readonly entries: readonly PostedEntry[] }) => ({ entries: output.entries.map((entry) => entry.no) });

export const ledgerHandlers: Handlers<LedgerContract> = {
	listAccounts: { query: (db, { company }) => ({ accounts: listAccounts(db, company.id).map(accountView) }) },
	addAccount: {
		command: (tx, { company }, input) => addLedgerAccount(tx, company, input),
		audit: (_input, account) => ({ ...account }),
	},
	setAccount: { command: setAccount, audit: (input, account) => ({ ...account, reason: input.reason ?? null }) },
	listParties: { query: (db, { company }) => ({ parties: listParties(db, company) }) },
	addParty: {
		command: (tx, { company }, input) => addParty(tx, company, input),
		audit: (_input, { ref, name }) => ({ ref, name }),
	},
	setParty: {
		command: (tx, { company }, input) => setParty(tx, company, input),
		audit: (_input, { ref, name, aliases, active }) => ({ ref, name, aliases, active }),
	},
	post: {
		command: (tx, actor, { entries }) => ({ entries: entries.map((entry) => postEntry(tx, actor, entry)) }),
		audit: (_input, output) => numbers(output),
	},
	saveDraft: { command: saveDraft, audit: (_input, output) => output },
	deleteDraft: { command: (tx, actor, { id }) => deleteDraft(tx, actor, id), audit: (_input, output) => output },
	postDraft: {
		command: (tx, actor, { id }) => ({ entries: [postDraft(tx, actor, id)] }),
		audit: ({ id }, output) => ({ draft: id, ...numbers(output) }),
	},
	reverse: {
		command: (tx, actor, { no, date, description }) => ({ entries: [reverseEntry(tx, actor, no, { date, description })] }),
		audit: ({ no }, output) => ({ reversed: no, ...numbers(output) }),
	},
	correct: {
		command: (tx, actor, { no, entry }) => ({ entries: [...correctEntry(tx, actor, no, entry)] }),
		audit: ({ no }, output) => ({ corrected: no, ...numbers(output) }),
	},
	attach: { task: attach },
	revalue: {
		command: (tx, actor, input) => ({ entries: revalue(tx, actor, input) }),
		audit: ({ date, rates, origin }, output) => ({ date, rates, origin: origin ?? null, ...numbers(output) }),
	},
	allocate: {
		command: (tx, actor, input) => ({ allocations: allocate(tx, actor, input) }),
		audit: ({ no, to }, { allocations }) => ({
			no,
			to,
			allocations: allocations.map(({ id, amount, currency, effective }) => ({ id, amount, currency, effective })),
		}),
	},
	undoAllocation: {
		command: undoAllocation,
		audit: ({ reason }, { id, debit, credit, undone }) => ({ id, debit: debit.no, credit: credit.no, from: undone?.effective ?? null, reason }),
	},
	listAllocations: { query: (db, { company }, { no }) => ({ allocations: listAllocations(db, company, no ?? null) }) },
	listEntries: { query: (db, { company }, input) => listEntries(db, company, input) },
	findEntries: { query: (db, { company }, input) => findEntries(db, company, input) },
	showEntry: { query: (db, { company }, { no, id }) => showEntry(db, company, { no, id }) },
};
