// What must hold of matching whatever the books are, and how good it is on books where the truth is known.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BankLine, type BookLine, matchKey, type MatchProposal } from '#main/reconciliation/matching/lines.rules.ts';
import { proposeMatches } from '#main/reconciliation/matching/propose-matches.rules.ts';
import { CERTAIN_LEAD, CERTAIN_SCORE, SUGGESTED_SCORE } from '#main/reconciliation/matching/weights.rules.ts';
import { bank, book } from '#test/matching-lines.ts';
import { type MatchingFigures, measureMatching } from '../../scripts/conformance/matching-truth.ts';
import { matchingBooks } from '../matching-books.ts';

/** Few amounts, days and words, so that lines compete. */
const AMOUNTS = [100, 200, 300, 400, 700, 1000, 30_000, 29_900, -100, -200, -300, -1000] as const;
const TEXTS = [
	'receipt safari tours',
	'receipt safari',
	'payment kilimo growers',
	'kilimo chq 100471',
	'chq 100472',
	'dep 5531 safari',
	'transfer',
	'',
] as const;
const line = fc.record({ day: fc.integer({ min: 0, max: 40 }), amount: fc.constantFrom(...AMOUNTS), text: fc.constantFrom(...TEXTS) });

interface Lines {
	readonly bankLines: readonly BankLine[];
	readonly bookLines: readonly BookLine[];
}

const lines: fc.Arbitrary<Lines> = fc.record({
	bankLines: fc.array(line, { maxLength: 25 }).map((all) => all.map(({ day, amount, text }, place) => bank([place + 1, day, amount, text.toUpperCase()]))),
	bookLines: fc
		.array(fc.tuple(line, fc.option(fc.integer({ min: 1, max: 10 }), { freq: 4 })), { maxLength: 25 })
		.map((all) => all.map(([{ day, amount, text }, reversed], place) => book([place + 1, day, amount, text], { reversesEntryId: reversed }))),
});

const propose = (input: Lines): readonly MatchProposal[] => proposeMatches({ ...input, rejected: [] }).proposals;

function bookLinesOf({ bookLines }: Lines, { bookLines: keys }: MatchProposal): BookLine[] {
	return keys.flatMap(({ entryId }) => bookLines.filter((each) => each.entryId === entryId));
}

function bankLinesOf({ bankLines }: Lines, { bankIds }: MatchProposal): BankLine[] {
	return bankIds.flatMap((id) => bankLines.filter((each) => each.id === id));
}

const total = (all: readonly { readonly amountMinor: number }[]) => all.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** The score of these two if there were no other line. */
function scoreAlone(one: BankLine, other: BookLine): number {
	const [proposal] = propose({ bankLines: [one], bookLines: [{ ...other, reversesEntryId: null }] });
	return proposal?.score ?? 0;
}

describe('proposals', () => {
	it('are the same whatever the order of the lines', () => {
		const shuffled = lines.chain((input) =>
			fc.record({
				input: fc.constant(input),
				bankLines: fc.shuffledSubarray([...input.bankLines], { minLength: input.bankLines.length }),
				bookLines: fc.shuffledSubarray([...input.bookLines], { minLength: input.bookLines.length }),
			}),
		);
		fc.assert(
			fc.property(shuffled, ({ input, ...other }) => {
				expect(propose(other)).toEqual(propose(input));
			}),
		);
	});

	it('hold each line once, add up, and say why', () => {
		fc.assert(
			fc.property(lines, (input) => {
				const proposals = propose(input);
				const used = [...proposals.flatMap(({ bankIds }) => bankIds), ...proposals.flatMap(({ bookLines }) => bookLines.map(({ entryId }) => -entryId))];
				expect(new Set(used).size).toBe(used.length);
				for (const proposal of proposals) {
					const difference = total(bankLinesOf(input, proposal)) - total(bookLinesOf(input, proposal));
					expect(proposal.differenceMinor).toBe(proposal.kind === 'CONTRA' ? 0 : difference);
					if (proposal.kind !== 'SINGLE') expect(Math.abs(difference)).toBe(0);
					expect(proposal.reasons.reduce((sum, { points }) => sum + points, 0)).toBe(proposal.score);
					expect(proposal.score).toBeGreaterThanOrEqual(SUGGESTED_SCORE);
					expect(new Set(bankLinesOf(input, proposal).map(({ amountMinor }) => amountMinor > 0)).size).toBeLessThanOrEqual(proposal.kind === 'CONTRA' ? 2 : 1);
				}
			}),
		);
	});

	it('are certain only where the amount is equal, the score enough, and all others far behind on both sides', () => {
		fc.assert(
			fc.property(lines, (input) => {
				const proposals = propose(input);
				const cancelled = new Set(proposals.filter(({ kind }) => kind === 'CONTRA').flatMap(({ bookLines }) => bookLines.map(({ entryId }) => entryId)));
				for (const proposal of proposals.filter(({ certain }) => certain)) {
					const [[bankLine], [bookLine]] = [bankLinesOf(input, proposal), bookLinesOf(input, proposal)];
					expect(proposal.kind).toBe('SINGLE');
					expect(bankLine?.amountMinor).toBe(bookLine?.amountMinor);
					expect(proposal.score).toBeGreaterThanOrEqual(CERTAIN_SCORE);
					const rivals = [
						...input.bookLines.filter((each) => each !== bookLine && !cancelled.has(each.entryId)).map((each) => bankLine && scoreAlone(bankLine, each)),
						...input.bankLines.filter((each) => each !== bankLine).map((each) => bookLine && scoreAlone(each, bookLine)),
					];
					for (const rival of rivals) expect(proposal.score - (rival ?? 0)).toBeGreaterThanOrEqual(CERTAIN_LEAD);
				}
			}),
		);
	});

	it('do not change their mind once the certain ones are confirmed', () => {
		fc.assert(
			fc.property(lines, (input) => {
				const first = propose(input);
				const certain = first.filter((each) => each.certain);
				const rest = {
					bankLines: input.bankLines.filter(({ id }) => !certain.some(({ bankIds }) => bankIds.includes(id))),
					bookLines: input.bookLines.filter(({ entryId }) => !certain.some(({ bookLines }) => bookLines.some((key) => key.entryId === entryId))),
				};
				const singles = new Set(first.filter(({ kind }) => kind === 'SINGLE').map(({ bankIds, bookLines }) => matchKey(bankIds, bookLines)));
				for (const each of propose(rest)) if (each.certain) expect(singles).toContain(matchKey(each.bankIds, each.bookLines));
			}),
		);
	});

	it('never hold what was rejected', () => {
		fc.assert(
			fc.property(lines, (input) => {
				const rejected = propose(input);
				const keys = new Set(rejected.map(({ bankIds, bookLines }) => matchKey(bankIds, bookLines)));
				for (const { bankIds, bookLines } of proposeMatches({ ...input, rejected }).proposals) expect(keys).not.toContain(matchKey(bankIds, bookLines));
			}),
		);
	});
});

describe('a crowd of one amount', () => {
	const DAYS = 5;
	const crowd = (count: number): Lines => ({
		bankLines: Array.from({ length: count }, (_, place) => bank([place + 1, place % DAYS, 1000, 'SALE'])),
		bookLines: Array.from({ length: count }, (_, place) => book([place + 1, place % DAYS, 1000, 'cash sale'])),
	});

	it('is paired by day, nobody left over, nothing certain, in work that grows with the lines', () => {
		const small = proposeMatches({ ...crowd(400), rejected: [] });
		const large = proposeMatches({ ...crowd(4000), rejected: [] });
		expect(large.candidatesLookedAt).toBeLessThanOrEqual(small.candidatesLookedAt * 10);
		for (const { proposals } of [small, large]) expect(proposals.some(({ certain }) => certain)).toBe(false);
		expect([small.proposals.length, large.proposals.length]).toEqual([400, 4000]);
	});

	it('lets one with words of its own stay a suggestion: not everybody was asked', () => {
		const { bankLines, bookLines } = crowd(400);
		const input = { bankLines: [...bankLines, bank([9000, 2, 1000, 'SAFARI TOURS'])], bookLines: [...bookLines, book([9000, 2, 1000, 'Safari Tours'])] };
		expect(propose(input).filter(({ certain }) => certain)).toEqual([]);
	});

	it('leaves nobody over where the days of the two sides differ', () => {
		const bankLines = Array.from({ length: 300 }, (_, place) => bank([place + 1, 2, 1000, 'SALE']));
		const bookLines = Array.from({ length: 300 }, (_, place) => book([place + 1, place % 3, 1000, 'cash sale']));
		expect(propose({ bankLines, bookLines }).filter(({ kind }) => kind === 'SINGLE').length).toBe(300);
	});

	/** Each pair has 86 points: amount 40, receipt 35, five days 5, one word of five 6. */
	const receipts: Lines = {
		bankLines: Array.from({ length: 300 }, (_, place) => bank([place + 1, 5 + (place % DAYS), 1000, `PAID ALPHA BETA GAMMA QGH7SK${1000 + place}`])),
		bookLines: Array.from({ length: 300 }, (_, place) => book([place + 1, place % DAYS, 1000, `cash sale QGH7SK${1000 + place}`])),
	};

	it('makes a receipt certain where every line bears one of its own', () => {
		const found = propose(receipts);
		expect(found.filter(({ certain, score, bankIds, bookLines }) => certain && score === 86 && bankIds[0] === bookLines[0]?.entryId).length).toBe(300);
	});

	it('does not where a line without a receipt, which nobody looked at, might have 80 points', () => {
		const without = crowd(300).bookLines.map((each) => ({ ...each, entryId: each.entryId + 1000 }));
		expect(propose({ ...receipts, bookLines: [...receipts.bookLines, ...without] }).filter(({ certain }) => certain)).toEqual([]);
		const bankWithout = crowd(300).bankLines.map((each) => ({ ...each, id: each.id + 1000 }));
		expect(propose({ ...receipts, bankLines: [...receipts.bankLines, ...bankWithout] }).filter(({ certain }) => certain)).toEqual([]);
	});

	it('reckons with the claim of a line that did not get round to the entry', () => {
		// The second bank line sees forty sales of its own days, and not the entry of which it has every word.
		const bankLines = [bank([1, 4, 1000, 'SAFARI']), bank([2, 10, 1000, 'SAFARI'])];
		const bookLines = [book([1, 0, 1000, 'Safari']), ...Array.from({ length: 40 }, (_, place) => book([place + 2, 11, 1000, 'cash sale']))];
		const found = propose({ bankLines, bookLines }).find(({ bankIds }) => bankIds[0] === 1);
		expect(found).toMatchObject({ score: 75, certain: false, bookLines: [{ entryId: 1 }] });
	});

	it('makes nothing certain by a reference that a whole batch bears', () => {
		const batch: Lines = {
			bankLines: Array.from({ length: 40 }, (_, place) => bank([place + 1, 2, 1000 + place, 'CARD 260103'])),
			bookLines: Array.from({ length: 40 }, (_, place) => book([place + 1, 2, 1000 + place, 'card 260103'])),
		};
		const found = propose(batch);
		expect(found.every(({ certain, bankIds, bookLines }) => !certain && bankIds[0] === bookLines[0]?.entryId)).toBe(true);
		expect(found.length).toBe(40);
	});
});

describe('books where the truth is known', () => {
	const measured = (seeds: readonly number[]): MatchingFigures[] => seeds.map((seed) => measureMatching(matchingBooks(seed)));
	const share = (all: readonly MatchingFigures[], part: (each: MatchingFigures) => number, whole: (each: MatchingFigures) => number) =>
		all.reduce((sum, each) => sum + part(each), 0) / all.reduce((sum, each) => sum + whole(each), 0);

	it('nothing certain is wrong, whatever the seed', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
				expect(measureMatching(matchingBooks(seed)).certainWrong).toEqual([]);
			}),
		);
	});

	it('most of the single lines are certain, first proposals are right, deposits and corrections are found', () => {
		const all = measured(Array.from({ length: 20 }, (_, seed) => seed));
		const single = (each: MatchingFigures) => each.single;
		expect(share(all, (each) => each.certainRight, single)).toBeGreaterThan(0.8);
		expect(share(all, (each) => each.firstRight, single)).toBeGreaterThan(0.99);
		expect(
			share(
				all,
				(each) => each.combinedRight,
				(each) => each.combined,
			),
		).toBe(1);
		expect(all.flatMap((each) => each.bankOnlyProposed)).toEqual([]);
		expect(all.every((each) => each.bookContras.length === 4)).toBe(true);
	});
});
