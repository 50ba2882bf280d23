import { List, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { sumOf } from './figures.ts';
import classes from './close.module.css';

/** What a close would do now: what is locked, and the closing entry line by line. What is done about it stands between. */
export function ClosingEntry({ period, children }: { readonly period: Period; readonly children: ReactNode }) {
	const text = useText();
	const { companyId, dateFormat, currency } = useCompany();
	const { data, error, refetch } = useAsk('close', 'preview', { companyId, period: period.name });
	if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!data) return <Waiting what={text('close.preview.loading')} />;
	const span = { from: shownDate(period.start, dateFormat), to: shownDate(period.end, dateFormat) };
	return (
		<>
			<List size="sm" spacing={2}>
				<List.Item>
					{text('close.will.result', { period: period.name })} <Amount value={data.netProfit} /> {currency}
				</List.Item>
				<List.Item>{text(data.lines.length === 0 ? 'close.will.noEntry' : 'close.will.entry', { date: span.to, count: data.lines.length })}</List.Item>
				<List.Item>{text(period.kind === 'YEAR' ? 'close.will.lockYear' : 'close.will.lock', span)}</List.Item>
				<List.Item>{text('close.will.seal')}</List.Item>
				<List.Item>{text('close.will.package')}</List.Item>
			</List>
			{children}
			{data.lines.length > 0 && <EntryLines lines={data.lines} />}
		</>
	);
}

interface ClosingLine {
	readonly code: string;
	readonly name: string;
	readonly currency: string;
	readonly debit: string;
	readonly credit: string;
	readonly baseDebit: string;
	readonly baseCredit: string;
}

function EntryLines({ lines }: { readonly lines: readonly ClosingLine[] }) {
	const text = useText();
	const { currency } = useCompany();
	return (
		<section aria-labelledby="closing-entry">
			<Title order={3} id="closing-entry" mb="xs">
				{text('close.entry.title')}{' '}
				<Text span size="sm">
					{currency}
				</Text>
			</Title>
			<Table withTableBorder verticalSpacing={2} horizontalSpacing="xs" aria-label={text('close.entry.title')}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{text('close.account')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.debit')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.credit')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{lines.map((line) => (
						<Table.Tr key={`${line.code} ${line.currency}`}>
							<Table.Td>
								{line.code} {line.name}
								{line.currency !== currency && ` (${line.currency})`}
							</Table.Td>
							<Table.Td className={classes.number}>
								<Amount value={line.baseDebit} side />
							</Table.Td>
							<Table.Td className={classes.number}>
								<Amount value={line.baseCredit} side />
							</Table.Td>
						</Table.Tr>
					))}
					<Table.Tr className={classes.total}>
						<Table.Th scope="row">{text('close.total')}</Table.Th>
						<Table.Td className={classes.number}>
							<Amount
								value={sumOf(
									lines.map(({ baseDebit }) => baseDebit),
									currency,
								)}
							/>
						</Table.Td>
						<Table.Td className={classes.number}>
							<Amount
								value={sumOf(
									lines.map(({ baseCredit }) => baseCredit),
									currency,
								)}
							/>
						</Table.Td>
					</Table.Tr>
				</Table.Tbody>
			</Table>
		</section>
	);
}
