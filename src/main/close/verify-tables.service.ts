import type { CloseSeal, SealDocument, YearSeal } from '#shared/seal/index.ts';
import type { AccountRow } from '#main/companies/index.ts';
import { listSealedTables } from '#main/ledger/index.ts';
import type { Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import type { BookFindings } from './book-findings.ts';
import { type CloseRow, standingClose } from './closes.queries.ts';
import { type EvidenceRow, evidenceOf } from './sealed-tables.queries.ts';
import { loginOf } from './sealing.service.ts';
import type { FileCheck } from './file-check.service.ts';
import { verifyReconciled } from './verify-reconciled.service.ts';
import { balanceSnapshots, summarySnapshots } from './snapshots.queries.ts';
import { sealSummary } from './close.service.ts';

export interface CloseToVerify {
	readonly close: CloseRow;
	readonly period: Period;
	readonly document: CloseSeal | YearSeal;
	/** The seal of its reopening, where there is one. */
	readonly reopening: SealDocument | null;
}

/** Compares the stored rows of a close with what its seal says of them. */
export function verifySealedRows(
	db: ReadDb,
	company: Company,
	target: CloseToVerify,
	accounts: readonly AccountRow[],
	files: FileCheck,
	findings: BookFindings,
): void {
	const label = `${target.period.name}, close ${target.close.closeNumber}`;
	const differing = [...closeDifferences(db, target), ...reopeningDifferences(target)];
	if (differing.length > 0) findings.add('CLOSE_CHANGED', `${label}: the close is not as it was sealed (${differing.join(', ')}).`, { table: 'period_closes' });
	if (JSON.stringify(summarySnapshots(db, company.id, target.period.id, target.close.closeNumber).map(sealSummary)) !== summaryText(target.document))
		findings.add('TABLE_CHANGED', `${label}: the summary is not the sealed one.`, { table: 'period_summary_snapshots' });
	const tables = verifyTables(db, company, target, label, findings);
	verifyAccounts(db, company, target, tables.get('accounts'), accounts, label, findings);
	verifyEvidence(db, company, target, tables.get('attachments'), files, label, findings);
	verifyReconciled(db, company, target.close, (name) => rowsOf(tables.get(name)), { accounts, files, label, findings });
}

const summaryText = ({ summaries }: CloseSeal | YearSeal): string =>
	JSON.stringify(
		summaries.map(({ currency, journalCount, lineCount, totalDebitsMinor, totalCreditsMinor, baseDebitsMinor, baseCreditsMinor }) => ({
			currency,
			journalCount,
			lineCount,
			totalDebitsMinor,
			totalCreditsMinor,
			baseDebitsMinor,
			baseCreditsMinor,
		})),
	);

/** Names of what differs between the row of the close, its period, and the seal. */
function closeDifferences(db: ReadDb, { close, period, document }: CloseToVerify): string[] {
	const { closeHashFields: fields } = document;
	const pairs: readonly (readonly [string, unknown, unknown])[] = [
		['period', period.uuid, document.period.id],
		['span', `${period.start} ${period.end} ${period.kind}`, `${document.period.start} ${document.period.end} ${document.period.kind}`],
		['close number', close.closeNumber, document.closeNumber],
		['closed at', close.closedAt, document.closedAt],
		['closed by', loginOf(db, close.closedBy), document.closedBy],
		['reason', close.reason === '' ? null : close.reason, document.closeReason],
		['reopen policy', close.reopenPolicy, document.policies.reopen_policy],
		['net profit', close.netProfitMinor, document.netProfitMinor],
		['sealed through', close.sealedThroughSeq, document.sealedThroughSeq],
		['entries', close.totalJournalCount, fields.totalJournalCount],
		['debits', close.totalDebitsMinor, fields.totalDebitsMinor],
		['credits', close.totalCreditsMinor, fields.totalCreditsMinor],
		['balances', close.balanceRowCount, fields.balanceRowCount],
		['close hash', close.closeHash, document.closeHash],
		['content root', close.contentRoot, document.contentRoot],
	];
	return pairs.filter(([, stored, sealed]) => stored !== sealed).map(([name]) => name);
}

function reopeningDifferences({ close, reopening }: CloseToVerify): string[] {
	if (reopening?.kind !== 'REOPEN') return close.status === 'REOPENED' ? ['a reopening without a seal'] : [];
	const { reopens } = reopening;
	const same = close.reopenedAt === reopens.reopenedAt && close.reopenReason === reopens.reopenReason && close.reversalEntryId === reopens.reversalEntryNo;
	return close.status === 'REOPENED' && same ? [] : ['reopening'];
}

/** A period is CLOSED exactly while a close of it stands, and says the same as that close. */
export function verifyPeriodState(db: ReadDb, company: Company, period: Period, findings: BookFindings): void {
	const close = standingClose(db, company.id, period.id);
	const isRight =
		close === undefined
			? period.status !== 'CLOSED'
			: period.status === 'CLOSED' &&
				period.closeHash === close.closeHash &&
				period.closedAt === close.closedAt &&
				period.closedBy === close.closedBy &&
				period.closeReason === close.reason;
	if (!isRight) findings.add('PERIOD_CHANGED', `${period.name} says ${period.status}, which its closes do not.`, { table: 'accounting_periods' });
}

function verifyTables(
	db: ReadDb,
	company: Company,
	{ close, document }: CloseToVerify,
	label: string,
	findings: BookFindings,
): ReadonlyMap<string, Uint8Array> {
	const stored = new Map(listSealedTables(db, company, close.id).map((table) => [table.name, table]));
	for (const sealed of document.tables) {
		const table = stored.get(sealed.name);
		const isSame = table !== undefined && table.rowCount === sealed.rows && table.sha256 === sealed.sha256 && sha256Hex(table.content) === sealed.sha256;
		if (!isSame)
			findings.add('TABLE_CHANGED', `${label}: the sealed table ${sealed.name} is ${table ? 'not the one that was sealed' : 'missing'}.`, {
				table: sealed.name,
			});
	}
	for (const name of stored.keys()) {
		if (!document.tables.some((sealed) => sealed.name === name))
			findings.add('TABLE_CHANGED', `${label}: the table ${name} was never sealed.`, { table: name });
	}
	return new Map([...stored].map(([name, { content }]) => [name, content]));
}

function rowsOf<Row>(content: Uint8Array | undefined): Row[] {
	if (content === undefined) return [];
	try {
		return Buffer.from(content)
			.toString('utf8')
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => JSON.parse(line) as Row);
	} catch {
		// A table that is no JSON any more was found by its hash already.
		return [];
	}
}

/** Type and currency of every account that had a balance are what they were; names and codes may change. */
function verifyAccounts(
	db: ReadDb,
	company: Company,
	{ close, period }: CloseToVerify,
	content: Uint8Array | undefined,
	accounts: readonly AccountRow[],
	label: string,
	findings: BookFindings,
): void {
	const used = new Set(balanceSnapshots(db, company.id, period.id, close.closeNumber).map(({ ref }) => ref));
	const byRef = new Map(accounts.map((account) => [account.ref, account]));
	for (const sealed of rowsOf<{ ref: string; code: string; type: string; currency: string | null }>(content)) {
		const account = byRef.get(sealed.ref);
		const place = { account: account?.code ?? sealed.code, table: 'accounts' };
		if (account === undefined) findings.add('ACCOUNT_CHANGED', `${label}: account ${sealed.code} is gone.`, place);
		else if (used.has(sealed.ref) && account.type !== sealed.type)
			findings.add('ACCOUNT_CHANGED', `${label}: account ${account.code} was ${sealed.type} when it was sealed; now it is ${account.type}.`, place);
		else if (used.has(sealed.ref) && account.currency !== sealed.currency)
			findings.add(
				'ACCOUNT_CHANGED',
				`${label}: account ${account.code} was in ${sealed.currency ?? 'any currency'} when it was sealed; now it is in ${account.currency ?? 'any'}.`,
				place,
			);
	}
}

function verifyEvidence(
	db: ReadDb,
	company: Company,
	{ close, period }: CloseToVerify,
	content: Uint8Array | undefined,
	files: FileCheck,
	label: string,
	findings: BookFindings,
): void {
	const sealed = rowsOf<EvidenceRow>(content);
	if (sealed.length === 0) return;
	const key = (row: EvidenceRow) => JSON.stringify([row.entryNo, row.sha256, row.name, row.bytes]);
	const stored = new Set(evidenceOf(db, company.id, period.start, period.end, close.sealedThroughSeq).map(key));
	for (const row of sealed) {
		const place = { entryNo: row.entryNo, file: row.name, table: 'attachments' };
		if (!stored.has(key(row)))
			findings.add('ATTACHMENT_CHANGED', `${label}: the record of the evidence ${row.name} of entry ${row.entryNo} was changed.`, place);
		const state = files.stateOf(row.sha256);
		if (state !== 'whole')
			findings.add(
				'ATTACHMENT_CHANGED',
				`${label}: the file ${row.name}, evidence of entry ${row.entryNo}, is ${state === 'missing' ? 'missing' : 'not what was attached'}.`,
				place,
			);
	}
}
