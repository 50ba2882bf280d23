import { contract } from '#shared/contract/index.ts';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { assert } from '#shared/kernel/assert.ts';
import type { Place } from './program-messages.ts';

/** Queries that take long in large books: they read every entry of a period or of all of them. So do all reports. */
const LONG_QUERIES: ReadonlySet<string> = new Set([
	'audit.verify',
	'close.validate',
	'close.preview',
	'close.closingVoucher',
	'close.verify',
	'close.verifyAll',
	'matching.previewRules',
	'reconciliation.explainDifference',
	'reconciliation.reconciliationStatement',
]);

/** Tasks that change nothing in the books. */
const READING_TASKS: ReadonlySet<string> = new Set(['reports.write', 'statements.preview']);

/** Tasks that wait for a job: when the program is left, the job goes back to the queue, and nobody waits for its end. */
const WAIT_FOR_A_JOB: ReadonlySet<string> = new Set(['packages.build', 'packages.regenerate', 'packages.share']);

/** Where and how a procedure is done. */
export interface Placed {
	readonly place: Place;
	readonly isTask: boolean;
	readonly waitsForJob: boolean;
}

type Declared = Readonly<Record<string, { readonly '~orpc': { readonly meta: ProcedureMeta } }>>;

/** The thread of a procedure: what may write is with the writer, the rest as long as it takes. The one place that decides it. */
export function placeOf(domain: string, name: string): Placed {
	const procedures = Object.hasOwn(contract, domain) ? (contract as unknown as Readonly<Record<string, Declared>>)[domain] : undefined;
	const declared = procedures && Object.hasOwn(procedures, name) ? procedures[name] : undefined;
	assert(declared, `${domain}.${name} is declared`);
	const { kind } = declared['~orpc'].meta;
	const procedure = `${domain}.${name}`;
	return { place: placeFor(kind, domain, procedure), isTask: kind === 'task', waitsForJob: WAIT_FOR_A_JOB.has(procedure) };
}

function placeFor(kind: ProcedureMeta['kind'], domain: string, procedure: string): Place {
	if (kind === 'command') return 'writer';
	if (kind === 'task') return READING_TASKS.has(procedure) ? 'heavy' : 'writer';
	return domain === 'reports' || LONG_QUERIES.has(procedure) ? 'heavy' : 'quick';
}
