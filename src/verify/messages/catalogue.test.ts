import { describe, expect, it } from 'vitest';
import { FINDING_CODES, NOT_CHECKED_CODES } from '#shared/seal/index.ts';
import { REFUSAL_CODES } from '../archive/refusal.ts';
import { CATALOGUES, filled, LANGUAGES, languageFor } from './catalogue.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

describe.each(LANGUAGES)('the catalogue %s', (language) => {
	const { text, findings, notChecked, refusals } = CATALOGUES[language];

	it('has a text for everything that the verifier can say', () => {
		expect(Object.keys(findings).sort()).toEqual([...FINDING_CODES].sort());
		expect(Object.keys(notChecked).sort()).toEqual([...NOT_CHECKED_CODES].sort());
		expect(Object.keys(refusals).sort()).toEqual([...REFUSAL_CODES].sort());
	});

	it('has the keys of the English one, none empty, each with the same places to fill', () => {
		const english = CATALOGUES.en.text as Readonly<Record<string, string>>;
		expect(Object.keys(text)).toEqual(Object.keys(english));
		for (const [key, said] of Object.entries(text)) {
			expect(said.trim(), key).not.toBe('');
			expect(placeholders(said), key).toEqual(placeholders(english[key] ?? ''));
		}
		for (const said of [...Object.values(findings), ...Object.values(notChecked), ...Object.values(refusals)]) expect(said.trim()).not.toBe('');
	});

	it('writes its text in normal form and in its own script', () => {
		for (const [key, said] of Object.entries(text)) {
			expect(said, key).toBe(said.normalize('NFC'));
			if (language === 'mr' && key !== 'percent') expect(said, key).toMatch(/[\u0900-\u097f]/);
		}
	});
});

it.each([
	[['mr-IN', 'en'], 'mr'],
	[['en-GB', 'mr'], 'en'],
	[['fr', 'MR'], 'mr'],
	[['fr', 'de'], 'en'],
	[[], 'en'],
])('a person who reads %j gets %s', (preferred, language) => {
	expect(languageFor(preferred)).toBe(language);
});

it('fills in what it is given and leaves the rest', () => {
	expect(filled('{a} and {b}', { a: '{b}' })).toBe('{b} and {b}');
});
