import { z } from 'zod';
import { amount, inCompany, instant, periodName, query, sha256, task } from './define.ts';
import { period } from './periods.contract.ts';
import { reopenDifferenceInput, reopenDifferenceOutput } from './reopen-difference-shapes.ts';

export const issue = z.object({
	code: z.string(),
	severity: z.enum(['ERROR', 'WARNING', 'INFO']),
	message: z.string(),
	metadata: z.record(z.string(), z.unknown()),
});

/** Something that stands in the way of a close, or that a reader of the books should know. */
export type Issue = z.output<typeof issue>;

export const closeResult = z.object({
	periodId: z.uuid(),
	closeId: z.uuid(),
	success: z.boolean(),
	closeNumber: z.number().int(),
	alreadyClosed: z.boolean(),
	closeHash: sha256,
	contentRoot: sha256,
	netProfit: amount,
	closingEntryNo: z.number().int().nullable(),
	closedAt: instant,
	sealNo: z.number().int(),
	sealSha256: sha256,
	signer: z.string().nullable(),
	validation: z.object({ issues: z.array(issue) }),
});

export const finding = z.object({
	code: z.string(),
	message: z.string(),
	entryNo: z.number().int().nullable(),
	externalNo: z.string().nullable(),
	account: z.string().nullable(),
	file: z.string().nullable(),
	/** The table of the database, or the sealed table, that differs. */
	table: z.string().nullable().optional(),
});

export const verification = z.object({
	result: z.enum(['VERIFIED', 'ALTERED']),
	signer: z.object({ fingerprint: z.string(), known: z.boolean() }).nullable(),
	signature: z.enum(['good', 'bad', 'absent']),
	findings: z.array(finding),
	notChecked: z.array(z.string()),
	/** What the result means, in one sentence. */
	statement: z.string(),
});

export const closeContract = {
	validate: query('ViewReports', ['PERIOD_NOT_FOUND'])
		.input(inCompany.extend({ period: periodName }))
		.output(z.object({ periodId: z.uuid(), canClose: z.boolean(), issues: z.array(issue), validatedAt: instant })),
	/** The closing entry that a close would post now, and its figures; nothing is written. */
	preview: query('ViewReports', ['PERIOD_NOT_FOUND'])
		.input(inCompany.extend({ period: periodName }))
		.output(
			z.object({
				netProfit: amount,
				lines: z.array(
					z.object({ code: z.string(), name: z.string(), currency: z.string(), debit: amount, credit: amount, baseDebit: amount, baseCredit: amount }),
				),
			}),
		),
	/** The closing entry that a close posted, line by line, with who closed, when and why. */
	closingVoucher: query('ViewReports', ['PERIOD_NOT_FOUND', 'PERIOD_NOT_CLOSED'])
		.input(inCompany.extend({ period: periodName, closeNumber: z.number().int().positive().optional() }))
		.output(
			z.object({
				period: z.string(),
				closeNumber: z.number().int(),
				status: z.enum(['CLOSED', 'REOPENED']),
				closedAt: instant,
				closedBy: z.string(),
				reason: z.string(),
				reopenedAt: instant.nullable(),
				reopenedBy: z.string().nullable(),
				reopenReason: z.string().nullable(),
				reversalEntryNo: z.number().int().nullable(),
				currency: z.string(),
				netProfit: amount,
				closeHash: sha256,
				/** null where the close had nothing to bring to nil. */
				entry: z
					.object({
						no: z.number().int(),
						date: z.string(),
						description: z.string(),
						hash: sha256,
						postedAt: instant,
						postedBy: z.string(),
						lines: z.array(
							z.object({ code: z.string(), name: z.string(), currency: z.string(), debit: amount, credit: amount, baseDebit: amount, baseCredit: amount }),
						),
						totals: z.object({ debit: amount, credit: amount }),
					})
					.nullable(),
			}),
		),
	/** What changed between two closes of a period that was reopened, with the entries that changed it. */
	reopenDifference: query('ViewReports', ['PERIOD_NOT_FOUND', 'PERIOD_NOT_CLOSED', 'PERIOD_NOT_REOPENED', 'INPUT_INVALID', 'PACKAGE_DIFFERS'])
		.input(reopenDifferenceInput)
		.output(reopenDifferenceOutput),
	/** A task, because the signing key comes from the secret store before the database transaction begins. */
	close: task('CloseAccountingPeriod', ['PERIOD_NOT_FOUND', 'CLOSE_REFUSED', 'WARNINGS_NOT_ACKNOWLEDGED', 'PERIOD_DATE_INVALID'])
		.input(
			inCompany.extend({
				period: periodName,
				reason: z.string().optional(),
				/** Codes of warnings, or `all`. */
				acknowledge: z.array(z.string()).optional(),
				note: z.string().optional(),
			}),
		)
		.output(closeResult),
	reopen: task('ReopenAccountingPeriod', ['PERIOD_NOT_FOUND', 'PERIOD_NOT_CLOSED', 'REOPEN_REFUSED', 'REASON_TOO_SHORT', 'CONFIRMATION_MISSING'])
		.input(inCompany.extend({ period: periodName, reason: z.string(), confirm: z.string(), soft: z.boolean().optional() }))
		.output(
			z.object({
				period,
				closeNumber: z.number().int(),
				reversalEntryNo: z.number().int().nullable(),
				sealNo: z.number().int(),
				sealSha256: sha256,
			}),
		),
	verify: query('ViewReports', ['PERIOD_NOT_FOUND', 'PERIOD_NOT_CLOSED'])
		.input(inCompany.extend({ period: periodName, closeNumber: z.number().int().positive().optional(), expectedKey: z.string().optional() }))
		.output(verification),
	verifyAll: query('ViewReports')
		.input(inCompany)
		.output(verification.extend({ seals: z.number().int() })),
	closes: query('ViewReports')
		.input(inCompany.extend({ period: periodName.optional() }))
		.output(
			z.object({
				closes: z.array(
					z.object({
						closeId: z.uuid(),
						period: z.string(),
						closeNumber: z.number().int(),
						status: z.enum(['CLOSED', 'REOPENED']),
						closedAt: instant,
						closedBy: z.string(),
						reason: z.string(),
						closeHash: sha256,
						contentRoot: sha256,
						netProfit: amount,
						closingEntryNo: z.number().int().nullable(),
						reopenedAt: instant.nullable(),
						reopenedBy: z.string().nullable(),
						reopenReason: z.string().nullable(),
						sealNo: z.number().int(),
						sealSha256: sha256,
						/** Fingerprint of the key that signed the seal; null where it is not signed. That the signature is good is said by `verify`. */
						signer: z.string().nullable(),
					}),
				),
			}),
		),
};

export type CloseContract = typeof closeContract;

type VoucherSchema = NonNullable<CloseContract['closingVoucher']['~orpc']['outputSchema']>;
export type ClosingVoucherAnswer = z.output<Extract<VoucherSchema, z.ZodType>>;
