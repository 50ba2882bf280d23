import { Anchor, Badge, Group, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { z } from 'zod';
import type { companySummary } from '#shared/contract/companies.contract.ts';
import { CURRENT_PERIOD, formatAddress } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import type { Period } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { PeriodBadge } from '#renderer/ui/period-badge.tsx';
import { YearStrip } from './year-strip.tsx';

/** One company of the board. Each asks for itself: a slow one keeps no other waiting. */
export function BoardRow({ company }: { readonly company: z.output<typeof companySummary> }) {
	const text = useText();
	const { companyId, name, currency } = company;
	const listed = useAsk('periods', 'list', { companyId });
	const status = useAsk('reconciliation', 'currentPeriodStatus', { companyId });
	const shown = useAsk('companies', 'show', { companyId });
	const error = listed.error ?? status.error;
	const periods = listed.data?.periods ?? [];
	const inHand = status.data?.period ?? null;
	const counts = status.data?.counts;
	const lastClosed = lastClosedOf(periods);
	return (
		<Table.Tr>
			<Table.Td>
				<Anchor component={Link} fw={600} href={formatAddress({ companyId, period: CURRENT_PERIOD, place: 'close' })}>
					{name}
				</Anchor>
			</Table.Td>
			<Table.Td>{currency}</Table.Td>
			{error ? (
				<Table.Td colSpan={4}>
					<Text size="sm" c="dimmed">
						{error.message}
					</Text>
				</Table.Td>
			) : (
				<>
					<Table.Td>
						<YearStrip companyId={companyId} periods={periods} />
					</Table.Td>
					<Table.Td>
						{status.data && !inHand && (
							<Text size="sm" c="dimmed">
								{text('frame.period.none')}
							</Text>
						)}
						{inHand && (
							<Group gap="xs" wrap="nowrap">
								<Text size="sm">{inHand.name}</Text>
								<PeriodBadge status={inHand.status} />
							</Group>
						)}
					</Table.Td>
					<Table.Td>
						{counts && inHand && (
							<Badge variant="light" tt="none" color={status.data?.complete ? 'teal' : 'orange'}>
								{text('companies.board.done', {
									done: counts.verified + counts.exempt,
									all: counts.verified + counts.exempt + counts.draft + counts.stale + counts.missing,
								})}
							</Badge>
						)}
					</Table.Td>
					<Table.Td>
						{lastClosed?.closedAt && (
							<Text size="sm">
								{text('companies.board.closed', {
									period: lastClosed.name,
									date: shownDate(lastClosed.closedAt.slice(0, 10), String(shown.data?.settings.date_format ?? 'YYYY-MM-DD')),
								})}
							</Text>
						)}
					</Table.Td>
				</>
			)}
		</Table.Tr>
	);
}

function lastClosedOf(periods: readonly Period[]): Period | undefined {
	return periods
		.filter(({ kind, status }) => kind !== 'OPENING' && status === 'CLOSED')
		.reduce<Period | undefined>((last, period) => (last === undefined || period.start > last.start ? period : last), undefined);
}
