import ts from 'typescript';

const FILE_LINES = 300;
/** A table of cases is easier read in one file than looked for in two. */
const TEST_FILE_LINES = 600;
const FUNCTION_LINES = 70;

/** What is longer than the house allows: a whole file (`name` is its path) or a function in it (`path#name`). */
export type Oversize = { readonly name: string; readonly lines: number; readonly limit: number };

/** Judges one TypeScript source. Functions of tests are exempt: a table of cases is one long call. */
export function oversized(file: string, source: string): Oversize[] {
	const found: Oversize[] = [];
	const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
	const isTest = /\.(test|long)\.tsx?$/.test(file);
	const fileLimit = isTest ? TEST_FILE_LINES : FILE_LINES;
	if (lines > fileLimit) found.push({ name: file, lines, limit: fileLimit });
	if (isTest) return found;
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionLike(node) && 'body' in node && node.body) {
			const length = tree.getLineAndCharacterOfPosition(node.end).line - tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			if (length > FUNCTION_LINES) found.push({ name: `${file}#${functionName(node, tree)}`, lines: length, limit: FUNCTION_LINES });
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

function functionName(node: ts.SignatureDeclaration, tree: ts.SourceFile): string {
	if (node.name) return node.name.getText(tree);
	const { parent } = node;
	if ((ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) && parent.name)
		return parent.name.getText(tree);
	return `line ${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/**
 * What is wrong between the sizes found and the list of exceptions (name to its exact lines). The list only shrinks:
 * what grew, what is new and what became shorter without the list saying so are each told.
 */
export function judgeSizes(found: readonly Oversize[], exceptions: Readonly<Record<string, number>>): string[] {
	const problems: string[] = [];
	for (const { name, lines, limit } of found) {
		const allowed = exceptions[name];
		if (allowed === undefined) problems.push(`${name} has ${lines} lines, more than ${limit}: split it`);
		else if (lines > allowed) problems.push(`${name} has grown from ${allowed} to ${lines} lines: exceptions only shrink`);
		else if (lines < allowed) problems.push(`${name} has ${lines} lines now: lower its exception from ${allowed}`);
	}
	const names = new Set(found.map(({ name }) => name));
	for (const name of Object.keys(exceptions)) if (!names.has(name)) problems.push(`${name} needs no exception any more: remove it`);
	return problems;
}
