import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { restContract } from '#shared/contract/rest.contract.ts';
import { REST_EXAMPLES } from './rest-examples.ts';

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;
interface Content {
	example?: unknown;
}
interface Operation {
	operationId?: string;
	requestBody?: { content?: Record<string, Content> };
	responses?: Record<string, { content?: Record<string, Content> }>;
}

const REFUSAL = {
	type: 'object',
	required: ['error', 'message'],
	properties: { error: { type: 'string', description: 'A stable code.' }, message: { type: 'string' }, details: { type: 'object' } },
	additionalProperties: true,
} as const;

const DOWNLOAD = {
	get: {
		operationId: 'download',
		summary: 'The package of a job, as a file. The grant that it needs is issued, used and logged.',
		tags: ['packages'],
		parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
		responses: {
			200: { description: 'The package.', content: { 'application/zip': { schema: { type: 'string', contentMediaType: 'application/zip' } } } },
			404: { description: 'There is no such job.', content: { 'application/json': { schema: REFUSAL } } },
			409: { description: 'It is not built, or was removed.', content: { 'application/json': { schema: REFUSAL } } },
		},
	},
} as const;

/** What /openapi.json answers: every route with what it takes, what it gives, what it refuses, and an example. */
export async function openApiDocument(version: string): Promise<Document> {
	const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
	const document = await generator.generate(restContract, {
		info: {
			title: 'Ledgerseal on this machine',
			version,
			description:
				'Closes and packages for programs of this machine. A token comes from `ledgerseal token create`; it is for one company, and is never part of an address.',
		},
		components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
		security: [{ token: [] }],
		customErrorResponseBodySchema: () => REFUSAL,
	});
	const paths = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
	for (const operations of Object.values(paths)) for (const operation of Object.values(operations)) addExample(operation);
	paths['/api/exports/jobs/{id}/download'] = DOWNLOAD as unknown as Record<string, Operation>;
	return document;
}

function addExample({ operationId = '', requestBody, responses = {} }: Operation): void {
	const found = Object.entries(REST_EXAMPLES).find(([name]) => name === operationId);
	if (!found) return;
	const [, example] = found;
	const sent = requestBody?.content?.['application/json'];
	// What stands in the path is not sent once more.
	if (sent) sent.example = Object.fromEntries(Object.entries(example.input).filter(([name]) => name !== 'id' && name !== 'period_id'));
	const answered = responses[String(example.status)]?.content?.['application/json'];
	if (answered) answered.example = example.body;
}
