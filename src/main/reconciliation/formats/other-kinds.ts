import { AppError } from '#shared/kernel/app-error.ts';
import { byteOrderMark, utf16WithoutMark } from '#main/platform/csv/text-encoding.ts';

const HEAD_BYTES = 4096;

const OTHER_KINDS: readonly (readonly [start: RegExp, what: string])[] = [
	[/^PK\u0003\u0004[^]*(?:\[Content_Types\]\.xml|xl\/|_rels\/)/, 'It is a workbook (XLSX). Save the sheet as CSV and import that.'],
	[/^PK[\u0003\u0005]/, 'It is a ZIP archive. Unpack it and import the files in it one by one.'],
	[/^\u001f\u008b/, 'It is compressed (gzip). Unpack it first.'],
	[/^(?:BZh\d|7z\u00bc\u00af|\u00fd7zXZ|Rar!)/, 'It is compressed. Unpack it first.'],
	[/^\u00d0\u00cf\u0011\u00e0/, 'It is an old workbook or document (XLS, DOC). Save the sheet as CSV and import that.'],
	[/^%PDF/, 'It is a PDF. Download the statement as OFX, camt.053, MT940, QIF or CSV.'],
	[/^SQLite format 3/, 'It is a database.'],
	[/^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8)/, 'It is a picture.'],
	[/^\{\\rtf/, 'It is a word processor document. Download the statement as OFX, camt.053, MT940, QIF or CSV.'],
	[
		/^\s*<(?:!doctype html|html|head|body|script)[\s>]/i,
		'It is a web page: the session with the bank may have ended. Sign in and download the statement again.',
	],
	[/^\s*[[{]\s*(?:["[\]]|\{)/, 'It is JSON. Download the statement as OFX, camt.053, MT940, QIF or CSV.'],
];

/** The first characters of a file, as far as they tell what it is: ASCII is right in every encoding that is met. */
export function headText(bytes: Uint8Array, limit = HEAD_BYTES): string {
	const mark = byteOrderMark(bytes.subarray(0, 4));
	const body = bytes.subarray(mark?.length ?? 0, (mark?.length ?? 0) + limit);
	const isWide = mark?.encoding.startsWith('utf-16') === true || mark?.encoding === 'utf-32le' || (!mark && utf16WithoutMark(body) !== null);
	return Buffer.from(isWide ? body.filter((byte) => byte !== 0) : body).toString('latin1');
}

/** Refuses FILE_NOT_RECOGNISED with what was seen, for files that are no statement in any format. */
export function refuseOtherKinds(bytes: Uint8Array): void {
	const head = headText(bytes);
	const kind = OTHER_KINDS.find(([start]) => start.test(head));
	if (kind) throw notAStatement(kind[1]);
	// One stray zero byte is a broken cell; many are no text.
	if (head.split('\u0000').length - 1 > head.length / 50) throw notAStatement('It is not text.');
}

export function notAStatement(what: string): AppError {
	return new AppError('FILE_NOT_RECOGNISED', `The file is no bank statement. ${what}`);
}
