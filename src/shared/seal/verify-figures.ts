import { closeHash } from './close-hash.ts';
import type { EntryTotals } from './entry-totals.ts';
import type { FindingList } from './findings.ts';
import type { TextHash } from './hash.ts';
import type { CloseSeal, SealDocument, YearSeal } from './seal-document.ts';
import { ENTRIES_FILE, type EntriesResult } from './verify-entries.ts';
import type { SignerOptions } from './verify-signer.ts';
import { SEAL_FILE } from './verify-signer.ts';

/** What a seal says twice must agree, and its close_hash must follow from its own figures. */
export function checkSealItself(seal: CloseSeal | YearSeal, hashText: TextHash, list: FindingList): void {
	const fields = seal.closeHashFields;
	if (closeHash(fields, hashText) !== seal.closeHash)
		list.add('CLOSE_HASH_DIFFERS', 'The close hash does not follow from the figures beside it.', { file: SEAL_FILE });
	if (fields.companyId !== seal.company.id || fields.periodId !== seal.period.id || fields.closeNumber !== seal.closeNumber) {
		list.add('CLOSE_HASH_DIFFERS', 'The close hash is that of another company, period or close number.', { file: SEAL_FILE });
	}
	if (new Set(seal.tables.map((table) => table.name)).size !== seal.tables.length)
		list.add('SEAL_INVALID', 'The seal names a table twice.', { file: SEAL_FILE });
	if (seal.sealedThroughSeq > seal.chainHead.seq) list.add('SEAL_INVALID', 'The seal covers entries after its own chain head.', { file: SEAL_FILE });
}

/** Place in the row of seals: with the seal before at hand, its hash is compared. */
export function checkSealOrder(seal: SealDocument, previous: SignerOptions['previous'], list: FindingList): void {
	if ((seal.sealNo === 1) !== (seal.previousSeal === null))
		list.add('SEAL_INVALID', `Seal ${seal.sealNo} ${seal.previousSeal === null ? 'names no' : 'names a'} seal before it.`, { file: SEAL_FILE });
	if (previous === undefined) {
		if (seal.previousSeal !== null) list.notChecked('PREVIOUS_SEAL', `The seal before (number ${seal.sealNo - 1}) is not here to be compared.`);
		return;
	}
	if (previous.seal.company.id !== seal.company.id) {
		list.add('PREVIOUS_SEAL_DIFFERS', 'The earlier package is of another company.', { file: SEAL_FILE });
	} else if (previous.seal.sealNo === seal.sealNo - 1) {
		if (previous.sealSha256 !== seal.previousSeal)
			list.add('PREVIOUS_SEAL_DIFFERS', `Seal ${seal.sealNo} does not follow the seal ${previous.seal.sealNo} of the earlier package.`, { file: SEAL_FILE });
	} else if (previous.seal.sealNo >= seal.sealNo) {
		list.add('PREVIOUS_SEAL_DIFFERS', `The earlier package has seal number ${previous.seal.sealNo}, which is not before ${seal.sealNo}.`, { file: SEAL_FILE });
	} else {
		list.notChecked(
			'PREVIOUS_SEAL',
			`Between seal ${previous.seal.sealNo} of the earlier package and this seal ${seal.sealNo} lie others, which are not here.`,
		);
	}
}

/** Counts and sums of the entries against those of the seal, over all and for each currency. */
export function compareTotals(entries: EntriesResult, seal: CloseSeal | YearSeal, list: FindingList): void {
	const { totals } = entries;
	const fields = seal.closeHashFields;
	compare('entries', String(entries.count), String(fields.totalJournalCount), list);
	compare('debits', String(totals.baseDebit.total), fields.totalDebitsMinor, list);
	compare('credits', String(totals.baseCredit.total), fields.totalCreditsMinor, list);
	const sealed = new Map(seal.summaries.map((summary) => [summary.currency, summary]));
	if (sealed.size !== seal.summaries.length) list.add('SEAL_INVALID', 'The seal sums up a currency twice.', { file: SEAL_FILE });
	for (const currency of new Set([...sealed.keys(), ...totals.byCurrency.keys()])) {
		compareCurrency(currency, totals, sealed.get(currency), list);
	}
}

function compareCurrency(currency: string, totals: EntryTotals, summary: CloseSeal['summaries'][number] | undefined, list: FindingList): void {
	const found = totals.byCurrency.get(currency);
	compare(`entries with ${currency}`, String(found?.journalCount ?? 0), String(summary?.journalCount ?? 0), list);
	compare(`lines in ${currency}`, String(found?.lineCount ?? 0), String(summary?.lineCount ?? 0), list);
	compare(`debits in ${currency}`, String(found?.debit.total ?? 0), summary?.totalDebitsMinor ?? '0', list);
	compare(`credits in ${currency}`, String(found?.credit.total ?? 0), summary?.totalCreditsMinor ?? '0', list);
	compare(`base debits of ${currency}`, String(found?.baseDebit.total ?? 0), summary?.baseDebitsMinor ?? '0', list);
	compare(`base credits of ${currency}`, String(found?.baseCredit.total ?? 0), summary?.baseCreditsMinor ?? '0', list);
}

function compare(what: string, found: string, sealed: string, list: FindingList): void {
	if (found !== sealed)
		list.add('TOTALS_DIFFER', `The ${what} of the file are ${found}, the seal says ${sealed} (amounts in minor units).`, { file: ENTRIES_FILE });
}

/** Every attachment that an entry names must lie in data/attachments, found by its hash. */
export function compareAttachments(entries: EntriesResult, attachmentHashes: ReadonlySet<string>, list: FindingList): void {
	for (const [sha256, entry] of entries.attachments) {
		if (attachmentHashes.has(sha256)) continue;
		list.add('ATTACHMENT_MISSING', `The evidence ${sha256} of entry ${entry.no} is not in the package, or was changed.`, {
			entryNo: entry.no,
			...(entry.externalNo === null ? {} : { externalNo: entry.externalNo }),
		});
	}
}
