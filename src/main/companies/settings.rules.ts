import { AppError } from '#shared/kernel/app-error.ts';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import type { PeriodCalendar } from '#shared/kernel/period.ts';

/** The settings of a company, typed, with the values that a new company has. */
export interface CompanySettings {
	/** `MM-DD` */
	readonly fiscal_year_start: string;
	/** Last day of a first fiscal year that is shorter or longer than usual (1 day to 18 months); null: the usual one. */
	readonly first_year_end: string | null;
	/** Of fiscal years whose periods are not made yet. */
	readonly calendar: PeriodCalendar;
	readonly closing_entry: 'EVERY_PERIOD' | 'YEAR_END';
	readonly reopen_policy: 'ADMIN_WITH_REASON' | 'NEVER';
	/** Nothing is posted to a period until the one before is CLOSED. */
	readonly strict_opening: boolean;
	readonly language: 'en' | 'mr';
	readonly number_format: 'western' | 'indian';
	readonly date_format: 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'MM/DD/YYYY' | 'DD.MM.YYYY';
	/** ENTRY_WITHOUT_ATTACHMENT is raised at a close. */
	readonly attachments_required: boolean;
	/** Entries posted more than so many days after their date are BACKDATED_ENTRIES. */
	readonly backdated_days: number;
	/** Days that a period's package is kept; 0 keeps it. */
	readonly retention_days: number;
	/** Full path of a folder that others read too, where packages are shared; null: none. */
	readonly shared_folder: string | null;
	/** Domains whose addresses are internal. */
	readonly internal_domains: readonly string[];
	/** The verifier of a reconciliation is not its preparer, where there are two users. */
	readonly verifier_differs: boolean;
}

export type SettingKey = keyof CompanySettings;

export const DEFAULT_SETTINGS: CompanySettings = {
	fiscal_year_start: '01-01',
	first_year_end: null,
	calendar: 'MONTH',
	closing_entry: 'EVERY_PERIOD',
	reopen_policy: 'ADMIN_WITH_REASON',
	strict_opening: false,
	language: 'en',
	number_format: 'western',
	date_format: 'YYYY-MM-DD',
	attachments_required: false,
	backdated_days: 30,
	retention_days: 90,
	shared_folder: null,
	internal_domains: [],
	verifier_differs: true,
};

type Parser = (text: string) => unknown;

const oneOf =
	(...values: readonly string[]): Parser =>
	(text) =>
		values.find((value) => value.toLowerCase() === text.toLowerCase());
const flag: Parser = (text) => ({ yes: true, true: true, on: true, no: false, false: false, off: false })[text.toLowerCase()];
const days: Parser = (text) => (/^\d{1,5}$/.test(text) ? Number(text) : undefined);
// Of Windows, a share of Windows, or of any other system.
const folder: Parser = (text) => (text.toLowerCase() === 'none' ? null : /^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(text) ? text : undefined);
// Days 29 to 31 are not in every month: a year from there would have two months of one name.
const monthDay: Parser = (text) => (/^\d{2}-(?:0[1-9]|1\d|2[0-8])$/.test(text) && isCivilDate(`2024-${text}`) ? text : undefined);
const domains: Parser = (text) => {
	const list = text
		.split(/[,\s]+/)
		.filter(Boolean)
		.map((domain) => domain.toLowerCase());
	return list.every((domain) => /^[a-z0-9.-]+\.[a-z]{2,}$/.test(domain)) ? list : undefined;
};

const PARSERS: Readonly<Record<SettingKey, { readonly parse: Parser; readonly says: string }>> = {
	fiscal_year_start: { parse: monthDay, says: 'a month and a day up to the 28th, such as 04-01' },
	first_year_end: { parse: (text) => (isCivilDate(text) ? text : undefined), says: 'a date such as 2026-12-31' },
	calendar: { parse: oneOf('MONTH', 'DAY', 'QUARTER'), says: 'month, day or quarter' },
	closing_entry: { parse: oneOf('EVERY_PERIOD', 'YEAR_END'), says: 'EVERY_PERIOD or YEAR_END' },
	reopen_policy: { parse: oneOf('ADMIN_WITH_REASON', 'NEVER'), says: 'ADMIN_WITH_REASON or NEVER' },
	strict_opening: { parse: flag, says: 'yes or no' },
	language: { parse: oneOf('en', 'mr'), says: 'en or mr' },
	number_format: { parse: oneOf('western', 'indian'), says: 'western or indian' },
	date_format: { parse: oneOf('YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY'), says: 'YYYY-MM-DD, DD/MM/YYYY, MM/DD/YYYY or DD.MM.YYYY' },
	attachments_required: { parse: flag, says: 'yes or no' },
	backdated_days: { parse: days, says: 'a number of days' },
	retention_days: { parse: days, says: 'a number of days, 0 to keep' },
	shared_folder: { parse: folder, says: 'the full path of a folder, or none' },
	internal_domains: { parse: domains, says: 'domains such as example.com, separated by commas' },
	verifier_differs: { parse: flag, says: 'yes or no' },
};

export function isSettingKey(key: string): key is SettingKey {
	return Object.hasOwn(PARSERS, key);
}

/** The typed value of what a person wrote. Refuses SETTING_UNKNOWN and SETTING_REFUSED. */
export function parseSetting(key: string, text: string): unknown {
	if (!isSettingKey(key)) {
		const known = [...Object.keys(PARSERS), 'name', 'timezone', 'books_from'];
		throw new AppError('SETTING_UNKNOWN', `There is no setting "${key}". The settings are ${known.join(', ')}.`, { key, known });
	}
	const value = PARSERS[key].parse(text.trim());
	if (value === undefined) throw new AppError('SETTING_REFUSED', `"${text}" is no value of ${key}. Give ${PARSERS[key].says}.`, { key, value: text });
	return value;
}

/** Settings from stored JSON values; what is not stored has its default. */
export function settingsFrom(stored: Readonly<Record<string, unknown>>): CompanySettings {
	const known = Object.fromEntries(Object.entries(stored).filter(([key]) => isSettingKey(key)));
	return { ...DEFAULT_SETTINGS, ...known };
}
