import { describe, expect, it } from 'vitest';
import type { AccountFacts, PeriodFacts, ReconciliationFacts } from './reconciliation-facts.rules.ts';
import { reconciliationIssuesOf } from './reconciliation-issues.rules.ts';

/** A bank that agrees: 1 000.00 in the books and at the bank, after 5 000.00 of turnover. Amounts in cents. */
const AGREES: ReconciliationFacts = {
	id: 'r-1',
	expectedMinor: 100_000,
	actualMinor: 100_000,
	explainedMinor: 0,
	staleReason: null,
	oldItems: { count: 0, oldest: null },
};
const BANK: AccountFacts = {
	code: '1100',
	name: 'Bank',
	currency: 'USD',
	status: 'VERIFIED',
	reconciliation: AGREES,
	ledgerMinor: 100_000n,
	statements: { reaches: '2026-01-31', isShort: false, balanceMinor: 100_000n },
	unmatched: { count: 0, sumMinor: 0n },
	turnoverMinor: 500_000n,
	exemption: null,
};
const NOTHING: PeriodFacts = { period: { name: '2026-01', end: '2026-01-31' }, accounts: [], session: null, subtypeChanges: [] };

const issuesOf = (account: Partial<AccountFacts>, reconciliation: Partial<ReconciliationFacts> = {}) =>
	reconciliationIssuesOf({
		...NOTHING,
		accounts: [{ ...BANK, reconciliation: { ...AGREES, ...reconciliation }, statements: saying(reconciliation.actualMinor), ...account }],
	});

/** Statements that reach the end and say what was taken from them. */
const saying = (actualMinor = 100_000): AccountFacts['statements'] => ({ reaches: '2026-01-31', isShort: false, balanceMinor: BigInt(actualMinor) });

describe('an account at the close', () => {
	it('that is verified and agrees says nothing', () => {
		expect(issuesOf({})).toEqual([]);
	});

	type Row = readonly [
		what: string,
		account: Partial<AccountFacts>,
		reconciliation: Partial<ReconciliationFacts>,
		issues: readonly (readonly [string, string])[],
	];
	it.each<Row>([
		['is missing', { status: 'MISSING', reconciliation: null }, {}, [['ERROR', 'RECONCILIATION_MISSING']]],
		['is a draft that agrees', { status: 'DRAFT' }, {}, [['ERROR', 'RECONCILIATION_DRAFT']]],
		[
			'is a draft that does not',
			{ status: 'DRAFT' },
			{ actualMinor: 98_000 },
			[
				['ERROR', 'RECONCILIATION_DRAFT'],
				['ERROR', 'RECONCILIATION_VARIANCE'],
			],
		],
		['is a draft whose items explain the variance', { status: 'DRAFT' }, { actualMinor: 98_000, explainedMinor: 2_000 }, [['ERROR', 'RECONCILIATION_DRAFT']]],
		[
			'is a draft, and the books moved since',
			{ status: 'DRAFT', ledgerMinor: 100_001n },
			{},
			[
				['ERROR', 'RECONCILIATION_DRAFT'],
				['ERROR', 'RECONCILIATION_VARIANCE'],
			],
		],
		['went stale', { status: 'STALE' }, { staleReason: 'entry 7 was posted on 2026-01-30' }, [['ERROR', 'RECONCILIATION_STALE']]],
		['is verified, but the ledger says something else', { ledgerMinor: 99_999n }, {}, [['ERROR', 'RECONCILIATION_VARIANCE']]],
		[
			'is verified, but the statements say something else',
			{ statements: { reaches: '2026-01-31', isShort: false, balanceMinor: 99_999n } },
			{},
			[['ERROR', 'RECONCILIATION_VARIANCE']],
		],
		['has statements that give no balances', { statements: { reaches: '2026-01-31', isShort: false, balanceMinor: null } }, {}, []],
		['has statements that end early', { statements: { reaches: '2026-01-20', isShort: true, balanceMinor: null } }, {}, [['ERROR', 'STATEMENT_SHORT']]],
		[
			'has no statement at all',
			{ status: 'MISSING', reconciliation: null, statements: { reaches: null, isShort: true, balanceMinor: null } },
			{},
			[
				['ERROR', 'RECONCILIATION_MISSING'],
				['ERROR', 'STATEMENT_SHORT'],
			],
		],
		['has bank lines that are in nothing', { unmatched: { count: 2, sumMinor: -4_200n } }, {}, [['WARNING', 'STATEMENT_LINES_UNMATCHED']]],
		['is explained by a tenth of its turnover', {}, { actualMinor: 50_000, explainedMinor: 50_000 }, []],
		['by more than a tenth', {}, { actualMinor: 49_999, explainedMinor: 50_001 }, [['WARNING', 'UNUSUAL_VARIANCE']]],
		['by as much the other way', { ledgerMinor: 49_999n }, { actualMinor: 100_000, explainedMinor: -50_001 }, [['WARNING', 'UNUSUAL_VARIANCE']]],
		['did not move, and is explained all the same', { turnoverMinor: 0n }, { actualMinor: 99_999, explainedMinor: 1 }, [['WARNING', 'UNUSUAL_VARIANCE']]],
		[
			'carries a cheque of last summer',
			{},
			{ actualMinor: 101_000, explainedMinor: -1_000, oldItems: { count: 1, oldest: '2025-07-20' } },
			[['WARNING', 'UNUSUAL_VARIANCE']],
		],
		[
			'is exempt',
			{ status: 'EXEMPT', reconciliation: null, exemption: { by: 'meera', at: '2026-01-05T10:00:00.000Z', reason: 'nil' } },
			{},
			[['INFO', 'RECONCILIATION_EXEMPT']],
		],
		[
			'is exempt, whatever its statements hold',
			{ status: 'EXEMPT', reconciliation: null, unmatched: { count: 3, sumMinor: 1n }, statements: { reaches: null, isShort: true, balanceMinor: null } },
			{},
			[['INFO', 'RECONCILIATION_EXEMPT']],
		],
	])('%s', (_what, account, reconciliation, issues) => {
		const found = issuesOf(account, reconciliation);
		expect(found.map(({ severity, code }) => [severity, code])).toEqual(issues);
		for (const issue of found) {
			expect(issue.message).toMatch(/^1100 Bank: /);
			expect(issue.metadata).toMatchObject({ account: '1100', name: 'Bank' });
		}
	});
});

describe('what an issue says', () => {
	it('of a variance: the amounts, the id, and what to do', () => {
		const [, variance] = issuesOf({ status: 'DRAFT' }, { actualMinor: 98_000, explainedMinor: 500 });
		expect(variance).toEqual({
			code: 'RECONCILIATION_VARIANCE',
			severity: 'ERROR',
			message:
				'1100 Bank: does not agree at 2026-01-31: 15.00 USD between the books and the actual balance is not explained. Match or book what is missing, or choose the items: `ledgerseal reconcile explain r-1`.',
			metadata: {
				account: '1100',
				name: 'Bank',
				currency: 'USD',
				reconciliation: 'r-1',
				expected: '1000.00',
				expectedMinor: '100000',
				actual: '980.00',
				actualMinor: '98000',
				variance: '20.00',
				varianceMinor: '2000',
				explained: '5.00',
				explainedMinor: '500',
				unexplained: '15.00',
				unexplainedMinor: '1500',
			},
		});
	});

	it.each([
		[
			'RECONCILIATION_STALE',
			issuesOf({ status: 'STALE' }, { staleReason: 'entry 7 was posted on 2026-01-30' }),
			/entry 7 was posted on 2026-01-30.*reconcile verify r-1/,
		],
		[
			'STATEMENT_SHORT',
			issuesOf({ statements: { reaches: '2026-01-20', isShort: true, balanceMinor: null } }),
			/up to 2026-01-20; 2026-01-31 is needed.*--account 1100/,
		],
		[
			'STATEMENT_LINES_UNMATCHED',
			issuesOf({ unmatched: { count: 1, sumMinor: -4_200n } }),
			/1 bank line up to 2026-01-31 that is neither matched nor an item, -42\.00 USD/,
		],
		[
			'RECONCILIATION_EXEMPT',
			issuesOf({ status: 'EXEMPT', exemption: { by: 'meera', at: '2026-01-05T10:00:00.000Z', reason: 'closed at the bank' } }),
			/exempt from reconciliation by meera at 2026-01-05T10:00:00.000Z: closed at the bank/,
		],
		[
			'RECONCILIATION_EXEMPT',
			issuesOf({ status: 'EXEMPT', exemption: { by: null, at: null, reason: null } }),
			/is exempt from reconciliation: no reason was given\.$/,
		],
	])('%s', (code, issues, says) => {
		expect(issues).toHaveLength(1);
		expect(issues[0]).toMatchObject({ code, message: expect.stringMatching(says) });
	});

	it('of a session and of an account that changed its kind', () => {
		const issues = reconciliationIssuesOf({
			...NOTHING,
			session: { id: 's-1', startedAt: '2026-02-01T09:00:00.000Z', startedBy: 'arun' },
			subtypeChanges: [{ code: '1100', name: 'Bank', was: 'BANK', is: null, at: '2026-01-20T09:00:00.000Z', by: 'arun' }],
		});
		expect(issues).toMatchObject([
			{ code: 'RECONCILIATION_SESSION_ACTIVE', severity: 'ERROR', metadata: { session: 's-1', startedBy: 'arun' } },
			{
				code: 'RECONCILIATION_EXEMPT',
				severity: 'INFO',
				message: expect.stringContaining('was of subtype BANK and is of none now'),
				metadata: { was: 'BANK', is: null },
			},
		]);
	});
});
