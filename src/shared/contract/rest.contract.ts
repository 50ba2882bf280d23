import { oc } from '@orpc/contract';
import { z } from 'zod';
import { issue } from './close.contract.ts';
import { instant, sha256 } from './define.ts';

/**
 * The fixed routes of the browser host for programs, with snake_case bodies. `tenant_id` is the company's uuid; it may be left out, and must
 * agree with the token where it is given. Amounts are text in major units. Refusals are `{error, message, …}` with the codes of the books.
 */
const tenant = { tenant_id: z.uuid().optional() };
const periodId = z.uuid().describe('Id of a period, as GET /api/period-close and close-status give it.');
const closeId = z.uuid().describe('Id of a close, as GET /api/period-close gives it.');
const validationReport = z.object({ issues: z.array(issue) });

const closeStatus = z.object({
	state: z.enum(['OPEN', 'CLOSING', 'CLOSED']),
	closed_at: instant.nullable(),
	closed_by: z.string().nullable(),
	close_reason: z.string().nullable(),
	close_hash: sha256.nullable(),
	requested_at: instant.nullable(),
});

const closeAnswer = z.object({
	period_id: z.uuid(),
	tenant_id: z.uuid(),
	success: z.boolean(),
	close_status: closeStatus.nullable(),
	validation_report: validationReport.nullable(),
	timestamp: instant,
});

/** What became of a close's package: `superseded` where the close was reopened, `expired` where the file was removed after its time. */
const exportPackageStatus = z.enum(['queued', 'running', 'ready', 'failed', 'cancelled', 'expired', 'superseded']).nullable();

const periodClose = z.object({
	id: z.uuid(),
	tenant_id: z.uuid(),
	period_id: z.uuid(),
	period: z.string(),
	period_start: z.string(),
	period_end: z.string(),
	close_number: z.number().int(),
	status: z.enum(['CLOSED', 'REOPENED']),
	closed_at: instant,
	closed_by: z.string(),
	close_reason: z.string(),
	close_hash: sha256,
	content_root: sha256,
	net_profit: z.string(),
	exportPackageStatus,
});

const exportJob = z.object({
	id: z.uuid(),
	tenant_id: z.uuid(),
	period: z.string(),
	close_number: z.number().int(),
	status: z.enum(['queued', 'running', 'ready', 'failed', 'cancelled', 'expired', 'superseded']),
	/** 0 to 1. */
	progress: z.number(),
	sha256: sha256.nullable(),
	content_sha256: sha256.nullable(),
	bytes: z.number().int().nullable(),
	error: z.string().nullable(),
	requested_at: instant,
	finished_at: instant.nullable(),
	expires_at: instant.nullable(),
});

const closing = {
	reason: z.string().max(2000).optional(),
	/** Codes of warnings, or `all`. */
	acknowledge: z.array(z.string()).max(100).optional(),
	note: z.string().max(2000).optional(),
};

const NOTHING_LIKE_IT = { NOT_FOUND: { status: 404, message: 'There is none.' } } as const;
const base = oc.errors({
	LOGIN_REFUSED: { status: 401, message: 'No token, or one that is not good.' },
	NOT_ALLOWED: { status: 403, message: 'The permission is named.' },
	INPUT_INVALID: { status: 400, message: 'What is wrong is named.' },
	INTERNAL_SERVER_ERROR: { status: 500, message: 'The fault was logged under the incident number.' },
});

const accepted = <Schema extends z.ZodType>(schema: Schema) => z.object({ status: z.literal(202), body: schema });
const ready = <Schema extends z.ZodType>(schema: Schema) => z.object({ status: z.literal(200), body: schema });
const exported = z.object({ downloadUrl: z.url(), expiresAt: instant, sha256, bytes: z.number().int() });

export const restContract = {
	validateClose: base
		.route({ method: 'POST', path: '/api/gl/periods/{period_id}/validate-close', summary: 'What stands in the way of a close', tags: ['periods'] })
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ period_id: periodId, ...tenant }))
		.output(z.object({ period_id: z.uuid(), tenant_id: z.uuid(), can_close: z.boolean(), validation_report: validationReport, validated_at: instant })),
	close: base
		.route({
			method: 'POST',
			path: '/api/gl/periods/{period_id}/close',
			summary: 'Closes a period; a refusal of the books is an answer too, with success false',
			tags: ['periods'],
		})
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ period_id: periodId, ...tenant, ...closing }))
		.output(closeAnswer),
	closeStatus: base
		.route({ method: 'GET', path: '/api/gl/periods/{period_id}/close-status', summary: 'How a period stands', tags: ['periods'] })
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ period_id: periodId, ...tenant }))
		.output(z.object({ period_id: z.uuid(), tenant_id: z.uuid(), period_start: z.string(), period_end: z.string(), close_status: closeStatus })),
	listCloses: base
		.route({ method: 'GET', path: '/api/period-close', summary: 'All closes, newest first', tags: ['closes'] })
		.input(z.object({ ...tenant, period: z.string().max(40).optional() }))
		.output(z.object({ tenant_id: z.uuid(), closes: z.array(periodClose) })),
	showClose: base
		.route({ method: 'GET', path: '/api/period-close/{id}', summary: 'One close, with the state of its package', tags: ['closes'] })
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ id: closeId, ...tenant }))
		.output(periodClose),
	closeMonth: base
		.route({ method: 'POST', path: '/api/period-close/month', summary: 'Closes the period of a month', tags: ['closes'] })
		.errors({
			...NOTHING_LIKE_IT,
			PERIOD_ALREADY_CLOSED: { status: 400, message: 'It is closed; `close` is the standing close.' },
			PERIOD_DATE_INVALID: { status: 400, message: 'The month is none, or cannot be closed yet.' },
		})
		.input(z.object({ month: z.string().max(20).describe('2026-01'), ...tenant, ...closing }))
		.output(closeAnswer),
	exportClose: base
		.route({
			method: 'GET',
			path: '/api/ledger/period-close/{id}/export',
			summary: "Where a close's package can be fetched; built first where it is not there",
			tags: ['packages'],
			outputStructure: 'detailed',
		})
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ id: closeId, ...tenant }))
		.output(z.union([ready(exported), accepted(exportJob)])),
	regenerate: base
		.route({
			method: 'POST',
			path: '/api/ledger/period-close/{id}/export/regenerate',
			summary: "Builds a close's package anew",
			tags: ['packages'],
			outputStructure: 'detailed',
			successStatus: 202,
		})
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ id: closeId, ...tenant }))
		.output(accepted(exportJob)),
	requestExport: base
		.route({
			method: 'POST',
			path: '/api/exports/jobs',
			summary: "Has a close's package built",
			tags: ['packages'],
			outputStructure: 'detailed',
			successStatus: 202,
		})
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ close_id: closeId, ...tenant }))
		.output(z.union([ready(exportJob), accepted(exportJob)])),
	showExport: base
		.route({ method: 'GET', path: '/api/exports/jobs/{id}', summary: 'How far a package is', tags: ['packages'] })
		.errors(NOTHING_LIKE_IT)
		.input(z.object({ id: z.uuid(), ...tenant }))
		.output(exportJob),
};

/** Answered beside the contract above, because the body is a file that is streamed. */
export const DOWNLOAD_PATH = /^\/api\/exports\/jobs\/(?<id>[0-9a-f-]{36})\/download$/;

export type RestContract = typeof restContract;
