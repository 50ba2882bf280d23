import { safeFileName } from '#main/platform/files.ts';
import type { SealDocument } from '#shared/seal/index.ts';

/** Version of what a package holds and how. The same close in the same format has the same content on every machine and day. */
export const PACKAGE_FORMAT = 1;

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
