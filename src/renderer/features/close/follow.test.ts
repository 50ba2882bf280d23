import { describe, expect, it } from 'vitest';
import type { Issue } from '#shared/contract/close.contract.ts';
import { followsOf, journalRest, reconcileRest } from './follow.ts';

const issue = (code: string, metadata: Record<string, unknown>): Issue => ({ code, severity: 'ERROR', message: code, metadata });
const JANUARY = { start: '2026-01-01', end: '2026-01-31' };

describe('what an issue names', () => {
	it.each([
		['DRAFT_ENTRIES_PENDING', { count: 1, drafts: ['d-1'] }, ['draft/d-1']],
		['UNBALANCED_ENTRIES', { count: 9, entries: [4, 7] }, ['entry/4', 'entry/7']],
		['SUSPENSE_NOT_ZERO', { accounts: [{ account: '1900', name: 'Suspense', currency: 'INR', amount: '-5.00' }] }, ['list/account=1900&to=2026-01-31']],
		['NEGATIVE_CASH', { account: '1000', date: '2026-01-09', balance: '-5.00', currency: 'INR' }, ['list/account=1000&from=2026-01-01&to=2026-01-09']],
		['SUSPENSE_NOT_ZERO', { accounts: [{ account: 'assets:cash & more', name: 'Cash' }] }, ['list/account=assets%3Acash+%26+more&to=2026-01-31']],
		['NO_WITNESS', {}, []],
		['CHAIN_BROKEN', { entries: 'nonsense', drafts: [1], accounts: [null, 'x'] }, []],
	])('%s leads into the journal', (code, metadata, rests) => {
		expect(followsOf([issue(code, metadata)]).map((follow) => journalRest(follow, JANUARY))).toEqual(rests);
	});

	it('leads to the account that is to be reconciled, once, whatever it misses', () => {
		const metadata = { account: '1100', name: 'Bank', currency: 'INR' };
		expect(followsOf([issue('RECONCILIATION_MISSING', metadata), issue('STATEMENT_SHORT', metadata)])).toEqual([
			{ kind: 'reconcile', code: '1100', name: 'Bank' },
		]);
		expect(reconcileRest('assets:bank/main')).toBe('reconcile/assets%3Abank%2Fmain');
	});

	it('leads to earlier periods, and to the chart of accounts', () => {
		expect(followsOf([issue('PREVIOUS_PERIOD_OPEN', { count: 1, periods: ['2025-12'] })])).toEqual([{ kind: 'period', name: '2025-12' }]);
		expect(followsOf([issue('RETAINED_EARNINGS_MISSING', {})])).toEqual([{ kind: 'chart' }]);
	});
});
