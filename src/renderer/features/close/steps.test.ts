import { describe, expect, it } from 'vitest';
import type { Issue } from '#shared/contract/close.contract.ts';
import { acknowledgement, firstStep, groupIssues, isAcknowledged, openWarnings, stepsOf } from './steps.ts';

const issue = (code: string, severity: Issue['severity'], metadata: Record<string, unknown> = {}, message = code): Issue => ({
	code,
	severity,
	message,
	metadata,
});

const ISSUES: readonly Issue[] = [
	issue('DRAFT_ENTRIES_PENDING', 'ERROR', { count: 3, drafts: [] }),
	issue('RECONCILIATION_MISSING', 'ERROR', { account: '1000' }),
	issue('RECONCILIATION_MISSING', 'ERROR', { account: '1100' }),
	issue('STATEMENT_SHORT', 'ERROR', { account: '1100' }),
	issue('SUSPENSE_NOT_ZERO', 'WARNING', { count: 1 }, '1900 Suspense 5.00'),
	issue('NEGATIVE_CASH', 'WARNING', { account: '1000' }, '1000 is below zero'),
	issue('NEGATIVE_CASH', 'WARNING', { account: '1010' }, '1010 is below zero'),
	issue('NO_WITNESS', 'INFO'),
];
const counts = (standing: Partial<Parameters<typeof stepsOf>[0]>) =>
	stepsOf({ isClosed: false, groups: groupIssues(ISSUES), notes: {}, packageStatus: null, ...standing }).map(
		({ step, missing, state }) => `${step} ${missing} ${state}`,
	);

describe('the steps of a close', () => {
	it('count what is missing: drafts by number, accounts once however many reasons they give, warnings by kind', () => {
		expect(counts({})).toEqual(['books 3 MISSING', 'reconcile 2 MISSING', 'review 2 MISSING', 'close 0 WAITING', 'package 0 WAITING']);
	});

	it('count an open session as something to be done', () => {
		const groups = groupIssues([issue('RECONCILIATION_SESSION_ACTIVE', 'ERROR', { session: 'x' })]);
		expect(counts({ groups })[1]).toBe('reconcile 1 MISSING');
	});

	it('are ready to close when nothing blocks and every warning is acknowledged', () => {
		const groups = groupIssues(ISSUES.filter(({ severity }) => severity === 'INFO'));
		expect(counts({ groups })).toEqual(['books 0 DONE', 'reconcile 0 DONE', 'review 0 DONE', 'close 0 MISSING', 'package 0 WAITING']);
	});

	it.each([
		['PERIOD_END_IN_FUTURE', 'close 1 WAITING'],
		['PREVIOUS_PERIOD_OPEN', 'close 1 WAITING'],
		['TRIAL_BALANCE_NOT_BALANCED', 'review 1 MISSING'],
		['SOMETHING_NEW', 'books 1 MISSING'],
	])('put %s where it belongs', (code, expected) => {
		expect(counts({ groups: groupIssues([issue(code, 'ERROR')]) })).toContain(expected);
	});

	it.each([
		['READY', 'package 0 DONE'],
		['RUNNING', 'package 1 MISSING'],
		[null, 'package 1 MISSING'],
	] as const)('of a closed period are done but for its package: %s', (packageStatus, expected) => {
		expect(counts({ isClosed: true, groups: [], packageStatus })).toEqual(['books 0 DONE', 'reconcile 0 DONE', 'review 0 DONE', 'close 0 DONE', expected]);
	});

	it('open at what is missing first, and at the seal of a closed period', () => {
		const open = stepsOf({ isClosed: false, groups: groupIssues(ISSUES.slice(1)), notes: {}, packageStatus: null });
		expect(firstStep(open, false)).toBe('reconcile');
		expect(firstStep(open, true)).toBe('close');
	});
});

describe('a warning', () => {
	const groups = groupIssues(ISSUES);
	const suspense = groups.find(({ code }) => code === 'SUSPENSE_NOT_ZERO');
	const facts = suspense?.facts ?? null;

	it('is acknowledged by a note, for what it said when the note was written', () => {
		expect(suspense && isAcknowledged(suspense, { SUSPENSE_NOT_ZERO: { note: 'asked', facts } })).toBe(true);
		expect(suspense && isAcknowledged(suspense, { SUSPENSE_NOT_ZERO: { note: '  ', facts } })).toBe(false);
		expect(suspense && isAcknowledged(suspense, { SUSPENSE_NOT_ZERO: { note: 'asked', facts: '1900 Suspense 4.00' } })).toBe(false);
	});

	it('of one kind about several accounts is one to acknowledge', () => {
		expect(openWarnings(groups, {}).map(({ code, issues }) => `${code} ${issues.length}`)).toEqual(['SUSPENSE_NOT_ZERO 1', 'NEGATIVE_CASH 2']);
	});

	it('goes to the close with its code, and its note under it', () => {
		const notes = {
			SUSPENSE_NOT_ZERO: { note: ' asked ', facts },
			NEGATIVE_CASH: { note: 'receipt found', facts: '1000 is below zero\n1010 is below zero' },
		};
		expect(acknowledgement(groups, notes)).toEqual({
			acknowledge: ['SUSPENSE_NOT_ZERO', 'NEGATIVE_CASH'],
			note: 'SUSPENSE_NOT_ZERO: asked\nNEGATIVE_CASH: receipt found',
		});
	});
});
