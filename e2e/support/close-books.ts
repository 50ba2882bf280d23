import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Recipe } from './books.ts';

const line = (account: string, debit: string, credit: string) => ({ account, ...(debit === '' ? { credit } : { debit }) });
const entry = (date: string, description: string, debited: string, credited: string, amount: string) => ({
	date,
	description,
	lines: [line(debited, amount, ''), line(credited, '', amount)],
});

const JANUARY = [
	entry('2026-01-02', 'Capital paid in', '1100', '3000', '500000.00'),
	entry('2026-01-10', 'Counter sales', '1000', '4000', '48250.00'),
	entry('2026-01-15', 'Rent January', '6100', '1100', '25000.00'),
	entry('2026-01-20', 'Unknown receipt', '1100', '1900', '1200.00'),
	entry('2026-01-31', 'Bank charges', '6500', '1100', '118.00'),
	entry('2026-02-03', 'Counter sales', '1000', '4000', '9000.00'),
];

/** The bank's statement of January, as a spreadsheet of the bank has it. */
const STATEMENT = `Date,Description,Amount,Balance
2026-01-02,CAPITAL PAID IN,500000.00,500000.00
2026-01-15,RENT JANUARY,-25000.00,475000.00
2026-01-20,UNKNOWN RECEIPT,1200.00,476200.00
2026-01-31,BANK CHARGES,-118.00,476082.00
`;

const DRAFT = 'draft-id.txt';

/** Where the statement of the bank lies in the folder of a journey. */
export const bankFile = (folder: string): string => path.join(folder, 'bank-january.csv');
/** The draft that keeps January open. */
export const draftOf = (folder: string): string => readFileSync(path.join(folder, DRAFT), 'utf8');

/** A shop with a January that cannot be closed yet: a draft, suspense, nothing reconciled, entries posted late. */
export const OPEN_MONTH: Recipe = {
	name: 'a month that cannot be closed',
	make: async (folder, run) => {
		await run('company', 'create', '--name', 'Neem Tree Stores', '--currency', 'INR', '--chart', 'generic');
		await run('company', 'set', 'number_format', 'indian');
		await run('company', 'set', 'date_format', 'DD/MM/YYYY');
		writeFileSync(path.join(folder, 'january.json'), JSON.stringify(JANUARY));
		await run('journal', 'post', 'january.json');
		writeFileSync(path.join(folder, 'draft.json'), JSON.stringify(entry('2026-01-28', 'Electricity, amount to come', '6120', '2000', '1.00')));
		const { id } = await run<{ id: string }>('journal', 'draft', 'save', 'draft.json');
		writeFileSync(path.join(folder, DRAFT), id);
		writeFileSync(bankFile(folder), STATEMENT);
	},
};

/** The same without the draft, its bank account matched with the bank's statement: little is left to be done. */
export const NEARLY_CLOSED: Recipe = {
	name: 'a month that is nearly closed',
	from: OPEN_MONTH,
	make: async (folder, run) => {
		await run('journal', 'draft', 'delete', draftOf(folder));
		await run('statement', 'import', bankFile(folder), '--account', '1100');
		await run('statement', 'match', '--account', '1100', '--auto');
	},
};

/** The sample company with an accountant, who may not reopen what is closed. */
export const WITH_ACCOUNTANT: Recipe = {
	name: 'the sample with an accountant',
	from: 'SAMPLE',
	make: async (_folder, run) => {
		await run('user', 'add', 'asha', '--role', 'accountant');
	},
};
