import { describe, expect, it } from 'vitest';
import { isTable, pastedLines, type PasteContext } from './pasted-lines.ts';
import { accountSuggestion, partySuggestion } from './suggestions.ts';

const context: PasteContext = {
	currency: 'INR',
	accounts: [
		['1100', 'Bank'],
		['1200', 'Receivables'],
		['4000', 'Sales'],
		['6000', 'Rent'],
		['6100', 'भाडे'],
	].map(([code = '', name = '']) => accountSuggestion({ code, name })),
	parties: ['Shree Traders', 'Asha'].map(partySuggestion),
	dateOf: (typed) => (/^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : null),
};

/** The lines in short: account, debit, credit, then what else is filled. */
function short(text: string): string[] {
	const { lines, problems } = pastedLines(text, context);
	return [
		...lines.map(({ account, debit, credit, party, memo, reference, dueDate, currency, base }) =>
			[account, debit, credit, party, memo, reference, dueDate, currency, base].join('|').replace(/\|+$/, ''),
		),
		...problems.map(({ line, field, problem }) => `! ${line} ${field} ${problem}`),
	];
}

describe('lines pasted from a spreadsheet', () => {
	it.each<[string, string, string[]]>([
		['two columns of amounts, with a header', 'Account\tDebit\tCredit\n6000\t1,00,000.00\t\n1100\t\t1,00,000.00', ['6000|100000.00', '1100||100000.00']],
		['without a header', '6000\t500\t\r\n1100\t\t500\r\n', ['6000|500.00', '1100||500.00']],
		['one signed column', '6000\t500\n1100\t-500', ['6000|500.00', '1100||500.00']],
		['negatives in parentheses', 'A/c\tAmount\nRent\t12,34,567.50\nBank\t(12,34,567.50)', ['6000|1234567.50', '1100||1234567.50']],
		['an amount and its side', 'Particulars\tAmount\tDr/Cr\nRent\t500\tDr\nBank\t500\tCr', ['6000|500.00', '1100||500.00']],
		['the side behind the amount', '6000\t500.00 Dr\n1100\t500.00 Cr', ['6000|500.00', '1100||500.00']],
		['code and name beside each other', '6000\tRent\t500\t\n1100\tBank\t\t500', ['6000|500.00', '1100||500.00']],
		[
			'a party, a memo and a reference',
			'Ledger\tParty\tNarration\tBill No\tDr\tCr\n1200\tasha\tJune\tB-7\t90\t\n4000\t\t\t\t\t90',
			['1200|90.00||Asha|June|B-7', '4000||90.00'],
		],
		['a party that is known, without a header', '1200\tAsha\t90\t\n4000\t\t\t90', ['1200|90.00||Asha', '4000||90.00']],
		['Marathi headers and names', 'खाते\tनावे\tजमा\nभाडे\t५००\t\nBank\t\t५००', ['6100|500.00', '1100||500.00']],
		['another currency', 'Account\tCurrency\tDebit\tCredit\tBase\n1200\tUSD\t10\t\t830\n4000\tINR\t\t830\t', ['1200|10.00||||||USD|830', '4000||830.00']],
		['a negative debit', 'Account\tDebit\tCredit\n6000\t-20\t\n1100\t20\t', ['6000||20.00', '1100|20.00']],
		['dashes for nothing', 'Account\tDebit\tCredit\n6000\t20\t-\n1100\t-\t20', ['6000|20.00', '1100||20.00']],
		['a line of totals, left out', 'Account\tDebit\tCredit\n6000\t20\t\n1100\t\t20\nTotal\t20\t20', ['6000|20.00', '1100||20.00']],
		['a cell with a new line in it', 'Account\tMemo\tAmount\n6000\t"first\nsecond ""x"""\t5\n1100\t\t-5', ['6000|5.00|||first second "x"', '1100||5.00']],
	])('%s', (_name, text, expected) => expect(short(text)).toEqual(expected));

	it.each<[string, string, string[]]>([
		['an account that is not there', '9999\t5\t\n1100\t\t5', ['9999|5.00', '1100||5.00', '! 0 account account']],
		['an amount that is none', 'Account\tDebit\tCredit\n6000\t12,5\t\n1100\t\t5', ['6000|12,5', '1100||5.00', '! 0 debit amount']],
		['a party that is not there', 'Account\tParty\tAmount\n1200\tNobody\t5\n1100\t\t-5', ['1200|5.00||Nobody', '1100||5.00', '! 0 party party']],
		['a due date that is none', 'Account\tDue date\tAmount\n1200\tsoon\t5', ['1200|5.00|||||soon', '! 0 dueDate date']],
		['both sides filled', 'Account\tDebit\tCredit\n6000\t5\t6', ['6000|5.00|6.00']],
	])('marks the cell of %s', (_name, text, expected) => expect(short(text)).toEqual(expected));

	it.each([
		['rent for March', false],
		['6000\t5', true],
		['one\ntwo', false],
	])('%j is a table: %s', (text, expected) => expect(isTable(text)).toBe(expected));
});
