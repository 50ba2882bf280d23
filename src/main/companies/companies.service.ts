import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { civilDate, civilDateAt } from '#shared/kernel/civil-date.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { fiscalYearOf, periodsOfYear } from '#shared/kernel/period.ts';
import { bookText } from '#shared/kernel/text.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { addChart, templateRows } from './chart.service.ts';
import {
	booksState,
	findCompany,
	hasPeriods,
	insertCompany,
	listCompanies,
	storedSettings,
	storeSetting,
	updateBooksFrom,
	updateCompany,
} from './companies.queries.ts';
import { type CompanySettings, parseSetting, settingsFrom } from './settings.rules.ts';

export interface NewCompany {
	readonly name: string;
	readonly currency: string;
	readonly fiscalYearStart?: string | undefined;
	readonly calendar?: 'MONTH' | 'DAY' | 'QUARTER' | undefined;
	/** A template's name; `none` or undefined for an empty chart. */
	readonly chart?: string | undefined;
	readonly chartRows?: readonly Readonly<Record<string, string>>[] | undefined;
	readonly timezone?: string | undefined;
}

/** Makes a company with its chart. The name must be free, so that it can be named in commands. */
export function createCompany(tx: WriteTx, input: NewCompany): { readonly company: Company; readonly accounts: number } {
	const name = bookText(input.name.trim(), 'company name');
	if (listCompanies(tx).some((other) => other.name.toLowerCase() === name.toLowerCase())) {
		throw new AppError('ALREADY_EXISTS', `There is a company "${name}" already. Choose another name.`, { name });
	}
	currencyDecimals(input.currency);
	const timezone = checkTimezone(input.timezone ?? 'UTC');
	const uuid = uuidV7({ now: () => new Date(tx.instant) });
	insertCompany(tx, { uuid, name, currency: input.currency, timezone });
	const company = present(findCompany(tx, uuid), 'the new company');
	if (input.fiscalYearStart) storeSetting(tx, company.id, 'fiscal_year_start', parseSetting('fiscal_year_start', input.fiscalYearStart));
	if (input.calendar) storeSetting(tx, company.id, 'calendar', input.calendar);
	if (input.currency === 'INR') storeSetting(tx, company.id, 'number_format', 'indian');
	const rows = input.chartRows ?? (input.chart && input.chart !== 'none' ? templateRows(input.chart) : []);
	return { company, accounts: addChart(tx, company, rows) };
}

function checkTimezone(timezone: string): string {
	try {
		civilDateAt(new Date(0), timezone);
		return timezone;
	} catch (error) {
		throw new AppError('INPUT_INVALID', `"${timezone}" is no timezone. Use a name such as Asia/Kolkata or Africa/Nairobi.`, { timezone }, { cause: error });
	}
}

export function companySettings(db: ReadDb, companyId: number): CompanySettings {
	return settingsFrom(storedSettings(db, companyId));
}

/** Sets one setting, or `name`, `timezone`, `books_from`. Answers the value as stored. */
export function setSetting(tx: WriteTx, company: Company, key: string, text: string): unknown {
	if (key === 'name') return rename(tx, company, text);
	if (key === 'timezone') {
		updateCompany(tx, company.id, company.name, checkTimezone(text));
		return text;
	}
	if (key === 'books_from') return moveBooksFrom(tx, company, civilDate(text));
	const value = parseSetting(key, text);
	if ((key === 'fiscal_year_start' || key === 'first_year_end') && hasPeriods(tx, company.id)) {
		throw new AppError('SETTING_REFUSED', 'The fiscal year is fixed once the company has periods.', { key });
	}
	storeSetting(tx, company.id, key, value);
	return value;
}

function rename(tx: WriteTx, company: Company, text: string): string {
	const name = bookText(text.trim(), 'company name');
	if (name === '') throw new AppError('SETTING_REFUSED', 'A company needs a name.', { key: 'name' });
	if (listCompanies(tx).some((other) => other.id !== company.id && other.name.toLowerCase() === name.toLowerCase())) {
		throw new AppError('ALREADY_EXISTS', `There is a company "${name}" already. Choose another name.`, { name });
	}
	updateCompany(tx, company.id, name, company.timezone);
	return name;
}

/** Moves the first day of the books earlier; later only while nothing is posted. The periods domain makes the periods. */
function moveBooksFrom(tx: WriteTx, company: Company, date: string): string {
	const { posted, closed } = booksState(tx, company.id);
	if (closed) throw new AppError('SETTING_REFUSED', "The books' first day is fixed by the first close.", { key: 'books_from' });
	if (posted && company.booksFrom !== null && date > company.booksFrom) {
		throw new AppError('SETTING_REFUSED', `The books begin on ${company.booksFrom} and hold entries; their first day can only move earlier.`, {
			key: 'books_from',
		});
	}
	const settings = companySettings(tx, company.id);
	const year = fiscalYearOf(date, settings.fiscal_year_start);
	const first = present(
		periodsOfYear(year, settings.calendar).find((span) => span.start <= date && span.end >= date),
		'the period of a date',
	);
	updateBooksFrom(tx, company.id, first.start);
	return first.start;
}
