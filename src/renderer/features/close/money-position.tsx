import { Anchor, Table, Text, Title } from '@mantine/core';
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
import { sumOf, varianceOf } from './figures.ts';
import { listRest } from './follow.ts';
import classes from './close.module.css';

/** Accounts where money sits, or is owed at once. */
const MONEY: ReadonlySet<string> = new Set(['CASH', 'BANK', 'MOBILE_MONEY', 'CREDIT_CARD']);

/** Cash, bank, wallets and cards at the period's end, each with the way to its entries. */
export function MoneyPosition({ period }: { readonly period: Period }) {
	const text = useText();
	const { companyId, currency, dateFormat } = useCompany();
	const balance = useAsk('reports', 'trialBalance', { companyId, asOf: period.end });
	const chart = useAsk('ledger', 'listAccounts', { companyId });
	const error = balance.error ?? chart.error;
	if (error) return <ErrorNotice error={error} />;
	if (!balance.data || !chart.data) return <Waiting what={text('close.money.loading')} />;
	const codes = new Set(chart.data.accounts.filter(({ subtype }) => subtype !== null && MONEY.has(subtype)).map(({ code }) => code));
	const rows = balance.data.rows.filter(({ code }) => codes.has(code));
	if (rows.length === 0) return null;
	const net = (row: (typeof rows)[number]): string => varianceOf(row.baseDebit, row.baseCredit, currency).amount;
	return (
		<section aria-labelledby="money">
			<Title order={3} id="money" mb="xs">
				{text('close.money.title', { date: shownDate(period.end, dateFormat) })}{' '}
				<Text span size="sm">
					{currency}
				</Text>
			</Title>
			<Table
				withTableBorder
				verticalSpacing={3}
				horizontalSpacing="xs"
				maw={560}
				aria-label={text('close.money.title', { date: shownDate(period.end, dateFormat) })}
			>
				<Table.Tbody>
					{rows.map((row) => (
						<Table.Tr key={`${row.code} ${row.currency}`}>
							<Table.Th scope="row" fw={400}>
								<Anchor
									component={Link}
									size="sm"
									href={formatAddress({
										companyId,
										period: period.name,
										place: 'journal',
										rest: listRest({ account: row.code, from: period.start, to: period.end }),
									})}
								>
									{row.code} {row.name}
								</Anchor>
							</Table.Th>
							<Table.Td className={classes.number}>
								{row.currency !== currency && (
									<Text span size="sm">
										<Amount value={isNilAmount(row.debit) ? `-${row.credit}` : row.debit} /> {row.currency}{' '}
									</Text>
								)}
							</Table.Td>
							<Table.Td className={classes.number}>
								<Amount value={net(row)} />
							</Table.Td>
						</Table.Tr>
					))}
					<Table.Tr className={classes.total}>
						<Table.Th scope="row">{text('close.money.total')}</Table.Th>
						<Table.Td />
						<Table.Td className={classes.number}>
							<Amount value={sumOf(rows.map(net), currency)} />
						</Table.Td>
					</Table.Tr>
				</Table.Tbody>
			</Table>
		</section>
	);
}
