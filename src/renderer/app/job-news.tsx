import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { CURRENT_PERIOD, formatAddress } from '#renderer/lib/address.ts';
import { type DeskEvent, useDeskEvents } from '#renderer/lib/events.ts';
import { shownPeriod } from '#renderer/lib/period-name.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';

type JobEvent = Extract<DeskEvent, { readonly kind: 'job' }>;

/** Wherever the person works: a package that is ready or failed is told of with the way to it, and the dock shows how far one is. */
export function useJobNews(): void {
	const text = useText();
	const { client, connection } = useProgram();
	const [, setPath] = useLocation();
	const tell = useCallback(
		async ({ companyId, jobId, state }: JobEvent): Promise<void> => {
			// Jobs of companies that this person does not see are none of theirs.
			const { jobs } = await client.packages.list({ companyId });
			const job = jobs.find((one) => one.jobId === jobId);
			if (job === undefined) return;
			const isReady = state === 'READY';
			const message = text(isReady ? 'packages.news.ready' : 'packages.news.failed', { period: shownPeriod(job.period, text), close: job.closeNumber });
			const show = (): void => {
				notifications.hide(jobId);
				setPath(formatAddress({ companyId, period: CURRENT_PERIOD, place: 'packages', rest: `job/${jobId}` }));
			};
			notifications.hide(jobId);
			notifications.show({
				id: jobId,
				color: isReady ? 'teal' : 'red',
				autoClose: isReady ? 8000 : false,
				...said(message, text('packages.news.show'), show, text('frame.close')),
			});
			if (!document.hasFocus()) await connection.wire.desk.notify({ title: message, text: isReady ? '' : (job.error ?? '').slice(0, 500) });
		},
		[client, connection, setPath, text],
	);
	useDeskEvents(
		useCallback(
			(event: DeskEvent): void => {
				if (event.kind !== 'job') return;
				const isUnderWay = event.state === 'RUNNING';
				void connection.wire.desk.showProgress({ fraction: isUnderWay ? event.fraction : null }).catch(() => undefined);
				if (event.state === 'READY' || event.state === 'FAILED') void tell(event).catch(() => undefined);
			},
			[connection, tell],
		),
	);
}

function said(message: string, label: string, onShow: () => void, close: string) {
	return {
		message: (
			<Group justify="space-between" wrap="nowrap">
				<Text size="sm">{message}</Text>
				<Button variant="default" size="xs" onClick={onShow} style={{ flexShrink: 0 }}>
					{label}
				</Button>
			</Group>
		),
		closeButtonProps: { 'aria-label': close },
	};
}
