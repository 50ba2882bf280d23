import { Button, Group, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useOpenedFile } from '#renderer/lib/opened-file.ts';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { PackagePanel } from './package-panel.tsx';
import { usePackageColumns } from './package-columns.tsx';
import { useJobsProgress } from '#renderer/lib/job-progress.ts';
import { useFileDrop } from './use-file-drop.ts';
import classes from './packages.module.css';

/** The close packages of the company; `rest` is `job/<id>`. A package dropped anywhere on the page is verified. */
export function PackagesPlace({ rest }: { readonly rest: string }) {
	const text = useText();
	const go = useGo();
	const { companyId } = useCompany();
	const { data, error, refetch } = useAsk('packages', 'list', { companyId });
	const progress = useJobsProgress();
	const verify = useOpenedFile((state) => state.verify);
	const drop = useFileDrop(verify);
	const jobs = data?.jobs ?? [];
	const chosen = jobs.find(({ jobId }) => rest === `job/${jobId}`);
	const columns = usePackageColumns(progress, chosen !== undefined);
	return (
		<div className={classes.place} data-dropping={drop.isOver || undefined} {...drop.handlers}>
			<Group px="md" pt="sm" justify="space-between">
				<Title order={1}>{text('frame.place.packages')}</Title>
				<Button variant="default" leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={() => verify(null)}>
					{text('packages.verify')}
				</Button>
			</Group>
			<Text px="md" size="sm" c="dimmed">
				{text('packages.about')}
			</Text>
			{error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
			{!data && !error && <Waiting what={text('packages.loading')} />}
			{data && (
				<div className={classes.view}>
					<div className={classes.list}>
						<DataTable
							label={text('frame.place.packages')}
							columns={columns}
							rows={jobs}
							rowKey={({ jobId }) => jobId}
							openKey={chosen?.jobId ?? null}
							onOpen={({ jobId }) => go({ rest: `job/${jobId}` })}
							empty={<Empty onClose={() => go({ place: 'close' })} />}
						/>
					</div>
					{chosen && <PackagePanel key={chosen.jobId} job={chosen} progress={progress.get(chosen.jobId)} onClose={() => go({ rest: '' })} />}
				</div>
			)}
		</div>
	);
}

function Empty({ onClose }: { readonly onClose: () => void }) {
	const text = useText();
	return (
		<Group>
			<Text c="dimmed">{text('packages.empty')}</Text>
			<Button variant="default" onClick={onClose}>
				{text('packages.empty.close')}
			</Button>
		</Group>
	);
}
