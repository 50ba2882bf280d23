import { Button, Group, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useDeliverPackage } from '#renderer/lib/delivery.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { useJobProgress } from './use-job-progress.ts';
import type { PackageJob } from './use-close-view.ts';
import classes from './close.module.css';

/** The package of a close: how far it is, and the ways to it. */
export function PackageActions({ period, job }: { readonly period: Period; readonly job: PackageJob | null }) {
	const text = useText();
	const { companyId, may } = useCompany();
	const deliver = useDeliverPackage();
	const regenerate = useDo('packages', 'regenerate');
	const build = useDo('packages', 'build');
	const status = job?.status ?? null;
	const isReady = status === 'READY' && job !== null;
	const mayExport = may('ExportPackages');
	const download = (): void => {
		if (!isReady || !mayExport) return;
		deliver.mutate(
			{ companyId, jobId: job.jobId },
			{
				onSuccess: ({ outcome, fileName }) =>
					outcome === 'SAVED' && notifications.show({ message: text('close.package.saved', { file: fileName }), color: 'teal' }),
			},
		);
	};
	const why = mayExport ? text('close.package.notReady') : text('close.mayNot', { permission: 'ExportPackages' });
	const error = deliver.error ?? regenerate.error ?? build.error;
	const isBusy = status === 'QUEUED' || status === 'RUNNING' || regenerate.isPending || build.isPending;
	return (
		<Stack gap="xs" data-testid="package" data-status={status ?? 'NONE'}>
			<PackageState job={job} isBusy={isBusy} />
			<Group gap="sm">
				<Tooltip label={why} disabled={isReady && mayExport}>
					<Button
						leftSection={<IconDownload size={16} aria-hidden />}
						loading={deliver.isPending}
						data-disabled={!isReady || !mayExport || undefined}
						aria-disabled={!isReady || !mayExport}
						onClick={download}
					>
						{text('close.package.download')}
					</Button>
				</Tooltip>
				{mayExport && job !== null && (
					<Button
						variant="default"
						leftSection={<IconRefresh size={16} aria-hidden />}
						disabled={isBusy}
						onClick={() => regenerate.mutate({ companyId, period: period.name, closeNumber: job.closeNumber })}
					>
						{text('close.package.regenerate')}
					</Button>
				)}
				{mayExport && job === null && (
					<Button variant="default" loading={build.isPending} onClick={() => build.mutate({ companyId, period: period.name })}>
						{text('close.package.build')}
					</Button>
				)}
			</Group>
			{error !== null && <ErrorNotice error={error} />}
		</Stack>
	);
}

function PackageState({ job, isBusy }: { readonly job: PackageJob | null; readonly isBusy: boolean }) {
	const text = useText();
	const { dateFormat } = useCompany();
	const progress = useJobProgress(job);
	if (job === null && !isBusy) return <Text size="sm">{text('close.package.none')}</Text>;
	if (isBusy) {
		return (
			<div role="status">
				<Text size="sm">{text('close.package.building')}</Text>
				<Progress value={Math.max(progress.fraction, 0.03) * 100} animated aria-label={text('close.package.building')} />
			</div>
		);
	}
	if (job === null) return null;
	if (job.status !== 'READY') {
		return (
			<Text size="sm" role="alert">
				{text(`close.package.${job.status}`)} {job.error}
			</Text>
		);
	}
	return (
		<Text size="sm">
			{text('close.package.ready', {
				file: job.file ?? '',
				kilobytes: Math.max(1, Math.round((job.bytes ?? 0) / 1024)),
				until: job.expiresAt === null ? 'never' : shownDate(job.expiresAt.slice(0, 10), dateFormat),
			})}{' '}
			<span className={classes.hash}>SHA-256 {job.sha256}</span>
		</Text>
	);
}
