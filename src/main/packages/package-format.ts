import { safeFileName } from '#main/platform/files.ts';
import type { SealDocument } from '#shared/seal/index.ts';

/**
 * Version of what a package holds and how. The same close in the same format has the same content on every machine and day, so a close keeps
 * the format in which it was packed first. 1: without documents and reopen_difference.csv. 2: with them.
 */
export type PackageFormat = 1 | 2;

/** Of what is packed for the first time. */
export const PACKAGE_FORMAT: PackageFormat = 2;

/** The format of a close whose earlier packages had these; the present one where there are none that this program knows. */
export function formatAfter(recorded: readonly unknown[]): PackageFormat {
	return recorded.find((format): format is PackageFormat => format === 1 || format === 2) ?? PACKAGE_FORMAT;
}

export const CONTENT_TYPE = 'application/zip';

const SAFE_PERIOD = /^[A-Za-z0-9][A-Za-z0-9-]{0,40}$/;

/** A period's name where every file system takes it, else its uuid. */
export function periodFolder(seal: SealDocument): string {
	return SAFE_PERIOD.test(seal.period.name) ? seal.period.name : seal.period.id;
}

/** The one folder in the archive, and the archive's own name without `.zip`: `<company>-<period>-close<N>`. */
export function topFolder(seal: SealDocument): string {
	return `${safeFileName(seal.company.name, seal.company.id)}-${periodFolder(seal)}-close${seal.closeNumber}`;
}
