/** What a new company in a country usually has; every choice can be changed before the company is made. */
export interface CountryHabit {
	/** Name of the chart template. */
	readonly chart: string;
	readonly currency: string;
	/** `MM-DD` */
	readonly fiscalYearStart: string;
	readonly timezone: string;
	readonly numberFormat: 'western' | 'indian';
	readonly dateFormat: 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'MM/DD/YYYY' | 'DD.MM.YYYY';
}

const HABITS: readonly CountryHabit[] = [
	{ chart: 'india-gst', currency: 'INR', fiscalYearStart: '04-01', timezone: 'Asia/Kolkata', numberFormat: 'indian', dateFormat: 'DD/MM/YYYY' },
	{ chart: 'kenya', currency: 'KES', fiscalYearStart: '01-01', timezone: 'Africa/Nairobi', numberFormat: 'western', dateFormat: 'DD/MM/YYYY' },
	{ chart: 'uk', currency: 'GBP', fiscalYearStart: '04-01', timezone: 'Europe/London', numberFormat: 'western', dateFormat: 'DD/MM/YYYY' },
	{ chart: 'us', currency: 'USD', fiscalYearStart: '01-01', timezone: 'America/New_York', numberFormat: 'western', dateFormat: 'MM/DD/YYYY' },
];

/** Names a zone has had: browsers still answer with the older ones. */
const OLDER_ZONES: Readonly<Record<string, string>> = { 'Asia/Calcutta': 'Asia/Kolkata' };

/** The time zone of this machine under its name of today. */
export function currentZone(zone: string): string {
	return OLDER_ZONES[zone] ?? zone;
}

/** The habit that goes with a chart; without one of its own, the machine's time zone and western ways. */
export function habitOf(chart: string, machineZone: string): CountryHabit {
	const habit = HABITS.find((candidate) => candidate.chart === chart);
	if (habit === undefined) {
		return { chart, currency: 'USD', fiscalYearStart: '01-01', timezone: machineZone, numberFormat: 'western', dateFormat: 'YYYY-MM-DD' };
	}
	// A country has more than one zone: the machine's, where it is of the same continent.
	const isNear = machineZone.split('/')[0] === habit.timezone.split('/')[0];
	return isNear && habit.chart === 'us' ? { ...habit, timezone: machineZone } : habit;
}

/** The chart that is proposed where the machine stands. */
export function likelyChart(machineZone: string): string {
	const exact = HABITS.find(({ timezone }) => timezone === machineZone);
	if (exact !== undefined) return exact.chart;
	return machineZone.startsWith('America/') ? 'us' : 'generic';
}
