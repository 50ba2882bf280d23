import { type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';
import { type DateSpan, fiscalYearOf } from '#shared/kernel/period.ts';
import { companySettings, findCompany } from '#main/companies/index.ts';
import { fiscalYearAt, periodOfDate } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { closingSums, keptNets, keptSums, lineSums, partSums, type SumsRow } from './balances.queries.ts';
import { cutAtPeriods, type PeriodCut, type PeriodDays, sharedDays } from './bases.rules.ts';
import { addSums, negated, type SumsByAccount } from './sums.rules.ts';

export interface SumsRequest {
	/** First day; null: from the first entry on. */
	readonly start: CivilDate | null;
	readonly end: CivilDate;
	/** Days whose closing entries are left out; null: none. */
	readonly withoutClosings: DateSpan | null;
	/** Reads the lines instead of the kept balances. */
	readonly recompute: boolean;
}

/**
 * Debits and credits of every account and currency over a span of days, in minor units. From the first entry on (`start` null) only
 * their difference means anything: it is the balance at the end, and what stands on either side is not the turnover.
 */
export function sumsBetween(db: ReadDb, company: Company, request: SumsRequest): SumsByAccount {
	const table: SumsByAccount = new Map();
	for (const row of rowsBetween(db, company, request)) addSums(table, Number(row.accountId), row);
	const closings = request.withoutClosings && sharedDays(request, request.withoutClosings);
	if (closings) for (const row of closingSums(db, company, closings)) addSums(table, Number(row.accountId), negated(row));
	return table;
}

function rowsBetween(db: ReadDb, company: Company, { start, end, recompute }: SumsRequest): SumsRow[] {
	const toDay = dayNumber(end);
	const fromDay = start === null ? null : dayNumber(start);
	if (recompute) return lineSums(db, company, fromDay ?? 0, toDay);
	const cut = cutAtPeriods(fromDay, toDay, start === null ? undefined : periodDays(db, company, start), periodDays(db, company, end));
	const rows = keptRows(db, company, start, cut);
	for (const part of cut.parts) rows.push(...partSums(db, company, part));
	return rows;
}

function keptRows(db: ReadDb, company: Company, start: CivilDate | null, cut: PeriodCut): SumsRow[] {
	if (start === null) return keptNets(db, company, cut.fullTo);
	return cut.fullFrom > cut.fullTo ? [] : keptSums(db, company.id, cut.fullFrom, cut.fullTo);
}

/** The period that holds a date, by day numbers. */
export function periodDays(db: ReadDb, company: Company, date: CivilDate): PeriodDays | undefined {
	const period = periodOfDate(db, company.id, date);
	return period && { id: period.id, endDay: dayNumber(period.end) };
}

export interface FiscalCalendar {
	/** First day of the books; null before the first entry. */
	readonly booksFrom: CivilDate | null;
	readonly fiscalYearAt: (date: CivilDate) => DateSpan;
}

/** The fiscal years of a company. Before the books' first day they are of the usual length. */
export function fiscalCalendar(db: ReadDb, company: Company): FiscalCalendar {
	const settings = companySettings(db, company.id);
	// Not from the company at hand: the first entry of all may be younger than that.
	const booksFrom = company.booksFrom ?? findCompany(db, company.uuid)?.booksFrom ?? null;
	return {
		booksFrom,
		fiscalYearAt: (date) => (booksFrom !== null && date < booksFrom ? fiscalYearOf(date, settings.fiscal_year_start) : fiscalYearAt(settings, booksFrom, date)),
	};
}
