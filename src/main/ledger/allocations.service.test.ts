import { describe, expect, it } from 'vitest';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { allocate, listAllocations, undoAllocation } from './allocations.service.ts';
import { reverseEntry } from './index.ts';

const PARTY = 'Marigold Bakery';

/** Two bills and a payment of one customer, numbered 1 to 3, and a bill of another, 4. */
function books(): TestBooks {
	const opened = openTestBooks();
	const bill = (date: string, amount: string, party: string) =>
		opened.post(date, 'Sale', [
			['1200', amount, '', { party }],
			['4000', '', amount],
		]);
	bill('2026-01-05', '100.00', PARTY);
	bill('2026-01-10', '60.00', PARTY);
	opened.post('2026-01-20', 'Receipt', [
		['1100', '80.00', ''],
		['1200', '', '80.00', { party: PARTY }],
	]);
	bill('2026-01-12', '60.00', 'Lindenhof Cafe');
	return opened;
}

const say = (opened: TestBooks, no: number, to: number, amount?: string) => opened.runner.write((tx) => allocate(tx, opened.actor, { no, to, amount }));
const undo = (opened: TestBooks, id: string) => opened.runner.write((tx) => undoAllocation(tx, opened.actor, { id, reason: 'For another bill' }));
const told = (opened: TestBooks) =>
	listAllocations(opened.runner.db, opened.company, null).map(
		({ debit, credit, amount, effective, undone }) => `${debit.no}<-${credit.no} ${amount} from ${effective}${undone ? ` until ${undone.effective}` : ''}`,
	);

describe('an allocation that somebody makes', () => {
	it('takes as much as both lines hold, from the later day on', () => {
		const opened = books();
		expect(say(opened, 3, 2)).toMatchObject([{ debit: { no: 2 }, credit: { no: 3 }, amount: '60.00', rule: 'EXPLICIT', party: PARTY, undone: null }]);
		say(opened, 1, 3);
		expect(told(opened)).toEqual(['2<-3 60.00 from 2026-01-20', '1<-3 20.00 from 2026-01-20']);
	});

	it.each([
		['another party', 3, 4, undefined, 'ALLOCATION_REFUSED'],
		['two bills', 1, 2, undefined, 'ALLOCATION_REFUSED'],
		['more than the bill holds', 3, 2, '60.01', 'ALLOCATION_REFUSED'],
		['nothing', 3, 2, '0.00', 'ALLOCATION_REFUSED'],
		['an entry that is not there', 3, 99, undefined, 'NOT_FOUND'],
		['too many decimals', 3, 2, '1.001', 'AMOUNT_INVALID'],
	])('refuses %s', (_what, no, to, amount, code) => {
		const opened = books();
		expect(() => say(opened, no, to, amount)).toThrow(expect.objectContaining({ code }));
		expect(told(opened)).toEqual([]);
	});

	it('refuses what other allocations hold, until they are undone; then both are free', () => {
		const opened = books();
		const [made] = say(opened, 3, 1);
		expect(() => say(opened, 3, 2)).toThrow(expect.objectContaining({ code: 'ALLOCATION_REFUSED' }));
		undo(opened, made?.id ?? '');
		expect(() => undo(opened, made?.id ?? '')).toThrow(expect.objectContaining({ code: 'ALLOCATION_REFUSED' }));
		say(opened, 3, 2);
		expect(told(opened)).toEqual(['1<-3 80.00 from 2026-01-20 until 2026-01-20', '2<-3 60.00 from 2026-01-20']);
	});

	it('is undone by the reversal of either entry, from its day on; what was reversed holds nothing', () => {
		const opened = books();
		say(opened, 3, 1, '80.00');
		opened.runner.write((tx) => reverseEntry(tx, opened.actor, 1, { date: '2026-01-25' }));
		expect(told(opened)).toEqual(['1<-3 80.00 from 2026-01-20 until 2026-01-25']);
		expect(() => say(opened, 3, 1)).toThrow(expect.objectContaining({ code: 'ALLOCATION_REFUSED', details: expect.objectContaining({ reversal: 5 }) }));
		expect(() => say(opened, 3, 5)).toThrow(expect.objectContaining({ code: 'ALLOCATION_REFUSED' }));
		opened.runner.write((tx) => reverseEntry(tx, opened.actor, 5, { date: '2026-01-26' }));
		expect(say(opened, 3, 6)).toMatchObject([{ amount: '80.00', effective: '2026-01-26' }]);
	});
});

describe('the database', () => {
	const insert = (values: string) =>
		`INSERT INTO allocations (company_id, id, uuid, debit_entry_id, debit_line_no, credit_entry_id, credit_line_no, amount_minor, effective_day,
			rule, made_at, made_by) VALUES (${values})`;
	const DAY = `unixepoch('2026-01-20') / 86400`;
	const tail = `'EXPLICIT', '2026-01-21T00:00:00.000Z', 1`;

	it.each([
		['a bill against a bill', `1, 1, 'a', 1, 1, 2, 1, 100, ${DAY}, ${tail}`, 'ALLOCATION_REFUSED'],
		['another party', `1, 1, 'a', 4, 1, 3, 2, 100, ${DAY}, ${tail}`, 'ALLOCATION_REFUSED'],
		['an account that is no control account', `1, 1, 'a', 3, 1, 1, 2, 100, ${DAY}, ${tail}`, 'ALLOCATION_REFUSED'],
		['a line of another company', `2, 1, 'a', 1, 1, 3, 2, 100, ${DAY}, ${tail}`, 'ALLOCATION_REFUSED'],
		['a day before the payment', `1, 1, 'a', 1, 1, 3, 2, 100, ${DAY} - 1, ${tail}`, 'ALLOCATION_REFUSED'],
		['more than the bill', `1, 1, 'a', 2, 1, 3, 2, 6001, ${DAY}, ${tail}`, 'ALLOCATION_REFUSED'],
		['more than the payment', `1, 1, 'a', 1, 1, 3, 2, 8001, ${DAY}, ${tail}`, 'ALLOCATION_REFUSED'],
		['nothing', `1, 1, 'a', 1, 1, 3, 2, 0, ${DAY}, ${tail}`, 'CHECK'],
		['another rule', `1, 1, 'a', 1, 1, 3, 2, 1, ${DAY}, 'GUESS', 'x', 1`, 'CHECK'],
	])('refuses %s', (_what, values, code) => {
		expect(() => books().connection.raw.exec(insert(values))).toThrow(new RegExp(code));
	});

	it('takes what the rules allow, and holds the sum of all of a line', () => {
		const { raw } = books().connection;
		raw.exec(insert(`1, 1, 'a', 1, 1, 3, 2, 5000, ${DAY}, ${tail}`));
		expect(() => raw.exec(insert(`1, 2, 'b', 2, 1, 3, 2, 3001, ${DAY}, ${tail}`))).toThrow(/ALLOCATION_REFUSED/);
		raw.exec(insert(`1, 2, 'b', 2, 1, 3, 2, 3000, ${DAY}, ${tail}`));
		expect(() => raw.exec(insert(`1, 2, 'c', 1, 1, 3, 2, 1, ${DAY}, ${tail}`))).toThrow(/NEVER_CHANGED/);
		expect(() => raw.exec(`INSERT OR REPLACE ${insert(`1, 2, 'c', 1, 1, 3, 2, 1, ${DAY}, ${tail}`).slice(6)}`)).toThrow(/NEVER_CHANGED/);
	});

	it.each([
		['a changed amount', 'UPDATE allocations SET amount_minor = 1', 'ALLOCATION_FIXED'],
		['a half undoing', `UPDATE allocations SET undone_day = ${DAY}`, 'CHECK'],
		['an undoing before it counted', `UPDATE allocations SET undone_day = ${DAY} - 1, undone_at = 'x', undone_by = 1, undo_reason = 'x'`, 'CHECK'],
		['a deletion', 'DELETE FROM allocations', 'NEVER_DELETED'],
	])('refuses %s', (_what, sql, code) => {
		const opened = books();
		say(opened, 3, 1);
		expect(() => opened.connection.raw.exec(sql)).toThrow(new RegExp(code));
	});

	it('refuses to undo twice', () => {
		const opened = books();
		undo(opened, say(opened, 3, 1)[0]?.id ?? '');
		expect(() => opened.connection.raw.exec('UPDATE allocations SET undone_day = undone_day + 1')).toThrow(/ALLOCATION_FIXED/);
	});
});
