import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';

/** Shuts a period for daily posting while it is being reconciled, or opens it again with a reason. */
export function SoftClose({ period, icon }: { readonly period: Period; readonly icon: ReactNode }) {
	const text = useText();
	const { companyId } = useCompany();
	const [isAsking, setAsking] = useState(false);
	const [reason, setReason] = useState('');
	const leave = (): void => {
		setAsking(false);
		setReason('');
		shut.reset();
		open.reset();
	};
	const shut = useDo('periods', 'softClose', { onDone: leave });
	const open = useDo('periods', 'open', { onDone: leave });
	if (period.kind === 'YEAR' || period.kind === 'OPENING') return null;
	const isSoft = period.status === 'CLOSING';
	const error = shut.error ?? open.error;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		// The dialog stands inside the form of the close: its own submit is not that one's.
		event.stopPropagation();
		if (isSoft) open.mutate({ companyId, period: period.name, reason });
		else shut.mutate({ companyId, period: period.name });
	};
	return (
		<>
			<Button variant="default" leftSection={icon} onClick={() => setAsking(true)}>
				{text(isSoft ? 'close.soft.undo' : 'close.soft')}
			</Button>
			<Modal
				opened={isAsking}
				onClose={leave}
				title={text(isSoft ? 'close.soft.undo.title' : 'close.soft.title', { period: period.name })}
				closeButtonProps={{ 'aria-label': text('frame.close') }}
			>
				<form onSubmit={submit}>
					<Stack gap="sm">
						<Text size="sm">{text(isSoft ? 'close.soft.undo.text' : 'close.soft.text', { period: period.name })}</Text>
						{isSoft && (
							<TextInput
								label={text('close.reopen.reason')}
								required
								data-autofocus
								value={reason}
								onChange={(event) => setReason(event.currentTarget.value)}
							/>
						)}
						{error !== null && <ErrorNotice error={error} />}
						<Group justify="flex-end">
							<Button variant="default" onClick={leave}>
								{text('frame.cancel')}
							</Button>
							<Button
								type="submit"
								loading={shut.isPending || open.isPending}
								disabled={isSoft && reason.trim() === ''}
								{...(isSoft ? {} : { 'data-autofocus': true })}
							>
								{text(isSoft ? 'close.soft.undo' : 'close.soft')}
							</Button>
						</Group>
					</Stack>
				</form>
			</Modal>
		</>
	);
}
