import { Button, Stack, Table, Text, Title } from '@mantine/core';
import { useGo } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { type AccountStatus, ReconciliationBadge } from './account-status.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { AllWell } from './books-step.tsx';
import { reconcileRest } from './follow.ts';
import { IssueList } from './issue-list.tsx';
import { SessionBar } from './session-bar.tsx';
import type { CloseView } from './use-close-view.ts';
import classes from './close.module.css';

/** The accounts where money sits: what the books expect, what is there, and whether somebody stands for it. */
export function ReconcileStep({ view, account: opened }: { readonly view: CloseView; readonly account: string }) {
	const text = useText();
	const { companyId } = useCompany();
	const { period } = view;
	const isYear = period.kind === 'YEAR' || period.kind === 'OPENING';
	const status = useAsk('reconciliation', 'periodReconciliationStatus', { companyId, period: period.name }, { enabled: !isYear });
	const go = useGo();
	const groups = view.groups.filter(({ step }) => step === 'reconcile');
	if (isYear) return <Text>{text('close.reconcile.year')}</Text>;
	if (status.error) return <ErrorNotice error={status.error} onRetry={() => void status.refetch()} />;
	if (!status.data) return <Waiting what={text('close.reconcile.loading')} />;
	const { accounts, session, complete, date } = status.data;
	const account = accounts.find(({ code }) => reconcileRest(code) === `reconcile/${opened}`);
	return (
		<Stack gap="sm">
			<Title order={2}>{text('close.reconcile.title')}</Title>
			<SessionBar period={period} session={session} complete={complete} />
			{accounts.length === 0 && <AllWell>{text('close.reconcile.none')}</AllWell>}
			{accounts.length > 0 && complete && <AllWell>{text('close.reconcile.done', { period: period.name })}</AllWell>}
			{accounts.length > 0 && <AccountsTable accounts={accounts} onOpen={(code) => go({ place: 'close', rest: reconcileRest(code) })} />}
			<IssueList groups={groups} period={period} />
			{account && <AccountDialog key={account.code} account={account} period={period} date={date} onClose={() => go({ place: 'close', rest: 'reconcile' })} />}
		</Stack>
	);
}

function AccountsTable({ accounts, onOpen }: { readonly accounts: readonly AccountStatus[]; readonly onOpen: (code: string) => void }) {
	const text = useText();
	const { dateFormat } = useCompany();
	return (
		<Table.ScrollContainer minWidth={640}>
			<Table withTableBorder highlightOnHover verticalSpacing={3} horizontalSpacing="xs" aria-label={text('close.reconcile.title')}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{text('close.account')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.expected')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.actual')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.variance')}</Table.Th>
						<Table.Th className={classes.number}>{text('close.unexplained')}</Table.Th>
						<Table.Th>{text('close.statements')}</Table.Th>
						<Table.Th>{text('close.status')}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{accounts.map((account) => (
						<Table.Tr key={account.code} data-account={account.code}>
							<Table.Td>
								<Button variant="subtle" size="compact-sm" px={4} ml={-4} onClick={() => onOpen(account.code)}>
									{account.code} {account.name}
								</Button>
							</Table.Td>
							<Figure value={account.expected} />
							<Figure value={account.actual} />
							<Figure value={account.variance} />
							<Figure value={account.unexplained} />
							<Table.Td>
								<Text size="sm">
									{account.statementsReach === null
										? text(account.strategy === 'statement' ? 'close.statements.none' : 'close.statements.notNeeded')
										: text('close.statements.reach', { date: shownDate(account.statementsReach, dateFormat) })}
									{account.unmatchedLines > 0 && <>, {text('close.statements.unmatched', { count: account.unmatchedLines })}</>}
								</Text>
							</Table.Td>
							<Table.Td>
								<ReconciliationBadge status={account.status} />
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</Table.ScrollContainer>
	);
}

function Figure({ value }: { readonly value: string | null }) {
	return <Table.Td className={classes.number}>{value === null ? '' : <Amount value={value} />}</Table.Td>;
}
