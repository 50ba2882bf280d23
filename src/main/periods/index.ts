import type { PeriodsContract } from '#shared/contract/periods.contract.ts';
import { userById } from '#main/access/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { listPeriods, type Period } from './periods.queries.ts';
import { findPeriod, openPeriod, softClose } from './periods.service.ts';

export {
	listPeriods,
	markClosed,
	markReopened,
	openingPeriod,
	type Period,
	periodBefore,
	periodById,
	periodOfDate,
	periodsOfFiscalYear,
	yearOf,
} from './periods.queries.ts';
export { ensureOpeningPeriod, ensurePeriods, findPeriod, fiscalYearAt, MAX_DAYS_AHEAD, periodForPosting, softClose, today } from './periods.service.ts';

/** A period as the contract shows it. */
export function periodView(db: ReadDb, period: Period) {
	return {
		periodId: period.uuid,
		name: period.name,
		kind: period.kind,
		start: period.start,
		end: period.end,
		status: period.status,
		closedAt: period.closedAt,
		closedBy: period.closedBy === null ? null : (userById(db, period.closedBy)?.login ?? null),
		closeReason: period.closeReason,
		closeHash: period.closeHash,
	};
}

export const periodsHandlers: Handlers<PeriodsContract> = {
	list: { query: (db, { company }) => ({ periods: listPeriods(db, company.id).map((period) => periodView(db, period)) }) },
	status: { query: (db, { company }, { period }) => periodView(db, findPeriod(db, company, period)) },
	open: {
		command: (tx, { company }, { period, reason }) => periodView(tx, openPeriod(tx, company, period, reason)),
		audit: ({ reason }, { name, status }) => ({ period: name, status, reason: reason ?? null }),
	},
	softClose: {
		command: (tx, { company }, { period }) => periodView(tx, softClose(tx, company, period)),
		audit: (_input, { name, status }) => ({ period: name, status }),
	},
};
