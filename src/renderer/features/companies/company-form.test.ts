import { describe, expect, it } from 'vitest';
import { emptyForm, problemsOf, settingsToSet, withChart } from './company-form.ts';

const form = emptyForm('generic', 'Europe/London');

describe('the form of a new company', () => {
	it.each([
		['nothing but blanks as its name', { name: '  ' }, { name: 'companies.name.missing' }],
		['a year that begins on a day not every month has', { name: 'A', fiscalYearStart: '01-31' }, { fiscalYearStart: 'companies.yearStart.wrong' }],
		['a year that begins in no month', { name: 'A', fiscalYearStart: '13-01' }, { fiscalYearStart: 'companies.yearStart.wrong' }],
		['all that is needed', { name: 'A', fiscalYearStart: '04-01' }, {}],
	])('%s', (_what, given, problems) => {
		expect(problemsOf({ ...form, ...given })).toEqual(problems);
	});

	it('takes on the ways of a country with its chart, and keeps the name', () => {
		expect(withChart({ ...form, name: 'Kirana' }, 'india-gst', 'Europe/London')).toMatchObject({ name: 'Kirana', currency: 'INR', numberFormat: 'indian' });
	});

	it('sets only what a new company does not have by itself', () => {
		expect(settingsToSet(form, 'en')).toEqual([]);
		expect(settingsToSet(withChart(form, 'india-gst', 'Asia/Kolkata'), 'mr')).toEqual([
			{ key: 'number_format', value: 'indian' },
			{ key: 'date_format', value: 'DD/MM/YYYY' },
			{ key: 'language', value: 'mr' },
		]);
	});
});
