import { describe, expect, it } from 'vitest';
import { ledgerHandlers, type PostedEntry } from '#main/ledger/index.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { CommandHandler } from '#main/platform/run/handlers.ts';
import { present } from '#shared/kernel/assert.ts';
import { openTestBooks, SMALL_CHART, type TestBooks } from '#test/books.ts';
import { matchingOf, refusalOf } from '#test/matching-service.ts';
import { recordStatement } from '#test/statement-books.ts';
import { prepareRule, prepareRuleLine, ruleFits } from './statement-rules.rules.ts';

describe('a rule', () => {
	const any = { accountId: null, text: null, party: null, direction: 'ANY', minMinor: null, maxMinor: null, currency: 'USD' } as const;
	const fee = { accountId: 1, currency: 'USD', amountMinor: -250, description: 'MONTHLY FEE Café', party: 'Első Bank' };

	it.each([
		['all words in text or party, folded', { text: 'cafe ELSO fee' }, true],
		['a word that is not there', { text: 'fee charge' }, false],
		['whole words only', { text: 'mont' }, false],
		['words of the party only', { party: 'bank' }, true],
		['the text is not the party', { party: 'fee' }, false],
		['money out', { direction: 'OUT' }, true],
		['money in', { direction: 'IN' }, false],
		['the least amount, included', { minMinor: 250 }, true],
		['below the least', { minMinor: 251 }, false],
		['the most, included', { maxMinor: 250 }, true],
		['above the most', { maxMinor: 249 }, false],
		['amounts of another currency', { maxMinor: 500, currency: 'EUR' }, false],
		['its account', { accountId: 1 }, true],
		['another account', { accountId: 2 }, false],
	] as const)('fits by %s: %o is %s', (_what, test, fits) => {
		expect(ruleFits(prepareRule({ ...any, ...test }), prepareRuleLine(fee))).toBe(fits);
	});
});

function shop(): TestBooks {
	const books = openTestBooks({ chart: [...SMALL_CHART, ['6100', 'Bank charges', 'EXPENSE']] });
	books.post('2026-01-05', 'Sale', [
		['1100', '60.00', ''],
		['4000', '', '60.00'],
	]);
	recordStatement(books, '1100', {
		from: '2026-01-01',
		to: '2026-01-31',
		lines: [
			['2026-01-05', '60.00', 'SALE'],
			['2026-01-10', '-2.50', 'MONTHLY FEE'],
			['2026-01-11', '-9.00', 'CARD FEE'],
			['2026-01-12', '-100.00', 'STANDING ORDER 7', { party: 'Pine Street Estates', reference: 'SO-7' }],
		],
	});
	return books;
}

function postDraft(books: TestBooks, id: string): PostedEntry {
	const { command } = ledgerHandlers.postDraft as unknown as CommandHandler<Actor, unknown, { entries: readonly PostedEntry[] }>;
	return present(books.runner.write((tx) => command(tx, books.actor, { id })).entries[0], 'the entry of a draft');
}

const FEES = { name: 'Fees', text: 'fee', direction: 'OUT', counterAccount: '6100' } as const;

describe('rules', () => {
	it('are tried in their order, which can be changed', () => {
		const books = shop();
		const ask = matchingOf(books);
		expect(ask('addRule', { rule: FEES })).toMatchObject({ position: 1, text: 'fee', direction: 'OUT', currency: 'USD', account: null });
		expect(ask('addRule', { rule: { ...FEES, name: 'Card', text: 'card fee', counterAccount: '6000' }, position: 1 })).toMatchObject({ position: 1 });
		const order = () => ask('listRules', {}).rules.map(({ position, name }) => [position, name]);
		expect(order()).toEqual([
			[1, 'Card'],
			[2, 'Fees'],
		]);
		const hits = () => ask('previewRules', {}).hits.map(({ description, counterAccount }) => [description, counterAccount]);
		expect(hits()).toEqual([
			['MONTHLY FEE', '6100'],
			['CARD FEE', '6000'],
		]);
		ask('moveRule', { rule: 'Card', position: 9 });
		expect(order()).toEqual([
			[1, 'Fees'],
			[2, 'Card'],
		]);
		expect(hits()).toEqual([
			['MONTHLY FEE', '6100'],
			['CARD FEE', '6100'],
		]);
		ask('removeRule', { rule: '1' });
		expect(order()).toEqual([[1, 'Card']]);
		expect(refusalOf(() => ask('removeRule', { rule: 'Fees' }))).toMatchObject({ code: 'NOT_FOUND' });
	});

	it('show what they would hit before they are saved, among the lines that nothing was found for', () => {
		const ask = matchingOf(shop());
		expect(ask('previewRules', { unsaved: { name: 'All', minAmount: '1.00', counterAccount: '6100' } })).toMatchObject({
			count: 3,
			lines: 3,
			drafted: 0,
			hits: [{ no: 2, account: '1100', amount: '-2.50', rule: 'All' }, { no: 3 }, { no: 4 }],
		});
		expect(ask('listRules', {})).toEqual({ rules: [] });
		expect(ask('previewRules', { unsaved: { name: 'All', minAmount: '1.00', counterAccount: '6100' }, limit: 1 })).toMatchObject({ count: 3, more: true });
	});

	it('make each draft once; what was posted of it is found, and a draft that was thrown away is made again', () => {
		const books = shop();
		const ask = matchingOf(books);
		books.party('Pine Street Estates');
		ask('addRule', { rule: FEES });
		ask('addRule', { rule: { name: 'Rent', party: 'pine estates', counterAccount: '6000', counterParty: 'Pine Street Estates', description: 'Rent' } });
		const { drafts } = ask('applyRules', { account: '1100' });
		expect(drafts.map(({ no, rule, amount }) => [no, rule, amount])).toEqual([
			[2, 'Fees', '-2.50'],
			[3, 'Fees', '-9.00'],
			[4, 'Rent', '-100.00'],
		]);
		expect(ask('applyRules', {})).toMatchObject({ drafts: [], lines: 3, drafted: 3 });
		const posted = postDraft(books, drafts[2]?.draftId ?? '');
		const entry = books.runner.read((db) => db.get('SELECT date, description, reference FROM journal_entries WHERE id = ?', posted.no));
		expect(entry).toEqual({ date: '2026-01-12', description: 'Rent', reference: 'SO-7' });
		expect(ask('applyRules', {})).toMatchObject({ drafts: [], lines: 2, drafted: 2 });
		expect(ask('match', { account: '1100', auto: true })).toMatchObject({ matched: 2, suggested: 0, unmatched: 2 });
		books.runner.write((tx) => tx.run(`DELETE FROM journal_entries WHERE uuid = ?`, drafts[0]?.draftId ?? ''));
		expect(ask('applyRules', {}).drafts.map(({ no }) => no)).toEqual([2]);
	});

	it.each([
		['nothing to know a line by', { counterAccount: '6100' }, 'RULE_INVALID'],
		['words without a letter', { text: '***', counterAccount: '6100' }, 'RULE_INVALID'],
		['the least above the most', { minAmount: '5.00', maxAmount: '4.00', counterAccount: '6100' }, 'RULE_INVALID'],
		['an amount with a sign', { minAmount: '-5.00', counterAccount: '6100' }, 'RULE_INVALID'],
		['an amount with too many decimals', { minAmount: '5.001', counterAccount: '6100' }, 'AMOUNT_INVALID'],
		['the account of the statement as the other side', { text: 'fee', account: '1100', counterAccount: '1100' }, 'RULE_INVALID'],
		['an account that is not there', { text: 'fee', counterAccount: '9999' }, 'ACCOUNT_UNKNOWN'],
		['a party that is not there', { text: 'fee', counterAccount: '6100', counterParty: 'Nobody' }, 'PARTY_UNKNOWN'],
	] as const)('with %s are refused', (_what, rule, code) => {
		const ask = matchingOf(shop());
		expect(refusalOf(() => ask('addRule', { rule: { name: 'Wrong', ...rule } }))).toMatchObject({ code });
		expect(refusalOf(() => ask('previewRules', { unsaved: { name: 'Wrong', ...rule } }))).toMatchObject({ code });
	});

	it('have names that tell them apart', () => {
		const ask = matchingOf(shop());
		ask('addRule', { rule: FEES });
		expect(refusalOf(() => ask('addRule', { rule: FEES }))).toMatchObject({ code: 'ALREADY_EXISTS' });
	});
});
