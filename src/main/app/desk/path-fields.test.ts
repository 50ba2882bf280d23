import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { contract } from '#shared/contract/index.ts';
import { PATH_INPUTS, PATH_OUTPUTS, replacePaths } from './path-fields.ts';

/** Names that fields of the contract give to files and folders, or might. */
const SOUNDS_LIKE_A_PATH = /^(?:path|file|folder|directory|to|target|destination)$|(?:Path|File|Folder)$/;

/** Fields that sound like one and are none, and what they are. */
const NO_PATHS: readonly (readonly [field: RegExp, meaning: string])[] = [
	[/^reconciliation\.createTransfer input to$/, 'an account'],
	[/^reconciliation\.reconciliationStatement input to$/, 'a period'],
	[/^reports\.write input to$/, 'the last day or period of a report'],
	[/^matching\.\w+ output (?:lines\.\*\.)?match\.transfer\.to$/, 'an account'],
	[/^close\.verify(?:All)? output findings\.\*\.file$/, 'a file of the evidence, by its name in the books'],
];

type Found = { readonly at: string; readonly schema: z.ZodType };

/** Every field below a schema, by its name: `jobs.*.file`. */
function fieldsOf(schema: z.ZodType, at: readonly string[] = []): Found[] {
	const { def } = schema as unknown as { def: { type: string; element: z.ZodType; valueType: z.ZodType; innerType: z.ZodType; options: readonly z.ZodType[] } };
	switch (def.type) {
		case 'object':
			return Object.entries((schema as z.ZodObject).shape).flatMap(([name, inner]) => [
				{ at: [...at, name].join('.'), schema: inner as z.ZodType },
				...fieldsOf(inner as z.ZodType, [...at, name]),
			]);
		case 'array':
			return fieldsOf(def.element, [...at, '*']);
		case 'record':
			return fieldsOf(def.valueType, [...at, '*']);
		case 'union':
			return def.options.flatMap((option) => fieldsOf(option, at));
		case 'optional':
		case 'nullable':
		case 'default':
		case 'readonly':
			return fieldsOf(def.innerType, at);
		default:
			return [];
	}
}

function isText(schema: z.ZodType): boolean {
	const { def } = schema as unknown as { def: { type: string; innerType?: z.ZodType; checks?: unknown[] } };
	if (def.innerType) return isText(def.innerType);
	return def.type === 'string' && schema.safeParse('C:\\x').success;
}

function pathsIn(side: 'inputSchema' | 'outputSchema'): string[] {
	return fieldsNamed(side).filter((field) => !NO_PATHS.some(([none]) => none.test(field)));
}

function fieldsNamed(side: 'inputSchema' | 'outputSchema'): string[] {
	const found = Object.entries(contract).flatMap(([domain, procedures]) =>
		Object.entries(procedures).flatMap(([name, procedure]) => {
			const schema = (procedure as { '~orpc': Record<string, z.ZodType | undefined> })['~orpc'][side];
			if (schema === undefined) return [];
			const word = side === 'inputSchema' ? 'input' : 'output';
			return fieldsOf(schema)
				.filter(({ at, schema: field }) => SOUNDS_LIKE_A_PATH.test(at.split('.').at(-1) ?? '') && isText(field))
				.map(({ at }) => `${domain}.${name} ${word} ${at}`);
		}),
	);
	return [...new Set(found)].sort();
}

describe('the table of paths', () => {
	it('has every field of the contract that takes a path', () => {
		const table = Object.entries(PATH_INPUTS).map(([procedure, { field }]) => `${procedure} input ${field}`);
		expect(pathsIn('inputSchema')).toEqual(table.sort());
	});

	it('knows no exception that is needed no more', () => {
		const fields = [...fieldsNamed('inputSchema'), ...fieldsNamed('outputSchema')];
		for (const [none] of NO_PATHS) expect(fields.filter((field) => none.test(field))).not.toEqual([]);
	});

	it('has every field of the contract that answers a path', () => {
		const table = Object.entries(PATH_OUTPUTS).flatMap(([procedure, fields]) => fields.map((field) => `${procedure} output ${field}`));
		expect(pathsIn('outputSchema')).toEqual(table.sort());
	});
});

describe('paths in answers', () => {
	it('are replaced where they are, and nowhere else', () => {
		const answer = {
			jobs: [
				{ file: '/data/a.zip', period: '/not/a/path' },
				{ file: null, period: '' },
			],
			file: '/left',
		};
		expect(replacePaths('packages.list', answer, (path) => path.toUpperCase())).toEqual({
			jobs: [
				{ file: '/DATA/A.ZIP', period: '/not/a/path' },
				{ file: null, period: '' },
			],
			file: '/left',
		});
		expect(answer.jobs[0]?.file).toBe('/data/a.zip');
		expect(replacePaths('companies.list', answer, () => '')).toBe(answer);
	});
});
