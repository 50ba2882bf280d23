import { Select, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { allCurrencies } from '#shared/kernel/currency.ts';
import type { TextKey } from '#renderer/lib/messages.ts';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { type CompanyForm, type FormProblems, withChart } from './company-form.ts';

interface StepProps {
	readonly form: CompanyForm;
	readonly setForm: (form: CompanyForm) => void;
	readonly problems: FormProblems;
	readonly machineZone: string;
}

const CURRENCIES = [...allCurrencies()];
const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => (zone === 'Asia/Calcutta' ? 'Asia/Kolkata' : zone));
const DATE_FORMATS = ['DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY', 'YYYY-MM-DD'] as const;
const NUMBER_FORMATS = [
	{ value: 'western', label: '1,234,567.00' },
	{ value: 'indian', label: '12,34,567.00' },
] as const;

/** Name, and the chart that fits the country. */
export function CompanyStep({ form, setForm, problems, machineZone }: StepProps) {
	const text = useText();
	const { data } = useAsk('companies', 'charts', undefined);
	const charts = data?.charts ?? [];
	return (
		<Stack mt="md">
			<TextInput
				label={text('companies.name')}
				data-autofocus
				autoFocus
				required
				maxLength={200}
				value={form.name}
				error={problems.name && text(problems.name)}
				onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
			/>
			<Select
				label={text('companies.chart')}
				description={charts.find(({ name }) => name === form.chart)?.description}
				data={charts.map(({ name, title }) => ({ value: name, label: title }))}
				value={form.chart}
				allowDeselect={false}
				onChange={(chart) => chart !== null && setForm(withChart(form, chart, machineZone))}
			/>
			<Select
				label={text('companies.currency')}
				description={text('companies.currency.fixed')}
				data={CURRENCIES}
				value={form.currency}
				searchable
				allowDeselect={false}
				onChange={(currency) => currency !== null && setForm({ ...form, currency })}
			/>
		</Stack>
	);
}

/** The year and how numbers and dates are written. */
export function YearStep({ form, setForm, problems }: StepProps) {
	const text = useText();
	return (
		<SimpleGrid cols={2} mt="md">
			<TextInput
				label={text('companies.yearStart')}
				description={text('companies.yearStart.how')}
				autoFocus
				value={form.fiscalYearStart}
				error={problems.fiscalYearStart && text(problems.fiscalYearStart)}
				onChange={(event) => setForm({ ...form, fiscalYearStart: event.currentTarget.value })}
			/>
			<Select
				label={text('companies.calendar')}
				description={text('companies.calendar.how')}
				data={(['MONTH', 'QUARTER', 'DAY'] as const).map((value) => ({ value, label: text(`companies.calendar.${value}`) }))}
				value={form.calendar}
				allowDeselect={false}
				onChange={(calendar) => calendar !== null && setForm({ ...form, calendar })}
			/>
			<Select
				label={text('companies.numbers')}
				data={[...NUMBER_FORMATS]}
				value={form.numberFormat}
				allowDeselect={false}
				onChange={(numberFormat) => numberFormat !== null && setForm({ ...form, numberFormat })}
			/>
			<Select
				label={text('companies.dates')}
				data={[...DATE_FORMATS]}
				value={form.dateFormat}
				allowDeselect={false}
				onChange={(dateFormat) => dateFormat !== null && setForm({ ...form, dateFormat })}
			/>
			<Select
				label={text('companies.timezone')}
				data={ZONES.includes(form.timezone) ? ZONES : [form.timezone, ...ZONES]}
				value={form.timezone}
				searchable
				allowDeselect={false}
				onChange={(timezone) => timezone !== null && setForm({ ...form, timezone })}
			/>
		</SimpleGrid>
	);
}

/** What will be made, before it is. */
export function SummaryStep({ form }: StepProps) {
	const text = useText();
	const { data } = useAsk('companies', 'charts', undefined);
	const rows: readonly (readonly [TextKey, string])[] = [
		['companies.name', form.name.trim()],
		['companies.chart', data?.charts.find(({ name }) => name === form.chart)?.title ?? form.chart],
		['companies.currency', form.currency],
		['companies.yearStart', form.fiscalYearStart],
		['companies.calendar', text(`companies.calendar.${form.calendar}`)],
		['companies.numbers', NUMBER_FORMATS.find(({ value }) => value === form.numberFormat)?.label ?? ''],
		['companies.dates', form.dateFormat],
		['companies.timezone', form.timezone],
	];
	return (
		<>
			<Table mt="md" variant="vertical" withTableBorder>
				<Table.Tbody>
					{rows.map(([label, value]) => (
						<Table.Tr key={label}>
							<Table.Th w={220}>{text(label)}</Table.Th>
							<Table.Td>{value}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
			<Text mt="sm" size="sm" c="dimmed">
				{text('companies.check.text')}
			</Text>
		</>
	);
}
