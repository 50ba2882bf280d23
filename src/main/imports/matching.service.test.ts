import { expect, onTestFinished, test } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { type ChartLine, openTestBooks } from '#test/books.ts';
import { Matching } from './matching.service.ts';
import type { StagedLine } from './staged-entry.rules.ts';

const line = (account: string): StagedLine => ({
	account,
	accountName: null,
	accountType: null,
	party: null,
	currency: 'USD',
	debitMinor: 100,
	creditMinor: 0,
	baseMinor: null,
	dueDate: null,
	memo: null,
	reference: null,
});

function matching(chart: readonly ChartLine[], accountCase: 'same' | 'different' | undefined): Matching {
	const books = openTestBooks({ chart });
	onTestFinished(() => books.close());
	return new Matching(books.runner.db, books.company, { createAccounts: true, accountCase });
}

function questionIds(work: () => unknown): readonly string[] {
	try {
		work();
	} catch (error) {
		if (isAppError(error, 'NEEDS_ANSWER')) return (error.details['questions'] as { id: string }[]).map(({ id }) => id);
		throw error;
	}
	return [];
}

test('accounts of a file that differ in letter case are what the reader of the file took them for', () => {
	// hledger keeps them apart, and its reader does; a reader of other CSV has asked before a line comes here.
	const found = matching([], undefined);
	found.account(line('Expenses:Fdń'));
	found.account(line('Expenses:FdŃ'));
	expect(found.newAccounts.map(({ name }) => name)).toEqual(['Expenses:Fdń', 'Expenses:FdŃ']);
});

test('a line whose account differs in letter case from one of the books is asked about, or as answered', () => {
	const chart: readonly ChartLine[] = [['6000', 'Expenses:Rent', 'EXPENSE']];
	expect(questionIds(() => matching(chart, undefined).account(line('expenses:rent')))).toEqual(['accountCase']);
	expect(matching(chart, 'same').account(line('expenses:rent'))).toMatchObject({ code: '6000' });
	expect(matching(chart, 'different').account(line('expenses:rent'))).toMatchObject({ code: 'A-0001' });
});
