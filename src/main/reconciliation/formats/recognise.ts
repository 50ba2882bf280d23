import { detectDelimiter, detectNewline } from '#main/platform/csv/csv-reader.ts';
import { headText, notAStatement, refuseOtherKinds } from './other-kinds.ts';
import type { StatementFormat } from './parsed-statement.ts';
import { emptyFile, refuseSize } from './statement-bytes.ts';

const SAMPLE_BYTES = 64 * 1024;

// In this order: XML may stand in either of the first two, and a text that is none of the four may still be a table.
const FORMATS: readonly (readonly [StatementFormat, RegExp])[] = [
	['ofx', /^\s*OFXHEADER|(?:^|[\r\n>])[ \t]{0,8}<\??OFX\b/i],
	['camt053', /^\s*<[^]*?(?:camt\.05[234]|<(?:\w+:)?(?:BkToCstmrStmt|BkToCstmrAcctRpt|BkToCstmrDbtCdtNtfctn)\b)/],
	['mt940', /(?:^|[\r\n]|\{4:)[\u0001-\u0009 ]{0,3}:(?:20|25|28C?|60[FM]|61):/],
	['qif', /^\s*!(?:type:|account|option:|clear:)/i],
];

/**
 * The format of a statement file by what is in it, never by its name. Reports (camt.052, MT942) and advices count as the format
 * whose reader doubts them. Refuses FILE_EMPTY, FILE_UNREADABLE (too large) and FILE_NOT_RECOGNISED with what was seen.
 */
export function recogniseStatement(bytes: Uint8Array): StatementFormat {
	refuseSize(bytes);
	refuseOtherKinds(bytes);
	const head = headText(bytes, SAMPLE_BYTES);
	if (head.trim() === '') throw emptyFile();
	const found = FORMATS.find(([, pattern]) => pattern.test(head));
	if (found) return found[0];
	const root = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<([\w:-]+)/.exec(head)?.[1];
	if (root !== undefined) throw notAStatement(`It is XML of another kind (<${root}>). Download the statement as OFX, camt.053, MT940, QIF or CSV.`);
	const newline = detectNewline(head);
	if (detectDelimiter(`${head}${newline}`, newline) === null) {
		throw notAStatement('It is text in none of the formats OFX, camt.053, MT940 and QIF, and no table with columns either.');
	}
	return 'csv';
}
