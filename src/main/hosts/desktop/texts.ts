import enDesktop from '#resources/messages/en/desktop.json' with { type: 'json' };
import enFrame from '#resources/messages/en/frame.json' with { type: 'json' };
import mrDesktop from '#resources/messages/mr/desktop.json' with { type: 'json' };
import mrFrame from '#resources/messages/mr/frame.json' with { type: 'json' };

export type Language = 'en' | 'mr';

/** The places are called in the menu as they are on the screen. */
const ENGLISH = { ...enFrame, ...enDesktop };
const CATALOGUES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en: ENGLISH, mr: { ...mrFrame, ...mrDesktop } };

export type TextKey = keyof typeof ENGLISH;
export type Text = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

/** What the menu and the dialogs of the system say. Their texts have names in braces and no other part of the message syntax. */
export function speaker(language: Language): Text {
	return (key, values = {}) => CATALOGUES[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export function hasText(key: string): key is TextKey {
	return key in ENGLISH;
}

/** What was chosen on the screen, else the first language of the system that there is a catalogue of. */
export function chosenLanguage(chosen: string | null, ofTheSystem: readonly string[]): Language {
	for (const tag of [chosen ?? '', ...ofTheSystem]) {
		const [language] = tag.toLowerCase().split(/[-_]/);
		if (language === 'en' || language === 'mr') return language;
	}
	return 'en';
}
