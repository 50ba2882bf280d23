import { AppError } from '#shared/kernel/app-error.ts';
import type { CloseSeal, YearSeal } from '#shared/seal/index.ts';
import { eventsOfAction, verifyTrail } from '#main/audit/index.ts';
import { type AccountRow, listAccounts } from '#main/companies/index.ts';
import { chainHead, standingItemsDiffer } from '#main/ledger/index.ts';
import { findPeriod, listPeriods, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { type BookFinding, BookFindings } from './book-findings.ts';
import { type PeriodSums, walkBooks } from './books-walk.service.ts';
import { type CloseRow, listCloseRows } from './closes.queries.ts';
import { createCloseComparison } from './compare-close.service.ts';
import { entriesAfterSeal, keptBalances } from './verify.queries.ts';
import { createSealJudge, judgeKeys, type ReadSeal, type SignatureState } from './verify-seals.service.ts';
import { createFileCheck } from './file-check.service.ts';
import { type CloseToVerify, verifyPeriodState, verifySealedRows } from './verify-tables.service.ts';

export interface Verification {
	readonly result: 'VERIFIED' | 'ALTERED';
	readonly signer: { readonly fingerprint: string; readonly known: boolean } | null;
	readonly signature: SignatureState;
	readonly findings: BookFinding[];
	readonly notChecked: string[];
	readonly statement: string;
}

export interface VerifyOptions {
	/** The content store, where evidence lies. */
	readonly contentFolder: string;
	/** PEM or fingerprint of the only key that may have signed. */
	readonly expectedKey?: string | undefined;
}

/**
 * Recomputes one close from the books: every entry through the head that its seal names, the chain, content root, close_hash, snapshots, sealed
 * tables, seal, signature and audit trail. Refuses PERIOD_NOT_FOUND, PERIOD_NOT_CLOSED (no such close), INPUT_INVALID (expectedKey).
 */
export function verifyClose(
	db: ReadDb,
	company: Company,
	named: { readonly period: string; readonly closeNumber?: number | undefined },
	options: VerifyOptions,
): Verification {
	const period = findPeriod(db, company, named.period);
	const closes = listCloseRows(db, company.id, period.id);
	const close = named.closeNumber === undefined ? closes.at(-1) : closes.find(({ closeNumber }) => closeNumber === named.closeNumber);
	if (!close) {
		const which = named.closeNumber === undefined ? 'was never closed' : `has no close number ${named.closeNumber}`;
		throw new AppError('PERIOD_NOT_CLOSED', `${period.name} ${which}. See \`ledgerseal period list\`.`, { period: period.name, closes: closes.length });
	}
	const check = createCheck(db, company, options);
	const seal = check.verifyCloses([close])[0];
	verifyPeriodState(db, company, period, check.findings);
	check.verifyEntriesBehind([close]);
	verifyTrailThrough(db, company, seal?.recordedSeq ?? seal?.document?.auditHead.seq ?? null, check.findings);
	judgeKeys(db, company, check.findings);
	return answer(check.findings, seal?.signature ?? 'absent', seal?.signer ?? null, close.closeNumber);
}

/** The same for all closes and seals in one pass through the journal up to its head, with everything that no single close covers. */
export function verifyBooks(db: ReadDb, company: Company, options: VerifyOptions): Verification & { readonly seals: number } {
	const check = createCheck(db, company, options);
	const closes = listCloseRows(db, company.id);
	const seals = check.verifyCloses(closes, chainHead(db, company.id)?.seq ?? 0);
	for (const period of listPeriods(db, company.id)) verifyPeriodState(db, company, period, check.findings);
	check.verifyEntriesBehind(closes);
	if (standingItemsDiffer(db, company))
		check.findings.add('TABLE_CHANGED', 'The open items at hand for the next close are not those of the last one.', { table: 'standing_open_items' });
	verifyTrailThrough(db, company, null, check.findings);
	judgeKeys(db, company, check.findings);
	for (const { at, detail } of eventsOfAction(db, company.id, ['ROLLED_BACK'], 0)) {
		check.findings.add(
			'ROLLED_BACK',
			`On ${at} these books were older than this computer remembered: an earlier copy of the file had been put back. ${detail}`,
			{
				table: 'audit_events',
			},
		);
	}
	const worst = (['bad', 'absent', 'good'] as const).find((state) => seals.some(({ signature }) => signature === state)) ?? 'absent';
	return { ...answer(check.findings, worst, seals.at(-1)?.signer ?? null, seals.length), seals: seals.length };
}

function createCheck(db: ReadDb, company: Company, options: VerifyOptions) {
	const findings = new BookFindings();
	const accounts = listAccounts(db, company.id);
	const files = createFileCheck(options.contentFolder);
	const judge = createSealJudge(db, company, findings, options.expectedKey);
	const periods = new Map(listPeriods(db, company.id).map((period) => [period.id, period]));
	return {
		findings,
		/** Judges closes with their seals. `throughSeq`: the whole journal is read and every seal judged; without it only what these closes cover. */
		verifyCloses(closes: readonly CloseRow[], throughSeq?: number): ReadSeal[] {
			const all = [...judge.seals.values()];
			const rows = throughSeq === undefined ? all.filter(({ closeId }) => closes.some(({ id }) => id === closeId)) : all;
			const seals = rows.map((row) => judge.judge(row));
			const heads = seals.flatMap(({ row, document }) =>
				document === null ? [] : [{ seq: document.chainHead.seq, hash: document.chainHead.entryHash, sealNo: row.sealNo }],
			);
			const through = throughSeq ?? Math.max(0, ...closes.map(({ sealedThroughSeq }) => sealedThroughSeq), ...heads.map(({ seq }) => seq));
			const sums = walkBooks(db, company, { closes, heads, throughSeq: through, onClose: createCloseComparison(db, company, accounts, findings) }, findings);
			if (throughSeq !== undefined) compareKept(db, company, sums, findings);
			for (const close of closes) {
				const target = targetOf(close, periods.get(close.periodId), seals, findings);
				if (target) verifySealedRows(db, company, target, accounts, files, findings);
			}
			return seals.filter(({ row }) => throughSeq !== undefined || row.kind !== 'REOPEN');
		},
		verifyEntriesBehind(closes: readonly CloseRow[]): void {
			for (const close of closes) {
				const period = periods.get(close.periodId);
				if (close.status === 'CLOSED' && period) reportEntriesBehind(db, company, close, period, findings);
			}
		},
	};
}

function targetOf(close: CloseRow, period: Period | undefined, seals: readonly ReadSeal[], findings: BookFindings): CloseToVerify | null {
	const own = seals.filter(({ row }) => row.closeId === close.id);
	const closing = own.find(({ row }) => row.kind !== 'REOPEN');
	if (closing === undefined || period === undefined) {
		findings.add('SEAL_MISSING', `The seal of ${period?.name ?? 'a period'}, close ${close.closeNumber}, is missing.`, { table: 'seals' });
		return null;
	}
	if (closing.document === null || closing.document.kind === 'REOPEN') return null;
	const document: CloseSeal | YearSeal = closing.document;
	return { close, period, document, reopening: own.find(({ row }) => row.kind === 'REOPEN')?.document ?? null };
}

function reportEntriesBehind(db: ReadDb, company: Company, close: CloseRow, period: Period, findings: BookFindings): void {
	for (const { no, externalNo, date } of entriesAfterSeal(db, company.id, period.start, period.end, close.sealedThroughSeq)) {
		findings.add('ENTRY_EXTRA', `Entry ${no} (${date}) got into ${period.name} after it was closed.`, { entryNo: no, externalNo });
	}
}

/** The kept balances against the lines, period by period. */
function compareKept(db: ReadDb, company: Company, sums: readonly PeriodSums[], findings: BookFindings): void {
	const byPeriod = new Map(sums.map((sum) => [sum.period.id, sum]));
	const unseen = new Map(sums.map(({ period, totals }) => [period.id, new Set(totals.byAccount.keys())]));
	const accounts = new Map<string, Pick<AccountRow, 'code'>>();
	for (const row of keptBalances(db, company.id)) {
		accounts.set(row.ref, row);
		const key = `${row.currency} ${row.ref}`;
		unseen.get(row.periodId)?.delete(key);
		const given = byPeriod.get(row.periodId)?.totals.byAccount.get(key);
		const same =
			row.debit === (given?.debit.total ?? 0n) &&
			row.credit === (given?.credit.total ?? 0n) &&
			row.baseDebit === (given?.baseDebit.total ?? 0n) &&
			row.baseCredit === (given?.baseCredit.total ?? 0n);
		if (same) continue;
		const name = byPeriod.get(row.periodId)?.period.name ?? 'a period that is gone';
		findings.add('BALANCES_DIFFER', `The kept balance of ${row.code} in ${row.currency}, ${name}, is not what its lines give.`, {
			account: row.code,
			table: 'account_balances',
		});
	}
	for (const [periodId, keys] of unseen) {
		for (const key of keys) {
			const ref = key.slice(4);
			const code = accounts.get(ref)?.code ?? ref;
			findings.add('BALANCES_DIFFER', `${code} has lines in ${byPeriod.get(periodId)?.period.name}, but no kept balance.`, {
				account: code,
				table: 'account_balances',
			});
		}
	}
}

function verifyTrailThrough(db: ReadDb, company: Company, throughSeq: number | null, findings: BookFindings): void {
	const trail = verifyTrail(db, company, throughSeq);
	for (const { code, message } of trail.findings) findings.add(code, message, { table: 'audit_events' });
	if (throughSeq !== null && trail.events < throughSeq && trail.findings.length === 0)
		findings.add('AUDIT_TAIL_MISSING', `The audit trail ends before event ${throughSeq}, which the seal names.`, { table: 'audit_events' });
}

function answer(findings: BookFindings, signature: SignatureState, signer: Verification['signer'], sealCount: number): Verification {
	const isAltered = findings.list.length > 0;
	const notChecked: string[] = [];
	if (findings.omitted > 0) notChecked.push(`${findings.omitted} more findings are not listed.`);
	if (!isAltered && signature === 'absent' && sealCount > 0) notChecked.push('Who sealed: there is no signature.');
	return {
		result: isAltered ? 'ALTERED' : 'VERIFIED',
		signer,
		signature,
		findings: findings.list,
		notChecked,
		statement: words(isAltered, signature, signer, sealCount),
	};
}

/** The result in the words that it allows: it never says whose key it was. */
function words(isAltered: boolean, signature: SignatureState, signer: Verification['signer'], sealCount: number): string {
	if (isAltered) return 'ALTERED: the books are not what was sealed';
	if (sealCount === 0) return 'nothing is sealed yet; the entries agree with their hashes';
	if (signature !== 'good' || signer === null) return 'consistent, not signed';
	if (signer.known) return `unchanged since the known key ${signer.fingerprint} signed it`;
	return `unchanged since key ${signer.fingerprint} signed it; compare this fingerprint with one you got another way`;
}
