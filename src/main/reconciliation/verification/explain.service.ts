import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount, toSafeMinor } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { ledgerBalance } from '../accounts/accounts.queries.ts';
import { explainDifference } from '../matching/explain.rules.ts';
import { entriesPostedAfter } from './changes.queries.ts';
import { itemName } from './item-name.rules.ts';
import { chosenItems, contributionOf, type OpenLine, openLinesOf, type Subject } from './items.service.ts';
import { subjectOf } from './prepare.service.ts';
import { verifiedBefore } from './reconciliations.queries.ts';
import type { OpenBankLine, OpenBookLine } from './open-lines.queries.ts';

/** So many of each list are shown. */
const SHOWN = 200;

/** What the part of a variance that no item explains may come from, as the ledger stands now. Refuses NOT_FOUND. */
export function explainReconciliation(db: ReadDb, company: Company, uuid: string) {
	const subject = subjectOf(db, company, uuid);
	const { reconciliation, account } = subject;
	const differenceMinor = differenceOf(db, subject);
	const chosen = new Set(chosenItems(db, company, reconciliation).map(({ ref }) => ref));
	const open = openLinesOf(db, subject, false).filter((line) => !chosen.has(itemName(line)));
	const bank = open.filter((line) => line.kind === 'BANK');
	const book = open.filter((line) => line.kind === 'BOOK');
	const changed = changedSince(db, subject);
	const view = (line: OpenLine) => ({
		ref: itemName(line),
		kind: line.kind,
		date: fromDayNumber(line.day),
		amount: formatAmount(contributionOf(line), reconciliation.currency),
		description: line.description,
		reference: line.reference ?? (line.kind === 'BANK' ? line.bankId : null),
	});
	const uuids = new Map(bank.map((line) => [line.lineId, line.lineUuid]));
	return {
		id: uuid,
		code: account.code,
		date: fromDayNumber(reconciliation.endDay),
		currency: reconciliation.currency,
		difference: formatAmount(differenceMinor, reconciliation.currency),
		unmatchedBank: bank.slice(0, SHOWN).map(view),
		unmatchedBook: book.slice(0, SHOWN).map(view),
		changedSince: changed.slice(0, SHOWN).map(({ amountMinor, ...entry }) => ({ ...entry, amount: formatAmount(amountMinor, reconciliation.currency) })),
		hints: explainDifference(differenceMinor, bank.map(bankLine), book.map(bookLine)).map(({ code, text, bankIds, bookLines }) => ({
			code,
			text,
			lines: [...bookLines.map((key) => itemName(key)), ...bankIds.map((id) => itemName({ lineUuid: uuids.get(id) ?? '' }))],
		})),
		cut: [bank, book, changed].some((list) => list.length > SHOWN),
	};
}

/** What is not explained by what the ledger says now: a draft may have been made before the last entry. */
function differenceOf(db: ReadDb, { company, account, reconciliation }: Subject): number {
	const isOpen = reconciliation.status === 'DRAFT' || reconciliation.status === 'STALE';
	const expectedMinor = isOpen ? toSafeMinor(ledgerBalance(db, company.id, account, reconciliation.periodId)) : reconciliation.expectedMinor;
	return expectedMinor - reconciliation.actualMinor - reconciliation.explainedMinor;
}

/** Entries that came after the last verification and reach into what it signed: its own, where it is stale, else the one before. */
function changedSince(db: ReadDb, { company, account, reconciliation }: Subject) {
	const base = reconciliation.verifiedAt === null ? verifiedBefore(db, company.id, account.id, reconciliation.endDay) : reconciliation;
	return base?.verifiedAt ? entriesPostedAfter(db, company.id, account, base.verifiedAt, base.endDay) : [];
}

function bankLine({ lineId: id, day, amountMinor, description, party, reference, bankId }: OpenBankLine) {
	return { id, day, amountMinor, description, party, reference, bankId };
}

function bookLine({ entryId, lineNo, day, amountMinor, description, party, reference, reversesId }: OpenBookLine) {
	return {
		entryId,
		lineNo,
		day,
		amountMinor,
		description,
		memo: null,
		party,
		aliases: [],
		references: reference === null ? [] : [reference],
		externalNo: null,
		reversesEntryId: reversesId,
	};
}
