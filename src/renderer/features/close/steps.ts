import type { Issue } from '#shared/contract/close.contract.ts';

/** The way of a period through its close. */
export const STEPS = ['books', 'reconcile', 'review', 'close', 'package'] as const;
export type StepName = (typeof STEPS)[number];

/** Issues of one code and severity: shown, followed and acknowledged together. */
export interface IssueGroup {
	readonly key: string;
	readonly code: string;
	readonly severity: Issue['severity'];
	readonly step: StepName;
	readonly issues: readonly Issue[];
	/** What the issues say, in one text: changes as soon as anything of it changes. */
	readonly facts: string;
}

const REVIEWED: ReadonlySet<string> = new Set(['TRIAL_BALANCE_NOT_BALANCED', 'BALANCES_DIFFER', 'SUBLEDGER_DIFFERENCE']);
const OF_THE_CLOSE: ReadonlySet<string> = new Set([
	'PERIOD_END_IN_FUTURE',
	'PREVIOUS_PERIOD_OPEN',
	'PERIOD_DATE_INVALID',
	'SEAL_UNSIGNED',
	'NO_WITNESS',
	'SCHEMA_ALTERED',
]);

/** The step at which an issue is put right. What nobody knows here is about the books. */
export function stepOf(code: string): StepName {
	if (code.startsWith('RECONCILIATION_') || code.startsWith('STATEMENT_') || code === 'UNUSUAL_VARIANCE') return 'reconcile';
	if (REVIEWED.has(code)) return 'review';
	return OF_THE_CLOSE.has(code) ? 'close' : 'books';
}

/** In the order in which the program found them: errors, warnings, what is only told. */
export function groupIssues(issues: readonly Issue[]): IssueGroup[] {
	const groups = new Map<string, Issue[]>();
	for (const issue of issues) {
		const key = `${issue.severity} ${issue.code}`;
		const group = groups.get(key);
		if (group) group.push(issue);
		else groups.set(key, [issue]);
	}
	return [...groups].flatMap(([key, found]) => {
		const [first] = found;
		if (first === undefined) return [];
		const facts = found.map(({ message }) => message).join('\n');
		return [{ key, code: first.code, severity: first.severity, step: stepOf(first.code), issues: found, facts }];
	});
}

/** A note on warnings of one code. It holds for what they said when it was written. */
export interface WarningNote {
	readonly note: string;
	/** The facts that were acknowledged; null: only written so far. */
	readonly facts: string | null;
}
export type WarningNotes = Readonly<Record<string, WarningNote>>;

export function isAcknowledged(group: IssueGroup, notes: WarningNotes): boolean {
	const given = notes[group.code];
	return given !== undefined && given.note.trim() !== '' && given.facts === group.facts;
}

export function openWarnings(groups: readonly IssueGroup[], notes: WarningNotes): IssueGroup[] {
	return groups.filter((group) => group.severity === 'WARNING' && !isAcknowledged(group, notes));
}

/** What a close is told of the warnings: their codes, and one note that names each. */
export function acknowledgement(groups: readonly IssueGroup[], notes: WarningNotes): { readonly acknowledge: string[]; readonly note: string } {
	const given = groups.filter((group) => group.severity === 'WARNING' && isAcknowledged(group, notes));
	return { acknowledge: given.map(({ code }) => code), note: given.map(({ code }) => `${code}: ${notes[code]?.note.trim() ?? ''}`).join('\n') };
}

export type PackageStatus = 'QUEUED' | 'RUNNING' | 'READY' | 'FAILED' | 'CANCELLED' | 'EXPIRED' | 'SUPERSEDED';

export interface StepView {
	readonly step: StepName;
	/** How many things are missing here. */
	readonly missing: number;
	/** DONE: nothing is. WAITING: earlier steps come first. */
	readonly state: 'DONE' | 'MISSING' | 'WAITING';
}

interface Standing {
	readonly isClosed: boolean;
	readonly groups: readonly IssueGroup[];
	readonly notes: WarningNotes;
	readonly packageStatus: PackageStatus | null;
}

/** Each step with its own count of what is missing. */
export function stepsOf({ isClosed, groups, notes, packageStatus }: Standing): StepView[] {
	const hasPackage = packageStatus === 'READY';
	if (isClosed) {
		return STEPS.map((step) =>
			step === 'package' ? { step, missing: hasPackage ? 0 : 1, state: hasPackage ? 'DONE' : 'MISSING' } : { step, missing: 0, state: 'DONE' },
		);
	}
	const errors = groups.filter(({ severity }) => severity === 'ERROR');
	const at = (name: StepName) => errors.filter(({ step }) => step === name).flatMap(({ issues }) => issues);
	const books = at('books').reduce((sum, issue) => sum + countOf(issue), 0);
	const reconcile = new Set(at('reconcile').map(({ metadata, code }) => (typeof metadata.account === 'string' ? metadata.account : code))).size;
	const review = at('review').length + openWarnings(groups, notes).length;
	const own = at('close').length;
	const counted = (step: StepName, missing: number): StepView => ({ step, missing, state: missing === 0 ? 'DONE' : 'MISSING' });
	const isReady = books + reconcile + review + own === 0;
	return [
		counted('books', books),
		counted('reconcile', reconcile),
		counted('review', review),
		{ step: 'close', missing: own, state: isReady ? 'MISSING' : 'WAITING' },
		{ step: 'package', missing: 0, state: 'WAITING' },
	];
}

/** How many drafts, entries or accounts an issue speaks of. */
export function countOf({ metadata }: Issue): number {
	return typeof metadata.count === 'number' ? metadata.count : 1;
}

/** Where a person is taken who opens the period: to what is missing first. */
export function firstStep(steps: readonly StepView[], isClosed: boolean): StepName {
	if (isClosed) return 'close';
	return steps.find(({ state }) => state === 'MISSING')?.step ?? 'close';
}

export function isStep(text: string): text is StepName {
	return (STEPS as readonly string[]).includes(text);
}
