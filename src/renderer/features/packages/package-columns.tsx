import { Badge, Group, Progress } from '@mantine/core';
import { useMemo } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { shownPeriod } from '#renderer/lib/period-name.ts';
import { useText } from '#renderer/lib/texts.ts';
import type { DataColumn } from '#renderer/ui/data-table.tsx';
import type { JobProgress } from '#renderer/lib/job-progress.ts';
import { type PackageJob, shownInstant, shownSize } from './package-rules.ts';

const COLORS: Readonly<Record<PackageJob['status'], string>> = {
	QUEUED: 'gray',
	RUNNING: 'blue',
	READY: 'teal',
	FAILED: 'red',
	CANCELLED: 'gray',
	EXPIRED: 'orange',
	SUPERSEDED: 'grape',
};

export function PackageStatus({ job, progress }: { readonly job: PackageJob; readonly progress: JobProgress | undefined }) {
	const text = useText();
	const isUnderWay = job.status === 'RUNNING';
	return (
		<Group gap="xs" wrap="nowrap">
			<Badge color={COLORS[job.status]} variant="light" tt="none" style={{ flexShrink: 0 }}>
				{text(`packages.status.${job.status}`)}
			</Badge>
			{isUnderWay && (
				<Progress flex={1} miw={60} value={(progress?.fraction ?? job.progress) * 100} aria-label={progress?.text ?? text('packages.status.RUNNING')} />
			)}
		</Group>
	);
}

export function usePackageColumns(progress: ReadonlyMap<string, JobProgress>, isNarrow: boolean): readonly DataColumn<PackageJob>[] {
	const text = useText();
	const { dateFormat } = useCompany();
	return useMemo(() => {
		const all: readonly DataColumn<PackageJob>[] = [
			{
				id: 'period',
				header: text('frame.period'),
				width: 'minmax(100px, 0.5fr)',
				cell: ({ period }) => shownPeriod(period, text),
				sortBy: ({ period }) => period,
			},
			{
				id: 'close',
				header: text('packages.close'),
				width: '70px',
				align: 'end',
				cell: ({ closeNumber }) => closeNumber,
				sortBy: ({ closeNumber }) => closeNumber,
			},
			{
				id: 'status',
				header: text('packages.status'),
				width: 'minmax(130px, 1fr)',
				cell: (job) => <PackageStatus job={job} progress={progress.get(job.jobId)} />,
				sortBy: ({ status }) => status,
			},
			{
				id: 'size',
				header: text('packages.size'),
				width: '90px',
				align: 'end',
				cell: ({ bytes }) => (bytes === null ? '' : shownSize(bytes)),
				sortBy: ({ bytes }) => bytes ?? 0,
			},
			{
				id: 'requested',
				header: text('packages.requested'),
				width: '130px',
				cell: ({ requestedAt }) => shownInstant(requestedAt, dateFormat),
				sortBy: ({ requestedAt }) => requestedAt,
			},
			{
				id: 'expires',
				header: text('packages.expires'),
				width: '130px',
				cell: ({ expiresAt, status }) => (expiresAt === null ? (status === 'READY' ? text('packages.kept') : '') : shownInstant(expiresAt, dateFormat)),
				sortBy: ({ expiresAt }) => expiresAt ?? '',
			},
		];
		return isNarrow ? all.filter(({ id }) => id !== 'requested') : all;
	}, [text, dateFormat, progress, isNarrow]);
}
