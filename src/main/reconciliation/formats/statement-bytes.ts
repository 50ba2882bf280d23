import { AppError } from '#shared/kernel/app-error.ts';
import { decodedSample } from '#main/platform/csv/decode.ts';
import { decodeBytes } from '#main/platform/csv/decode-bytes.ts';
import { MAX_STATEMENT_BYTES, type StatementDoubt, type StatementReadOptions } from './parsed-statement.ts';
import { askAll, encodingQuestion } from './statement-text.rules.ts';

/** The text of a statement file and what is doubtful about the way it came to be. */
export interface StatementText {
	readonly text: string;
	readonly doubts: readonly StatementDoubt[];
}

const ASKED_ENCODINGS = ['cp1252', 'windows-1250', 'windows-1251', 'cp1254', 'macintosh', 'ibm866', 'gb18030', 'shift_jis'] as const;

/**
 * The text of a statement file. Refuses FILE_EMPTY, FILE_UNREADABLE (too large, or bytes impossible in the encoding) and
 * INPUT_INVALID (unknown encoding). Where the encoding cannot be told: NEEDS_ANSWER, or for a format whose amounts and dates are
 * ASCII anyway (`unclear` is `western`) cp1252 with the doubt ENCODING_DOUBTFUL.
 */
export function statementText(bytes: Uint8Array, options: Pick<StatementReadOptions, 'encoding'>, unclear: 'ask' | 'western'): StatementText {
	refuseSize(bytes);
	const read = decodeBytes(bytes, options.encoding);
	if (read.kind === 'undecided') return undecided(bytes, read.sample, unclear);
	if (read.text.trim() === '') throw emptyFile();
	return { text: read.text, doubts: read.isCut ? [cutShort('The file ends in the middle of a character.', null)] : [] };
}

/** Refuses what no reader should look at: FILE_EMPTY and, above MAX_STATEMENT_BYTES, FILE_UNREADABLE. */
export function refuseSize(bytes: Uint8Array): void {
	if (bytes.length === 0) throw emptyFile();
	if (bytes.length > MAX_STATEMENT_BYTES) {
		throw new AppError(
			'FILE_UNREADABLE',
			`The file holds ${bytes.length} bytes; statements are read up to ${MAX_STATEMENT_BYTES}. Ask the bank for a shorter span of days.`,
			{ reason: 'TOO_LARGE', bytes: bytes.length },
		);
	}
}

export function emptyFile(): AppError {
	return new AppError('FILE_EMPTY', 'The file is empty. Download the statement again.');
}

export function cutShort(message: string, row: number | null): StatementDoubt {
	return { code: 'FILE_CUT_SHORT', message, row };
}

function undecided(bytes: Uint8Array, sample: Buffer, unclear: 'ask' | 'western'): StatementText {
	if (unclear === 'ask') {
		const readings = ASKED_ENCODINGS.flatMap((encoding) => {
			const text = decodedSample(sample, encoding);
			return text === null ? [] : [{ encoding, text }];
		});
		askAll([encodingQuestion(readings, sample.toString('latin1'))]);
	}
	const western = decodeBytes(bytes, 'cp1252');
	const message = 'The text encoding of the file cannot be told for certain; it was read as cp1252. Name it if names look wrong.';
	return { text: western.kind === 'text' ? western.text : '', doubts: [{ code: 'ENCODING_DOUBTFUL', message, row: null }] };
}
