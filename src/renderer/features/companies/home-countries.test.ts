import { describe, expect, it } from 'vitest';
import { currentZone, habitOf, likelyChart } from './home-countries.ts';

describe('what a new company is proposed', () => {
	it.each([
		['Asia/Kolkata', 'india-gst', 'INR', '04-01', 'indian'],
		['Asia/Calcutta', 'india-gst', 'INR', '04-01', 'indian'],
		['Africa/Nairobi', 'kenya', 'KES', '01-01', 'western'],
		['Europe/London', 'uk', 'GBP', '04-01', 'western'],
		['America/Chicago', 'us', 'USD', '01-01', 'western'],
		['Pacific/Auckland', 'generic', 'USD', '01-01', 'western'],
	])('a machine in %s: chart %s, %s, the year from %s, %s grouping', (zone, chart, currency, fiscalYearStart, numberFormat) => {
		const here = currentZone(zone);
		expect(likelyChart(here)).toBe(chart);
		expect(habitOf(likelyChart(here), here)).toMatchObject({ chart, currency, fiscalYearStart, numberFormat });
	});

	it('keeps the machine’s own zone where the country has several, or where it is no country’s chart', () => {
		expect(habitOf('us', 'America/Chicago').timezone).toBe('America/Chicago');
		expect(habitOf('india-gst', 'Europe/London').timezone).toBe('Asia/Kolkata');
		expect(habitOf('generic', 'Pacific/Auckland').timezone).toBe('Pacific/Auckland');
	});
});
