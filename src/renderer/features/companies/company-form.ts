import { isCivilDate } from '#shared/kernel/civil-date.ts';
import type { TextKey } from '#renderer/lib/messages.ts';
import { type CountryHabit, habitOf } from './home-countries.ts';

/** What the wizard asks, as text in its fields. */
export interface CompanyForm extends CountryHabit {
	readonly name: string;
	readonly calendar: 'MONTH' | 'QUARTER' | 'DAY';
}

export function emptyForm(chart: string, machineZone: string): CompanyForm {
	return { ...habitOf(chart, machineZone), name: '', calendar: 'MONTH' };
}

/** Another chart brings the ways of its country; the name stays. */
export function withChart(form: CompanyForm, chart: string, machineZone: string): CompanyForm {
	return { ...form, ...habitOf(chart, machineZone) };
}

export type FormProblems = Partial<Record<keyof CompanyForm, TextKey>>;

/** What must be mended before the step can be left. */
export function problemsOf(form: CompanyForm): FormProblems {
	const problems: FormProblems = {};
	if (form.name.trim() === '') problems.name = 'companies.name.missing';
	// The 29th to the 31st are not in every month.
	if (!/^\d{2}-(?:0[1-9]|1\d|2[0-8])$/.test(form.fiscalYearStart) || !isCivilDate(`2024-${form.fiscalYearStart}`))
		problems.fiscalYearStart = 'companies.yearStart.wrong';
	return problems;
}

/** Settings that differ from what a company has when it is made. */
export function settingsToSet(form: CompanyForm, language: 'en' | 'mr'): readonly { readonly key: string; readonly value: string }[] {
	return [
		{ key: 'number_format', value: form.numberFormat, usual: 'western' },
		{ key: 'date_format', value: form.dateFormat, usual: 'YYYY-MM-DD' },
		{ key: 'language', value: language, usual: 'en' },
	].flatMap(({ key, value, usual }) => (value === usual ? [] : [{ key, value }]));
}
