import { basename } from 'node:path';
import { defineCommand } from '../context.ts';
import { formatFacts, formatTable } from '../table.ts';
import { choiceNamed, currencyCode } from '../values.ts';
import { counted, respond } from '../words.ts';

const CALENDARS = ['MONTH', 'DAY', 'QUARTER'] as const;

export const companyCreate = defineCommand({
	path: ['company', 'create'],
	summary: 'makes a company with its chart of accounts',
	description: `The chart is a template (\`ledgerseal company charts\` lists them), none, or a CSV file of your own with the columns
code,name,type and, where you like, subtype,currency,requires_reconciliation.`,
	examples: [
		'company create --name "Example Traders" --currency INR --fiscal-year-start 04-01 --chart india-gst',
		'company create --name "Corner Shop" --currency KES --chart kenya --timezone Africa/Nairobi',
		'company create --name "Own Chart Ltd" --currency GBP --chart chart.csv',
	],
	options: {
		name: { type: 'string', value: 'NAME', required: true, summary: 'the name, which no other company here has' },
		currency: { type: 'string', value: 'INR', required: true, summary: 'the currency of its books, an ISO 4217 code' },
		'fiscal-year-start': { type: 'string', value: 'MM-DD', default: '01-01', summary: 'first day of its fiscal year' },
		calendar: { type: 'string', value: 'month|day|quarter', default: 'month', summary: 'how long a period is' },
		chart: { type: 'string', value: 'NAME|none|FILE.csv', default: 'generic', summary: 'the chart of accounts to begin with' },
		timezone: { type: 'string', value: 'Asia/Kolkata', summary: 'where its days begin and end (default: that of this computer)' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const own = /\.(?:csv|tsv|txt)$/i.test(options.chart);
		const chart = own ? { chart: basename(options.chart), chartRows: await ownChart(context.path(options.chart)) } : { chart: options.chart };
		const client = await context.client();
		const company = await client.companies.create({
			name: options.name,
			currency: currencyCode(options.currency),
			fiscalYearStart: options['fiscal-year-start'],
			calendar: choiceNamed('calendar', options.calendar, CALENDARS),
			timezone: options.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
			...chart,
		});
		respond(
			context.output,
			company,
			() => `Made ${company.name} with ${counted(company.accounts, 'account')}; its books are in ${company.currency}, in ${context.dataFolder}.\n`,
		);
	},
});

async function ownChart(path: string): Promise<Record<string, string>[]> {
	const { readChartFile } = await import('../chart-file.ts');
	return readChartFile(path);
}

export const companyList = defineCommand({
	path: ['company', 'list'],
	summary: 'lists the companies of the data folder',
	examples: ['company list', 'company list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const client = await context.client();
		const answer = await client.companies.list();
		respond(context.output, answer, () =>
			answer.companies.length === 0
				? 'There is no company here yet. Make one with `ledgerseal company create`.\n'
				: formatTable(
						[{ header: 'Company' }, { header: 'Currency' }, { header: 'Id' }],
						answer.companies.map(({ name, currency, companyId }) => [name, currency, companyId]),
					),
		);
	},
});

export const companyShow = defineCommand({
	path: ['company', 'show'],
	summary: 'shows a company with its settings',
	examples: ['company show --company "Example Traders"'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const company = await client.companies.show({ companyId });
		respond(context.output, company, () =>
			formatFacts([
				['name', company.name],
				['id', company.companyId],
				['currency', company.currency],
				['timezone', company.timezone],
				['books_from', company.booksFrom ?? '(no entries yet)'],
				...Object.entries(company.settings).map(([key, value]): [string, string] => [key, settingWords(value)]),
			]),
		);
	},
});

function settingWords(value: unknown): string {
	if (value === null) return '(not set)';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : '(none)';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

export const companySet = defineCommand({
	path: ['company', 'set'],
	summary: 'changes a setting of a company',
	description: `\`ledgerseal company show\` lists the settings with their values; name, timezone and books_from are set the same way.
Every change is in the audit trail.`,
	examples: [
		'company set reopen_policy NEVER',
		'company set number_format indian',
		'company set name "Example Traders Ltd"',
		'company set books_from 2025-04-01',
		'company set shared_folder /srv/accounts',
	],
	options: {},
	positionals: [
		{ name: 'KEY', summary: 'the setting, as `company show` names it' },
		{ name: 'VALUE', summary: 'its new value' },
	],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.companies.set({ companyId, key: positionals.KEY, value: positionals.VALUE });
		respond(context.output, answer, () => `${answer.key} is ${settingWords(answer.value)} now.\n`);
	},
});

export const companyCharts = defineCommand({
	path: ['company', 'charts'],
	summary: 'lists the charts of accounts that a company can begin with',
	examples: ['company charts'],
	options: {},
	positionals: [],
	run: async (context) => {
		const client = await context.client();
		const answer = await client.companies.charts();
		respond(context.output, answer, () =>
			formatTable(
				[{ header: 'Chart' }, { header: 'Country' }, { header: 'For' }],
				answer.charts.map(({ name, country, title, description }) => [name, country ?? '', `${title}. ${description}`]),
			),
		);
	},
});
