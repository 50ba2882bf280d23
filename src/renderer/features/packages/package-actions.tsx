import { Button, Group, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconLock, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useGo } from '#renderer/lib/address.ts';
import { useDeliverPackage } from '#renderer/lib/delivery.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { packageActions, type PackageJob } from './package-rules.ts';
import { PasswordCopy } from './password-copy.tsx';

/** What may be done with the package, for those who export packages. */
export function PackageActions({ job }: { readonly job: PackageJob }) {
	const text = useText();
	const { companyId } = useCompany();
	const go = useGo();
	const [isCopying, setCopying] = useState(false);
	// The new build is another job: it is shown as soon as it is there.
	const regenerate = useDo('packages', 'regenerate', { onDone: ({ jobId }) => go({ rest: `job/${jobId}` }) });
	const cancel = useDo('packages', 'cancel');
	const able = packageActions(job.status);
	const error = regenerate.error ?? cancel.error;
	return (
		<>
			<Group gap="xs">
				<Download job={job} isReady={able.download} />
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
			{error && <ErrorNotice error={error} />}
			{isCopying && <PasswordCopy job={job} onClose={() => setCopying(false)} />}
		</>
	);
}

/** Disabled with the reason until the package is ready; the reason can be reached by keyboard too. */
function Download({ job, isReady }: { readonly job: PackageJob; readonly isReady: boolean }) {
	const text = useText();
	const { companyId } = useCompany();
	const deliver = useDeliverPackage();
	const download = (): void =>
		deliver.mutate(
			{ companyId, jobId: job.jobId },
			{
				onSuccess: ({ outcome, fileName }) => outcome === 'SAVED' && notifications.show({ color: 'teal', message: text('packages.saved', { name: fileName }) }),
			},
		);
	return (
		<>
			<Tooltip label={text('packages.download.notYet')} disabled={isReady}>
				<Button
					leftSection={<IconDownload size={16} aria-hidden />}
					loading={deliver.isPending}
					data-disabled={!isReady || undefined}
					aria-disabled={!isReady || undefined}
					onClick={() => isReady && download()}
				>
					{text('packages.download')}
				</Button>
			</Tooltip>
			{deliver.error && <ErrorNotice error={deliver.error} />}
		</>
	);
}
