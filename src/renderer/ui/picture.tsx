import { ActionIcon, Group, Skeleton, Table, Text, Tooltip } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import type { NumberGrouping } from '#shared/kernel/grouping.ts';
import { shownAmount } from '#renderer/lib/amounts.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from './amount.tsx';
import type { PictureProps } from './picture-shapes.ts';
import classes from './picture.module.css';

// Charts are drawn by a large library: it is fetched when the first picture is shown, after the page is usable.
const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }));

/** Figures to be looked at. Whoever would rather read, or has them read, turns the picture into a table. */
export function Picture(props: PictureProps) {
	const text = useText();
	const { grouping } = useCompany();
	const [isTable, setTable] = useState(false);
	const id = useId();
	const Icon = isTable ? IconChartBar : IconTable;
	const turn = text(isTable ? 'ui.picture.show' : 'ui.picture.table');
	return (
		<figure className={classes.figure} aria-labelledby={id}>
			<Group justify="space-between" wrap="nowrap" gap="xs">
				<Text component="figcaption" id={id} fw={600} size="md">
					{props.title}
				</Text>
				<Tooltip label={turn}>
					<ActionIcon variant="subtle" color="gray" size="sm" aria-label={`${turn}: ${props.title}`} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
						<Icon size={15} aria-hidden />
					</ActionIcon>
				</Tooltip>
			</Group>
			{isTable ? (
				<PictureTable {...props} />
			) : (
				<div role="img" aria-label={`${props.title}: ${said(props, grouping)}`}>
					<Suspense fallback={<Skeleton height={props.height} />}>
						<Chart {...props} />
					</Suspense>
				</div>
			)}
		</figure>
	);
}

/** The picture in words. */
function said({ columns, series }: PictureProps, grouping: NumberGrouping): string {
	return columns
		.flatMap(({ label, shown }) => {
			const amounts = series.flatMap(({ name }, index) => {
				const amount = shown[index] ?? null;
				return amount === null ? [] : [`${series.length > 1 ? `${name} ` : ''}${shownAmount(amount, grouping)}`];
			});
			return amounts.length === 0 ? [] : [`${label} ${amounts.join(', ')}`];
		})
		.join('; ');
}

function PictureTable({ title, columns, series }: PictureProps) {
	return (
		<Table verticalSpacing={2} horizontalSpacing={4} fz="sm" aria-label={title}>
			<Table.Thead>
				<Table.Tr>
					<Table.Td />
					{series.map(({ name }) => (
						<Table.Th key={name} ta="right">
							{name}
						</Table.Th>
					))}
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{columns.map(({ label, shown }) => (
					<Table.Tr key={label}>
						<Table.Th scope="row" fw={400}>
							{label}
						</Table.Th>
						{series.map(({ name }, index) => {
							const amount = shown[index] ?? null;
							return (
								<Table.Td key={name} ta="right">
									{amount === null ? '' : <Amount value={amount} />}
								</Table.Td>
							);
						})}
					</Table.Tr>
				))}
			</Table.Tbody>
		</Table>
	);
}
