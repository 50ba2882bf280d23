import { ENGLISH, type Messages, type TextKey } from './english.ts';
import { MARATHI } from './marathi.ts';

export const LANGUAGES = ['en', 'mr'] as const;
export type Language = (typeof LANGUAGES)[number];

export const CATALOGUES: Readonly<Record<Language, Messages>> = { en: ENGLISH, mr: MARATHI };

/** The first of a person's languages that the page speaks; English where it speaks none. */
export function languageFor(preferred: readonly string[]): Language {
	for (const tag of preferred) {
		const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
		if (found !== undefined) return found;
	}
	return 'en';
}

/** A text with its `{names}` filled in. */
export function filled(text: string, values: Readonly<Record<string, string | number>> = {}): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Says a text of one language. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export function speaker(language: Language): Say {
	return (key, values) => filled(CATALOGUES[language].text[key], values);
}
