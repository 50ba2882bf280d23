import { ActionIcon, Alert, Button, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconLock, IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useGo } from '#renderer/lib/address.ts';
import { useDeliverPackage } from '#renderer/lib/delivery.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import type { TextKey } from '#renderer/lib/messages.ts';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { PackageStatus } from './package-columns.tsx';
import type { JobProgress } from './package-progress.ts';
import { packageActions, type PackageJob } from './package-rules.ts';
import { PasswordCopy } from './password-copy.tsx';
import classes from './packages.module.css';

/** One package: what it is, and what can be done with it. */
export function PackagePanel({
	job,
	progress,
	onClose,
}: {
	readonly job: PackageJob;
	readonly progress: JobProgress | undefined;
	readonly onClose: () => void;
}) {
	const text = useText();
	const { companyId, may } = useCompany();
	const [isCopying, setCopying] = useState(false);
	const deliver = useDeliverPackage();
	const go = useGo();
	// The new build is another job: it is shown as soon as it is there.
	const regenerate = useDo('packages', 'regenerate', { onDone: ({ jobId }) => go({ rest: `job/${jobId}` }) });
	const cancel = useDo('packages', 'cancel');
	const able = packageActions(job.status);
	const mayExport = may('ExportPackages');
	const error = deliver.error ?? regenerate.error ?? cancel.error;
	const download = (): void =>
		deliver.mutate(
			{ companyId, jobId: job.jobId },
			{
				onSuccess: ({ outcome, fileName }) => outcome === 'SAVED' && notifications.show({ color: 'teal', message: text('packages.saved', { name: fileName }) }),
			},
		);
	return (
		<section className={classes.panel} aria-label={text('packages.one', { period: job.period, close: job.closeNumber })}>
			<Group justify="space-between" wrap="nowrap">
				<Title order={2}>{text('packages.one', { period: job.period, close: job.closeNumber })}</Title>
				<Tooltip label={text('frame.close')}>
					<ActionIcon variant="subtle" color="gray" aria-label={text('frame.close')} onClick={onClose}>
						<IconX size={18} aria-hidden />
					</ActionIcon>
				</Tooltip>
			</Group>
			<Stack gap="sm" mt="sm">
				<PackageStatus job={job} progress={progress} />
				{job.status === 'RUNNING' && progress && (
					<Text size="sm" role="status">
						{progress.text}
					</Text>
				)}
				{job.status === 'SUPERSEDED' && <Alert color="grape">{text('packages.superseded')}</Alert>}
				{job.status === 'EXPIRED' && <Alert color="orange">{job.error ?? text('packages.expired')}</Alert>}
				{job.status !== 'EXPIRED' && job.error !== null && <Alert color="red">{job.error}</Alert>}
				{mayExport ? (
					<Group gap="xs">
						<Tooltip label={text('packages.download.notYet')} disabled={able.download}>
							<Button
								leftSection={<IconDownload size={16} aria-hidden />}
								loading={deliver.isPending}
								data-disabled={!able.download || undefined}
								onClick={() => able.download && download()}
							>
								{text('packages.download')}
							</Button>
						</Tooltip>
						{able.download && (
							<Button variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={() => setCopying(true)}>
								{text('packages.password')}
							</Button>
						)}
						{able.regenerate && (
							<Button
								variant="default"
								leftSection={<IconRefresh size={16} aria-hidden />}
								loading={regenerate.isPending}
								onClick={() => regenerate.mutate({ companyId, period: job.period, closeNumber: job.closeNumber })}
							>
								{text('packages.regenerate')}
							</Button>
						)}
						{able.cancel && (
							<Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ companyId, jobId: job.jobId })}>
								{text('frame.cancel')}
							</Button>
						)}
					</Group>
				) : (
					<Text size="sm" c="dimmed">
						{text('packages.notAllowed')}
					</Text>
				)}
				{error && <ErrorNotice error={error} />}
				<Digests job={job} />
			</Stack>
			{isCopying && <PasswordCopy job={job} onClose={() => setCopying(false)} />}
		</section>
	);
}

function Digests({ job }: { readonly job: PackageJob }) {
	const text = useText();
	const rows: readonly (readonly [TextKey, string | null])[] = [
		['packages.sha256', job.sha256],
		['packages.contentSha256', job.contentSha256],
	];
	const known = rows.filter(([, value]) => value !== null);
	if (known.length === 0) return null;
	return (
		<Table variant="vertical" withTableBorder layout="fixed">
			<Table.Tbody>
				{known.map(([label, value]) => (
					<Table.Tr key={label}>
						<Table.Th w={120}>{text(label)}</Table.Th>
						<Table.Td className={classes.hash}>{value}</Table.Td>
					</Table.Tr>
				))}
			</Table.Tbody>
		</Table>
	);
}
