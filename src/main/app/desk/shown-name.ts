// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const RESERVED_ON_WINDOWS = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const MAX_BYTES = 180;

/**
 * The name that a person gave a file, as every file system takes it: letters, marks and digits of any script, blanks, and `._-()+,=@&'`;
 * anything else, among it every separator of paths and every character that is not seen, becomes a hyphen. Never empty, hidden, a device of
 * Windows, `.` or `..`; at most 180 bytes, its ending kept.
 */
export function shownName(given: string): string {
	const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const clean = last
		.replace(/[^\p{L}\p{M}\p{N} ._\-()+,=@&']/gu, '-')
		.replace(/^[.\s]+/, '')
		.replace(/[.\s]+$/, '');
	const named = clean === '' ? 'file' : clean;
	return shortened(RESERVED_ON_WINDOWS.test(named) ? `file-${named}` : named);
}

function shortened(name: string): string {
	if (Buffer.byteLength(name) <= MAX_BYTES) return name;
	const dot = name.lastIndexOf('.');
	const ending = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 20 ? name.slice(dot) : '';
	let stem = '';
	let bytes = Buffer.byteLength(ending);
	for (const character of name.slice(0, name.length - ending.length)) {
		bytes += Buffer.byteLength(character);
		if (bytes > MAX_BYTES) break;
		stem += character;
	}
	return `${stem.trimEnd()}${ending}`;
}
