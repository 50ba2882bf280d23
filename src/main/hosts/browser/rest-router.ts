import { implement, ORPCError } from '@orpc/server';
import { restContract } from '#shared/contract/rest.contract.ts';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import type { Client } from '#shared/contract/client.ts';
import { type Close, closeBody, closeStatusOf, jobBody, newestJob } from './rest-shapes.ts';

/** Who asks over REST, and what answers. */
export interface RestContext {
	readonly client: Client;
	/** The token's company. */
	readonly companyId: string;
	/** UTC ISO 8601. */
	readonly now: () => string;
	/** `http://127.0.0.1:PORT`. */
	readonly origin: string;
	/** Follows work that goes on after its answer was given; a fault is logged. */
	readonly goOn: (work: Promise<unknown>) => void;
}

const os = implement(restContract).$context<RestContext>();

/** Refusals of a close that are answers of the route, not failures of the request. */
const CLOSE_ANSWERS = ['CLOSE_REFUSED', 'WARNINGS_NOT_ACKNOWLEDGED', 'PERIOD_DATE_INVALID', 'PERIOD_STATE_REFUSED'] as const;

/** The fixed routes over the contract of the books: nothing here knows more than how to say it. */
export function restRouter() {
	return os.router({
		validateClose: os.validateClose.handler(async ({ context, input }) => {
			const { companyId, client } = asked(context, input);
			const { periodId, canClose, issues, validatedAt } = await client.close.validate({ companyId, period: input.period_id });
			return { period_id: periodId, tenant_id: companyId, can_close: canClose, validation_report: { issues }, validated_at: validatedAt };
		}),
		close: os.close.handler(({ context, input }) => closePeriod(asked(context, input), input.period_id, input)),
		closeStatus: os.closeStatus.handler(async ({ context, input }) => {
			const { companyId, client } = asked(context, input);
			const found = await client.periods.status({ companyId, period: input.period_id });
			return { period_id: found.periodId, tenant_id: companyId, period_start: found.start, period_end: found.end, close_status: closeStatusOf(found) };
		}),
		listCloses: os.listCloses.handler(async ({ context, input }) => {
			const { companyId, client } = asked(context, input);
			const [{ closes }, { periods }, { jobs }] = await Promise.all([
				client.close.closes({ companyId, ...(input.period === undefined ? {} : { period: input.period }) }),
				client.periods.list({ companyId }),
				client.packages.list({ companyId }),
			]);
			const named = new Map(periods.map((period) => [period.name, period]));
			const newestFirst = [...closes].sort((one, other) => other.closedAt.localeCompare(one.closedAt));
			return {
				tenant_id: companyId,
				closes: newestFirst.map((close) => closeBody(companyId, close, present(named.get(close.period), 'the period of a close'), jobs)),
			};
		}),
		showClose: os.showClose.handler(async ({ context, input }) => {
			const { companyId, client } = asked(context, input);
			const close = await closeNamed(context, input.id);
			const [found, { jobs }] = await Promise.all([client.periods.status({ companyId, period: close.period }), client.packages.list({ companyId })]);
			return closeBody(companyId, close, found, jobs);
		}),
		closeMonth: os.closeMonth.handler(({ context, input }) => closeMonth(asked(context, input), input)),
		exportClose: os.exportClose.handler(({ context, input }) => exportClose(asked(context, input), input.id)),
		regenerate: os.regenerate.handler(async ({ context, input }) => {
			const close = await closeNamed(asked(context, input), input.id);
			return { status: 202, body: await begin(context, close, 'regenerate') };
		}),
		requestExport: os.requestExport.handler(async ({ context, input }) => {
			const close = await closeNamed(asked(context, input), input.close_id);
			const standing = await newestOf(context, close);
			if (standing?.status === 'READY' || standing?.status === 'SUPERSEDED') return { status: 200, body: jobBody(context.companyId, standing) };
			return { status: 202, body: await begin(context, close, 'build') };
		}),
		showExport: os.showExport.handler(async ({ context, input }) => {
			const { companyId, client } = asked(context, input);
			const { jobs } = await client.packages.list({ companyId });
			const job = jobs.find(({ jobId }) => jobId === input.id);
			if (!job) throw notFound('There is no such job in this company.');
			return jobBody(companyId, job);
		}),
	});
}

/** The company is the token's; a body that names another is refused. */
function asked(context: RestContext, { tenant_id: tenantId }: { readonly tenant_id?: string | undefined }): RestContext {
	if (tenantId === undefined || tenantId === context.companyId) return context;
	throw new AppError('NOT_ALLOWED', 'This token is for another company than tenant_id names.', { tenant_id: tenantId });
}

interface Closing {
	readonly reason?: string | undefined;
	readonly acknowledge?: string[] | undefined;
	readonly note?: string | undefined;
}

async function closePeriod({ client, companyId, now }: RestContext, period: string, { reason, acknowledge, note }: Closing) {
	const standing = await client.periods.status({ companyId, period });
	const answer = { period_id: standing.periodId, tenant_id: companyId };
	try {
		const { validation } = await client.close.close({
			companyId,
			period,
			...(reason === undefined ? {} : { reason }),
			...(acknowledge === undefined ? {} : { acknowledge }),
			...(note === undefined ? {} : { note }),
		});
		const closed = await client.periods.status({ companyId, period });
		return { ...answer, success: true, close_status: closeStatusOf(closed), validation_report: validation, timestamp: now() };
	} catch (error) {
		if (!CLOSE_ANSWERS.some((code) => isAppError(error, code))) throw error;
		const { issues } = await client.close.validate({ companyId, period });
		const left = await client.periods.status({ companyId, period });
		return { ...answer, success: false, close_status: closeStatusOf(left), validation_report: { issues }, timestamp: now() };
	}
}

async function closeMonth(context: RestContext, input: Closing & { readonly month: string }) {
	const { client, companyId } = context;
	if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(input.month)) throw badMonth(input.month, `"${input.month}" is no month. Write it as 2026-01.`);
	const found = await client.periods.status({ companyId, period: input.month }).catch((error: unknown) => {
		throw isAppError(error, 'PERIOD_NOT_FOUND') ? badMonth(input.month, error.message) : error;
	});
	if (found.status === 'CLOSED') {
		const { closes } = await client.close.closes({ companyId, period: found.name });
		const { jobs } = await client.packages.list({ companyId });
		const close = present(
			closes.find(({ status }) => status === 'CLOSED'),
			'the close of a closed period',
		);
		throw new ORPCError('PERIOD_ALREADY_CLOSED', {
			status: 400,
			message: `${found.name} is closed. Reopen it first, where it must change.`,
			data: { close: closeBody(companyId, close, found, jobs) },
		});
	}
	return closePeriod(context, found.periodId, input);
}

function badMonth(month: string, message: string): ORPCError<string, unknown> {
	return new ORPCError('PERIOD_DATE_INVALID', { status: 400, message, data: { month } });
}

async function exportClose(context: RestContext, id: string) {
	const { client, companyId, origin } = context;
	const close = await closeNamed(context, id);
	const job = await newestOf(context, close);
	if (job?.status === 'QUEUED' || job?.status === 'RUNNING') return { status: 202 as const, body: jobBody(companyId, job) };
	if (job?.status !== 'READY' && job?.status !== 'SUPERSEDED') return { status: 202 as const, body: await begin(context, close, 'build') };
	try {
		const { grant, expiresAt } = await client.packages.grantDownload({ companyId, jobId: job.jobId });
		const sha256 = present(job.sha256, 'the checksum of a package');
		const bytes = present(job.bytes, 'the length of a package');
		return { status: 200 as const, body: { downloadUrl: `${origin}/download/${grant}`, expiresAt, sha256, bytes } };
	} catch (error) {
		// Its file is gone or is another: it is stale, and built anew.
		if (!isAppError(error, 'PACKAGE_NOT_READY') && !isAppError(error, 'PACKAGE_DIFFERS')) throw error;
		return { status: 202 as const, body: await begin(context, close, 'regenerate') };
	}
}

/** Has a package built and answers as soon as its job is known; the work goes on. What refuses before that refuses the request. */
async function begin(context: RestContext, close: Close, how: 'build' | 'regenerate') {
	const { client, companyId } = context;
	const { promise: begun, resolve } = Promise.withResolvers<void>();
	const work = client.packages[how]({ companyId, period: close.period, closeNumber: close.closeNumber }, { onProgress: () => resolve() });
	await Promise.race([begun, work]);
	context.goOn(work);
	return jobBody(companyId, present(await newestOf(context, close), 'the job that was begun'));
}

async function newestOf({ client, companyId }: RestContext, close: Close) {
	const { jobs } = await client.packages.list({ companyId });
	return newestJob(jobs, close);
}

async function closeNamed({ client, companyId }: RestContext, id: string): Promise<Close> {
	const { closes } = await client.close.closes({ companyId });
	const found = closes.find(({ closeId }) => closeId === id);
	if (!found) throw notFound('There is no such close in this company.');
	return found;
}

function notFound(message: string): AppError {
	return new AppError('NOT_FOUND', message, {});
}
