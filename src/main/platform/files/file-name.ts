const MAX_LENGTH = 60;
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: these cannot be files on Windows, whatever their extension.
const RESERVED_ON_WINDOWS = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
// Latin letters that compatibility decomposition leaves whole.
const SPELLED_OUT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' };

/**
 * A name that every file system takes: `a-z`, `0-9` and single hyphens, at most 60 characters, no device name of Windows.
 * `fallback` (itself safe, such as a uuid) stands in where nothing of the text is left, as with a name wholly in Devanagari.
 */
export function safeFileName(text: string, fallback: string): string {
	const slug = text
		.toLowerCase()
		.replace(/[ßæœøđðłþı]/g, (letter) => SPELLED_OUT[letter] ?? '')
		.normalize('NFKD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, MAX_LENGTH + 1)
		.replace(/^-+/, '')
		.slice(0, MAX_LENGTH)
		.replace(/-+$/, '');
	if (slug === '') return fallback;
	return RESERVED_ON_WINDOWS.test(slug) ? `name-${slug}` : slug;
}
