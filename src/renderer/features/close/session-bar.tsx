import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { OutputOf } from '#shared/contract/client.ts';
import type { Contract } from '#shared/contract/index.ts';
import { shownInstant } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';

type Session = OutputOf<Contract['reconciliation']['periodReconciliationStatus']>['session'];

/** The session of a period: open, to be started, or done. */
export function SessionBar({ period, session, complete }: { readonly period: Period; readonly session: Session; readonly complete: boolean }) {
	const text = useText();
	const { companyId, may, dateFormat } = useCompany();
	const start = useDo('reconciliation', 'startSession');
	const finish = useDo('reconciliation', 'closeSession');
	const isActive = session?.status === 'ACTIVE';
	const canChange = may('ManageReconciliation') && period.status !== 'CLOSED';
	const error = start.error ?? finish.error;
	return (
		<Stack gap={4}>
			<Group justify="space-between" wrap="nowrap">
				<Text size="sm">
					{session === null && text('close.session.none')}
					{session !== null &&
						text(isActive ? 'close.session.active' : 'close.session.closed', {
							by: (isActive ? session.startedBy : session.closedBy) ?? '',
							at: shownInstant((isActive ? session.startedAt : session.closedAt) ?? session.startedAt, dateFormat),
						})}
				</Text>
				{canChange && !isActive && (
					<Button
						size="compact-sm"
						variant="default"
						leftSection={<IconPlayerPlay size={14} aria-hidden />}
						loading={start.isPending}
						onClick={() => start.mutate({ companyId, period: period.name })}
					>
						{text('close.session.start')}
					</Button>
				)}
				{canChange && isActive && (
					<Button
						size="compact-sm"
						variant={complete ? 'filled' : 'default'}
						leftSection={<IconPlayerStop size={14} aria-hidden />}
						loading={finish.isPending}
						onClick={() => finish.mutate({ companyId, sessionId: session.sessionId })}
					>
						{text('close.session.finish')}
					</Button>
				)}
			</Group>
			{error !== null && <ErrorNotice error={error} />}
		</Stack>
	);
}
