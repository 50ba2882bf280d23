import { Skeleton } from '@mantine/core';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Picture } from '#renderer/ui/picture.tsx';
import { drawn } from './figures.ts';
import { monthName } from './month-name.ts';
import { YearCalendar } from './year-calendar.tsx';
import classes from './close.module.css';

/** Beside the period: its year at a glance, what each month earned, and what money there was. */
export function YearAside({ period }: { readonly period: Period }) {
	const text = useText();
	return (
		<aside className={classes.aside} aria-label={text('close.year')}>
			<YearCalendar period={period} />
			<YearPictures period={period} />
		</aside>
	);
}

function YearPictures({ period }: { readonly period: Period }) {
	const text = useText();
	const { companyId, currency } = useCompany();
	const language = useViewState((state) => state.language);
	const { data, error } = useAsk('reports', 'monthByMonth', { companyId, on: period.end }, { keepPrevious: true });
	if (error) return <ErrorNotice error={error} />;
	if (!data) return <Skeleton height={330} />;
	const lastMoved = data.months.findLastIndex(({ moved }) => moved);
	const months = data.months.map((month, index) => ({ ...month, label: monthName(month.from, language), isAhead: index > lastMoved }));
	return (
		<>
			<Picture
				kind="bars"
				title={text('close.year.result', { currency })}
				height={150}
				series={[{ name: text('close.netProfit'), color: 'indigo.6' }]}
				columns={months.map(({ label, netProfit, isAhead }) => ({
					label,
					values: [isAhead ? null : drawn(netProfit)],
					shown: [isAhead ? null : netProfit],
				}))}
			/>
			<Picture
				kind="line"
				title={text('close.year.money', { currency })}
				height={150}
				series={[{ name: text('close.money'), color: 'teal.6' }]}
				columns={months.map(({ label, money, isAhead }) => ({ label, values: [isAhead ? null : drawn(money)], shown: [isAhead ? null : money] }))}
			/>
		</>
	);
}
