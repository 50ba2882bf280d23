import type { CommandEntry } from './arguments.ts';
import type { TerminalContext } from './context.ts';

type Entry = CommandEntry<TerminalContext>;

/** A group's commands: the last words, each with the name under which its file exports it. */
function group<Module extends Record<Name, Awaited<ReturnType<Entry['load']>>>, Name extends keyof Module & string>(
	words: string,
	load: () => Promise<Module>,
	names: Readonly<Record<string, Name>>,
): Entry[] {
	const path = words.split(' ').filter((word) => word !== '');
	return Object.entries(names).map(([word, name]) => ({ path: [...path, word], load: async () => (await load())[name] }));
}

/** Every command. Its file is loaded when it is the one that was typed, so that a start reads only what it needs. */
export const COMMANDS: readonly Entry[] = [
	...group('', () => import('./commands/serve.ts'), { serve: 'serve' }),
	...group('company', () => import('./commands/company.ts'), {
		create: 'companyCreate',
		list: 'companyList',
		show: 'companyShow',
		set: 'companySet',
		charts: 'companyCharts',
	}),
	...group('account', () => import('./commands/account.ts'), { add: 'accountAdd', list: 'accountList', set: 'accountSet' }),
	...group('party', () => import('./commands/party.ts'), { add: 'partyAdd', list: 'partyList', set: 'partySet' }),
	...group('directory', () => import('./commands/party.ts'), { set: 'directorySet', list: 'directoryList' }),
	...group('journal', () => import('./commands/import.ts'), { import: 'journalImport' }),
	...group('journal', () => import('./commands/journal.ts'), {
		post: 'journalPost',
		reverse: 'journalReverse',
		correct: 'journalCorrect',
		attach: 'journalAttach',
		revalue: 'journalRevalue',
	}),
	...group('journal', () => import('./commands/journal-allocate.ts'), {
		allocate: 'journalAllocate',
		unallocate: 'journalUnallocate',
		allocations: 'journalAllocations',
	}),
	...group('journal', () => import('./commands/journal-view.ts'), { list: 'journalList', show: 'journalShow' }),
	...group('journal draft', () => import('./commands/journal-draft.ts'), {
		save: 'draftSave',
		list: 'draftList',
		show: 'draftShow',
		post: 'draftPost',
		delete: 'draftDelete',
	}),
	...group('opening', () => import('./commands/import.ts'), { import: 'openingImport' }),
	...group('import', () => import('./commands/import.ts'), { list: 'importList', undo: 'importUndo' }),
	...group('statement', () => import('./commands/statement.ts'), {
		import: 'statementImport',
		preview: 'statementPreview',
		list: 'statementList',
		show: 'statementShow',
		undo: 'statementUndo',
	}),
	...group('statement', () => import('./commands/statement-match.ts'), {
		match: 'statementMatch',
		confirm: 'statementConfirm',
		reject: 'statementReject',
		unmatch: 'statementUnmatch',
		join: 'statementJoin',
		'add-entry': 'statementAddEntry',
		unmatched: 'statementUnmatched',
	}),
	...group('statement rule', () => import('./commands/statement-rules.ts'), {
		add: 'ruleAdd',
		list: 'ruleList',
		move: 'ruleMove',
		remove: 'ruleRemove',
		preview: 'rulePreview',
		apply: 'ruleApply',
	}),
	...group('report', () => import('./commands/report.ts'), {
		'trial-balance': 'reportTrialBalance',
		'income-statement': 'reportIncomeStatement',
		'balance-sheet': 'reportBalanceSheet',
		ledger: 'reportLedger',
		'day-book': 'reportDayBook',
		check: 'reportCheck',
	}),
	...group('report', () => import('./commands/report-reconciliation.ts'), { reconciliation: 'reportReconciliation' }),
	...group('reconcile', () => import('./commands/reconcile.ts'), {
		status: 'reconcileStatus',
		create: 'reconcileCreate',
		show: 'reconcileShow',
		items: 'reconcileItems',
	}),
	...group('reconcile', () => import('./commands/reconcile-verify.ts'), {
		verify: 'reconcileVerify',
		explain: 'reconcileExplain',
		'over-short': 'reconcileOverShort',
		undo: 'reconcileUndo',
	}),
	...group('reconcile session', () => import('./commands/reconcile-session.ts'), {
		start: 'sessionStart',
		show: 'sessionShow',
		note: 'sessionNote',
		close: 'sessionClose',
	}),
	...group('reconcile', () => import('./commands/reconcile-session.ts'), { transfer: 'reconcileTransfer' }),
	...group('report', () => import('./commands/report-open-items.ts'), {
		outstanding: 'reportOutstanding',
		'cash-book': 'reportCashBook',
		'bank-book': 'reportBankBook',
		'closing-voucher': 'reportClosingVoucher',
		'reopen-difference': 'reportReopenDifference',
	}),
	...group('period', () => import('./commands/period.ts'), {
		list: 'periodList',
		status: 'periodStatus',
		open: 'periodOpen',
		'soft-close': 'periodSoftClose',
		validate: 'periodValidate',
		close: 'periodClose',
		reopen: 'periodReopen',
		verify: 'periodVerify',
	}),
	...group('package', () => import('./commands/package.ts'), {
		build: 'packageBuild',
		list: 'packageList',
		save: 'packageSave',
		share: 'packageShare',
		regenerate: 'packageRegenerate',
		verify: 'packageVerify',
	}),
	...group('package', () => import('./commands/package-proof.ts'), { prove: 'packageProve', 'verify-proof': 'packageVerifyProof' }),
	...group('user', () => import('./commands/user.ts'), { add: 'userAdd', role: 'userRole', password: 'userPassword', list: 'userList' }),
	...group('audit', () => import('./commands/audit.ts'), { list: 'auditList', verify: 'auditVerify' }),
	...group('', () => import('./commands/demo.ts'), { demo: 'demo' }),
];
