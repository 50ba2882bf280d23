import { z } from 'zod';
import { command, companyId, currency, inCompany, instanceCommand, instanceQuery, query } from './define.ts';

export const companySummary = z.object({ companyId, name: z.string(), currency });

/** Settings of a company with their values; keys are the names that `company set` takes. */
export const companySettings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]));

export const accountType = z.enum(['ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE']);
export const accountSubtype = z.enum([
	'CASH',
	'BANK',
	'MOBILE_MONEY',
	'CREDIT_CARD',
	'CLEARING',
	'RECEIVABLE',
	'PAYABLE',
	'INVENTORY',
	'TAX',
	'RETAINED_EARNINGS',
	'OPENING_EQUITY',
	'SUSPENSE',
	'FX_GAIN_LOSS',
	'FX_ROUNDING',
	'CASH_OVER_SHORT',
]);

export const companiesContract = {
	create: instanceCommand(null, ['ALREADY_EXISTS', 'CURRENCY_UNKNOWN', 'NOT_FOUND', 'TEXT_INVALID', 'INPUT_INVALID', 'FILE_UNREADABLE'])
		.input(
			z.object({
				name: z.string().min(1).max(200),
				currency,
				/** `MM-DD` */
				fiscalYearStart: z
					.string()
					.regex(/^\d{2}-\d{2}$/)
					.optional(),
				calendar: z.enum(['MONTH', 'DAY', 'QUARTER']).optional(),
				/** A template's name, `none`, or rows of the caller's own chart. */
				chart: z.string().optional(),
				chartRows: z.array(z.record(z.string(), z.string())).optional(),
				timezone: z.string().optional(),
			}),
		)
		.output(companySummary.extend({ accounts: z.number().int() })),
	list: instanceQuery(null).output(z.object({ companies: z.array(companySummary) })),
	show: query('ViewReports')
		.input(inCompany)
		.output(companySummary.extend({ timezone: z.string(), booksFrom: z.string().nullable(), settings: companySettings })),
	set: command('ManageCompany', ['SETTING_UNKNOWN', 'SETTING_REFUSED'])
		.input(inCompany.extend({ key: z.string(), value: z.string() }))
		.output(z.object({ key: z.string(), value: z.unknown() })),
	charts: instanceQuery(null).output(
		z.object({ charts: z.array(z.object({ name: z.string(), title: z.string(), country: z.string().nullable(), description: z.string() })) }),
	),
};

export type CompaniesContract = typeof companiesContract;
