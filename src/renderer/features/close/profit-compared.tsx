import { Group, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { isNilAmount } from '#shared/kernel/money.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Picture } from '#renderer/ui/picture.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { periodBefore } from './calendar.ts';
import { compareRows, type ComparedRow, drawn, varianceOf } from './figures.ts';
import classes from './close.module.css';

/** The result of the period beside the one before: amounts, variance in amount and percent, and a picture. */
export function ProfitCompared({ period }: { readonly period: Period }) {
	const text = useText();
	const { companyId, periods, currency } = useCompany();
	const before = periodBefore(periods, period);
	const now = useAsk('reports', 'incomeStatement', { companyId, from: period.start, to: period.end });
	const was = useAsk(
		'reports',
		'incomeStatement',
		{ companyId, from: before?.start ?? period.start, to: before?.end ?? period.end },
		{ enabled: before !== null },
	);
	const error = now.error ?? was.error;
	if (error) return <ErrorNotice error={error} onRetry={() => void Promise.all([now.refetch(), was.refetch()])} />;
	if (!now.data || (before !== null && !was.data)) return <Waiting what={text('close.profit.loading')} />;
	const nil = now.data.netProfit
		.replace(/\d/g, '0')
		.replace('-', '')
		.replace(/^0+(?=0)/, '');
	const earlier = was.data && before !== null ? was.data : { income: nil, expense: nil, netProfit: nil, rows: [] };
	const rows = compareRows(now.data.rows, earlier.rows, nil);
	const totals = (['income', 'expense', 'netProfit'] as const).map((figure) => ({ figure, now: now.data[figure], before: earlier[figure] }));
	return (
		<section aria-labelledby="profit">
			<Title order={3} id="profit" mb="xs">
				{text('close.profit.title', { period: period.name })}{' '}
				<Text span size="sm">
					{currency}
				</Text>
			</Title>
			<Group align="flex-start" gap="lg">
				<div style={{ flex: '1 1 420px', minWidth: 0 }}>
					<ProfitTable rows={rows} totals={totals} now={period.name} before={before?.name ?? null} />
				</div>
				<div style={{ flex: '0 1 240px', minWidth: 200 }}>
					<Picture
						kind="bars"
						title={text(before === null ? 'close.profit.pictureAlone' : 'close.profit.picture')}
						height={170}
						columns={totals.map(({ figure, now: amount, before: other }) => ({
							label: text(`close.${figure}`),
							values: before === null ? [drawn(amount)] : [drawn(other), drawn(amount)],
							shown: before === null ? [amount] : [other, amount],
						}))}
						series={(before === null ? [period.name] : [before.name, period.name]).map((name, index) => ({
							name,
							color: index === 0 && before !== null ? 'gray.5' : 'indigo.6',
						}))}
					/>
				</div>
			</Group>
		</section>
	);
}

interface Total {
	readonly figure: 'income' | 'expense' | 'netProfit';
	readonly now: string;
	readonly before: string;
}

interface ProfitTableProps {
	readonly rows: readonly ComparedRow[];
	readonly totals: readonly Total[];
	readonly now: string;
	readonly before: string | null;
}

const FEW = 8;

function ProfitTable({ rows, totals, now, before }: ProfitTableProps) {
	const text = useText();
	const [isWhole, setWhole] = useState(rows.length <= FEW);
	const hasBefore = before !== null;
	return (
		<Table withTableBorder verticalSpacing={3} horizontalSpacing="xs" aria-label={text('close.profit.title', { period: now })}>
			<Table.Thead>
				<Table.Tr>
					<Table.Th>{text('close.account')}</Table.Th>
					<Table.Th className={classes.number}>{now}</Table.Th>
					{hasBefore && <Table.Th className={classes.number}>{before}</Table.Th>}
					{hasBefore && <Table.Th className={classes.number}>{text('close.variance')}</Table.Th>}
					{hasBefore && <Table.Th className={classes.number}>%</Table.Th>}
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{totals.map(({ figure, ...total }) => (
					<ComparedLine key={figure} name={text(`close.${figure}`)} row={total} hasBefore={hasBefore} isTotal />
				))}
				{isWhole && rows.map((row) => <ComparedLine key={row.code} name={`${row.code} ${row.name}`} row={row} hasBefore={hasBefore} />)}
				{rows.length > FEW && (
					<Table.Tr>
						<Table.Td colSpan={5}>
							<button type="button" className={classes.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
								{text(isWhole ? 'close.profit.fewer' : 'close.profit.all', { count: rows.length })}
							</button>
						</Table.Td>
					</Table.Tr>
				)}
			</Table.Tbody>
		</Table>
	);
}

interface ComparedLineProps {
	readonly name: string;
	readonly row: { readonly now: string; readonly before: string };
	readonly hasBefore: boolean;
	readonly isTotal?: boolean;
}

function ComparedLine({ name, row, hasBefore, isTotal = false }: ComparedLineProps) {
	const { currency } = useCompany();
	const { amount, percent } = varianceOf(row.now, row.before, currency);
	return (
		<Table.Tr fw={isTotal ? 700 : undefined}>
			<Table.Th scope="row" fw={isTotal ? 700 : 400}>
				{name}
			</Table.Th>
			<Table.Td className={classes.number}>
				<Amount value={row.now} />
			</Table.Td>
			{hasBefore && (
				<>
					<Table.Td className={classes.number}>
						<Amount value={row.before} />
					</Table.Td>
					<Table.Td className={classes.number}>{isNilAmount(amount) ? '–' : <Amount value={amount} />}</Table.Td>
					<Table.Td className={classes.number}>{percent === null ? '' : <Amount value={percent} />}</Table.Td>
				</>
			)}
		</Table.Tr>
	);
}
