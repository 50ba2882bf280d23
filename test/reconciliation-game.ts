import { deepEqual } from 'node:assert/strict';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import type { TestBooks } from './books.ts';
import { closeDesk, type CloseDesk } from './close-books.ts';
import { confirmMatch, openReconciliationBooks, unmatch } from './reconciliation-books.ts';
import { type ModelReconciliation, MONTHS, ReconciliationModel, type ReconciliationStep, sum } from './reconciliation-model.ts';
import { recordStatement } from './statement-books.ts';
import { prepareReconciliation } from '#main/reconciliation/verification/prepare.service.ts';
import { setItems, undoReconciliation, verifyReconciliation } from '#main/reconciliation/verification/verify.service.ts';

const text = (minor: number): string => `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;

/** One play: each step is done to the books and to the model, and what it answers is foreseen by the model. */
export class ReconciliationGame {
	readonly books: TestBooks = openReconciliationBooks();
	readonly desk: CloseDesk = closeDesk(this.books);
	readonly model = new ReconciliationModel();
	readonly tally = new Map<string, number>();
	#sealed = '';
	#sealedMatches: readonly number[] = [];

	async play(one: ReconciliationStep): Promise<void> {
		const outcome = await this.#do(one);
		this.tally.set(`${one.does} ${outcome}`, (this.tally.get(`${one.does} ${outcome}`) ?? 0) + 1);
		this.check();
	}

	/** The code of the refusal, or `done`. */
	#try(work: () => unknown): string {
		try {
			work();
			return 'done';
		} catch (error) {
			if (isAppError(error)) return error.code;
			const guard = /LEDGERSEAL:(\w+)/.exec(String(error))?.[1];
			if (guard === undefined) throw error;
			return guard;
		}
	}

	async #do(one: ReconciliationStep): Promise<string> {
		switch (one.does) {
			case 'post':
				return this.#post(dayNumber('2026-01-01') + one.day, one.amount);
			case 'statement':
				return this.#statement(one.missing, one.extra);
			case 'late-line':
				return this.#lateLine(dayNumber('2026-01-01') + one.day, one.amount);
			case 'match':
				return this.#match(one.pick);
			case 'unmatch':
				return this.#unmatch(one.pick);
			case 'create':
				return this.#create(one.month);
			case 'items':
				return this.#items(one.month, one.pick);
			case 'verify':
				return this.#verify(one.month);
			case 'undo':
				return this.#undo(one.month);
			case 'settle':
				return this.#settle(one.month);
			case 'close':
				return this.#close();
			case 'reopen':
				return this.#reopen();
		}
	}

	#post(on: number, minor: number): string {
		const side: readonly [string, string] = minor > 0 ? [text(minor), ''] : ['', text(-minor)];
		let no = 0;
		const answer = this.#try(() => {
			({ no } = this.books.post(fromDayNumber(on), 'Posted', [
				['1100', ...side],
				['3000', side[1], side[0]],
			]));
		});
		deepEqual(answer, this.model.monthOf(on) < this.model.closed ? 'PERIOD_CLOSED' : 'done');
		if (answer !== 'done') return answer;
		this.model.entries.push({ no, day: on, amount: minor });
		this.model.moved(on);
		return answer;
	}

	/** The next month's statement: what the books have of that month, but for some of it, and with some more. */
	#statement(missing: number, extra: number): string {
		const of = this.model.statements;
		const span = MONTHS[of];
		if (!span) return 'none left';
		const booked = this.model.entries.filter((entry) => this.model.monthOf(entry.day) === of).slice(missing);
		const lines = [
			...booked.map((entry) => ({ day: entry.day, amount: entry.amount })),
			...Array.from({ length: extra }, () => ({ day: dayNumber(span.end), amount: -1 })),
		];
		const opening = sum(this.model.lines.filter(({ counts }) => counts));
		this.#record(span.start, span.end, text(opening), lines, true);
		this.model.statements++;
		return 'done';
	}

	#lateLine(on: number, minor: number): string {
		this.#record(fromDayNumber(on), fromDayNumber(on), undefined, [{ day: on, amount: minor }], false);
		return 'done';
	}

	#record(from: string, to: string, opening: string | undefined, lines: readonly { day: number; amount: number }[], counts: boolean): void {
		const { lineIds } = recordStatement(this.books, '1100', {
			from,
			to,
			...(opening === undefined ? {} : { opening }),
			lines: lines.map((line, index) => [fromDayNumber(line.day), text(line.amount), `${from} ${this.model.lines.length + index}`]),
		});
		lines.forEach((line, index) => {
			this.model.lines.push({ ...line, id: lineIds[index] ?? 0, counts });
			this.model.moved(line.day);
		});
	}

	#match(nth: number): string {
		const taken = (name: string) => this.model.matches.some((match) => name === `entry:${match.entry}` || name === `line:${match.line}`);
		const pairs = this.model.lines
			.filter(({ id }) => !taken(`line:${id}`))
			.flatMap((line) => this.model.entries.filter((entry) => entry.amount === line.amount && !taken(`entry:${entry.no}`)).map((entry) => ({ line, entry })));
		const pair = pairs[nth % Math.max(pairs.length, 1)];
		if (!pair) return 'nothing fits';
		const { line, entry } = pair;
		const id = confirmMatch(this.books, '1100', [line.id], [[entry.no, 1]]);
		this.model.matches.push({ id, line: line.id, entry: entry.no, through: Math.max(line.day, entry.day) });
		return 'done';
	}

	#unmatch(nth: number): string {
		const match = this.model.matches[nth % Math.max(this.model.matches.length, 1)];
		if (!match) return 'none';
		const answer = this.#try(() => unmatch(this.books, match.id));
		const isSealed = this.model.closed > 0 && match.through <= this.model.endOf(this.model.closed - 1);
		deepEqual(answer, isSealed ? 'PERIOD_CLOSED' : 'done');
		if (isSealed) return answer;
		this.model.matches = this.model.matches.filter((other) => other !== match);
		this.model.moved(match.through);
		return answer;
	}

	#create(of: number): string {
		const standing = this.model.standing[of];
		let id = standing?.id ?? '';
		const answer = this.#try(() => {
			id = this.books.runner.write((tx) => prepareReconciliation(tx, this.books.actor, { account: '1100', period: MONTHS[of]?.period ?? '' })).uuid;
		});
		deepEqual(answer, this.#refusalOfDraft(of) ?? (standing?.status === 'VERIFIED' ? 'RECONCILIATION_FIXED' : (this.#refusalOfActual(of) ?? 'done')));
		if (answer !== 'done') return answer;
		if (standing) {
			deepEqual(id, standing.id);
			this.#refreshed(of, standing);
		} else this.model.standing[of] = { id, status: 'DRAFT', items: new Set() };
		return answer;
	}

	#refreshed(of: number, standing: ModelReconciliation): void {
		standing.status = 'DRAFT';
		standing.items = new Set([...standing.items].filter((name) => this.model.isOpen(name, of)));
	}

	#refusalOfDraft(of: number): string | null {
		return of < this.model.closed ? 'PERIOD_CLOSED' : null;
	}

	/** Nothing is typed here, so without a statement of that month the actual balance is short, or unknown where only late lines reach it. */
	#refusalOfActual(of: number): string | null {
		if (this.model.statements > of) return null;
		const reached = this.model.lines.filter(({ counts }) => !counts).some((line) => line.day >= this.model.endOf(of));
		if (!reached) return 'STATEMENT_SHORT';
		return this.model.statements === 0 ? 'NEEDS_ANSWER' : null;
	}

	#items(of: number, nth: number): string {
		const standing = this.model.standing[of];
		if (!standing) return 'none';
		const candidates = this.model.candidates(of);
		// All that is open, or one.
		const wanted = nth % 3 === 0 ? candidates : candidates.slice(nth % Math.max(candidates.length, 1), (nth % Math.max(candidates.length, 1)) + 1);
		const add = wanted.map((name) => (name.startsWith('line:') ? `line:${this.#uuidOf(Number(name.slice(5)))}` : `${name}:1`));
		const answer = this.#try(() => this.books.runner.write((tx) => setItems(tx, this.books.actor, standing.id, { add })));
		deepEqual(answer, this.#refusalOfDraft(of) ?? (standing.status === 'DRAFT' ? 'done' : 'RECONCILIATION_FIXED'));
		if (answer === 'done') for (const name of wanted) standing.items.add(name);
		return answer;
	}

	#uuidOf(lineId: number): string {
		return this.books.runner.db.value<string>('SELECT uuid FROM statement_lines WHERE id = ?', lineId) ?? '';
	}

	#verify(of: number): string {
		const standing = this.model.standing[of];
		if (!standing) return 'none';
		const answer = this.#try(() => this.books.runner.write((tx) => verifyReconciliation(tx, this.books.actor, standing.id)));
		const open = [...standing.items].filter((name) => this.model.isOpen(name, of));
		const explained = open.reduce((total, name) => total + this.model.contribution(name), 0);
		const agrees = this.#actualNow(of) !== null && this.model.expected(of) - (this.#actualNow(of) ?? 0) === explained;
		const refused = this.#refusalOfActual(of) ?? (agrees ? 'done' : 'RECONCILIATION_VARIANCE');
		deepEqual(answer, standing.status === 'VERIFIED' ? 'RECONCILIATION_FIXED' : (this.#refusalOfDraft(of) ?? refused));
		if (answer !== 'done') return answer;
		this.#refreshed(of, standing);
		standing.status = 'VERIFIED';
		return answer;
	}

	/** After the last statement with balances, lines of files without them go on from it. */
	#actualNow(of: number): number | null {
		if (this.model.statements > of) return this.model.actual(of);
		if (this.model.statements === 0) return null;
		const covered = this.model.endOf(this.model.statements - 1);
		const since = this.model.lines.filter((line) => !line.counts && line.day > covered && line.day <= this.model.endOf(of));
		return this.model.actual(of) + sum(since);
	}

	/** As at a month's end: the statements, the draft, all that is open as items, and the signature. */
	#settle(of: number): string {
		while (this.model.statements <= of) this.#statement(0, 1);
		this.#create(of);
		this.#items(of, 0);
		return this.#verify(of);
	}

	#undo(of: number): string {
		const standing = this.model.standing[of];
		if (!standing) return 'none';
		const answer = this.#try(() => this.books.runner.write((tx) => undoReconciliation(tx, this.books.actor, standing.id, 'so the game wants it')));
		const isNewest = this.model.standing.slice(of + 1).every((later) => later === null || later.status === 'DRAFT');
		deepEqual(answer, this.#refusalOfDraft(of) ?? (isNewest || standing.status === 'DRAFT' ? 'done' : 'RECONCILIATION_NOT_NEWEST'));
		if (answer === 'done') this.model.standing[of] = null;
		return answer;
	}

	async #close(): Promise<string> {
		const of = this.model.closed;
		if (this.model.standing[of]?.status !== 'VERIFIED') return 'not verified';
		await this.desk.close(present(MONTHS[of], 'a month').period);
		this.model.closed++;
		this.#seal();
		return 'done';
	}

	async #reopen(): Promise<string> {
		if (this.model.closed === 0) return 'none';
		await this.desk.reopen(present(MONTHS[this.model.closed - 1], 'a month').period);
		this.model.closed--;
		this.#seal();
		return 'done';
	}

	#seal(): void {
		const through = this.model.closed === 0 ? 0 : this.model.endOf(this.model.closed - 1);
		this.#sealed = this.#closedRows();
		this.#sealedMatches = this.model.matches.filter((match) => match.through <= through).map(({ id }) => id);
	}

	#closedRows(): string {
		const { db } = this.books.runner;
		const through = this.model.closed === 0 ? 0 : this.model.endOf(this.model.closed - 1);
		return JSON.stringify([
			db.all(`SELECT * FROM reconciliations WHERE end_day <= ? ORDER BY id`, through),
			db.all(`SELECT i.* FROM reconciling_items i JOIN reconciliations r ON r.id = i.reconciliation_id WHERE r.end_day <= ? ORDER BY r.id, i.item_no`, through),
			db.all(`SELECT * FROM journal_lines WHERE day <= ? ORDER BY entry_id, line_no`, through),
		]);
	}

	check(): void {
		const { db } = this.books.runner;
		for (const row of db.all<{ id: number; expected: number; variance: number; explained: number; endDay: number; ledger: number; items: number }>(
			`SELECT id, expected_minor AS expected, variance_minor AS variance, explained_minor AS explained, end_day AS endDay,
				(SELECT coalesce(sum(l.debit_minor - l.credit_minor), 0) FROM journal_lines l WHERE l.account_id = r.account_id AND l.day <= r.end_day) AS ledger,
				(SELECT coalesce(sum(i.amount_minor), 0) FROM reconciling_items i WHERE i.reconciliation_id = r.id) AS items
			FROM reconciliations r WHERE status = 'VERIFIED'`,
		)) {
			deepEqual(row.expected, row.ledger, 'a verified balance is what the ledger says now');
			deepEqual(row.variance, row.items, 'the items explain the variance');
			deepEqual(row.explained, row.items);
		}
		const statuses = MONTHS.map(
			({ end }) => db.value<string>(`SELECT status FROM reconciliations WHERE end_day = ? AND status <> 'UNDONE'`, dayNumber(end)) ?? null,
		);
		deepEqual(
			statuses,
			this.model.standing.map((one) => one?.status ?? null),
		);
		if (this.model.closed > 0) deepEqual(this.#closedRows(), this.#sealed, 'nothing of a closed period changes');
		for (const id of this.#sealedMatches) deepEqual(db.value('SELECT status FROM statement_matches WHERE id = ?', id), 'CONFIRMED', 'a sealed match');
	}
}
