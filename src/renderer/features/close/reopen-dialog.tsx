import { Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { MayNot } from './may-not.tsx';

const MIN_REASON = 10;

/** Lifts the lock of a closed period: its name is typed, and the reason stands in every later seal. */
export function ReopenDialog({ period, onClose }: { readonly period: Period; readonly onClose: () => void }) {
	const text = useText();
	const { companyId, may } = useCompany();
	const [confirm, setConfirm] = useState('');
	const [reason, setReason] = useState('');
	const [isSoft, setSoft] = useState(false);
	const reopen = useDo('close', 'reopen', {
		onDone: () => {
			notifications.show({ message: text('close.reopened', { period: period.name }) });
			onClose();
		},
	});
	const canSoft = period.kind !== 'YEAR' && period.kind !== 'OPENING';
	const isReady = confirm.trim() === period.name && reason.trim().length >= MIN_REASON;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		if (isReady) reopen.mutate({ companyId, period: period.name, reason, confirm, soft: canSoft && isSoft });
	};
	return (
		<Modal opened onClose={onClose} title={text('close.reopen.title', { period: period.name })} closeButtonProps={{ 'aria-label': text('frame.close') }}>
			{may('ReopenAccountingPeriod') ? (
				<form onSubmit={submit}>
					<Stack gap="sm">
						<Text size="sm">{text('close.reopen.text', { period: period.name })}</Text>
						<TextInput
							label={text('close.reopen.confirm', { period: period.name })}
							data-autofocus
							autoComplete="off"
							value={confirm}
							onChange={(event) => setConfirm(event.currentTarget.value)}
						/>
						<Textarea
							label={text('close.reopen.reason')}
							description={text('close.reopen.reasonText', { min: MIN_REASON })}
							autosize
							minRows={2}
							maxLength={2000}
							value={reason}
							onChange={(event) => setReason(event.currentTarget.value)}
						/>
						{canSoft && <Checkbox label={text('close.reopen.soft')} checked={isSoft} onChange={(event) => setSoft(event.currentTarget.checked)} />}
						{reopen.error !== null && <ErrorNotice error={reopen.error} />}
						<Group justify="flex-end">
							<Button variant="default" onClick={onClose}>
								{text('frame.cancel')}
							</Button>
							<Button type="submit" color="red" loading={reopen.isPending} disabled={!isReady}>
								{text('close.reopen.do', { period: period.name })}
							</Button>
						</Group>
					</Stack>
				</form>
			) : (
				<MayNot permission="ReopenAccountingPeriod" />
			)}
		</Modal>
	);
}
