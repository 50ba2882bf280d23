import type { CloseContract } from '#shared/contract/close.contract.ts';
import type { ReopenDifferenceAnswer } from '#shared/contract/reopen-difference-shapes.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { findPeriod, type Period } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf } from '#shared/contract/client.ts';
import { fiscalCalendar } from '#main/reports/index.ts';
import { altered } from './altered.ts';
import { type CloseRow, listCloseRows } from './closes.queries.ts';
import { type CloseDifference, compareCloses } from './compare-closes.service.ts';
import { readSealedClose } from './sealed-close.service.ts';

/**
 * What changed between two closes of a period: by account, with the entries that changed it, who posted them, and why the period was reopened.
 * The newest close and the one before it unless numbered. Refuses PERIOD_NOT_FOUND, PERIOD_NOT_CLOSED (never, or no such close),
 * PERIOD_NOT_REOPENED (one close only), INPUT_INVALID (`from` is not before `to`), PACKAGE_DIFFERS (the books are not what was sealed).
 */
export function reopenDifference(
	db: ReadDb,
	{ company }: Pick<Actor, 'company'>,
	input: Omit<InputOf<CloseContract['reopenDifference']>, 'companyId'>,
): ReopenDifferenceAnswer {
	const period = findPeriod(db, company, input.period);
	const closes = closesToCompare(period, listCloseRows(db, company.id, period.id), input);
	const fiscalYearStart = fiscalCalendar(db, company).fiscalYearAt(period.end).start;
	const { entries, ...difference } = compareCloses(
		db,
		company,
		closes.map(({ id }) => readSealedClose(db, company.id, id)),
		fiscalYearStart,
	);
	return { ...difference, entries: [...entries()] };
}

/**
 * What changed since the close that a close supersedes, as far as both sealed it; null for the first close of a period. It is a function of
 * these two closes alone. Refuses PACKAGE_DIFFERS where the books are not what was sealed, or the entries do not explain the change.
 */
export function differenceFromSuperseded(
	db: ReadDb,
	company: Pick<Company, 'id' | 'uuid' | 'currency'>,
	close: { readonly id: number; readonly periodId: number },
	fiscalYearStart: string,
): CloseDifference | null {
	const later = readSealedClose(db, company.id, close.id);
	const { supersedes, closeNumber } = later.seal;
	if (supersedes === null) return null;
	const row = listCloseRows(db, company.id, close.periodId).find((one) => one.closeNumber === closeNumber - 1);
	const earlier = readSealedClose(db, company.id, present(row, 'the close that a close supersedes').id);
	if (earlier.sealSha256 !== supersedes.sealSha256) throw altered(`the seal of close ${closeNumber - 1}`, { closeNumber: closeNumber - 1 });
	const difference = compareCloses(db, company, [earlier, later], fiscalYearStart);
	if (!difference.explained) throw altered(`what was posted between close ${closeNumber - 1} and close ${closeNumber}`, { closeNumber });
	return difference;
}

/** The closes from the earlier to the later one asked for, in order. */
function closesToCompare(
	period: Period,
	closes: readonly CloseRow[],
	asked: { readonly from?: number | undefined; readonly to?: number | undefined },
): CloseRow[] {
	const details = { period: period.name, closes: closes.length };
	const newest = closes.at(-1);
	if (!newest) {
		throw new AppError('PERIOD_NOT_CLOSED', `${period.name} was never closed: there are no two closes to compare. Close it with \`period close\`.`, details);
	}
	if (closes.length === 1) throw new AppError('PERIOD_NOT_REOPENED', onceClosed(period, newest), details);
	const to = asked.to ?? newest.closeNumber;
	const from = asked.from ?? to - 1;
	if (from >= to || from < 1) {
		throw new AppError('INPUT_INVALID', `An earlier close is compared with a later one: close ${from} with close ${to} is not. Give a smaller from.`, {
			...details,
			from,
			to,
		});
	}
	const chosen = closes.filter(({ closeNumber }) => closeNumber >= from && closeNumber <= to);
	if (chosen.at(-1)?.closeNumber !== to) {
		throw new AppError('PERIOD_NOT_CLOSED', `${period.name} has no close number ${to}: it was closed ${closes.length} times.`, { ...details, closeNumber: to });
	}
	return chosen;
}

function onceClosed({ name }: Period, close: CloseRow): string {
	const closed = `${name} was closed once: there is nothing to compare it with.`;
	return close.status === 'CLOSED'
		? `${closed} What it holds is in \`report closing-voucher --period ${name}\` and its package.`
		: `${closed} It was reopened at ${present(close.reopenedAt, 'the instant of the reopening')}; close it again with \`period close ${name}\`.`;
}
