import { Button, Group, Progress, Stack, Text, Textarea } from '@mantine/core';
import { IconLock, IconLockPause } from '@tabler/icons-react';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { Progress as Step } from '#shared/contract/client.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { acknowledgement, openWarnings } from './steps.ts';
import { SoftClose } from './soft-close.tsx';
import type { CloseView } from './use-close-view.ts';
import { useWarningNotes } from './warning-notes.ts';

/** Asks for the reason, then closes; says what is still missing as long as something is. */
export function CloseForm({ view }: { readonly view: CloseView }) {
	const text = useText();
	const { companyId, may } = useCompany();
	const { period, groups } = view;
	const { notes } = useWarningNotes(period.periodId);
	const [reason, setReason] = useState('');
	const [step, setStep] = useState<Step | null>(null);
	const close = useDo('close', 'close', {
		onProgress: setStep,
		onDone: ({ closeHash }) =>
			notifications.show({
				title: text('close.done', { period: period.name }),
				message: text('close.done.seal', { hash: closeHash.slice(0, 16) }),
				color: 'teal',
			}),
	});
	const errors = groups.filter(({ severity }) => severity === 'ERROR').length;
	const warnings = openWarnings(groups, notes).length;
	const isReady = errors + warnings === 0;
	if (!may('CloseAccountingPeriod')) return <Text>{text('close.mayNot', { permission: 'CloseAccountingPeriod' })}</Text>;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		if (isReady && reason.trim() !== '') close.mutate({ companyId, period: period.name, reason: reason.trim(), ...acknowledgement(groups, notes) });
	};
	return (
		<form onSubmit={submit} aria-label={text('close.do.title', { period: period.name })}>
			<Stack gap="sm" maw={640}>
				{!isReady && <Text fw={600}>{text('close.notYet', { errors, warnings })}</Text>}
				<Textarea
					label={text('close.reason')}
					description={text('close.reason.text')}
					autosize
					minRows={2}
					maxLength={2000}
					required
					value={reason}
					onChange={(event) => setReason(event.currentTarget.value)}
				/>
				{close.error !== null && <ErrorNotice error={close.error} />}
				{close.isPending && (
					<div role="status">
						<Text size="sm">{text('close.closing', { period: period.name })}</Text>
						<Progress value={(step?.fraction ?? 0.05) * 100} animated aria-label={text('close.closing', { period: period.name })} />
					</div>
				)}
				<Group>
					<Button type="submit" leftSection={<IconLock size={16} aria-hidden />} loading={close.isPending} disabled={!isReady || reason.trim() === ''}>
						{text('close.do', { period: period.name })}
					</Button>
					<SoftClose period={period} icon={<IconLockPause size={16} aria-hidden />} />
				</Group>
			</Stack>
		</form>
	);
}
