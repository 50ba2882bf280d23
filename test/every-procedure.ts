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
	statementId: string;
	reconciliationId: string;
	jobId: string;
	allocationId: string;
	grant: string;
	tokenId: string;
	/** Numbers of open matches and statement lines by what they are for, once there are any. */
	named?: Readonly<Record<string, string>>;
}

/** Ids before anything was asked: those of answers name nothing yet. */
export function unknownIds(companyId: string, folder: string): Ids {
	return {
		companyId,
		folder,
		draftId: NOTHING,
		otherDraftId: NOTHING,
		importId: NOTHING,
		statementId: NOTHING,
		reconciliationId: NOTHING,
		jobId: NOTHING,
		allocationId: NOTHING,
		grant: `${NOTHING}.${'A'.repeat(43)}`,
		tokenId: NOTHING,
	};
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
/** Entries 3 and 4 of the new books. */
const bill = {
	date: '2026-02-10',
	description: 'Sale',
	lines: [
		{ account: '1200', debit: '20.00' },
		{ account: '4000', credit: '20.00' },
	],
};
const payment = {
	date: '2026-02-12',
	description: 'Receipt',
	lines: [
		{ account: '1100', debit: '20.00' },
		{ account: '1200', credit: '20.00' },
	],
};
const span = { from: '2026-01-01', to: '2026-03-31' };

/** An input for every procedure that is asked in a company: good ones, in an order in which each can be done on new books. */
export const EVERY_PROCEDURE: { readonly [Domain in Exclude<keyof Contract, never>]: Partial<Record<keyof Contract[Domain], Ask>> } = {
	companies: { show: () => ({}), set: () => ({ key: 'verifier_differs', value: 'no' }) },
	access: {
		listUsers: () => ({}),
		createToken: () => ({ name: 'payroll' }),
		listTokens: () => ({}),
		revokeToken: ({ tokenId }) => ({ tokenId }),
		permissions: () => ({}),
		addUser: () => ({ login: 'newcomer', role: 'VIEWER' }),
		setRole: () => ({ login: 'newcomer', role: 'ACCOUNTANT' }),
		setPassword: () => ({ login: 'newcomer', password: 'a long enough password' }),
	},
	ledger: {
		listAccounts: () => ({}),
		addAccount: () => ({ code: '5100', name: 'Till differences', type: 'EXPENSE', subtype: 'CASH_OVER_SHORT' }),
		setAccount: () => ({ account: '1100', requiresReconciliation: false, reason: 'Reconciled by the trustee' }),
		listParties: () => ({}),
		addParty: () => ({ name: 'Blue Lantern Stores' }),
		setParty: () => ({ party: 'Blue Lantern Stores', name: 'Blue Lantern Ltd' }),
		post: () => ({ entries: [entry('2026-01-05'), entry('2026-02-05'), bill, payment] }),
		saveDraft: () => ({ draft: entry('2026-01-06') }),
		postDraft: ({ draftId }) => ({ id: draftId }),
		deleteDraft: ({ otherDraftId }) => ({ id: otherDraftId }),
		reverse: () => ({ no: 1 }),
		correct: () => ({ no: 2, entry: entry('2026-02-06', '11.00') }),
		attach: ({ folder }) => ({ no: 3, path: join(folder, 'evidence.txt') }),
		revalue: () => ({ date: '2026-01-31', rates: { USD: '83.45' } }),
		allocate: () => ({ no: 4, to: 3, amount: '15.00' }),
		listAllocations: () => ({ no: 3 }),
		undoAllocation: ({ allocationId }) => ({ id: allocationId, reason: 'It was for another bill' }),
		listEntries: () => ({}),
		findEntries: () => ({ text: 'Sale' }),
		showEntry: () => ({ no: 1 }),
	},
	imports: {
		importOpening: ({ folder }) => ({ path: join(folder, 'opening.csv') }),
		importJournal: ({ folder }) => ({ path: join(folder, 'journal.csv') }),
		list: () => ({}),
		undo: ({ importId }) => ({ importId }),
	},
	statements: {
		preview: ({ folder }) => ({ path: join(folder, 'statement.csv'), account: '1100' }),
		import: ({ folder }) => ({ path: join(folder, 'statement.csv'), account: '1100' }),
		list: () => ({}),
		show: ({ statementId }) => ({ statementId }),
		undo: ({ statementId }) => ({ statementId, reason: 'Taken in for the wrong account' }),
	},
	matching: {
		match: () => ({ account: '1100' }),
		lines: () => ({ account: '1100' }),
		ledgerLines: () => ({ account: '1100' }),
		show: ({ named }) => ({ match: named?.sale ?? '1' }),
		confirm: ({ named }) => ({ match: named?.sale ?? '1' }),
		unmatch: ({ named }) => ({ match: named?.sale ?? '1', reason: 'Another customer' }),
		reject: ({ named }) => ({ match: named?.otherSale ?? '2' }),
		confirmTransfer: ({ named }) => ({ match: named?.transfer ?? '3' }),
		confirmSettlement: ({ named }) => ({ match: named?.settlement ?? '4', chargeAccount: '5000' }),
		join: ({ named }) => ({ lines: [named?.error ?? '5', named?.errorBack ?? '6'], entries: [] }),
		addEntry: ({ named }) => ({ line: named?.fee ?? '7', lines: [{ account: '5000' }] }),
		addRule: () => ({ rule: { name: 'Fees', text: 'fee', counterAccount: '5000' } }),
		listRules: () => ({}),
		previewRules: () => ({}),
		applyRules: () => ({}),
		moveRule: () => ({ rule: 'Fees', position: 2 }),
		removeRule: () => ({ rule: 'Fees' }),
	},
	reconciliation: {
		startSession: () => ({ period: '2026-02', notes: 'With the owner' }),
		createTransfer: () => ({ from: '1100', to: '1000', amount: '5.00', date: '2026-02-20' }),
		createReconciliation: () => ({ account: '1000', period: '2026-02', count: { '2': 2 } }),
		reconciliation: ({ reconciliationId }) => ({ id: reconciliationId }),
		reconciliationItems: ({ reconciliationId }) => ({ id: reconciliationId }),
		setReconciliationItems: ({ reconciliationId }) => ({ id: reconciliationId, remove: [] }),
		explainDifference: ({ reconciliationId }) => ({ id: reconciliationId }),
		postCashDifference: ({ reconciliationId }) => ({ id: reconciliationId }),
		verifyReconciliation: ({ reconciliationId }) => ({ id: reconciliationId }),
		noteSession: () => ({ period: '2026-02', notes: 'The till was counted twice' }),
		closeSession: () => ({ period: '2026-02' }),
		undoReconciliation: ({ reconciliationId }) => ({ id: reconciliationId, reason: 'Counted once more' }),
		reconciliationSession: () => ({ period: '2026-02' }),
		activeReconciliationSessions: () => ({}),
		currentPeriodStatus: () => ({}),
		periodReconciliationStatus: () => ({ period: '2026-02' }),
		closedPeriods: () => ({}),
		reconciliationStatement: () => ({ account: '1000', from: '2026-02' }),
	},
	reports: {
		trialBalance: () => ({ asOf: '2026-03-31' }),
		incomeStatement: () => span,
		monthByMonth: () => ({ on: span.to }),
		balanceSheet: () => ({ asOf: '2026-03-31' }),
		ledger: () => ({ ...span, account: '1100' }),
		dayBook: () => span,
		outstanding: () => ({ side: 'receivable', asOf: '2026-03-31' }),
		moneyBook: () => ({ ...span, kind: 'bank', account: '1100' }),
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
		closingVoucher: () => ({ period: '2026-01' }),
		reopenDifference: () => ({ period: '2026-01' }),
		reopen: () => ({ period: '2026-01', reason: 'A bill came late', confirm: '2026-01' }),
	},
	packages: {
		list: () => ({}),
		build: () => ({ period: '2026-01', closeNumber: 1 }),
		regenerate: () => ({ period: '2026-01', closeNumber: 1 }),
		share: () => ({ period: '2026-01', closeNumber: 1 }),
		grantDownload: ({ jobId }) => ({ jobId }),
		redeemGrant: ({ grant }) => ({ grant }),
		save: ({ jobId, folder }) => ({ jobId, to: join(folder, 'saved.zip') }),
		prove: ({ folder }) => ({ no: 1, closeNumber: 1, to: join(folder, 'proofs') }),
		cancel: ({ jobId }) => ({ jobId }),
	},
	audit: { list: () => ({}), verify: () => ({}) },
};

/** The files that the inputs name. */
export function writeFilesOf({ folder }: Ids): void {
	const header = 'entry_no,date,account_code,description,debit,credit\n';
	writeFileSync(join(folder, 'evidence.txt'), 'a bill');
	writeFileSync(join(folder, 'opening.csv'), `${header}O,2025-12-31,1100,Opening,500.00,\nO,2025-12-31,3000,Opening,,500.00\n`);
	writeFileSync(join(folder, 'statement.csv'), 'Date,Description,Amount\n2026-01-12,Rent,-10.00\n2026-01-13,Sale,25.00\n');
	writeFileSync(join(folder, 'journal.csv'), `${header}J,2026-02-09,5000,Imported,7.00,\nJ,2026-02-09,1100,Imported,,7.00\n`);
}
