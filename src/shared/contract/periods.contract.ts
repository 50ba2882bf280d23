import { z } from 'zod';
import { command, inCompany, instant, periodName, query } from './define.ts';

export const periodStatus = z.enum(['OPEN', 'CLOSING', 'CLOSED']);
export const period = z.object({
	periodId: z.uuid(),
	name: z.string(),
	kind: z.enum(['DAY', 'MONTH', 'QUARTER', 'YEAR', 'OPENING']),
	start: z.string(),
	end: z.string(),
	status: periodStatus,
	closedAt: instant.nullable(),
	closedBy: z.string().nullable(),
	closeReason: z.string().nullable(),
	closeHash: z.string().nullable(),
});

export const periodsContract = {
	list: query('ViewReports')
		.input(inCompany)
		.output(z.object({ periods: z.array(period) })),
	status: query('ViewReports', ['PERIOD_NOT_FOUND'])
		.input(inCompany.extend({ period: periodName }))
		.output(period),
	/** Makes the periods of the fiscal year that holds the period. */
	open: command('CloseAccountingPeriod', ['PERIOD_NOT_FOUND', 'PERIOD_STATE_REFUSED'])
		.input(inCompany.extend({ period: periodName, reason: z.string().optional() }))
		.output(period),
	softClose: command('CloseAccountingPeriod', ['PERIOD_NOT_FOUND', 'PERIOD_STATE_REFUSED'])
		.input(inCompany.extend({ period: periodName }))
		.output(period),
};

export type PeriodsContract = typeof periodsContract;
