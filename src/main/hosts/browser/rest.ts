import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ORPCError } from '@orpc/server';
import { companyOfGrant } from '#shared/contract/packages.contract.ts';
import { DOWNLOAD_PATH } from '#shared/contract/rest.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { clientOver } from '#main/app/client-over.ts';
import type { ProgramPort } from '#main/app/desk/program-port.ts';
import type { Bearer } from '#main/platform/run/actor.ts';
import { attachmentHeaders } from './attachment-headers.ts';
import type { Door } from './door.ts';
import { judgeProgram } from './request-source.rules.ts';
import { openApiDocument } from './rest-document.ts';
import { restRefusal } from './rest-errors.ts';
import { type RestContext, restRouter } from './rest-router.ts';

const MAX_BODY_BYTES = 64 * 1024;
const BEARER = /^Bearer (?<token>\S{1,200})$/;

/** What programs of this machine ask: the fixed routes, their description, and downloads with a token. */
export class Rest {
	readonly #door: Pick<Door, 'port' | 'failures' | 'program'>;
	readonly #handler: OpenAPIHandler<RestContext>;
	readonly #version: string;
	#document: Promise<unknown> | null = null;

	constructor(door: Pick<Door, 'port' | 'failures' | 'program'>, version: string) {
		this.#door = door;
		this.#version = version;
		const logFault = (error: unknown): string => door.program.logFault(error);
		this.#handler = new OpenAPIHandler(restRouter(), {
			clientInterceptors: [
				async (call) => {
					try {
						return await call.next();
					} catch (error) {
						const { status, body } = restRefusal(error, logFault);
						throw new ORPCError(String(body.error), { status, message: String(body.message), data: body });
					}
				},
			],
			// Outside of a procedure: a request that cannot be read.
			customErrorResponseBodyEncoder: (error) => (isRefusal(error.data) ? error.data : restRefusal(error, logFault).body),
		});
	}

	/** Is it a request of a program, and not of the screens? */
	takes(request: IncomingMessage, pathname: string): boolean {
		return pathname.startsWith('/api/') || pathname === '/openapi.json' || (pathname.startsWith('/download/') && request.headers.authorization !== undefined);
	}

	async answer(request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL): Promise<void> {
		try {
			this.#checkRequest(request, searchParams);
			if (pathname === '/openapi.json') return await this.#sendDocument(request, response);
			const user = await this.#bearer(request);
			const client = clientOver((domain, name, input, options) => this.#door.program.call(user, domain, name, input, options));
			const companyId = user.within.companyId;
			const job = DOWNLOAD_PATH.exec(pathname)?.groups?.id;
			if (job !== undefined && request.method === 'GET') {
				const { grant } = await client.packages.grantDownload({ companyId, jobId: job });
				return await sendGranted(client, companyId, grant, response);
			}
			if (pathname.startsWith('/download/')) {
				const grant = pathname.slice('/download/'.length);
				return await sendGranted(client, companyOfGrant(grant) ?? companyId, grant, response);
			}
			const origin = `http://127.0.0.1:${this.#door.port}`;
			const now = (): string => this.#door.program.clock.now().toISOString();
			const context: RestContext = { client, companyId, now, origin, goOn: (work) => goOn(this.#door.program, work) };
			const { matched } = await this.#handler.handle(request, response, { context });
			if (!matched) throw new AppError('NOT_FOUND', 'There is no such route. GET /openapi.json describes them.', {});
		} catch (error) {
			this.#refuse(request, response, error);
		}
	}

	#checkRequest(request: IncomingMessage, searchParams: URLSearchParams): void {
		const { host, origin, 'sec-fetch-site': site } = request.headers;
		const refusal = judgeProgram({ host, origin, fetchSite: Array.isArray(site) ? site[0] : site }, this.#door.port);
		if (refusal !== null) throw new AppError('NOT_ALLOWED', 'Requests come from programs of this machine, not from pages of other sites.', { reason: refusal });
		if ([...searchParams.keys()].some((name) => /token/i.test(name))) {
			throw new AppError(
				'INPUT_INVALID',
				'A token is never part of an address: others read it there. Send it in the Authorization header, and revoke this one.',
				{},
			);
		}
		const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
		const length = Number(request.headers['content-length'] ?? (hasBody ? Number.NaN : 0));
		if (!(length <= MAX_BODY_BYTES)) throw new AppError('INPUT_INVALID', `A body has a Content-Length of at most ${MAX_BODY_BYTES} bytes.`, {});
	}

	async #bearer(request: IncomingMessage): Promise<Bearer> {
		const token = BEARER.exec(request.headers.authorization ?? '')?.groups?.token ?? '';
		try {
			return await this.#door.program.bearer(token);
		} catch (error) {
			if (this.#door.failures.isOver()) throw new ORPCError('TOO_MANY_FAILURES', { status: 429, message: 'Too many wrong tokens. Wait a minute.' });
			throw error;
		}
	}

	async #sendDocument(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.#document ??= openApiDocument(this.#version);
		const text = JSON.stringify(await this.#document, null, '\t');
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(request.method === 'HEAD' ? undefined : text);
	}

	#refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
		if (response.headersSent) {
			response.destroy();
			return;
		}
		const { status, body } = restRefusal(error, (fault) => this.#door.program.logFault(fault));
		request.resume();
		if (status === 401) response.setHeader('www-authenticate', 'Bearer');
		response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
		response.end(JSON.stringify(body));
	}
}

function isRefusal(data: unknown): data is Readonly<Record<string, unknown>> {
	return typeof data === 'object' && data !== null && 'error' in data;
}

/** What goes on after its answer: its job says how it ended; only a fault is told, to the log. */
function goOn(program: ProgramPort, work: Promise<unknown>): void {
	work.catch((error: unknown) => {
		if (!(error instanceof AppError)) program.logFault(error);
	});
}

async function sendGranted(client: RestContext['client'], companyId: string, grant: string, response: ServerResponse): Promise<void> {
	const { file, fileName, contentType, bytes } = await client.packages.redeemGrant({ companyId, grant });
	response.writeHead(200, attachmentHeaders({ fileName, contentType, bytes }));
	await pipeline(createReadStream(file), response);
}
