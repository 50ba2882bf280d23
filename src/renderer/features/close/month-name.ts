import type { Language } from '#renderer/lib/messages.ts';

/** The short name of the month in which a civil date lies, as the language has it. */
export function monthName(date: string, language: Language, length: 'short' | 'long' = 'short'): string {
	return new Intl.DateTimeFormat(language === 'mr' ? 'mr-IN-u-nu-latn' : 'en', { month: length, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
