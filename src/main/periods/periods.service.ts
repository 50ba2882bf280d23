import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { addDays, addMonths, type CivilDate, civilDateAt, dayNumber, daysBetween, isCivilDate } from '#shared/kernel/civil-date.ts';
import { type DateSpan, fiscalYearName, fiscalYearOf, periodName, periodsOfYear } from '#shared/kernel/period.ts';
import { type CompanySettings, companySettings, updateBooksFrom } from '#main/companies/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { booksFromOf, insertPeriod, openingPeriod, type Period, periodBefore, periodByName, periodOfDate, updateStatus, yearOf } from './periods.queries.ts';

/** An entry is dated at most so many days ahead of today. */
export const MAX_DAYS_AHEAD = 366;

/** The period that a person named: `2026-01`, `FY2025-26`, `opening`, a date inside it, or its uuid. Refuses PERIOD_NOT_FOUND. */
export function findPeriod(db: ReadDb, company: Company, named: string): Period {
	const period = periodByName(db, company.id, named) ?? (isCivilDate(named) ? periodOfDate(db, company.id, named) : undefined);
	if (period) return period;
	throw new AppError(
		'PERIOD_NOT_FOUND',
		`There is no period "${named}". See \`ledgerseal period list\`; a later year is made with \`ledgerseal period open\`.`,
		{ period: named },
	);
}

/** The span of the fiscal year that holds a date; the company's first one may be of another length. */
export function fiscalYearAt(settings: Pick<CompanySettings, 'fiscal_year_start' | 'first_year_end'>, booksFrom: CivilDate | null, date: CivilDate): DateSpan {
	const usual = fiscalYearOf(date, settings.fiscal_year_start);
	const firstEnd = settings.first_year_end;
	if (firstEnd === null || booksFrom === null) return usual;
	if (date < booksFrom) return { start: usual.start, end: addDays(booksFrom, -1) };
	if (date >= booksFrom && date <= firstEnd) return { start: booksFrom, end: firstEnd };
	return usual.start <= firstEnd ? { start: addDays(firstEnd, 1), end: usual.end } : usual;
}

/**
 * Makes the periods of the fiscal year that holds `date`, and of every year between the books' first day and it, as far as they are
 * missing. The first call sets the first day of the books.
 */
export function ensurePeriods(tx: WriteTx, company: Company, date: CivilDate, options: { readonly mayMoveBooksFrom: boolean }): void {
	const settings = companySettings(tx, company.id);
	const booksFrom = firstDayOfBooks(tx, company, settings, date, options.mayMoveBooksFrom);
	for (let day = booksFrom; ; ) {
		const year = fiscalYearAt(settings, booksFrom, day);
		makeYear(tx, company, settings, year, booksFrom);
		if (year.end >= date) return;
		day = addDays(year.end, 1);
	}
}

function firstDayOfBooks(tx: WriteTx, company: Company, settings: CompanySettings, date: CivilDate, mayMove: boolean): CivilDate {
	const standing = currentBooksFrom(tx, company.id);
	if (standing !== null && standing <= date) return standing;
	if (standing !== null) refuseEarlier(tx, company, standing, mayMove);
	const usual = fiscalYearOf(date, settings.fiscal_year_start);
	const first = present(
		periodsOfYear(usual, settings.calendar).find((span) => span.start <= date && date <= span.end),
		'the period of a date',
	);
	if (settings.first_year_end !== null) checkFirstYear(first.start, settings.first_year_end);
	updateBooksFrom(tx, company.id, first.start);
	return first.start;
}

function refuseEarlier(tx: WriteTx, company: Company, standing: CivilDate, mayMove: boolean): void {
	const opening = openingPeriod(tx, company.id);
	const settings = companySettings(tx, company.id);
	if (mayMove && !opening && settings.first_year_end === null) return;
	const why = opening ? 'and have opening balances or a close' : 'so far';
	const next = opening ? 'Undo the opening balances first, or date it later.' : 'An Admin can move it: company set books_from DATE.';
	throw new AppError('PERIOD_NOT_REACHED', `The books begin on ${standing} ${why}. ${next}`, { booksFrom: standing });
}

function checkFirstYear(start: CivilDate, end: CivilDate): void {
	if (end >= start && end <= addDays(addMonths(start, 18), -1)) return;
	throw new AppError('SETTING_REFUSED', `A first fiscal year has 1 day to 18 months; from ${start} to ${end} is not. Set first_year_end again.`, {
		start,
		end,
	});
}

function currentBooksFrom(db: ReadDb, companyId: number): CivilDate | null {
	return booksFromOf(db, companyId);
}

function makeYear(tx: WriteTx, company: Company, settings: CompanySettings, year: DateSpan, booksFrom: CivilDate): void {
	const newId = () => uuidV7({ now: () => new Date(tx.instant) });
	if (!yearOf(tx, company.id, year.start)) {
		insertPeriod(tx, company.id, { id: -dayNumber(year.start), uuid: newId(), kind: 'YEAR', name: fiscalYearName(year), ...year, fiscalYearStart: year.start });
	}
	for (const span of periodsOfYear(year, settings.calendar)) {
		if (span.end < booksFrom || periodOfDate(tx, company.id, span.end)) continue;
		const start = span.start < booksFrom ? booksFrom : span.start;
		insertPeriod(tx, company.id, {
			id: dayNumber(start),
			uuid: newId(),
			kind: settings.calendar,
			name: periodName(settings.calendar, span, year),
			start,
			end: span.end,
			fiscalYearStart: year.start,
		});
	}
}

/** The opening period: the day before the books' first day. Made when opening balances come in, or by the first close. */
export function ensureOpeningPeriod(tx: WriteTx, company: Company): Period {
	const standing = openingPeriod(tx, company.id);
	if (standing) return standing;
	const booksFrom = present(currentBooksFrom(tx, company.id), "the books' first day");
	const day = addDays(booksFrom, -1);
	const settings = companySettings(tx, company.id);
	const year = fiscalYearOf(day, settings.fiscal_year_start);
	insertPeriod(tx, company.id, {
		id: dayNumber(day),
		uuid: uuidV7({ now: () => new Date(tx.instant) }),
		kind: 'OPENING',
		name: 'opening',
		start: day,
		end: day,
		fiscalYearStart: year.start,
	});
	return present(openingPeriod(tx, company.id), 'the opening period');
}

/** Today's date where the company is. */
export function today(company: Company, instant: string): CivilDate {
	return civilDateAt(new Date(instant), company.timezone);
}

/**
 * The period that takes an entry of this date, made if need be. Refuses PERIOD_CLOSED, PERIOD_CLOSING (unless `intoSoftClosed`),
 * PERIOD_NOT_REACHED (before the books' first day, or strict opening), ENTRY_DATE_TOO_FAR. The database guards say the same again.
 */
export function periodForPosting(
	tx: WriteTx,
	company: Company,
	date: CivilDate,
	options: { readonly mayMoveBooksFrom?: boolean; readonly intoSoftClosed?: boolean } = {},
): Period {
	const ahead = daysBetween(today(company, tx.instant), date);
	if (ahead > MAX_DAYS_AHEAD) {
		throw new AppError('ENTRY_DATE_TOO_FAR', `${date} is more than ${MAX_DAYS_AHEAD} days ahead. Check the year of the date.`, {
			date,
			maxDaysAhead: MAX_DAYS_AHEAD,
		});
	}
	let period = periodOfDate(tx, company.id, date);
	if (!period) {
		ensurePeriods(tx, company, date, { mayMoveBooksFrom: options.mayMoveBooksFrom ?? false });
		period = present(periodOfDate(tx, company.id, date), 'the period of a date');
	}
	checkTakesEntries(tx, company, period, options.intoSoftClosed ?? false);
	return period;
}

function checkTakesEntries(tx: WriteTx, company: Company, period: Period, intoSoftClosed: boolean): void {
	const details = { period: period.name, start: period.start, end: period.end };
	if (period.status === 'CLOSED') {
		throw new AppError('PERIOD_CLOSED', `${period.name} is closed. Date the entry in an open period, or have an Admin reopen ${period.name}.`, details);
	}
	if (period.status === 'CLOSING' && !intoSoftClosed) {
		throw new AppError(
			'PERIOD_CLOSING',
			`${period.name} is soft-closed: it takes only transfers and adjusting entries of an active reconciliation session.`,
			details,
		);
	}
	if (!companySettings(tx, company.id).strict_opening) return;
	const before = periodBefore(tx, company.id, period);
	if (before && before.kind !== 'OPENING' && before.status !== 'CLOSED') {
		throw new AppError('PERIOD_NOT_REACHED', `${period.name} opens when ${before.name} is closed (strict_opening is on).`, { ...details, before: before.name });
	}
}

/**
 * `period open P`: makes the periods of P's fiscal year where they are missing, or takes a soft close back, which needs a reason.
 * P is a name such as 2027-01 or FY2027, or a date.
 */
export function openPeriod(tx: WriteTx, company: Company, named: string, reason: string | undefined): Period {
	const standing = periodByName(tx, company.id, named) ?? (isCivilDate(named) ? periodOfDate(tx, company.id, named) : undefined);
	if (!standing) {
		ensurePeriods(tx, company, dateNamed(company, named), { mayMoveBooksFrom: false });
		return findPeriod(tx, company, named);
	}
	if (standing.status === 'CLOSED') {
		throw new AppError('PERIOD_STATE_REFUSED', `${standing.name} is closed; \`period reopen\` needs an Admin and a reason.`, { period: standing.name });
	}
	if (standing.status === 'CLOSING') {
		if (!reason?.trim())
			throw new AppError('PERIOD_STATE_REFUSED', `${standing.name} is soft-closed. Say why it opens again: --reason TEXT.`, { period: standing.name });
		updateStatus(tx, company.id, standing.id, 'OPEN');
	}
	return findPeriod(tx, company, standing.uuid);
}

function dateNamed(company: Company, named: string): CivilDate {
	const year = /^FY(\d{4})(?:-\d{2})?$/i.exec(named)?.[1];
	const candidates = [named, `${named}-01`, `${year ?? ''}-12-31`];
	const date = candidates.find(isCivilDate);
	if (!date) throw new AppError('PERIOD_NOT_FOUND', `"${named}" names no period. Write 2026-01, FY2025-26 or a date.`, { period: named });
	if (company.booksFrom === null) {
		throw new AppError('PERIOD_NOT_FOUND', 'This company has no first day yet. Post an entry, import books, or set it: company set books_from DATE.', {
			period: named,
		});
	}
	if (daysBetween(company.booksFrom, date) > 366 * 10) {
		throw new AppError('PERIOD_NOT_FOUND', `${named} is more than ten years after the books begin.`, { period: named });
	}
	return date;
}

/** Soft close: OPEN to CLOSING. Asking again changes nothing. */
export function softClose(tx: WriteTx, company: Company, named: string): Period {
	const period = findPeriod(tx, company, named);
	if (period.kind === 'YEAR' || period.kind === 'OPENING') {
		throw new AppError('PERIOD_STATE_REFUSED', 'Only an ordinary period can be soft-closed.', { period: period.name });
	}
	if (period.status === 'CLOSED') throw new AppError('PERIOD_STATE_REFUSED', `${period.name} is closed already.`, { period: period.name });
	updateStatus(tx, company.id, period.id, 'CLOSING');
	return findPeriod(tx, company, period.uuid);
}
