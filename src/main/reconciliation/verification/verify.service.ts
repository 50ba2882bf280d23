import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { bookText } from '#shared/kernel/text.ts';
import { listMembers, permissionsOf } from '#main/access/index.ts';
import { accountById, companySettings } from '#main/companies/index.ts';
import { today } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { changeItems, type ItemsChange, type Subject } from './items.service.ts';
import { checkPeriodOpen, refresh, reread, subjectOf } from './prepare.service.ts';
import { findReconciliation } from './reconciliation-view.ts';
import { markUndone, markVerified, type ReconciliationRow, updatePreparer, verifiedAfter } from './reconciliations.queries.ts';

const MIN_REASON = 10;

/**
 * Signs a reconciliation off. Expected and actual are worked out anew and items that are open no more drop out, also of one that was
 * stale; then the items have to explain the variance to the last unit. All of it or nothing.
 * Refuses RECONCILIATION_VARIANCE, STATEMENT_SHORT, VERIFIER_IS_PREPARER, RECONCILIATION_FIXED, PERIOD_CLOSED, PERIOD_DATE_INVALID.
 */
export function verifyReconciliation(tx: WriteTx, { company, user }: Actor, uuid: string): ReconciliationRow {
	const subject = subjectOf(tx, company, uuid);
	const { reconciliation, account, strategy } = subject;
	if (reconciliation.status === 'VERIFIED') {
		throw new AppError('RECONCILIATION_FIXED', `Account ${account.code} is verified already, by ${reconciliation.verifiedBy ?? '?'}.`, {
			id: uuid,
			account: account.code,
		});
	}
	checkNotUndone(subject);
	const period = checkPeriodOpen(tx, company, reconciliation);
	if (period.end > today(company, tx.instant)) {
		throw new AppError('PERIOD_DATE_INVALID', `${period.name} ends on ${period.end}: what will stand there is not known yet. Verify it from that day on.`, {
			period: period.name,
			end: period.end,
		});
	}
	refresh(tx, subject);
	const judged = reread(tx, company, uuid);
	const unexplainedMinor = judged.varianceMinor - judged.explainedMinor;
	const [finding] = strategy.validate({ uuid, accountCode: account.code, currency: judged.currency, unexplainedMinor });
	if (finding) throw new AppError(finding.code, finding.message, finding.details);
	checkVerifier(tx, company, judged, user.id);
	markVerified(tx, company.id, reconciliation.id, user.id);
	return reread(tx, company, uuid);
}

function checkVerifier(db: ReadDb, company: Company, { uuid, preparedById, preparedBy }: ReconciliationRow, userId: number): void {
	if (preparedById !== userId || !companySettings(db, company.id).verifier_differs) return;
	const others = listMembers(db, company.id).filter(
		({ id, disabled, role }) => id !== userId && disabled === 0 && permissionsOf(role).includes('ManageReconciliation'),
	);
	if (others.length === 0) return;
	const logins = others.map(({ login }) => login);
	throw new AppError(
		'VERIFIER_IS_PREPARER',
		`${preparedBy} prepared this one, so somebody else verifies it: ${logins.join(', ')}. The setting verifier_differs asks for it.`,
		{ id: uuid, preparedBy, others: logins },
	);
}

/** Chooses items of a draft. Who changes them has prepared it. Refuses RECONCILIATION_FIXED, PERIOD_CLOSED, ITEM_REFUSED, TEXT_INVALID. */
export function setItems(tx: WriteTx, { company, user }: Actor, uuid: string, change: ItemsChange): ReconciliationRow {
	const subject = subjectOf(tx, company, uuid);
	checkPeriodOpen(tx, company, subject.reconciliation);
	requireDraft(subject);
	changeItems(tx, subject, change);
	updatePreparer(tx, company.id, subject.reconciliation.id, user.id);
	return reread(tx, company, uuid);
}

/** Refuses RECONCILIATION_FIXED, saying how to come to a draft. */
export function requireDraft(subject: Subject): void {
	const { reconciliation, account } = subject;
	checkNotUndone(subject);
	if (reconciliation.status === 'DRAFT') return;
	const next =
		reconciliation.status === 'STALE'
			? `It is stale: refresh it first with \`reconcile create --account ${account.code} --period P\`.`
			: `A verified reconciliation is not edited; \`reconcile undo ${reconciliation.uuid} --reason TEXT\` takes it back.`;
	throw new AppError('RECONCILIATION_FIXED', `Account ${account.code}: ${next}`, { id: reconciliation.uuid, status: reconciliation.status });
}

function checkNotUndone({ reconciliation, account }: { readonly reconciliation: ReconciliationRow; readonly account: { readonly code: string } }): void {
	if (reconciliation.status !== 'UNDONE') return;
	throw new AppError('RECONCILIATION_FIXED', `That reconciliation of ${account.code} was undone. Make a new one with \`reconcile create\`.`, {
		id: reconciliation.uuid,
		status: reconciliation.status,
	});
}

/** Takes a reconciliation back, newest first. Refuses REASON_TOO_SHORT, RECONCILIATION_NOT_NEWEST, PERIOD_CLOSED, RECONCILIATION_FIXED. */
export function undoReconciliation(tx: WriteTx, { company, user }: Actor, uuid: string, typedReason: string): ReconciliationRow {
	const reconciliation = findReconciliation(tx, company, uuid);
	const account = present(accountById(tx, company.id, reconciliation.accountId), 'the account of a reconciliation');
	checkNotUndone({ reconciliation, account });
	checkPeriodOpen(tx, company, reconciliation);
	const reason = bookText(typedReason.trim(), 'reason');
	if (reason.length < MIN_REASON) {
		throw new AppError('REASON_TOO_SHORT', `Say why the reconciliation of ${account.code} is undone, in at least ${MIN_REASON} characters.`, {
			minLength: MIN_REASON,
		});
	}
	const newer = reconciliation.status === 'DRAFT' ? undefined : verifiedAfter(tx, company.id, account.id, reconciliation.endDay);
	if (newer) {
		throw new AppError('RECONCILIATION_NOT_NEWEST', `Account ${account.code} has a later reconciliation. They are undone newest first: ${newer.uuid}.`, {
			id: uuid,
			first: newer.uuid,
		});
	}
	markUndone(tx, company.id, reconciliation.id, user.id, reason);
	return reread(tx, company, uuid);
}
