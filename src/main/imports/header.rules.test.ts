import { describe, expect, test } from 'vitest';
import { findHeader, type GivenMap, headerWord, roleNamed, roleOfHeader } from './header.rules.ts';

const rows = (text: string, delimiter = ',') => text.split('\n').map((line, index) => ({ fields: line.split(delimiter), line: index + 1 }));

describe('headers that are recognised', () => {
	const cases: readonly {
		what: string;
		text: string;
		delimiter?: string;
		map?: GivenMap;
		columns: Record<string, number>;
		line?: number;
		isCanonical?: boolean;
	}[] = [
		{
			what: 'canonical',
			text: 'entry_no,date,account_code,account_name,account_type,party,description,debit,credit,currency,reference',
			columns: {
				entry_no: 0,
				date: 1,
				account_code: 2,
				account_name: 3,
				account_type: 4,
				party: 5,
				description: 6,
				debit: 7,
				credit: 8,
				currency: 9,
				reference: 10,
			},
			isCanonical: true,
		},
		{
			what: 'canonical in another order with columns of its own',
			text: 'credit,debit,colour,date,entry_no,account_code,base_amount,due_date,memo',
			columns: { credit: 0, debit: 1, date: 3, entry_no: 4, account_code: 5, base_amount: 6, due_date: 7, memo: 8 },
			isCanonical: true,
		},
		{
			what: 'English',
			text: 'txn,date,description,account,debit,credit,currency,base_amount',
			columns: { entry_no: 0, date: 1, description: 2, account: 3, debit: 4, credit: 5, currency: 6, base_amount: 7 },
		},
		{
			what: 'German',
			text: 'Beleg;Datum;Text;Konto;Betrag;Währung;Basis',
			delimiter: ';',
			columns: { entry_no: 0, date: 1, description: 2, account: 3, amount: 4, currency: 5, base_amount: 6 },
		},
		{
			what: 'German sides',
			text: 'Beleg-Nr.;Buchungsdatum;Konto;Soll;Haben',
			delimiter: ';',
			columns: { entry_no: 0, date: 1, account: 2, debit: 3, credit: 4 },
		},
		{
			what: 'French',
			text: 'EcritureNum;EcritureDate;CompteNum;CompteLib;EcritureLib;Debit;Credit',
			delimiter: ';',
			columns: { entry_no: 0, date: 1, account_code: 2, account_name: 3, description: 4, debit: 5, credit: 6 },
		},
		{
			what: 'Indian day book',
			text: 'Date,Particulars,Voucher No.,Dr,Cr,Narration',
			columns: { date: 0, account: 1, entry_no: 2, debit: 3, credit: 4, description: 5 },
		},
		{ what: 'amount with a side', text: 'Voucher,Date,Ledger,Amount,Dr/Cr', columns: { entry_no: 0, date: 1, account: 2, amount: 3, side: 4 } },
		{
			what: 'rows above',
			text: 'Account;123\nFrom;01.01.2024\n\nDatum;Konto;Betrag\n13.01.2024;x;5,00',
			delimiter: ';',
			columns: { date: 0, account: 1, amount: 2 },
			line: 4,
		},
		{
			what: 'a map by names',
			text: 'a,b,c,d',
			map: { date: 'b', account: 'c', amount: 'd', entry_no: 'a' },
			columns: { entry_no: 0, date: 1, account: 2, amount: 3 },
		},
		{
			what: 'a map over a word that means something else',
			text: 'Date,Text,Konto,Amount',
			map: { account: 'Text', description: 'Konto' },
			columns: { date: 0, account: 1, description: 2, amount: 3 },
		},
		{ what: 'a map by numbers below a header', text: 'Date,Account,Amount,Amount', map: { amount: '#4' }, columns: { date: 0, account: 1, amount: 3 } },
		{
			what: 'a map by numbers, no header',
			text: '2024-01-01,Cash,5.00',
			map: { date: '#1', account: '#2', amount: '#3' },
			columns: { date: 0, account: 1, amount: 2 },
			line: 0,
		},
		{ what: 'amount beside debit and credit', text: 'date,account,amount,debit,credit', columns: { date: 0, account: 1, debit: 3, credit: 4 } },
	];
	test.each(cases)('$what', ({ text, delimiter, map, columns, line = 1, isCanonical = false }) => {
		expect(findHeader(rows(text, delimiter), map)).toMatchObject({ kind: 'header', columns, line, isCanonical });
	});
});

describe('what is asked', () => {
	test.each([
		['no header', '2024-11-19,Cash,-4621.07\n2024-09-16,Sales,4621.07'],
		['two columns for one thing', 'Date,Account,Amount,Amount\n2024-01-13,x,5.00,6.00'],
		['no account', 'Date,Description,Amount\n2024-01-13,x,5.00'],
		['no amount', 'Date,Account,Debit\n2024-01-13,x,5.00'],
		['no date', 'Account,Debit,Credit\nx,5.00,'],
	])('%s', (_what, text) => {
		expect(findHeader(rows(text))).toMatchObject({
			kind: 'question',
			question: { id: 'map', choices: expect.arrayContaining([expect.objectContaining({ value: '#1' })]) },
		});
	});
});

test.each([
	['Währung', 'wahrung'],
	['Entry No.', 'entryno'],
	['  DR / CR ', 'drcr'],
	['Straße', 'strasse'],
])('%j is compared as %j', (cell, word) => {
	expect(headerWord(cell)).toBe(word);
});

test('roles by the names of --map', () => {
	expect(roleNamed('Entry-No')).toBe('entry_no');
	expect(roleNamed('colour')).toBeNull();
	expect(roleOfHeader('Colour')).toBeNull();
});
