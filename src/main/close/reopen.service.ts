import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { bookText } from '#shared/kernel/text.ts';
import { chainHead, linesOf, mirrored, postPrepared } from '#main/ledger/index.ts';
import { findPeriod, listPeriods, markReopened, type Period, periodById } from '#main/periods/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { type CloseRow, listCloseRows, type SealRow, standingClose, updateReopened } from './closes.queries.ts';
import { closeHooks } from './extension-points.ts';
import { reopeningOf, sealBase, storeSeal } from './sealing.service.ts';
import { registerSigner, type Signer } from './signing.service.ts';

const MIN_REASON = 10;

export interface ReopenRequest {
	readonly period: string;
	readonly reason: string;
	/** The period's name, typed. */
	readonly confirm: string;
	readonly soft: boolean;
	readonly signer: Signer | null;
}

export interface ReopenedPeriod {
	readonly period: Period;
	readonly close: CloseRow;
	readonly seal: SealRow;
}

/** The close that a reopening would end. Refuses PERIOD_NOT_FOUND, PERIOD_NOT_CLOSED, REASON_TOO_SHORT, CONFIRMATION_MISSING, REOPEN_REFUSED. */
export function reopenable(
	db: ReadDb,
	company: Company,
	request: Omit<ReopenRequest, 'soft' | 'signer'>,
): { readonly period: Period; readonly close: CloseRow } {
	const period = findPeriod(db, company, request.period);
	const close = standingClose(db, company.id, period.id);
	if (period.status !== 'CLOSED' || !close) throw new AppError('PERIOD_NOT_CLOSED', `${period.name} is not closed.`, { period: period.name });
	if (close.reopenPolicy === 'NEVER') {
		throw new AppError('REOPEN_REFUSED', `${period.name} was closed under the policy NEVER: it stays final. Correct it with an entry in an open period.`, {
			period: period.name,
			policy: close.reopenPolicy,
		});
	}
	const first = reopenedBefore(db, company, period);
	if (first) {
		throw new AppError('REOPEN_REFUSED', `The last closed period is reopened first. Reopen ${first.name} before ${period.name}.`, {
			period: period.name,
			first: first.name,
		});
	}
	if (request.reason.trim().length < MIN_REASON) {
		throw new AppError('REASON_TOO_SHORT', `Say why ${period.name} is reopened, in at least ${MIN_REASON} characters. The reason stands in every later seal.`, {
			minLength: MIN_REASON,
		});
	}
	if (request.confirm.trim() !== period.name) {
		throw new AppError('CONFIRMATION_MISSING', `Type the name of the period to confirm: --confirm ${period.name}.`, { expected: period.name });
	}
	return { period, close };
}

/** What is closed and has to be reopened before: the year around it, else the last closed period of its own row. */
function reopenedBefore(db: ReadDb, company: Company, period: Period): Period | undefined {
	const periods = listPeriods(db, company.id).filter(({ status }) => status === 'CLOSED');
	const sameRow = periods.filter(({ kind, end }) => (kind === 'YEAR') === (period.kind === 'YEAR') && end > period.end).at(-1);
	if (period.kind === 'YEAR') return sameRow;
	const years = periods.filter(({ kind, end }) => kind === 'YEAR' && end >= period.start);
	return years.at(-1) ?? sameRow;
}

/** Reopens a closed period in the database transaction under way: reopening columns, state, reversal of the closing entry, REOPEN seal. */
export function reopenClosedPeriod(tx: WriteTx, actor: Actor, request: ReopenRequest): ReopenedPeriod {
	const { company, user } = actor;
	const { period, close } = reopenable(tx, company, request);
	if (request.signer !== null) registerSigner(tx, actor, request.signer);
	const reversalNo = close.closingEntryId === null ? null : (chainHead(tx, company.id)?.seq ?? 0) + 1;
	updateReopened(tx, company.id, close.id, { by: user.id, reason: bookText(request.reason.trim(), 'reason'), reversalEntryId: reversalNo });
	markReopened(tx, company.id, period.id, request.soft && period.kind !== 'YEAR' && period.kind !== 'OPENING' ? 'CLOSING' : 'OPEN');
	if (close.closingEntryId !== null) {
		postPrepared(tx, actor, {
			date: period.end,
			description: `Reversal of the closing entry ${period.name}`,
			reference: null,
			externalNo: null,
			source: 'CLOSING',
			reverses: close.closingEntryId,
			closeId: close.id,
			lines: mirrored(linesOf(tx, company.id, close.closingEntryId)),
		});
	}
	const reopened = present(
		listCloseRows(tx, company.id, period.id).find(({ id }) => id === close.id),
		'the close just reopened',
	);
	const seal = storeSeal(
		tx,
		company,
		close.id,
		{ ...sealBase(tx, company, period, close.closeNumber, request.signer), kind: 'REOPEN', reopens: reopeningOf(tx, company, reopened) },
		request.signer,
	);
	for (const hook of closeHooks()) hook.onReopened(tx, actor, reopened);
	return { period: present(periodById(tx, company.id, period.id), 'the reopened period'), close: reopened, seal };
}
