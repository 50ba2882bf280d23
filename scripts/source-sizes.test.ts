import { describe, expect, it } from 'vitest';
import { judgeSizes, oversized } from './source-sizes.ts';

const lines = (count: number, text = '\tfirst();'): string => Array.from({ length: count }, () => text).join('\n');

describe('oversized', () => {
	it.each([
		['a file of 300 lines', 'a.ts', `${lines(300, '// text')}\n`, []],
		['a file of 301 lines', 'a.ts', `${lines(301, '// text')}\n`, [{ name: 'a.ts', lines: 301, limit: 300 }]],
		['a function of 70 lines', 'a.ts', `function one() {\n${lines(68)}\n}\n`, []],
		['a function of 71 lines', 'a.ts', `function one() {\n${lines(69)}\n}\n`, [{ name: 'a.ts#one', lines: 71, limit: 70 }]],
		['an arrow function of 71 lines', 'a.ts', `const one = () => {\n${lines(69)}\n};\n`, [{ name: 'a.ts#one', lines: 71, limit: 70 }]],
		['a method of 71 lines', 'a.ts', `class A {\n\tone() {\n${lines(69)}\n\t}\n}\n`, [{ name: 'a.ts#one', lines: 71, limit: 70 }]],
		['a long function of a test', 'a.test.ts', `function one() {\n${lines(80)}\n}\n`, []],
	])('judges %s', (_what, file, source, expected) => {
		expect(oversized(file, source)).toEqual(expected);
	});
});

describe('judgeSizes', () => {
	const found = [{ name: 'a.ts', lines: 320, limit: 300 }];
	it.each([
		['no exception', {}, ['a.ts has 320 lines, more than 300: split it']],
		['the exact exception', { 'a.ts': 320 }, []],
		['a smaller exception', { 'a.ts': 310 }, ['a.ts has grown from 310 to 320 lines: exceptions only shrink']],
		['a larger exception', { 'a.ts': 330 }, ['a.ts has 320 lines now: lower its exception from 330']],
		['an exception nobody needs', { 'a.ts': 320, 'b.ts': 301 }, ['b.ts needs no exception any more: remove it']],
	])('compares with %s', (_what, exceptions, expected) => {
		expect(judgeSizes(found, exceptions)).toEqual(expected);
	});
});
