import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeWindow, type Rectangle, readPlace } from './window-place.ts';

const laptop: Rectangle = { x: 0, y: 0, width: 1366, height: 728 };
const beside: Rectangle = { x: 1366, y: -200, width: 1920, height: 1160 };

describe('where a window opens', () => {
	test.each([
		['the first time: in the middle, no larger than the screen', null, [laptop], { x: 0, y: 0, width: 1366, height: 728, isMaximised: false }],
		['the first time on a large screen', null, [beside], { x: 1606, y: -70, width: 1440, height: 900, isMaximised: false }],
		[
			'where it was left, on the second screen',
			{ x: 1500, y: 0, width: 1200, height: 700, isMaximised: false },
			[laptop, beside],
			{ x: 1500, y: 0, width: 1200, height: 700, isMaximised: false },
		],
		[
			'in the middle of the first screen, once the second one is gone',
			{ x: 1500, y: 0, width: 1200, height: 700, isMaximised: false },
			[laptop],
			{ x: 83, y: 14, width: 1200, height: 700, isMaximised: false },
		],
		[
			'maximised again, on whichever screen there is',
			{ x: 1500, y: 0, width: 1200, height: 700, isMaximised: true },
			[laptop],
			{ x: 83, y: 14, width: 1200, height: 700, isMaximised: true },
		],
		[
			'smaller, where the screen has become smaller',
			{ x: 0, y: 0, width: 1900, height: 1000, isMaximised: false },
			[laptop],
			{ x: 0, y: 0, width: 1366, height: 728, isMaximised: false },
		],
		[
			'brought back, where its upper edge was above the screen',
			{ x: 0, y: -600, width: 1000, height: 700, isMaximised: false },
			[laptop],
			{ x: 183, y: 14, width: 1000, height: 700, isMaximised: false },
		],
	])('%s', (_case, saved, screens, expected) => {
		expect(placeWindow(saved, screens)).toEqual(expected);
	});

	test('a second window lies aside of the first', () => {
		const first = placeWindow(null, [beside]);
		const second = placeWindow(first, [beside], [first]);
		expect(second).toMatchObject({ x: first.x + 28, y: first.y + 28 });
		expect(placeWindow(first, [beside], [first, second])).toMatchObject({ x: first.x + 56, y: first.y + 56 });
	});

	test('whatever was written down, the upper edge can be taken hold of on a screen that is there', () => {
		const pixels = fc.integer({ min: -10_000, max: 10_000 });
		const size = fc.integer({ min: 1, max: 8000 });
		const saved = fc.record({ x: pixels, y: pixels, width: size, height: size, isMaximised: fc.boolean() });
		fc.assert(
			fc.property(fc.option(saved), fc.constantFrom([laptop], [beside], [laptop, beside]), fc.array(saved, { maxLength: 4 }), (last, screens, others) => {
				const { x, y, width, height } = placeWindow(last, screens, others);
				const home = screens.find(
					(screen) =>
						Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= Math.min(160, width) && y >= screen.y && y + 32 <= screen.y + screen.height,
				);
				expect(home).toBeDefined();
				expect(width).toBeLessThanOrEqual(home?.width ?? 0);
				expect(height).toBeLessThanOrEqual(home?.height ?? 0);
			}),
		);
	});
});

test.each([
	['a place', { x: 1, y: 2, width: 3, height: 4, isMaximised: true }, { x: 1, y: 2, width: 3, height: 4, isMaximised: true }],
	['a place of a version that knew less', { x: 1, y: 2, width: 3, height: 4 }, { x: 1, y: 2, width: 3, height: 4, isMaximised: false }],
	['no size', { x: 1, y: 2, width: 0, height: 4 }, null],
	['no number', { x: '1', y: 2, width: 3, height: 4 }, null],
	['half a pixel', { x: 1.5, y: 2, width: 3, height: 4 }, null],
	['nothing', null, null],
	['a list', [], null],
])('what was written down is read as %s', (_case, written, read) => {
	expect(readPlace(written)).toEqual(read);
});
