import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { openBeside, openTestBooks, SMALL_CHART, type TestBooks } from '#test/books.ts';
import { matchingOf } from '#test/matching-service.ts';
import { recordStatement } from '#test/statement-books.ts';

const FIRST_DAY = 20_458; // 2026-01-05
const WORDS = ['Blue Lantern', 'Quiet Harbour', 'Deposit', 'Rent', 'Fee'] as const;
const ACCOUNTS = ['1100', '1110'] as const;

const line = fc.record({
	account: fc.constantFrom(...ACCOUNTS),
	day: fc.integer({ min: 0, max: 12 }),
	minor: fc.constantFrom(-3000, -2000, -1000, 1000, 2000, 3000, 1960, -990),
	words: fc.constantFrom(...WORDS),
});
const step = fc.oneof(
	fc.record({ kind: fc.constant('match' as const), account: fc.constantFrom(...ACCOUNTS), auto: fc.boolean() }),
	fc.record({ kind: fc.constantFrom('confirm' as const, 'confirmTransfer' as const, 'reject' as const, 'unmatch' as const), pick: fc.nat({ max: 30 }) }),
	fc.record({
		kind: fc.constant('join' as const),
		lines: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
		entries: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
	}),
	fc.record({ kind: fc.constant('pair' as const), pick: fc.nat({ max: 30 }) }),
	fc.record({ kind: fc.constant('reverse' as const), pick: fc.nat({ max: 12 }) }),
);
const story = fc.record({
	bank: fc.array(line, { minLength: 1, maxLength: 8 }),
	books: fc.array(line, { minLength: 1, maxLength: 8 }),
	steps: fc.array(step, { minLength: 1, maxLength: 12 }),
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;
type Step = Story['steps'][number];

function begin({ bank, books: ledger }: Pick<Story, 'bank' | 'books'>): TestBooks {
	const books = openTestBooks({ chart: [...SMALL_CHART, ['1110', 'Mobile money', 'ASSET', 'MOBILE_MONEY']] });
	for (const { account, day, minor, words } of ledger) {
		const amount = formatAmount(Math.abs(minor), 'USD');
		const other = minor < 0 ? '6000' : '4000';
		books.post(
			fromDayNumber(FIRST_DAY + day),
			words,
			minor < 0
				? [
						[other, amount, ''],
						[account, '', amount],
					]
				: [
						[account, amount, ''],
						[other, '', amount],
					],
		);
	}
	for (const account of ACCOUNTS) {
		const lines = bank.filter((each) => each.account === account);
		if (lines.length === 0) continue;
		recordStatement(books, account, {
			from: '2026-01-01',
			to: '2026-01-31',
			lines: lines.map(({ day, minor, words }, place) => [
				fromDayNumber(FIRST_DAY + day),
				formatAmount(minor, 'USD'),
				words.toUpperCase(),
				{ occurrence: place + 1 },
			]),
		});
	}
	return books;
}

/** Does a step; a refusal is an answer too. */
function take(books: TestBooks, asked: Step): void {
	const ask = matchingOf(books);
	try {
		if (asked.kind === 'match') ask('match', { account: asked.account, auto: asked.auto });
		else if (asked.kind === 'join') {
			const keys = books.runner.read((db) =>
				db.all<{ no: number; lineNo: number }>(
					`SELECT l.entry_id AS no, l.line_no AS lineNo FROM journal_lines l JOIN accounts a ON a.id = l.account_id AND a.company_id = l.company_id
				WHERE a.code IN ('1100', '1110') ORDER BY 1, 2`,
				),
			);
			ask('join', { lines: asked.lines.map(String), entries: asked.entries.flatMap((place) => keys[place - 1] ?? []) });
		} else if (asked.kind === 'pair') pair(books, asked.pick);
		else if (asked.kind === 'reverse') reverse(books, asked.pick);
		else {
			const wanted = asked.kind === 'unmatch' ? 'CONFIRMED' : 'PROPOSED';
			const ids = books.runner.read((db) => db.column<number>('SELECT id FROM statement_matches WHERE status = ? ORDER BY id', wanted));
			const match = String(ids[asked.pick % Math.max(ids.length, 1)] ?? 0);
			if (asked.kind === 'unmatch') ask('unmatch', { match, reason: 'Because' });
			else ask(asked.kind, { match });
		}
	} catch (error) {
		if (!isAppError(error)) throw error;
	}
}

/** Joins a bank line and a ledger line of the same amount, whatever is proposed of them. */
function pair(books: TestBooks, pick: number): void {
	const pairs = books.runner.read((db) =>
		db.all<{ line: number; no: number; lineNo: number }>(
			`SELECT b.id AS line, l.entry_id AS no, l.line_no AS lineNo FROM statement_lines b
			JOIN journal_lines l ON l.company_id = b.company_id AND l.account_id = b.account_id AND l.debit_minor - l.credit_minor = b.amount_minor ORDER BY 1, 2`,
		),
	);
	const chosen = pairs[pick % Math.max(pairs.length, 1)];
	if (chosen) matchingOf(books)('join', { lines: [String(chosen.line)], entries: [{ no: chosen.no, lineNo: chosen.lineNo }] });
}

function reverse(books: TestBooks, pick: number): void {
	const entry = books.runner.read((db) =>
		db.get<{ id: number; date: string }>(
			'SELECT id, date FROM journal_entries e WHERE reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = e.id) ORDER BY id LIMIT 1 OFFSET ?',
			pick,
		),
	);
	if (!entry) return;
	const lines = books.runner.read((db) =>
		db.all<{ code: string; debit: number; credit: number }>(
			'SELECT a.code, debit_minor AS debit, credit_minor AS credit FROM journal_lines l JOIN accounts a ON a.id = l.account_id AND a.company_id = l.company_id WHERE entry_id = ? ORDER BY line_no',
			entry.id,
		),
	);
	const text = (minor: number) => (minor === 0 ? '' : formatAmount(minor, 'USD'));
	books.post(
		entry.date,
		'Reversal',
		lines.map(({ code, debit, credit }) => [code, text(credit), text(debit)] as const),
		{ source: 'REVERSAL', reverses: entry.id },
	);
}

interface Row {
	readonly id: number;
	readonly status: string;
	readonly key: string;
}

function rows(books: TestBooks): Row[] {
	return books.runner.read((db) => db.all<Row>(`SELECT id, status, account_id || line_ids || entry_lines || detail AS key FROM statement_matches ORDER BY id`));
}

function checkBooks(books: TestBooks): void {
	const found = books.runner.read((db) => ({
		unequal: db.column<number>(`SELECT m.id FROM statement_matches m WHERE m.status = 'CONFIRMED' AND
			coalesce((SELECT sum(l.amount_minor) FROM matched_statement_lines x JOIN statement_lines l ON l.id = x.line_id AND l.company_id = x.company_id WHERE x.match_id = m.id), 0) <>
			coalesce((SELECT sum(l.debit_minor - l.credit_minor) FROM matched_entry_lines x JOIN journal_lines l ON l.entry_id = x.entry_id AND l.line_no = x.line_no AND l.company_id = x.company_id WHERE x.match_id = m.id), 0)`),
		ofUndecided: db.column<number>(`SELECT x.match_id FROM matched_statement_lines x JOIN statement_matches m ON m.id = x.match_id WHERE m.status <> 'CONFIRMED'
			UNION SELECT x.match_id FROM matched_entry_lines x JOIN statement_matches m ON m.id = x.match_id WHERE m.status <> 'CONFIRMED'`),
		claimedTwice: db.column<number>(`SELECT p.line_id FROM proposed_statement_lines p JOIN matched_statement_lines m ON m.line_id = p.line_id`),
		throughOtherDays: db.column<number>(`SELECT m.id FROM statement_matches m WHERE m.status = 'CONFIRMED' AND m.through_day <> max(
			coalesce((SELECT max(l.day) FROM matched_statement_lines x JOIN statement_lines l ON l.id = x.line_id WHERE x.match_id = m.id), 0),
			coalesce((SELECT max(l.day) FROM matched_entry_lines x JOIN journal_lines l ON l.entry_id = x.entry_id AND l.line_no = x.line_no WHERE x.match_id = m.id), 0))`),
		// What a match says of itself is what its members are.
		unlikeItsMembers: db.column<number>(`SELECT m.id FROM statement_matches m WHERE m.status = 'CONFIRMED' AND (
			(SELECT json_group_array(line_id) FROM (SELECT line_id FROM matched_statement_lines x WHERE x.match_id = m.id ORDER BY 1)) <> m.line_ids OR
			(SELECT json_group_array(json_array(entry_id, line_no)) FROM (SELECT entry_id, line_no FROM matched_entry_lines x WHERE x.match_id = m.id ORDER BY 1, 2)) <> m.entry_lines)`),
		foreignLines: db.column<number>(
			`SELECT x.line_id FROM matched_statement_lines x JOIN statement_matches m ON m.id = x.match_id JOIN statement_lines l ON l.id = x.line_id WHERE l.account_id <> m.account_id`,
		),
	}));
	expect(found).toEqual({ unequal: [], ofUndecided: [], claimedTwice: [], throughOtherDays: [], unlikeItsMembers: [], foreignLines: [] });
	const all = rows(books);
	const rejected = new Set(all.filter(({ status }) => status === 'REJECTED').map(({ key }) => key));
	expect(all.filter(({ status, key }) => status === 'PROPOSED' && rejected.has(key))).toEqual([]);
}

describe('whatever is matched, confirmed, rejected, taken apart and joined', () => {
	it('each line is in one confirmed match at most, matches add up, and what was rejected is not proposed again', () => {
		fc.assert(
			fc.property(story, ({ steps, ...start }) => {
				const books = begin(start);
				for (const asked of steps) {
					take(books, asked);
					checkBooks(books);
				}
				books.close();
			}),
			{ numRuns: 60 },
		);
	}, 120_000);

	it('matching again changes nothing, whichever account is named', () => {
		fc.assert(
			fc.property(story, fc.boolean(), ({ steps, ...start }, auto) => {
				const books = begin(start);
				for (const asked of steps) take(books, asked);
				const ask = matchingOf(books);
				const named = start.bank.map(({ account }) => account);
				for (const account of named) ask('match', { account, auto });
				const once = rows(books);
				for (const account of named.toReversed()) expect(ask('match', { account, auto })).toMatchObject({ added: 0, removed: 0, confirmed: { count: 0 } });
				expect(rows(books)).toEqual(once);
				books.close();
			}),
			{ numRuns: 60 },
		);
	}, 120_000);

	it('two companies in one file never mix', () => {
		fc.assert(
			fc.property(story, ({ steps, ...start }) => {
				const books = begin(start);
				const alone = begin(start);
				const elsewhere = openBeside(books);
				elsewhere.post('2026-01-06', 'Deposit', [
					['1100', '10.00', ''],
					['4000', '', '10.00'],
				]);
				recordStatement(elsewhere, '1100', {
					from: '2026-01-01',
					to: '2026-01-31',
					lines: [
						['2026-01-06', '10.00', 'DEPOSIT'],
						['2026-01-07', '-10.00', 'RENT'],
					],
				});
				matchingOf(elsewhere)('match', { account: '1100' });
				const theirs = () => books.runner.read((db) => db.all('SELECT * FROM statement_matches WHERE company_id = ?', elsewhere.company.id));
				const before = theirs();
				const ours = (of: TestBooks) =>
					of.runner.read((db) =>
						db.all(`SELECT id, kind, status, line_ids, entry_lines FROM statement_matches WHERE company_id = ? ORDER BY id`, of.company.id),
					);
				for (const asked of steps) {
					if (asked.kind !== 'match' && asked.kind !== 'join') continue;
					const plain: Step = asked.kind === 'join' ? { ...asked, entries: [] } : asked;
					take(books, plain);
					take(alone, plain);
				}
				expect(theirs()).toEqual(before);
				expect(ours(books)).toEqual(ours(alone));
				books.close();
				alone.close();
			}),
			{ numRuns: 30 },
		);
	}, 120_000);
});
