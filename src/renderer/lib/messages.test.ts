import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, speaker } from './messages.ts';

const FOLDER = join(import.meta.dirname, '../../../resources/messages');
const read = (language: string, file: string): Record<string, string> =>
	JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8')) as Record<string, string>;
const files = readdirSync(join(FOLDER, 'en'));

/** The names that a text wants filled in. */
function valuesOf(source: string): string[] {
	const names = new Set<string>();
	const walk = (elements: ReturnType<typeof parse>): void => {
		for (const element of elements) {
			if (element.type !== TYPE.literal && element.type !== TYPE.pound) names.add(element.value);
			if (element.type === TYPE.select || element.type === TYPE.plural) Object.values(element.options).forEach((option) => walk(option.value));
		}
	};
	walk(parse(source, { ignoreTag: true }));
	return [...names].sort();
}

describe('catalogues of texts', () => {
	it('are the same files in every language', () => {
		for (const language of LANGUAGES) expect(readdirSync(join(FOLDER, language))).toEqual(files);
	});

	it.each(files)('%s: the same keys, all of the feature, none empty', (file) => {
		const english = read('en', file);
		const marathi = read('mr', file);
		expect(Object.keys(marathi).sort()).toEqual(Object.keys(english).sort());
		for (const [key, source] of [...Object.entries(english), ...Object.entries(marathi)]) {
			expect(key.startsWith(`${file.replace('.json', '')}.`), key).toBe(true);
			expect(source.trim(), key).not.toBe('');
		}
	});

	it.each(files)('%s: every text is well formed and fills in the same values', (file) => {
		const marathi = read('mr', file);
		for (const [key, source] of Object.entries(read('en', file))) expect(valuesOf(marathi[key] ?? ''), key).toEqual(valuesOf(source));
	});

	it.each(files)('%s: Marathi is in its own script', (file) => {
		const english = read('en', file);
		// Names of products and formats stay as they are.
		const foreign = Object.entries(read('mr', file)).filter(([key, source]) => english[key] !== source && !/\p{Script=Devanagari}/u.test(source));
		expect(foreign).toEqual([]);
	});

	it('are said in the chosen language with digits that accountants type', () => {
		expect(speaker('en')('companies.board.done', { done: 3, all: 5 })).toBe('3 of 5');
		expect(speaker('mr')('companies.board.done', { done: 3, all: 5 })).toBe('5 पैकी 3');
	});
});
