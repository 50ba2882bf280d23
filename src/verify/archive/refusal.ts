/** Why a file could not be looked at. Words for each stand in the message catalogues. */
export const REFUSAL_CODES = [
	'NOT_A_PACKAGE',
	'ARCHIVE_CUT',
	'ARCHIVE_SPLIT',
	'ARCHIVE_ENCRYPTED',
	'ARCHIVE_METHOD',
	'ARCHIVE_UNSAFE',
	'ARCHIVE_TOO_LARGE',
	'CANNOT_UNPACK',
	'NO_BAG_IN_FOLDER',
	'FILE_UNREADABLE',
	'KEY_INVALID',
	'PREVIOUS_ALTERED',
	'PREVIOUS_UNREADABLE',
	'BROWSER_FAULT',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The file could not be looked at: no verdict. `detail` is a name or the engine's own words. */
export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly code: RefusalCode;
	readonly detail: string;

	constructor(code: RefusalCode, detail = '') {
		super(`${code} ${detail}`);
		this.code = code;
		this.detail = detail;
	}
}
