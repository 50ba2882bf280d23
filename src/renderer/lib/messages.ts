import { IntlMessageFormat } from 'intl-messageformat';
import enAccounts from '#resources/messages/en/accounts.json';
import enClose from '#resources/messages/en/close.json';
import enCompanies from '#resources/messages/en/companies.json';
import enDesk from '#resources/messages/en/desk.json';
import enFrame from '#resources/messages/en/frame.json';
import enJournal from '#resources/messages/en/journal.json';
import enPackages from '#resources/messages/en/packages.json';
import enUi from '#resources/messages/en/ui.json';
import mrAccounts from '#resources/messages/mr/accounts.json';
import mrClose from '#resources/messages/mr/close.json';
import mrCompanies from '#resources/messages/mr/companies.json';
import mrDesk from '#resources/messages/mr/desk.json';
import mrFrame from '#resources/messages/mr/frame.json';
import mrJournal from '#resources/messages/mr/journal.json';
import mrPackages from '#resources/messages/mr/packages.json';
import mrUi from '#resources/messages/mr/ui.json';

export const LANGUAGES = ['en', 'mr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each feature has a catalogue of its own in resources/messages/<language>; a key begins with the feature's name. */
const ENGLISH = { ...enAccounts, ...enClose, ...enCompanies, ...enDesk, ...enFrame, ...enJournal, ...enPackages, ...enUi };
const MARATHI: Record<TextKey, string> = { ...mrAccounts, ...mrClose, ...mrCompanies, ...mrDesk, ...mrFrame, ...mrJournal, ...mrPackages, ...mrUi };

export type TextKey = keyof typeof ENGLISH;
const CATALOGUES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en: ENGLISH, mr: MARATHI };

export type TextValues = Readonly<Record<string, string | number>>;
/** Says a text of the catalogue (ICU message syntax) in one language. */
export type Text = (key: TextKey, values?: TextValues) => string;

const formats = new Map<string, IntlMessageFormat>();

export function speaker(language: Language): Text {
	return (key, values) => {
		const source = CATALOGUES[language][key];
		if (!source.includes('{')) return source;
		const name = `${language} ${key}`;
		let format = formats.get(name);
		if (format === undefined) {
			// Marathi numbers are written with the digits that accountants type.
			format = new IntlMessageFormat(source, language === 'mr' ? 'mr-u-nu-latn' : 'en', undefined, { ignoreTag: true });
			formats.set(name, format);
		}
		return String(format.format(values));
	};
}

/** Is it a key of the catalogue? For codes that come from the program. */
export function hasText(key: string): key is TextKey {
	return key in ENGLISH;
}
