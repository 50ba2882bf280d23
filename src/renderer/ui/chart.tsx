import { AreaChart, BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import type { PictureProps } from './picture-shapes.ts';

/** Draws a picture. Amounts are numbers here and nowhere else: they are looked at, never counted with. */
export function Chart({ kind, height, columns, series }: PictureProps) {
	const { grouping } = useCompany();
	const formats = useMemo(() => {
		const locale = grouping === 'indian' ? 'en-IN' : 'en';
		return {
			axis: new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }),
			whole: new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }),
		};
	}, [grouping]);
	const data = columns.map(({ label, values }) =>
		Object.fromEntries([['label', label], ...series.map(({ name }, index) => [name, values[index] ?? null] as const)]),
	);
	const shared = {
		h: height,
		data,
		dataKey: 'label',
		series: [...series],
		withLegend: series.length > 1,
		gridAxis: 'x' as const,
		tickLine: 'none' as const,
		valueFormatter: (value: number) => formats.whole.format(value),
		yAxisProps: { width: 44, tickCount: 4, tickFormatter: (value: number) => formats.axis.format(value) },
		legendProps: { verticalAlign: 'bottom' as const, height: 28 },
	};
	return kind === 'bars' ? (
		<BarChart {...shared} barChartProps={{ accessibilityLayer: false }} />
	) : (
		<AreaChart {...shared} curveType="linear" connectNulls={false} areaChartProps={{ accessibilityLayer: false }} />
	);
}
