import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { PeriodKind } from '#shared/kernel/period.ts';
import { utf8Bytes } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { CloseHashFields } from './close-hash.ts';
import { type Parsed, parseCanonicalJson, parseJson } from './parsed.ts';
import {
	anyOf,
	array,
	civilDate,
	count,
	flag,
	identifier,
	instant,
	literal,
	nullable,
	object,
	oneOf,
	positive,
	record,
	type Shape,
	sha256Hex,
	sumText,
	text,
} from './strict-shape.ts';

export const SEAL_FORMAT_VERSION = 1;
export const PERIOD_KINDS = ['DAY', 'MONTH', 'QUARTER', 'YEAR', 'OPENING'] as const satisfies readonly PeriodKind[];
export const ANOMALY_CODES = ['CLOCK_SET_BACK', 'ROLLED_BACK', 'SIGNING_KEY_REPLACED', 'SCHEMA_ALTERED'] as const;
export type AnomalyCode = (typeof ANOMALY_CODES)[number];

/** One row for each currency with a line in the period. Sums are minor units as decimal text; `journalCount` counts entries with a line in it. */
export interface SealSummary {
	readonly currency: string;
	readonly journalCount: number;
	readonly lineCount: number;
	readonly totalDebitsMinor: string;
	readonly totalCreditsMinor: string;
	readonly baseDebitsMinor: string;
	readonly baseCreditsMinor: string;
}

/** A sealed table: `sha256` is that of its whole file, canonical JSON lines each ended by one LF. */
export interface SealedTableDigest {
	readonly name: string;
	readonly rows: number;
	readonly sha256: string;
}

export interface SealAnomaly {
	readonly code: AnomalyCode;
	readonly at: string;
	readonly detail: string;
}

/** What every seal holds. */
export interface SealBase {
	readonly formatVersion: typeof SEAL_FORMAT_VERSION;
	/** Gapless per company, from 1. */
	readonly sealNo: number;
	/** SHA-256 of seal.json number sealNo-1, whatever its period; null for the first. */
	readonly previousSeal: string | null;
	/** id is the company's uuid, currency its base currency. */
	readonly company: { readonly id: string; readonly name: string; readonly currency: string };
	readonly period: { readonly id: string; readonly name: string; readonly kind: PeriodKind; readonly start: CivilDate; readonly end: CivilDate };
	readonly closeNumber: number;
	/** Settings that decided how the close was made (reopen_policy, closing_entry, fiscal_year_start, ...). */
	readonly policies: Readonly<Record<string, string | number | boolean | null>>;
	/** The last entry of the books when the seal was made. */
	readonly chainHead: { readonly seq: number; readonly entryHash: string };
	/** The audit trail's head before the seal's own audit event. */
	readonly auditHead: { readonly seq: number; readonly hash: string };
	/** Since the last seal. */
	readonly anomalies: readonly SealAnomaly[];
	/** Both null where the seal is not signed. publicKey is PEM. */
	readonly keyId: string | null;
	readonly publicKey: string | null;
}

interface ClosingFields extends SealBase {
	readonly closedAt: string;
	readonly closedBy: string;
	readonly closeReason: string | null;
	/** The seal of this period's earlier close, and how it was reopened. */
	readonly supersedes: { readonly sealSha256: string; readonly reopenedAt: string; readonly reopenedBy: string; readonly reopenReason: string } | null;
	/** In order of currency. */
	readonly summaries: readonly SealSummary[];
	readonly closeHashFields: CloseHashFields;
	readonly closeHash: string;
	readonly contentRoot: string;
	readonly sealedThroughSeq: number;
	/** In order of name. */
	readonly tables: readonly SealedTableDigest[];
	/** Income less expense of the period's entries, CLOSING entries left out; minor units of the company's currency, signed. */
	readonly netProfitMinor: string;
}

/** The close of a period. */
export interface CloseSeal extends ClosingFields {
	readonly kind: 'CLOSE';
}

/** The close of a fiscal year, over the standing seals of its periods: their SHA-256 in order of period. */
export interface YearSeal extends ClosingFields {
	readonly kind: 'YEAR';
	readonly periods: readonly string[];
}

/** The reopening of a close. `closeNumber` is that of the close reopened; `reversalEntryNo` the reversal of its closing entry. */
export interface ReopenSeal extends SealBase {
	readonly kind: 'REOPEN';
	readonly reopens: {
		readonly sealSha256: string;
		readonly closeHash: string;
		readonly closedAt: string;
		readonly reopenedAt: string;
		readonly reopenedBy: string;
		readonly reopenReason: string;
		readonly reversalEntryNo: number | null;
	};
}

/** seal.json, format version 1. */
export type SealDocument = CloseSeal | YearSeal | ReopenSeal;

/** The text of seal.json: canonical JSON without a line end. */
export function sealText(seal: SealDocument): string {
	return canonicalJson(seal);
}

/** The exact bytes of seal.json, which seal.sig signs and whose SHA-256 is the seal's own. */
export function sealBytes(seal: SealDocument): Uint8Array {
	return utf8Bytes(sealText(seal));
}

const baseShapes = {
	formatVersion: literal(SEAL_FORMAT_VERSION),
	sealNo: positive,
	previousSeal: nullable(sha256Hex),
	company: object<SealBase['company']>({ id: identifier, name: text, currency: identifier }),
	period: object<SealBase['period']>({ id: identifier, name: text, kind: oneOf(PERIOD_KINDS), start: civilDate, end: civilDate }),
	closeNumber: positive,
	policies: record(nullable(anyOf(text, anyOf(flag, count)))),
	chainHead: object<SealBase['chainHead']>({ seq: count, entryHash: sha256Hex }),
	auditHead: object<SealBase['auditHead']>({ seq: count, hash: sha256Hex }),
	anomalies: array(object<SealAnomaly>({ code: oneOf(ANOMALY_CODES), at: instant, detail: text })),
	keyId: nullable(identifier),
	publicKey: nullable(text),
};

const closingShapes = {
	...baseShapes,
	closedAt: instant,
	closedBy: text,
	closeReason: nullable(text),
	supersedes: nullable(object<NonNullable<ClosingFields['supersedes']>>({ sealSha256: sha256Hex, reopenedAt: instant, reopenedBy: text, reopenReason: text })),
	summaries: array(
		object<SealSummary>({
			currency: identifier,
			journalCount: count,
			lineCount: count,
			totalDebitsMinor: sumText,
			totalCreditsMinor: sumText,
			baseDebitsMinor: sumText,
			baseCreditsMinor: sumText,
		}),
	),
	closeHashFields: object<CloseHashFields>({
		companyId: identifier,
		periodId: identifier,
		totalJournalCount: count,
		totalDebitsMinor: sumText,
		totalCreditsMinor: sumText,
		balanceRowCount: count,
		closeNumber: positive,
	}),
	closeHash: sha256Hex,
	contentRoot: sha256Hex,
	sealedThroughSeq: count,
	tables: array(object<SealedTableDigest>({ name: identifier, rows: count, sha256: sha256Hex })),
	netProfitMinor: sumText,
};

const SHAPES: { readonly [K in SealDocument['kind']]: Shape<SealDocument> } = {
	CLOSE: object<CloseSeal>({ kind: literal('CLOSE'), ...closingShapes }),
	YEAR: object<YearSeal>({ kind: literal('YEAR'), ...closingShapes, periods: array(sha256Hex) }),
	REOPEN: object<ReopenSeal>({
		kind: literal('REOPEN'),
		...baseShapes,
		reopens: object<ReopenSeal['reopens']>({
			sealSha256: sha256Hex,
			closeHash: sha256Hex,
			closedAt: instant,
			reopenedAt: instant,
			reopenedBy: text,
			reopenReason: text,
			reversalEntryNo: nullable(positive),
		}),
	}),
};

const kindShape = object<{ kind: SealDocument['kind'] }>({ kind: oneOf(['CLOSE', 'YEAR', 'REOPEN']) }, true);

/** The seal of the text of seal.json, or what is wrong with it: every field, no other, in canonical form. */
export function parseSeal(json: string): Parsed<SealDocument> {
	const kind = parseJson(json, kindShape);
	return kind.ok ? parseCanonicalJson(json, SHAPES[kind.value.kind]) : kind;
}

/** package-seal.json: what binds the whole bag to the seal. keyId is null where the package is not signed. */
export interface PackageSeal {
	readonly sealSha256: string;
	/** SHA-256 of manifest-sha256.txt, which lists every payload file. */
	readonly manifestSha256: string;
	readonly packageFormat: number;
	readonly keyId: string | null;
}

/** The exact bytes of package-seal.json, which package-seal.sig signs. */
export function packageSealBytes(packageSeal: PackageSeal): Uint8Array {
	return utf8Bytes(canonicalJson(packageSeal));
}

const packageSealShape = object<PackageSeal>({ sealSha256: sha256Hex, manifestSha256: sha256Hex, packageFormat: positive, keyId: nullable(identifier) });

export function parsePackageSeal(json: string): Parsed<PackageSeal> {
	return parseCanonicalJson(json, packageSealShape);
}
