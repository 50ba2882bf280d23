import { z } from 'zod';
import { amount, civilDate, currency, inCompany } from './define.ts';

/** In base, and in each currency. */
export const outstandingTotals = z.object({
	total: amount,
	buckets: z.array(z.object({ label: z.string(), fromDays: z.number().int().nullable(), toDays: z.number().int().nullable(), amount })),
	currencies: z.array(z.object({ currency, total: amount, baseTotal: amount })),
});

export const openItem = z.object({
	/** Entry and line; null, like the dates, for an exchange difference that belongs to no one bill. */
	no: z.number().int().nullable(),
	lineNo: z.number().int().nullable(),
	date: civilDate.nullable(),
	dueDate: civilDate.nullable(),
	reference: z.string().nullable(),
	kind: z.enum(['BILL', 'ADVANCE', 'CREDIT', 'EXCHANGE_DIFFERENCE']),
	code: z.string(),
	currency,
	/** The whole line, and what is open of it; in its currency. */
	amount,
	open: amount,
	baseOpen: amount,
	/** Below zero: days until it is due. */
	daysOverdue: z.number().int().nullable(),
	bucket: z.string(),
});

export const outstandingInput = inCompany.extend({
	side: z.enum(['receivable', 'payable']),
	asOf: civilDate,
	/** Days overdue at which an age class ends; 30, 60, 90 unless given. */
	buckets: z.array(z.number().int().positive()).min(1).max(12).optional(),
	/** What an item ages from; its due date unless given. */
	ageBy: z.enum(['due', 'entry']).optional(),
});
