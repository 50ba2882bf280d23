import { Anchor, Button, Group, Paper, Stack, Title } from '@mantine/core';
import { IconArrowRight, IconLockOpen, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { formatAddress, useGo } from '#renderer/lib/address.ts';
import { shownInstant } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { VerificationNotice } from '#renderer/ui/verification-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { periodAfter } from './calendar.ts';
import { PackageActions } from './package-actions.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import type { Close, PackageJob } from './use-close-view.ts';
import classes from './close.module.css';

interface ClosedFactsProps {
	readonly period: Period;
	readonly close: Close;
	readonly job: PackageJob | null;
}

/** A closed period: who, when, why, the seal in figures, and what can be done with it. */
export function ClosedFacts({ period, close, job }: ClosedFactsProps) {
	const text = useText();
	const { periods } = useCompany();
	const go = useGo();
	const next = periodAfter(periods, period);
	const [isReopening, setReopening] = useState(false);
	const [isVerifying, setVerifying] = useState(false);
	return (
		<Paper withBorder p="md" data-testid="seal">
			<Stack gap="sm">
				<Title order={2}>{text('close.closed.title', { period: period.name })}</Title>
				<SealFacts period={period} close={close} />
				<Group gap="sm">
					<Button variant="default" leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={() => setVerifying(true)}>
						{text('close.verifySeal')}
					</Button>
					<Button variant="default" leftSection={<IconLockOpen size={16} aria-hidden />} onClick={() => setReopening(true)}>
						{text('close.reopen')}
					</Button>
					{next !== null && next.status !== 'CLOSED' && (
						<Button variant="default" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => go({ period: next.name, place: 'close' })}>
							{text('close.next', { period: next.name })}
						</Button>
					)}
				</Group>
				{isVerifying && <SealVerification period={period} />}
				<PackageActions period={period} job={job} />
			</Stack>
			{isReopening && <ReopenDialog period={period} onClose={() => setReopening(false)} />}
		</Paper>
	);
}

function SealFacts({ period, close }: Pick<ClosedFactsProps, 'period' | 'close'>) {
	const text = useText();
	const { companyId, currency, dateFormat } = useCompany();
	return (
		<dl className={classes.facts}>
			<dt>{text('close.closed.who')}</dt>
			<dd>{text('close.by', { by: close.closedBy, at: shownInstant(close.closedAt, dateFormat) })}</dd>
			<dt>{text('close.closed.why')}</dt>
			<dd>{close.reason === '' ? text('close.closed.noReason') : close.reason}</dd>
			<dt>{text('close.netProfit')}</dt>
			<dd>
				<Amount value={close.netProfit} /> {currency}
			</dd>
			{close.closingEntryNo !== null && (
				<>
					<dt>{text('close.entry.title')}</dt>
					<dd>
						<Anchor
							component={Link}
							size="sm"
							href={formatAddress({ companyId, period: period.name, place: 'journal', rest: `entry/${close.closingEntryNo}` })}
						>
							{text('close.follow.entry', { no: close.closingEntryNo })}
						</Anchor>
					</dd>
				</>
			)}
			<dt>{text('close.closed.number')}</dt>
			<dd>{text('close.closed.numbers', { close: close.closeNumber, seal: close.sealNo })}</dd>
			<dt>{text('close.closed.hash')}</dt>
			<dd className={classes.hash}>{close.closeHash}</dd>
			<dt>{text('close.closed.root')}</dt>
			<dd className={classes.hash}>{close.contentRoot}</dd>
			<dt>{text('close.closed.signature')}</dt>
			<dd>
				{close.signer === null ? (
					text('close.closed.unsigned')
				) : (
					<>
						{text('close.closed.signed')} <span className={classes.hash}>{close.signer}</span>
					</>
				)}
			</dd>
		</dl>
	);
}

/** Recomputes the seal from the entries as they are now. */
function SealVerification({ period }: { readonly period: Period }) {
	const text = useText();
	const { companyId } = useCompany();
	const { data, error, isFetching, refetch } = useAsk('close', 'verify', { companyId, period: period.name });
	if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!data || isFetching) return <Waiting what={text('close.verifySeal.running')} />;
	return <VerificationNotice verification={data} />;
}
