import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { present } from '#shared/kernel/assert.ts';
import { listPeriods } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sealOfClose, standingClose } from './closes.queries.ts';

/** The seal that holds figures fast. */
export interface StandingSeal {
	readonly period: string;
	readonly closeNumber: number;
	readonly sha256: string;
}

/**
 * The seal of the period that holds a day, where that period and every one before it are closed: nothing dated up to that day can change
 * then without showing. Null otherwise, and for a day after the last period.
 */
export function sealThrough(db: ReadDb, company: Company, day: CivilDate): StandingSeal | null {
	const through = listPeriods(db, company.id).filter(({ kind, start }) => kind !== 'YEAR' && start <= day);
	const last = through.at(-1);
	if (!last || last.end < day || through.some(({ status }) => status !== 'CLOSED')) return null;
	const close = present(standingClose(db, company.id, last.id), 'the close of a closed period');
	const { sha256 } = present(sealOfClose(db, company.id, close.id), 'the seal of a close');
	return { period: last.name, closeNumber: close.closeNumber, sha256 };
}
