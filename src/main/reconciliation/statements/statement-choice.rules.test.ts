import { describe, expect, it } from 'vitest';
import { accountsOfFile, chooseAccount, isSameBankAccount, type WantedAccount } from './statement-choice.rules.ts';

const BANK: WantedAccount = { code: '1100', name: 'Bank', currency: 'EUR', knownIds: [] };
const statement = (accountId: string | null, currency: string | null = 'EUR') => ({ accountId, currency });

describe('the account of a file', () => {
	it.each([
		{ what: 'is the only one', file: [statement('A1')], wanted: BANK, chosen: 'A1' },
		{ what: 'is the only one in the currency', file: [statement('A1', 'USD'), statement('A2')], wanted: BANK, chosen: 'A2' },
		{
			what: 'is the one that was taken in before',
			file: [statement('NL91 ABNA 01'), statement('NL77')],
			wanted: { ...BANK, knownIds: ['NL91ABNA01'] },
			chosen: 'NL91 ABNA 01',
		},
		{
			what: 'stands in the account’s name',
			file: [statement('12345678'), statement('87654321')],
			wanted: { ...BANK, name: 'Bank 8765-4321' },
			chosen: '87654321',
		},
		{ what: 'is the one that is named', file: [statement('A1'), statement('A2')], wanted: BANK, named: 'a-2', chosen: 'A2' },
		{ what: 'is the one without a number', file: [statement('A1'), statement(null)], wanted: BANK, named: 'unnamed', chosen: null },
	])('$what', ({ file, wanted, named, chosen }) => {
		expect(chooseAccount(accountsOfFile(file), wanted, named)).toMatchObject({ kind: 'CHOSEN', account: { accountId: chosen } });
	});

	it('is asked for where nothing tells', () => {
		const choice = chooseAccount(accountsOfFile([statement('A1'), statement('A2'), statement('A2')]), BANK, undefined);
		expect(choice).toMatchObject({
			kind: 'ASK',
			question: {
				id: 'statementAccount',
				choices: [
					{ value: 'A1', meaning: 'A1 in EUR, 1 statement' },
					{ value: 'A2', meaning: 'A2 in EUR, 2 statements' },
				],
			},
		});
	});

	it('has the account’s currency, or none of its own', () => {
		expect(chooseAccount(accountsOfFile([statement('A1', 'USD')]), BANK, undefined)).toEqual({ kind: 'CURRENCY', currencies: ['USD'] });
		expect(chooseAccount(accountsOfFile([statement('A1', null)]), BANK, undefined)).toMatchObject({ kind: 'CHOSEN' });
	});

	it('is in the file', () => {
		expect(chooseAccount(accountsOfFile([statement('A1'), statement(null)]), BANK, 'B7')).toEqual({ kind: 'ABSENT', accountIds: ['A1', 'unnamed'] });
	});

	it.each([
		['NL91ABNA0417164300', '0417164300', true],
		['nl91 abna 0417 1643 00', 'NL91ABNA0417164300', true],
		['1234', '991234', false],
		['A1', 'A2', false],
	])('%s and %s are one: %s', (one, other, same) => expect(isSameBankAccount(one, other)).toBe(same));
});
