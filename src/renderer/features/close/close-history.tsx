import { Button, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { shownInstant } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ReopenDifference } from './reopen-difference.tsx';
import type { Close } from './use-close-view.ts';
import classes from './close.module.css';

/** Every close of a period that was closed more than once, or was reopened. Nothing of it is ever forgotten. */
export function CloseHistory({ period, closes }: { readonly period: Period; readonly closes: readonly Close[] }) {
	const text = useText();
	const { dateFormat } = useCompany();
	const [compared, setCompared] = useState<number | null>(null);
	if (!closes.some(({ status }) => status === 'REOPENED')) return null;
	return (
		<section aria-labelledby="history">
			<Title order={3} id="history" mb="xs">
				{text('close.history', { period: period.name })}
			</Title>
			<Table withTableBorder verticalSpacing={3} horizontalSpacing="xs" aria-label={text('close.history', { period: period.name })}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{text('close.history.close')}</Table.Th>
						<Table.Th>{text('close.history.closed')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.netProfit')}</Table.Th>
						<Table.Th>{text('close.closed.hash')}</Table.Th>
						<Table.Th>{text('close.history.reopened')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{closes.map((close) => (
						<Table.Tr key={close.closeId}>
							<Table.Td>
								{close.closeNumber}
								{close.closeNumber > 1 && (
									<Button
										variant="subtle"
										size="compact-sm"
										aria-expanded={compared === close.closeNumber}
										onClick={() => setCompared(compared === close.closeNumber ? null : close.closeNumber)}
									>
										{text('close.changed')}
									</Button>
								)}
							</Table.Td>
							<Table.Td>
								{text('close.by', { by: close.closedBy, at: shownInstant(close.closedAt, dateFormat) })}
								{close.reason !== '' && <div>{close.reason}</div>}
							</Table.Td>
							<Table.Td className={classes.number}>
								<Amount value={close.netProfit} />
							</Table.Td>
							<Table.Td className={classes.hash}>{close.closeHash.slice(0, 16)}…</Table.Td>
							<Table.Td>
								{close.reopenedAt !== null && (
									<>
										{text('close.by', { by: close.reopenedBy ?? '', at: shownInstant(close.reopenedAt, dateFormat) })}
										<div>{close.reopenReason}</div>
									</>
								)}
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
			{compared !== null && <ReopenDifference period={period} closeNumber={compared} />}
		</section>
	);
}
