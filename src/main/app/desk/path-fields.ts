/** A field of a procedure's input that names a file: one to read (handed over) or one to write (a place). */
interface PathInput {
	readonly field: string;
	readonly kind: 'handed' | 'place';
}

/**
 * Every field of the contract that takes a path. Screens never send a real one: the desk resolves what it gave out, and refuses the rest.
 * A test walks the contract and fails where a field is missing here.
 */
export const PATH_INPUTS: Readonly<Record<string, PathInput>> = {
	'imports.importJournal': { field: 'path', kind: 'handed' },
	'imports.importOpening': { field: 'path', kind: 'handed' },
	'statements.import': { field: 'path', kind: 'handed' },
	'statements.preview': { field: 'path', kind: 'handed' },
	'ledger.attach': { field: 'path', kind: 'handed' },
	'packages.save': { field: 'to', kind: 'place' },
	'packages.prove': { field: 'to', kind: 'place' },
	'reports.write': { field: 'file', kind: 'place' },
};

/** Every field of an answer that holds a path, `*` for each row of a list. Screens see what the desk calls the file, or its bare name. */
export const PATH_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
	'imports.importJournal': ['rejectFile'],
	'imports.importOpening': ['rejectFile'],
	'packages.build': ['file'],
	'packages.list': ['jobs.*.file'],
	'packages.save': ['file'],
	'packages.regenerate': ['file'],
	'packages.share': ['file'],
	'packages.cancel': ['file'],
	'packages.redeemGrant': ['file'],
	'packages.prove': ['file'],
	'reports.write': ['file'],
};

/** The same answer with every path of it replaced. Outputs are not changed in place: a program in this thread may still hold them. */
export function replacePaths(procedure: string, output: unknown, replace: (path: string) => string): unknown {
	return (PATH_OUTPUTS[procedure] ?? []).reduce((changed, field) => replaceAt(changed, field.split('.'), replace), output);
}

function replaceAt(value: unknown, [step, ...rest]: readonly string[], replace: (path: string) => string): unknown {
	if (step === undefined) return typeof value === 'string' ? replace(value) : value;
	if (step === '*') return Array.isArray(value) ? value.map((row) => replaceAt(row, rest, replace)) : value;
	if (typeof value !== 'object' || value === null || !(step in value)) return value;
	return { ...value, [step]: replaceAt((value as Record<string, unknown>)[step], rest, replace) };
}
