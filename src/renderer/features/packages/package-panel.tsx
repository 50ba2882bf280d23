import { ActionIcon, Alert, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import type { TextKey } from '#renderer/lib/messages.ts';
import { shownPeriod } from '#renderer/lib/period-name.ts';
import { useText } from '#renderer/lib/texts.ts';
import { PackageActions } from './package-actions.tsx';
import { PackageStatus } from './package-columns.tsx';
import type { JobProgress } from '#renderer/lib/job-progress.ts';
import type { PackageJob } from './package-rules.ts';
import classes from './packages.module.css';

interface PackagePanelProps {
	readonly job: PackageJob;
	readonly progress: JobProgress | undefined;
	readonly onClose: () => void;
}

/** One package: what it is, and what can be done with it. */
export function PackagePanel({ job, progress, onClose }: PackagePanelProps) {
	const text = useText();
	const { may } = useCompany();
	const title = text('packages.one', { period: shownPeriod(job.period, text), close: job.closeNumber });
	return (
		<section className={classes.panel} aria-label={title}>
			<Group justify="space-between" wrap="nowrap">
				<Title order={2}>{title}</Title>
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
				{may('ExportPackages') ? (
					<PackageActions job={job} />
				) : (
					<Text size="sm" c="dimmed">
						{text('packages.notAllowed')}
					</Text>
				)}
				<Digests job={job} />
			</Stack>
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
