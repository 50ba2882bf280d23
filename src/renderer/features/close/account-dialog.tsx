import { Anchor, Button, Divider, Group, Modal, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { isNilAmount } from '#shared/kernel/money.ts';
import { formatAddress } from '#renderer/lib/address.ts';
import { shownDate, shownInstant } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { ActualBalance } from './actual-balance.tsx';
import { listRest } from './follow.ts';
import { ItemsChoice } from './items-choice.tsx';
import { type AccountStatus, ReconciliationBadge } from './account-status.tsx';
import { StatementPart } from './statement-part.tsx';
import classes from './close.module.css';

interface AccountDialogProps {
	readonly account: AccountStatus;
	readonly period: Period;
	/** The period's last day. */
	readonly date: string;
	readonly onClose: () => void;
}

/** One account brought to verified: its statements, its balance, what explains the variance, and the signature under it. */
export function AccountDialog({ account, period, date, onClose }: AccountDialogProps) {
	const text = useText();
	const { may, dateFormat } = useCompany();
	const canChange = may('ManageReconciliation') && period.status !== 'CLOSED' && account.strategy !== null;
	return (
		<Modal
			opened
			onClose={onClose}
			size={680}
			title={text('close.account.title', { account: `${account.code} ${account.name}`, date: shownDate(date, dateFormat) })}
			closeButtonProps={{ 'aria-label': text('frame.close') }}
		>
			<Stack gap="sm">
				<AccountFacts account={account} period={period} />
				{!may('ManageReconciliation') && <Text size="sm">{text('close.mayNot', { permission: 'ManageReconciliation' })}</Text>}
				{canChange && account.strategy === 'statement' && <StatementPart account={account} date={date} />}
				{canChange && account.status !== 'VERIFIED' && <ActualBalance account={account} period={period} date={date} />}
				{canChange && account.status === 'DRAFT' && account.reconciliationId !== null && <Draft account={account} id={account.reconciliationId} />}
			</Stack>
		</Modal>
	);
}

function AccountFacts({ account, period }: { readonly account: AccountStatus; readonly period: Period }) {
	const text = useText();
	const { companyId, dateFormat } = useCompany();
	return (
		<>
			<Group gap="sm">
				<ReconciliationBadge status={account.status} />
				<Text size="sm">{account.strategy === null ? '' : text(`close.strategy.${account.strategy}`)}</Text>
				<Anchor
					component={Link}
					size="sm"
					href={formatAddress({
						companyId,
						period: period.name,
						place: 'journal',
						rest: listRest({ account: account.code, from: period.start, to: period.end }),
					})}
				>
					{text('close.account.entries')}
				</Anchor>
			</Group>
			<dl className={classes.facts}>
				<dt>{text('close.expected')}</dt>
				<dd>
					<Amount value={account.expected} /> {account.currency}
				</dd>
				{account.actual !== null && (
					<>
						<dt>{text('close.actual')}</dt>
						<dd>
							<Amount value={account.actual} /> {account.currency}
						</dd>
						<dt>{text('close.variance')}</dt>
						<dd>
							<Amount value={account.variance ?? '0'} />
						</dd>
						<dt>{text('close.unexplained')}</dt>
						<dd>
							<Amount value={account.unexplained ?? '0'} />
						</dd>
					</>
				)}
				{account.verifiedBy !== null && account.verifiedAt !== null && (
					<>
						<dt>{text('close.reconciliation.VERIFIED')}</dt>
						<dd>{text('close.by', { by: account.verifiedBy, at: shownInstant(account.verifiedAt, dateFormat) })}</dd>
					</>
				)}
				{account.staleReason !== null && (
					<>
						<dt>{text('close.reconciliation.STALE')}</dt>
						<dd>{account.staleReason}</dd>
					</>
				)}
				{account.exemptReason !== null && (
					<>
						<dt>{text('close.reconciliation.EXEMPT')}</dt>
						<dd>
							{account.exemptReason} {account.exemptBy !== null && `(${account.exemptBy})`}
						</dd>
					</>
				)}
			</dl>
		</>
	);
}

/** A draft: what explains its variance is chosen, or its cash difference booked; then it is verified. */
function Draft({ account, id }: { readonly account: AccountStatus; readonly id: string }) {
	const text = useText();
	const { companyId, may } = useCompany();
	const verify = useDo('reconciliation', 'verifyReconciliation');
	const difference = useDo('reconciliation', 'postCashDifference');
	const isExplained = account.unexplained !== null && isNilAmount(account.unexplained);
	const isCash = account.strategy === 'cash-count';
	const hasItems = account.strategy === 'statement' || account.strategy === 'balance';
	const error = verify.error ?? difference.error;
	return (
		<>
			{hasItems && account.variance !== null && !isNilAmount(account.variance) && <ItemsChoice id={id} />}
			<Divider />
			{error !== null && <ErrorNotice error={error} />}
			<Group justify="flex-end">
				{!isExplained && <Text size="sm">{text(isCash ? 'close.verify.cashDiffers' : 'close.verify.unexplained')}</Text>}
				{!isExplained && isCash && may('PostJournal') && (
					<Button variant="default" loading={difference.isPending} onClick={() => difference.mutate({ companyId, id })}>
						{text('close.verify.bookDifference')}
					</Button>
				)}
				<Button disabled={!isExplained} loading={verify.isPending} onClick={() => verify.mutate({ companyId, id })}>
					{text('close.verify')}
				</Button>
			</Group>
		</>
	);
}
