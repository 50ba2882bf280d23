import fc from 'fast-check';

/** Days are counted from the first of the year that is played; `pick` chooses among what there is, round and round. */
export type Step = { readonly company: number } & (
	| { readonly does: 'post'; readonly day: number; readonly debit: string; readonly credit: string; readonly minor: number }
	| { readonly does: 'post-foreign'; readonly day: number; readonly isDebit: boolean; readonly cents: number; readonly minor: number }
	| { readonly does: 'post-unbalanced'; readonly day: number; readonly minor: number }
	| { readonly does: 'reverse'; readonly pick: number; readonly day: number | null }
	| { readonly does: 'correct'; readonly pick: number; readonly day: number; readonly minor: number }
	| { readonly does: 'draft'; readonly day: number; readonly minor: number }
	| { readonly does: 'post-draft'; readonly pick: number }
	| { readonly does: 'delete-draft'; readonly pick: number }
	| { readonly does: 'import'; readonly file: number }
	| { readonly does: 'undo'; readonly pick: number }
	| { readonly does: 'revalue'; readonly day: number; readonly rate: string }
	| { readonly does: 'rename'; readonly pick: number; readonly name: string }
	| { readonly does: 'soft-close'; readonly pick: number }
	| { readonly does: 'open'; readonly pick: number }
	| { readonly does: 'close-next' }
	| { readonly does: 'close'; readonly pick: number }
	| { readonly does: 'reopen-last'; readonly soft: boolean }
	| { readonly does: 'reopen'; readonly pick: number }
	| { readonly does: 'close-year' }
);

/** Accounts that plain entries move; 4000 to 6000 are income and expense. */
const CODES = ['1000', '1100', '1300', '2100', '3000', '4000', '5000', '6000'];
/** Files that can be imported: each has entries of its own. */
export const FILES = 3;

const company = fc.constantFrom(0, 0, 1);
// Days gather at the ends of months and quarters, where periods are cut.
const day = fc.oneof(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 100 }), fc.constantFrom(0, 30, 31, 58, 59, 89, 90, 180, 272, 273, 364));
const minor = fc.oneof(fc.integer({ min: 1, max: 500_000 }), fc.constant(1), fc.constant(900_719_925_474_099));
const pick = fc.nat(50);

const weighted = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const step: fc.Arbitrary<Step> = fc.oneof(
	weighted(8, fc.record({ does: fc.constant('post' as const), company, day, debit: fc.constantFrom(...CODES), credit: fc.constantFrom(...CODES), minor })),
	weighted(
		3,
		fc.record({
			does: fc.constant('post-foreign' as const),
			company,
			day,
			isDebit: fc.boolean(),
			cents: fc.integer({ min: 1, max: 90_000 }),
			minor: fc.integer({ min: 1, max: 9_000_000 }),
		}),
	),
	weighted(1, fc.record({ does: fc.constant('post-unbalanced' as const), company, day, minor })),
	weighted(3, fc.record({ does: fc.constant('reverse' as const), company, pick, day: fc.option(day) })),
	weighted(2, fc.record({ does: fc.constant('correct' as const), company, pick, day, minor })),
	weighted(1, fc.record({ does: fc.constant('draft' as const), company, day, minor })),
	weighted(2, fc.record({ does: fc.constant('post-draft' as const), company, pick })),
	weighted(1, fc.record({ does: fc.constant('delete-draft' as const), company, pick })),
	weighted(2, fc.record({ does: fc.constant('import' as const), company, file: fc.nat(FILES - 1) })),
	weighted(2, fc.record({ does: fc.constant('undo' as const), company, pick })),
	weighted(2, fc.record({ does: fc.constant('revalue' as const), company, day, rate: fc.constantFrom('83.45', '80', '91.005', '0.9') })),
	weighted(1, fc.record({ does: fc.constant('rename' as const), company, pick, name: fc.constantFrom('Renamed', 'Sundries', '小口') })),
	weighted(1, fc.record({ does: fc.constant('soft-close' as const), company, pick })),
	weighted(2, fc.record({ does: fc.constant('open' as const), company, pick })),
	weighted(4, fc.record({ does: fc.constant('close-next' as const), company })),
	weighted(1, fc.record({ does: fc.constant('close' as const), company, pick })),
	weighted(3, fc.record({ does: fc.constant('reopen-last' as const), company, soft: fc.boolean() })),
	weighted(1, fc.record({ does: fc.constant('reopen' as const), company, pick })),
	weighted(1, fc.record({ does: fc.constant('close-year' as const), company })),
);

export interface Game {
	readonly calendar: 'MONTH' | 'QUARTER' | 'DAY';
	readonly closingEntry: 'EVERY_PERIOD' | 'YEAR_END';
	/** Minor units of the opening balance; null: none. */
	readonly opening: number | null;
	readonly steps: readonly Step[];
}

/** What may happen to two companies in a year. */
export function games(maxLength: number): fc.Arbitrary<Game> {
	return fc.record({
		calendar: fc.constantFrom('MONTH', 'MONTH', 'QUARTER', 'QUARTER', 'DAY'),
		closingEntry: fc.constantFrom('EVERY_PERIOD', 'EVERY_PERIOD', 'YEAR_END'),
		opening: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
		steps: fc.array(step, { minLength: 8, maxLength, size: 'max' }),
	});
}
