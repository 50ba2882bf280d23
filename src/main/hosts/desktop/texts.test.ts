import { expect, test } from 'vitest';
import english from '#resources/messages/en/desktop.json' with { type: 'json' };
import marathi from '#resources/messages/mr/desktop.json' with { type: 'json' };
import { chosenLanguage, speaker } from './texts.ts';

test('both catalogues hold the same keys in the same order, and the same names in their texts', () => {
	expect(Object.keys(marathi)).toEqual(Object.keys(english));
	for (const [key, text] of Object.entries(english)) {
		const names = (said: string) => [...said.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
		expect({ key, names: names((marathi as Record<string, string>)[key] ?? '') }).toEqual({ key, names: names(text) });
	}
});

test('a Marathi text is written in Devanagari', () => {
	const foreign = Object.entries(marathi).filter(([, text]) => !/\p{Script=Devanagari}/u.test(text));
	expect(foreign).toEqual([]);
});

test('names in braces are filled in, and a value is taken as it is', () => {
	expect(speaker('en')('desktop.failed.folder', { folder: 'C:\\Books {1}' })).toBe('Folder of the books: C:\\Books {1}');
	expect(speaker('mr')('desktop.failed.log', { folder: '/logs' })).toBe('लॉग: /logs');
});

test.each([
	['mr', ['en-IN'], 'mr'],
	[null, ['mr-IN', 'en-IN'], 'mr'],
	[null, ['hi-IN', 'en-IN', 'mr-IN'], 'en'],
	[null, ['hi-IN', 'mr_IN'], 'mr'],
	[null, ['de-DE'], 'en'],
	['xx', ['mr-IN'], 'mr'],
	[null, [], 'en'],
])('chosen %s on a system in %j speaks %s', (chosen, system, language) => {
	expect(chosenLanguage(chosen, system)).toBe(language);
});
