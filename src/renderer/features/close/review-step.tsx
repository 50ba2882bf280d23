import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPencil } from '@tabler/icons-react';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { AllWell } from './books-step.tsx';
import { IssueList } from './issue-list.tsx';
import { MoneyPosition } from './money-position.tsx';
import { ProfitCompared } from './profit-compared.tsx';
import { isAcknowledged, type IssueGroup } from './steps.ts';
import type { CloseView } from './use-close-view.ts';
import { useWarningNotes } from './warning-notes.ts';

/** What a careful person looks at before a period is sealed: the balance, the result, the money, and every warning. */
export function ReviewStep({ view }: { readonly view: CloseView }) {
	const text = useText();
	const { period, groups } = view;
	const errors = groups.filter(({ step, severity }) => step === 'review' && severity === 'ERROR');
	const warnings = groups.filter(({ severity }) => severity === 'WARNING');
	const isClosed = period.status === 'CLOSED';
	return (
		<Stack gap="sm">
			<Title order={2}>{text('close.review.title')}</Title>
			<TrialBalanceStatus period={period} />
			<IssueList groups={errors} period={period} />
			{!isClosed && (
				<section aria-labelledby="warnings">
					<Title order={3} id="warnings" mb="xs">
						{text('close.warnings.title')}
					</Title>
					{warnings.length === 0 ? (
						<AllWell>{text('close.warnings.none')}</AllWell>
					) : (
						<>
							<Text size="sm" mb="xs">
								{text('close.warnings.text')}
							</Text>
							<IssueList groups={warnings} period={period}>
								{(group) => <Acknowledge group={group} period={period} />}
							</IssueList>
						</>
					)}
				</section>
			)}
			<ProfitCompared period={period} />
			<MoneyPosition period={period} />
		</Stack>
	);
}

/** A warning is accepted in writing. The note is sealed with the close. */
function Acknowledge({ group, period }: { readonly group: IssueGroup; readonly period: Period }) {
	const text = useText();
	const { may } = useCompany();
	const { notes, write, acknowledge } = useWarningNotes(period.periodId);
	const given = notes[group.code];
	if (!may('CloseAccountingPeriod')) return null;
	if (isAcknowledged(group, notes)) {
		return (
			<Group gap="xs" mt={6} ml={27} wrap="nowrap">
				<IconCheck size={16} color="light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))" aria-hidden style={{ flex: 'none' }} />
				<Text size="sm">{text('close.warnings.acknowledged', { note: given?.note ?? '' })}</Text>
				<Button variant="subtle" size="compact-xs" leftSection={<IconPencil size={12} aria-hidden />} onClick={() => acknowledge(group.code, null)}>
					{text('close.warnings.change')}
				</Button>
			</Group>
		);
	}
	const note = given?.note ?? '';
	const name = text('close.warnings.note', { code: group.code });
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				if (note.trim() !== '') acknowledge(group.code, group.facts);
			}}
		>
			<Group gap="xs" mt={6} ml={27} wrap="nowrap">
				<TextInput
					flex={1}
					aria-label={name}
					placeholder={text('close.warnings.why')}
					maxLength={1000}
					value={note}
					onChange={(event) => write(group.code, event.currentTarget.value)}
				/>
				<Button type="submit" variant="default" disabled={note.trim() === ''} aria-label={text('close.warnings.acknowledgeOne', { code: group.code })}>
					{text('close.warnings.acknowledge')}
				</Button>
			</Group>
		</form>
	);
}

function TrialBalanceStatus({ period }: { readonly period: Period }) {
	const text = useText();
	const { companyId, dateFormat } = useCompany();
	const { data, error, refetch } = useAsk('reports', 'trialBalance', { companyId, asOf: period.end });
	if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!data) return <Waiting what={text('close.balance.loading')} />;
	const date = shownDate(data.asOf, dateFormat);
	if (data.balanced) {
		return (
			<Group gap={6} data-testid="trial-balance">
				<AllWell>{text('close.balance.balanced', { date })}</AllWell>
				<Text>
					<Amount value={data.totals.debit} /> {data.currency}
				</Text>
			</Group>
		);
	}
	return (
		<Group gap={6} role="alert" data-testid="trial-balance">
			<IconAlertTriangle size={18} color="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))" aria-hidden />
			<Text fw={600}>{text('close.balance.differs', { date })}</Text>
			<Text fw={600}>
				<Amount value={data.difference} /> {data.currency}
			</Text>
		</Group>
	);
}
