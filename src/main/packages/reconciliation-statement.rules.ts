import type { PackedItem, PackedReconciliation } from './reconciliation-rows.rules.ts';

/** One section of a reconciliation statement: items of one kind, with their sum. Minor units, as they add up. */
export interface StatementSection {
	readonly line: 'DEPOSIT_IN_TRANSIT' | 'UNPRESENTED' | 'BANK_ERROR';
	readonly title: string;
	readonly items: readonly PackedItem[];
	readonly sumMinor: bigint;
}

/** A reconciliation in textbook form: the actual balance, what is under way or wrong, and the balance of the books. */
export interface ReconciliationStatement {
	readonly actual: { readonly line: 'BALANCE_PER_BANK' | 'ACTUAL_BALANCE'; readonly title: string; readonly amountMinor: bigint };
	readonly sections: readonly StatementSection[];
	/** What the items leave open; nil for whatever was verified. */
	readonly unexplainedMinor: bigint;
	readonly booksMinor: bigint;
}

const ACTUAL_TITLES: Readonly<Record<string, string>> = {
	statement: 'Balance per bank',
	'cash-count': 'Cash counted',
	'physical-count': 'Stock counted',
};

/** Balance per bank, plus deposits in transit, less unpresented payments, plus or less errors of the bank = balance per books. */
export function reconciliationStatement(row: PackedReconciliation): ReconciliationStatement {
	const items = [...row.items].sort((one, other) => (one.date === other.date ? one.no - other.no : one.date < other.date ? -1 : 1));
	const section = (line: StatementSection['line'], title: string, belongs: (item: PackedItem) => boolean): StatementSection[] => {
		const own = items.filter(belongs);
		return own.length === 0 ? [] : [{ line, title, items: own, sumMinor: own.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n) }];
	};
	return {
		actual: {
			line: row.strategy === 'statement' ? 'BALANCE_PER_BANK' : 'ACTUAL_BALANCE',
			title: ACTUAL_TITLES[row.strategy] ?? 'Actual balance',
			amountMinor: BigInt(row.actualMinor),
		},
		sections: [
			...section('DEPOSIT_IN_TRANSIT', 'Add: deposits in transit', ({ kind, amountMinor }) => kind === 'BOOK' && amountMinor >= 0),
			...section('UNPRESENTED', 'Less: unpresented payments', ({ kind, amountMinor }) => kind === 'BOOK' && amountMinor < 0),
			...section('BANK_ERROR', 'Add or less: errors of the bank', ({ kind }) => kind === 'BANK'),
		],
		unexplainedMinor: BigInt(row.varianceMinor) - BigInt(row.explainedMinor),
		booksMinor: BigInt(row.expectedMinor),
	};
}
