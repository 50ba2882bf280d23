import { z } from 'zod';
import { inCompany, instant, query, sha256 } from './define.ts';

export const auditEvent = z.object({
	seq: z.number().int(),
	at: instant,
	user: z.string().nullable(),
	action: z.string(),
	detail: z.unknown(),
	hash: sha256,
});

export const auditContract = {
	list: query('ViewReports')
		.input(inCompany.extend({ beforeSeq: z.number().int().optional(), limit: z.number().int().min(1).max(1000).optional(), action: z.string().optional() }))
		.output(z.object({ events: z.array(auditEvent) })),
	verify: query('ViewReports')
		.input(inCompany)
		.output(
			z.object({
				result: z.enum(['VERIFIED', 'ALTERED']),
				events: z.number().int(),
				findings: z.array(z.object({ code: z.string(), message: z.string(), seq: z.number().int().nullable() })),
			}),
		),
};

export type AuditContract = typeof auditContract;
