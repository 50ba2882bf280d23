import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { bookText } from '#shared/kernel/text.ts';
import { type CloseHashFields, type CloseSeal, closeHash, type SealSummary, type YearSeal } from '#shared/seal/index.ts';
import { recordEvent } from '#main/audit/index.ts';
import { companySettings, listAccounts } from '#main/companies/index.ts';
import { chainHead, type PostedEntry, postPrepared, readEntryTexts } from '#main/ledger/index.ts';
import { ensureOpeningPeriod, listPeriods, markClosed, type Period, periodsOfFiscalYear } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { AuditDetail } from '#main/platform/run/handlers.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { closesResult, closingLines } from './closing-entry.rules.ts';
import { type CloseRow, insertClose, listCloseRows, nextCloseId, type SealRow, sealOfClose, standingClose } from './closes.queries.ts';
import { closeHooks } from './extension-points.ts';
import type { Issue } from './validation.rules.ts';
import type { PeriodReading } from './period-reading.service.ts';
import { storeSealedTables } from './sealed-tables.service.ts';
import { loginOf, sealBase, storeSeal, supersededBy } from './sealing.service.ts';
import { registerSigner, type Signer } from './signing.service.ts';
import { countBalanceRows, insertBalanceSnapshots, insertSummarySnapshot, netProfitMinor, resultBalances, type SummaryRow } from './snapshots.queries.ts';
import { type Acknowledgement, unacknowledged } from './acknowledgement.rules.ts';
import { validatePeriod } from './validation.service.ts';

export interface CloseRequest extends Acknowledgement {
	readonly reason: string;
	readonly requestedAt: string;
	readonly signer: Signer | null;
}

export interface ClosedPeriod {
	readonly close: CloseRow;
	readonly seal: SealRow;
	readonly issues: readonly Issue[];
}

/** The span of a period in day numbers, as balances are stored. */
export function daySpan(period: { readonly start: string; readonly end: string }) {
	return { startDay: dayNumber(period.start), endDay: dayNumber(period.end) };
}

/**
 * Closes a period that is not closed, in the database transaction under way: validation, closing entry, close, snapshots, sealed tables, lock, seal.
 * The first close of an ordinary period seals the opening period right before. What stands in the way refuses CLOSE_REFUSED,
 * warnings without acknowledgement WARNINGS_NOT_ACKNOWLEDGED; both carry the validation.
 */
export function closeOpenPeriod(tx: WriteTx, actor: Actor, period: Period, request: CloseRequest): ClosedPeriod {
	const { company } = actor;
	const moment = { instant: tx.instant, canSign: request.signer !== null };
	const opening = period.kind === 'YEAR' || period.kind === 'OPENING' ? null : ensureOpeningPeriod(tx, company);
	const unsealed = opening !== null && opening.status !== 'CLOSED' ? opening : null;
	const openingValidation = unsealed === null ? null : validatePeriod(tx, company, unsealed, moment);
	const validation = validatePeriod(tx, company, period, moment);
	const openingErrors = (openingValidation?.issues ?? []).filter(({ severity }) => severity === 'ERROR');
	const issues = [...openingErrors.filter(({ code }) => !validation.issues.some((issue) => issue.code === code)), ...validation.issues];
	requireClosable(period, issues, request);

	if (request.signer !== null) registerSigner(tx, actor, request.signer);
	if (unsealed !== null && openingValidation !== null) {
		const sealed = makeClose(tx, actor, unsealed, { ...request, reason: '' }, openingValidation.reading, openingValidation.issues);
		recordEvent(tx, actor, 'close.close', closeAudit(unsealed, sealed));
	}
	return makeClose(tx, actor, period, request, validation.reading, validation.issues);
}

function requireClosable(period: Period, issues: readonly Issue[], request: CloseRequest): void {
	const errors = issues.filter(({ severity }) => severity === 'ERROR');
	const validation = { canClose: errors.length === 0, issues };
	if (errors.length > 0) {
		const codes = [...new Set(errors.map(({ code }) => code))];
		throw new AppError('CLOSE_REFUSED', `${period.name} can't be closed yet: ${errors.map(({ message }) => message).join(' ')}`, {
			period: period.name,
			codes,
			validation,
		});
	}
	const open = unacknowledged(issues, request);
	if (open.length === 0) return;
	const codes = [...new Set(open.map(({ code }) => code))];
	throw new AppError(
		'WARNINGS_NOT_ACKNOWLEDGED',
		`Before ${period.name} is closed, put these right or acknowledge them with a note (--acknowledge ${codes.join(',')} --note TEXT): ${open.map(({ message }) => message).join(' ')}`,
		{ period: period.name, codes, warnings: open, validation },
	);
}

function makeClose(tx: WriteTx, actor: Actor, period: Period, request: CloseRequest, reading: PeriodReading, issues: readonly Issue[]): ClosedPeriod {
	const { company, user } = actor;
	const id = nextCloseId(tx, company.id);
	const closeNumber = listCloseRows(tx, company.id, period.id).length + 1;
	const supersedes = supersededBy(tx, company, period);
	const closing = postClosingEntry(tx, actor, period, id);
	const contentRoot = reading.contentRoot(closing === null ? [] : [{ no: closing.no, hash: closing.hash }]);
	if (closing !== null) addToTotals(tx, company, reading, closing);
	const span = daySpan(period);
	const fields: CloseHashFields = {
		companyId: company.uuid,
		periodId: period.uuid,
		totalJournalCount: reading.entryCount,
		totalDebitsMinor: String(reading.totals.baseDebit.total),
		totalCreditsMinor: String(reading.totals.baseCredit.total),
		balanceRowCount: countBalanceRows(tx, company.id, span),
		closeNumber,
	};
	const netProfit = period.kind === 'OPENING' ? 0n : netProfitMinor(tx, company.id, span, period);
	insertClose(tx, company.id, {
		...fields,
		id,
		uuid: uuidV7({ now: () => new Date(tx.instant) }),
		periodId: period.id,
		closeNumber,
		requestedAt: request.requestedAt,
		closedAt: tx.instant,
		closedBy: user.id,
		reason: request.reason,
		reopenPolicy: companySettings(tx, company.id).reopen_policy,
		netProfitMinor: String(netProfit),
		closingEntryId: closing?.no ?? null,
		sealedThroughSeq: chainHead(tx, company.id)?.seq ?? 0,
		closeHash: closeHash(fields, sha256Hex),
		contentRoot,
	});
	const close = present(standingClose(tx, company.id, period.id), 'the close just made');
	insertBalanceSnapshots(tx, company.id, period.id, closeNumber, span);
	const summaries = storeSummaries(tx, company, period, closeNumber, reading);
	const tables = storeSealedTables(tx, actor, period, { ...close, issues, note: bookText(request.note, 'note'), controlLines: reading.controlLines });
	markClosed(tx, company.id, period.id, close);
	const document = closingSeal(tx, actor, period, { close, fields, summaries, tables, supersedes, signer: request.signer });
	const seal = storeSeal(tx, company, id, document, request.signer);
	for (const hook of closeHooks()) hook.onClosed(tx, actor, close);
	return { close, seal, issues };
}

/** The closing entry that this close owes; null where the policy asks for none now, or there is nothing to zero. */
function postClosingEntry(tx: WriteTx, actor: Actor, period: Period, closeId: number): PostedEntry | null {
	const lines = dueClosingLines(tx, actor.company, period);
	if (lines.length === 0) return null;
	return postPrepared(tx, actor, {
		date: period.end,
		description: `Closing entry ${period.name}`,
		reference: null,
		externalNo: null,
		source: 'CLOSING',
		closeId,
		lines,
	});
}

/** The lines that a close of this period would post now. */
export function dueClosingLines(db: ReadDb, company: Company, period: Period) {
	const policy = companySettings(db, company.id).closing_entry;
	const isLastOfYear = periodsOfFiscalYear(db, company.id, period.fiscalYearStart).at(-1)?.id === period.id;
	if (!closesResult(period, policy, isLastOfYear)) return [];
	const result = listAccounts(db, company.id).find(({ subtype }) => subtype === 'RETAINED_EARNINGS');
	return result === undefined ? [] : closingLines(resultBalances(db, company.id, daySpan(period).endDay), result.id, company.currency);
}

function addToTotals(tx: WriteTx, company: Company, reading: PeriodReading, closing: PostedEntry): void {
	for (const { entry } of readEntryTexts(tx, company, { by: 'number', from: closing.no, through: closing.no })) reading.totals.add(entry);
	reading.entryCount++;
}

function storeSummaries(tx: WriteTx, company: Company, period: Period, closeNumber: number, { totals }: PeriodReading): SealSummary[] {
	const rows: SummaryRow[] = [...totals.byCurrency]
		.sort(([left], [right]) => (left < right ? -1 : 1))
		.map(([currency, sums]) => ({
			currency,
			journalCount: sums.journalCount,
			lineCount: sums.lineCount,
			totalDebitsMinor: sums.debit.total,
			totalCreditsMinor: sums.credit.total,
			baseDebitsMinor: sums.baseDebit.total,
			baseCreditsMinor: sums.baseCredit.total,
		}));
	for (const row of rows) insertSummarySnapshot(tx, company.id, period.id, closeNumber, row);
	return rows.map(sealSummary);
}

/** A summary as seal.json holds it: sums as decimal texts. */
export function sealSummary(row: SummaryRow): SealSummary {
	return {
		currency: row.currency,
		journalCount: row.journalCount,
		lineCount: row.lineCount,
		totalDebitsMinor: String(row.totalDebitsMinor),
		totalCreditsMinor: String(row.totalCreditsMinor),
		baseDebitsMinor: String(row.baseDebitsMinor),
		baseCreditsMinor: String(row.baseCreditsMinor),
	};
}

interface SealParts extends Pick<CloseSeal, 'summaries' | 'tables' | 'supersedes'> {
	readonly close: CloseRow;
	readonly fields: CloseHashFields;
	readonly signer: Signer | null;
}

function closingSeal(
	tx: WriteTx,
	{ company }: Actor,
	period: Period,
	{ close, fields, summaries, tables, supersedes, signer }: SealParts,
): CloseSeal | YearSeal {
	const common = {
		...sealBase(tx, company, period, close.closeNumber, signer),
		closedAt: close.closedAt,
		closedBy: loginOf(tx, close.closedBy),
		closeReason: close.reason === '' ? null : close.reason,
		supersedes,
		summaries,
		closeHashFields: fields,
		closeHash: close.closeHash,
		contentRoot: close.contentRoot,
		sealedThroughSeq: close.sealedThroughSeq,
		tables,
		netProfitMinor: close.netProfitMinor,
	};
	return period.kind === 'YEAR' ? { ...common, kind: 'YEAR', periods: periodSeals(tx, company, period) } : { ...common, kind: 'CLOSE' };
}

/** SHA-256 of the standing seals of the periods inside a year, in order of date; the opening period where it lies in the year. */
export function periodSeals(db: ReadDb, company: Company, year: Period): string[] {
	return listPeriods(db, company.id)
		.filter(({ kind, start, end }) => kind !== 'YEAR' && start >= year.start && end <= year.end)
		.map(({ id, name }) => {
			const close = present(standingClose(db, company.id, id), `the close of ${name}`);
			return present(sealOfClose(db, company.id, close.id), `the seal of ${name}`).sha256;
		});
}

/** What the audit trail records of a close: above all the seal's SHA-256, which binds the trail to the seal. */
export function closeAudit(period: Pick<Period, 'name' | 'uuid'>, { close, seal, issues }: ClosedPeriod): AuditDetail {
	return {
		period: period.name,
		periodId: period.uuid,
		closeId: close.uuid,
		closeNumber: close.closeNumber,
		closeHash: close.closeHash,
		contentRoot: close.contentRoot,
		closingEntryNo: close.closingEntryId,
		netProfitMinor: close.netProfitMinor,
		sealNo: seal.sealNo,
		sealSha256: seal.sha256,
		signed: seal.signature !== null,
		warnings: issues.filter(({ severity }) => severity === 'WARNING').map(({ code }) => code),
	};
}
