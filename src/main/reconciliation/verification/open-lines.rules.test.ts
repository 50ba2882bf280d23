import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemName, parseItemName } from './item-name.rules.ts';
import { withoutCancelled } from './open-lines.rules.ts';

const line = (entryId: number, amountMinor: number, reversesId: number | null = null, lineNo = 1) => ({ entryId, lineNo, amountMinor, reversesId });
const left = (...lines: ReturnType<typeof line>[]) => withoutCancelled(lines).map(({ entryId, lineNo }) => `${entryId}:${lineNo}`);

describe('a line and its reversal', () => {
	it.each([
		['cancel', [line(1, 5), line(2, -5, 1)], []],
		['cancel in any order', [line(2, -5, 1), line(1, 5)], []],
		['stay where the original is matched', [line(2, -5, 1)], ['2:1']],
		['stay where the reversal is matched', [line(1, 5)], ['1:1']],
		['leave the third of a chain', [line(1, 5), line(2, -5, 1), line(3, 5, 2)], ['3:1']],
		['cancel twice in a chain of four', [line(1, 5), line(2, -5, 1), line(3, 5, 2), line(4, -5, 3)], []],
		['pair line by line', [line(1, 5), line(1, 7, null, 2), line(2, -7, 1, 2)], ['1:1']],
		['leave other entries alone', [line(1, 5), line(2, -5, 1), line(3, -5)], ['3:1']],
	])('%s', (_what, lines, expected) => {
		expect(left(...lines)).toEqual(expected);
	});

	it('never change what all lines come to', () => {
		const chain = fc.array(fc.record({ amount: fc.integer({ min: -9, max: 9 }), reverses: fc.boolean() }), { maxLength: 30 }).map((list) => {
			const reversed = new Set<number>();
			return list.map(({ amount, reverses }, index) => {
				const before = index - 1;
				if (!reverses || before < 0 || reversed.has(before)) return line(index, amount);
				reversed.add(before);
				return line(index, 0, before);
			});
		});
		fc.assert(
			fc.property(chain, (drawn) => {
				const lines = drawn.map((one) => ({ ...one }));
				for (const one of lines) if (one.reversesId !== null) one.amountMinor = -(lines[one.reversesId]?.amountMinor ?? 0);
				const sum = (list: readonly { amountMinor: number }[]) => list.reduce((total, { amountMinor }) => total + amountMinor, 0);
				const open = withoutCancelled(lines);
				expect(sum(open)).toBe(sum(lines));
				expect(withoutCancelled(open)).toEqual(open);
			}),
		);
	});
});

describe('the name of an item', () => {
	const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
	it.each([
		['entry:12', { kind: 'BOOK', entryId: 12, lineNo: null }],
		[' Entry:12:3 ', { kind: 'BOOK', entryId: 12, lineNo: 3 }],
		[`line:${uuid.toUpperCase()}`, { kind: 'BANK', lineUuid: uuid }],
	])('%s', (typed, parsed) => {
		expect(parseItemName(typed)).toEqual(parsed);
	});

	it('is what it was made of', () => {
		expect(parseItemName(itemName({ entryId: 7, lineNo: 2 }))).toEqual({ kind: 'BOOK', entryId: 7, lineNo: 2 });
		expect(parseItemName(itemName({ lineUuid: uuid }))).toEqual({ kind: 'BANK', lineUuid: uuid });
	});

	it.each(['12', 'entry:', 'entry:1:2:3', 'entry:-1', 'line:12', `lines:${uuid}`, '300.00', ''])('"%s" is none', (typed) => {
		expect(() => parseItemName(typed)).toThrow(expect.objectContaining({ code: 'ITEM_REFUSED' }));
	});
});
