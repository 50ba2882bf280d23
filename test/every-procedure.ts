import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '#shared/contract/index.ts';

/** What later calls need of earlier answers. */
export interface Ids {
	readonly companyId: string;
	readonly folder: string;
	draftId: string;
	otherDraftId: string;
	importId: string;
	jobId: string;
}

type Ask = (ids: Ids) => Readonly<Record<string, unknown>>;

/** Ids that are well formed and name nothing. */
export const NOTHING = '01890a5d-ac96-774b-bcce-b302099a8057';

const entry = (date: string, amount = '10.00') => ({
	date,
	description: 'Rent',
	lines: [
		{ account: '5000', debit: amount },
		{ account: '1100', credit: amount },
	],
});
const span = { from: '2026-01-01', to: '2026-03-31' };

/** An input for every procedure that is asked in a company: good ones, in an order in which each can be done on new books. */
export const EVERY_PROCEDURE: { readonly [Domain in Exclude<keyof Contract, never>]: Partial<Record<keyof Contract[Domain], Ask>> } = {
	companies: { show: () => ({}), set: () => ({ key: 'backdated_days', value: '20' }) },
	access: {
		listUsers: () => ({}),
		permissions: () => ({}),
		addUser: () => ({ login: 'newcomer', role: 'VIEWER' }),
		setRole: () => ({ login: 'newcomer', role: 'ACCOUNTANT' }),
		setPassword: () => ({ login: 'newcomer', password: 'a long enough password' }),
	},
	ledger: {
		listAccounts: () => ({}),
		addAccount: () => ({ code: '5100', name: 'Wages', type: 'EXPENSE' }),
		setAccount: () => ({ account: '5100', name: 'Salaries' }),
		listParties: () => ({}),
		addParty: () => ({ name: 'Blue Lantern Stores' }),
		setParty: () => ({ party: 'Blue Lantern Stores', name: 'Blue Lantern Ltd' }),
		post: () => ({ entries: [entry('2026-01-05'), entry('2026-02-05')] }),
		saveDraft: () => ({ draft: entry('2026-01-06') }),
		postDraft: ({ draftId }) => ({ id: draftId }),
		deleteDraft: ({ otherDraftId }) => ({ id: otherDraftId }),
		reverse: () => ({ no: 1 }),
		correct: () => ({ no: 2, entry: entry('2026-02-06', '11.00') }),
		attach: ({ folder }) => ({ no: 3, path: join(folder, 'evidence.txt') }),
		revalue: () => ({ date: '2026-01-31', rates: { USD: '83.45' } }),
		listEntries: () => ({}),
		showEntry: () => ({ no: 1 }),
	},
	imports: {
		importOpening: ({ folder }) => ({ path: join(folder, 'opening.csv') }),
		importJournal: ({ folder }) => ({ path: join(folder, 'journal.csv') }),
		list: () => ({}),
		undo: ({ importId }) => ({ importId }),
	},
	statements: {},
	matching: {},
	reconciliation: {},
	reports: {
		trialBalance: () => ({ asOf: '2026-03-31' }),
		incomeStatement: () => span,
		balanceSheet: () => ({ asOf: '2026-03-31' }),
		ledger: () => ({ ...span, account: '1100' }),
		dayBook: () => span,
		checkBalances: () => ({}),
		write: ({ folder }) => ({ report: 'balanceSheet', asOf: '2026-03-31', format: 'xlsx', file: join(folder, 'balance-sheet.xlsx') }),
	},
	periods: {
		list: () => ({}),
		status: () => ({ period: '2026-01' }),
		softClose: () => ({ period: '2026-01' }),
		open: () => ({ period: '2026-01', reason: 'There is one more bill' }),
	},
	close: {
		validate: () => ({ period: '2026-01' }),
		preview: () => ({ period: '2026-01' }),
		close: () => ({ period: '2026-01', acknowledge: ['all'], note: 'Seen.' }),
		verify: () => ({ period: '2026-01' }),
		verifyAll: () => ({}),
		closes: () => ({}),
		reopen: () => ({ period: '2026-01', reason: 'A bill came late', confirm: '2026-01' }),
	},
	packages: {
		list: () => ({}),
		build: () => ({ period: '2026-01', closeNumber: 1 }),
		regenerate: () => ({ period: '2026-01', closeNumber: 1 }),
		save: ({ jobId, folder }) => ({ jobId, to: join(folder, 'saved.zip') }),
		cancel: ({ jobId }) => ({ jobId }),
	},
	audit: { list: () => ({}), verify: () => ({}) },
};

/** The files that the inputs name. */
export function writeFilesOf({ folder }: Ids): void {
	const header = 'entry_no,date,account_code,description,debit,credit\n';
	writeFileSync(join(folder, 'evidence.txt'), 'a bill');
	writeFileSync(join(folder, 'opening.csv'), `${header}O,2025-12-31,1100,Opening,500.00,\nO,2025-12-31,3000,Opening,,500.00\n`);
	writeFileSync(join(folder, 'journal.csv'), `${header}J,2026-02-09,5000,Imported,7.00,\nJ,2026-02-09,1100,Imported,,7.00\n`);
}
