import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { findPeriod } from '#main/periods/index.ts';
import { contentOf } from '#test/database-content.ts';
import type { TestBooks } from '#test/books.ts';
import { closeDesk } from '#test/close-books.ts';
import { insertDraft, markVerified } from '#test/reconciled.ts';
import { move, openReconciliationBooks } from '#test/reconciliation-books.ts';
import { recordStatement } from '#test/statement-books.ts';

const ACCOUNTS = ['1000', '1100', '1110', '1190', '2200'] as const;
const BY_STATEMENT: readonly string[] = ['1100', '1110', '2200'];
const STATES = ['idle', 'missing', 'draft', 'varying', 'stale', 'verified', 'explained', 'exempt', 'exempt-draft', 'idle-draft'] as const;
type State = (typeof STATES)[number];

/** States in which an account lets its period be closed. */
const DONE: readonly State[] = ['idle', 'verified', 'explained', 'exempt', 'exempt-draft'];
const IDLE: readonly State[] = ['idle', 'idle-draft'];

interface Scene {
	readonly states: readonly State[];
	readonly session: 'none' | 'active' | 'closed';
	/** Accounts with a bank line that nobody looked at: a warning, and so no obstacle once it is acknowledged. */
	readonly unmatched: readonly boolean[];
}

const state = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...DONE) }, { weight: 1, arbitrary: fc.constantFrom(...STATES) });
const scenes: fc.Arbitrary<Scene> = fc.record({
	states: fc.array(state, { minLength: ACCOUNTS.length, maxLength: ACCOUNTS.length }),
	session: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('none' as const, 'closed' as const) }, { weight: 1, arbitrary: fc.constant('active' as const) }),
	unmatched: fc.array(fc.boolean(), { minLength: ACCOUNTS.length, maxLength: ACCOUNTS.length }),
});

/** January with 100.00 on each account that is not idle, each brought to its state in the order in which people could have done so. */
function play(scene: Scene): TestBooks {
	const books = openReconciliationBooks();
	books.openPeriods('2026-01-31');
	const period = books.runner.read((db) => findPeriod(db, books.company, '2026-01'));
	const place = { id: period.id, endDay: dayNumber(period.end) };
	const all = ACCOUNTS.map((code, index) => ({ code, state: scene.states[index] ?? 'idle', unmatched: scene.unmatched[index] === true }));
	const entries = new Map(all.filter((one) => !IDLE.includes(one.state)).map(({ code }) => [code, move(books, '2026-01-10', code, '3000', '100.00')]));
	for (const { code, state: wanted, unmatched } of all) {
		if (wanted === 'exempt' || wanted === 'exempt-draft') exempt(books, code);
		if (BY_STATEMENT.includes(code)) takeIn(books, code, wanted, unmatched);
		if (wanted === 'idle' || wanted === 'missing' || wanted === 'exempt') continue;
		const expectedMinor = wanted === 'idle-draft' ? 0 : 10_000;
		const actualMinor = wanted === 'varying' || wanted === 'explained' ? 0 : expectedMinor;
		books.runner.write((tx) => {
			const { id: accountId } = books.account(code);
			const id = insertDraft(tx, books, { accountId, period: place, currency: 'USD', strategy: 'balance', expectedMinor, actualMinor });
			if (wanted === 'explained') {
				tx.run(
					`INSERT INTO reconciling_items (company_id, reconciliation_id, item_no, kind, entry_id, line_no, amount_minor) VALUES (?, ?, 1, 'BOOK', ?, 1, 10000)`,
					books.company.id,
					id,
					entries.get(code) ?? 0,
				);
			}
			if (wanted === 'verified' || wanted === 'explained' || wanted === 'stale') markVerified(tx, books, id);
		});
	}
	// Even where the net is nil, an account that moved is not verified any more.
	for (const { code, state: wanted } of all) if (wanted === 'stale') moveThroughNil(books, code);
	if (scene.session !== 'none') startSession(books, place.id, scene.session === 'closed');
	return books;
}

function exempt(books: TestBooks, code: string): void {
	books.runner.write((tx) =>
		tx.run(
			`UPDATE accounts SET requires_reconciliation = 0, exempt_reason = 'Counted by the auditor', exempt_by = 1, exempt_at = ? WHERE company_id = ? AND code = ?`,
			tx.instant,
			books.company.id,
			code,
		),
	);
}

/** A statement up to the last day that says what was taken for the actual balance. */
function takeIn(books: TestBooks, code: string, wanted: State, unmatched: boolean): void {
	const opening = wanted === 'explained' || wanted === 'varying' || IDLE.includes(wanted) ? '0.00' : '100.00';
	const lines = unmatched
		? ([
				['2026-01-20', '-5.00', 'Who knows'],
				['2026-01-21', '5.00', 'And back'],
			] as const)
		: [];
	recordStatement(books, code, { from: '2026-01-01', to: '2026-01-31', opening, closing: opening, lines });
}

function moveThroughNil(books: TestBooks, code: string): void {
	books.post('2026-01-20', 'In and out', [
		[code, '1.00', ''],
		[code, '', '1.00'],
	]);
}

function startSession(books: TestBooks, periodId: number, closed: boolean): void {
	const { id } = books.company;
	books.runner.write((tx) => {
		tx.run(
			`INSERT INTO reconciliation_sessions (company_id, id, uuid, period_id, status, started_at, started_by) VALUES (?, 1, 's-1', ?, 'ACTIVE', ?, 1)`,
			id,
			periodId,
			tx.instant,
		);
		if (closed) tx.run(`UPDATE reconciliation_sessions SET status = 'CLOSED', closed_at = ?, closed_by = 1 WHERE company_id = ? AND id = 1`, tx.instant, id);
	});
}

/** What somebody with a SQL shell would write; made up, but for the guards. Answers the code of the guard that refused, or null. */
function insertClose(books: TestBooks): string | null {
	const { raw } = books.connection;
	raw.exec('BEGIN');
	try {
		raw.exec(
			`INSERT INTO period_closes (company_id, id, uuid, period_id, close_number, status, requested_at, closed_at, closed_by, reason, reopen_policy, net_profit_minor,
				sealed_through_seq, total_journal_count, total_debits_minor, total_credits_minor, balance_row_count, close_hash, content_root)
			SELECT company_id, 99, 'made-up', id, 1, 'CLOSED', 'x', 'x', 1, '', 'NEVER', 0, 0, 0, 0, 0, 0, '${'0'.repeat(64)}', '${'0'.repeat(64)}'
			FROM accounting_periods WHERE name = '2026-01'`,
		);
		return null;
	} catch (error) {
		return /^LEDGERSEAL:(\w+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? String(error);
	} finally {
		raw.exec('ROLLBACK');
	}
}

async function closeByService(books: TestBooks): Promise<readonly string[]> {
	try {
		const closed = await closeDesk(books, { reconcile: false }).close('2026-01');
		expect(closed.success).toBe(true);
		return [];
	} catch (error) {
		if (!isAppError(error, 'CLOSE_REFUSED')) throw error;
		return error.details.codes as string[];
	}
}

const CODES: Partial<Record<State, readonly string[]>> = {
	missing: ['RECONCILIATION_MISSING'],
	draft: ['RECONCILIATION_DRAFT'],
	varying: ['RECONCILIATION_DRAFT', 'RECONCILIATION_VARIANCE'],
	stale: ['RECONCILIATION_STALE'],
	'idle-draft': ['RECONCILIATION_DRAFT'],
};

describe('a period whose accounts are in any state', () => {
	it('closes exactly when every account that needs it is verified and no session is active, through the service and around it', async () => {
		const tally = { closed: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(scenes, async (scene) => {
				const books = play(scene);
				const mayClose = scene.session !== 'active' && scene.states.every((one) => DONE.includes(one));
				const before = contentOf(books.connection);
				const guard = insertClose(books);
				expect(guard === null).toBe(mayClose);
				if (guard !== null) expect(guard).toMatch(/^RECONCILIATION_(?:MISSING|STALE|SESSION_ACTIVE)$/);
				expect(contentOf(books.connection)).toBe(before);

				const codes = await closeByService(books);
				const expected = [...(scene.session === 'active' ? ['RECONCILIATION_SESSION_ACTIVE'] : []), ...scene.states.flatMap((one) => CODES[one] ?? [])];
				expect(new Set(codes)).toEqual(new Set(expected));
				expect(codes.length === 0).toBe(mayClose);
				tally[mayClose ? 'closed' : 'refused']++;
				books.close();
			}),
			{ numRuns: 60, endOnFailure: true },
		);
		expect(Math.min(tally.closed, tally.refused)).toBeGreaterThan(0);
	});

	it.each(STATES)('says so for one account alone: %s', async (wanted) => {
		for (const session of ['none', 'active', 'closed'] as const) {
			const states = ACCOUNTS.map((code) => (code === '1100' ? wanted : ('idle' as const)));
			const books = play({ states, session, unmatched: [] });
			const mayClose = session !== 'active' && DONE.includes(wanted);
			expect(insertClose(books) === null).toBe(mayClose);
			expect((await closeByService(books)).length === 0).toBe(mayClose);
			books.close();
		}
	});
});
