import { Anchor, Stack, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { isNilAmount } from '#shared/kernel/money.ts';
import { formatAddress } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { AllWell } from './books-step.tsx';
import classes from './close.module.css';

/** What changed between a close and the one before it: by account, with the entries that did it. */
export function ReopenDifference({ period, closeNumber }: { readonly period: Period; readonly closeNumber: number }) {
	const text = useText();
	const { companyId, dateFormat } = useCompany();
	const asked = { companyId, period: period.name, from: closeNumber - 1, to: closeNumber };
	const { data, error, refetch } = useAsk('close', 'reopenDifference', asked);
	if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!data) return <Waiting what={text('close.changed.loading')} />;
	// That debits and credits grew by a closing entry and its reversal changes no balance.
	const accounts = data.accounts.filter(({ figures }) => !isNilAmount(figures.adjusted.change));
	if (accounts.length === 0 && data.entries.length === 0) return <AllWell>{text('close.changed.nothing')}</AllWell>;
	const title = text('close.changed.title', { from: closeNumber - 1, to: closeNumber });
	return (
		<Stack gap="xs" mt="sm">
			<Table withTableBorder verticalSpacing={3} horizontalSpacing="xs" aria-label={title}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{text('close.account')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.changed.before')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.changed.after')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.variance')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{accounts.map(({ ref, code, name, currency, figures: { adjusted } }) => (
						<Table.Tr key={`${ref} ${currency}`}>
							<Table.Td>
								{code} {name} ({currency})
							</Table.Td>
							{(['before', 'after', 'change'] as const).map((figure) => (
								<Table.Td key={figure} className={classes.number}>
									<Amount value={adjusted[figure]} />
								</Table.Td>
							))}
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
			{data.entries.map(({ no, date, description, postedBy }) => (
				<Text key={no} size="sm">
					<Anchor component={Link} size="sm" href={formatAddress({ companyId, period: period.name, place: 'journal', rest: `entry/${no}` })}>
						{text('close.follow.entry', { no })}
					</Anchor>{' '}
					{shownDate(date, dateFormat)} {description} ({postedBy})
				</Text>
			))}
		</Stack>
	);
}
