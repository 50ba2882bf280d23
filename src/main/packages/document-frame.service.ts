import { hash } from 'node:crypto';
import { present } from '#shared/kernel/assert.ts';
import { groupDigits } from '#shared/kernel/grouping.ts';
import { keyFingerprint, publicKeyFromPem, sealFingerprint } from '#shared/seal/index.ts';
import { type DateFormat, dateWords, type DocumentCover, type DocumentFrame } from '#main/platform/documents/table-document.ts';
import { oneLine } from './books-text.rules.ts';
import { major } from './csv-files.service.ts';
import type { Material } from './material.service.ts';

const DATE_FORMATS: readonly string[] = ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY'] satisfies DateFormat[];
const COMPARE = `The figures in this document are those that the seal holds. Whether anything was changed since can be checked with the program (ledgerseal package verify FILE) or with a copy of verify.html that you got from where the program is published. Then compare the fingerprint above with one that you got another way: on paper, by mail at the time of the close, or in an earlier package.`;
const NO_PROOF = `This document and the page verify.html beside it came with the package. They prove nothing against a forger, who could have written both. README.txt says how to check everything with ordinary tools.`;

/** How the company wrote numbers and dates when it closed; who printed it and when is who closed and when. */
export function packageFrame(material: Material): DocumentFrame {
	const { seal, close } = material;
	const [sealed = {}] = material.rows('company');
	const dateFormat = DATE_FORMATS.includes(String(sealed.date_format)) ? (sealed.date_format as DateFormat) : 'YYYY-MM-DD';
	return {
		company: seal.company.name,
		title: `${seal.period.name}, close ${seal.closeNumber}`,
		details: `from ${dateWords(seal.period.start, dateFormat)} to ${dateWords(seal.period.end, dateFormat)}, ${seal.company.currency}`,
		printedBy: seal.closedBy,
		printedAt: seal.closedAt,
		mark: { kind: 'SEALED', close: `${seal.period.name}, close ${seal.closeNumber}`, fingerprint: sealFingerprint(close.sealSha256) },
		numberFormat: sealed.number_format === 'indian' ? 'indian' : 'western',
		dateFormat,
		orientation: 'portrait',
	};
}

/** An instant to the second, in the way of the company. */
export function instantWords(instant: string, dateFormat: DateFormat): string {
	return `${dateWords(instant.slice(0, 10), dateFormat)} ${instant.slice(11, 19)} UTC`;
}

/** The fingerprint of the key that signed the seal; null where it is not signed. */
export function signingKey({ seal }: Pick<Material, 'seal'>): string | null {
	if (seal.publicKey === null) return null;
	return keyFingerprint(present(publicKeyFromPem(seal.publicKey), 'the key of a seal'), (bytes) => hash('sha256', bytes, 'buffer'));
}

/** What the close is and how its seal is known. */
export function packageCover(material: Material, frame: DocumentFrame): DocumentCover {
	const { seal, close } = material;
	const { period } = seal;
	const isYear = seal.kind === 'YEAR';
	return {
		kind: 'Close package',
		title: `${isYear ? 'Fiscal year' : 'Period'} ${oneLine(period.name)}, ${dateWords(period.start, frame.dateFormat)} to ${dateWords(period.end, frame.dateFormat)}`,
		facts: closeFacts(material, frame),
		emphasis: { label: 'Fingerprint of the seal', text: sealFingerprint(close.sealSha256) },
		paragraphs: [COMPARE, NO_PROOF],
	};
}

function closeFacts(material: Material, { dateFormat, numberFormat }: DocumentFrame): DocumentCover['facts'] {
	const { seal, close } = material;
	const fields = seal.closeHashFields;
	const { currency } = seal.company;
	const grouped = (minor: bigint): string => groupDigits(major(minor, currency), numberFormat);
	const money = (text: string): string => {
		const minor = BigInt(text);
		return `${minor < 0n ? `(${grouped(-minor)})` : grouped(minor)} ${currency}`;
	};
	const facts: [label: string, text: string][] = [
		['Company id', seal.company.id],
		['Close', `number ${seal.closeNumber} of this period, seal number ${seal.sealNo}`],
		['Closed', `${instantWords(seal.closedAt, dateFormat)} by ${oneLine(seal.closedBy)} (the clock of the computer that closed: a claim)`],
		['Reason', oneLine(seal.closeReason ?? '') || '-'],
		...(seal.supersedes === null
			? []
			: [
					[
						'Takes the place of',
						`an earlier close, reopened ${instantWords(seal.supersedes.reopenedAt, dateFormat)} by ${oneLine(seal.supersedes.reopenedBy)}: ${oneLine(seal.supersedes.reopenReason)}`,
					] as [string, string],
				]),
		['Entries', String(fields.totalJournalCount)],
		['Debits and credits', `${money(fields.totalDebitsMinor)}, ${money(fields.totalCreditsMinor)}`],
		['Net profit', money(seal.netProfitMinor)],
		['Close hash', seal.closeHash],
		['Content root', seal.contentRoot],
		['Signing key', signingKey(material) ?? 'none: this seal is not signed'],
		['Seal SHA-256', close.sealSha256],
	];
	return facts.map(([label, text]) => ({ label, text }));
}
