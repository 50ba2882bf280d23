import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { MIN_PASSWORD_LENGTH } from '#shared/contract/packages.contract.ts';
import { deliverPlace } from '#renderer/lib/delivery.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import type { PackageJob } from './package-rules.ts';

/** A copy that opens only with a password (AES-256); the stored package stays as it is. */
export function PasswordCopy({ job, onClose }: { readonly job: PackageJob; readonly onClose: () => void }) {
	const text = useText();
	const { connection, client } = useProgram();
	const { companyId } = useCompany();
	const [password, setPassword] = useState('');
	const [again, setAgain] = useState('');
	const copy = useMutation({
		mutationFn: async () => {
			const { path } = await connection.wire.desk.makePlace({ fileName: `${job.period}-close${job.closeNumber}-encrypted.zip` });
			await client.packages.save({ companyId, jobId: job.jobId, to: path, password });
			return deliverPlace(connection, path);
		},
		onSuccess: ({ outcome, fileName }) => {
			if (outcome === 'SAVED') notifications.show({ color: 'teal', message: text('packages.saved', { name: fileName }) });
			onClose();
		},
	});
	const isShort = password.length < MIN_PASSWORD_LENGTH;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		if (!isShort && password === again) copy.mutate();
	};
	return (
		<Modal opened onClose={onClose} title={text('packages.password')} closeButtonProps={{ 'aria-label': text('frame.close') }}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<Text size="sm">{text('packages.password.about')}</Text>
					<PasswordInput
						data-autofocus
						label={text('desk.password')}
						autoComplete="new-password"
						visibilityToggleButtonProps={{ 'aria-label': text('desk.reveal') }}
						error={password !== '' && isShort && text('packages.password.short', { least: MIN_PASSWORD_LENGTH })}
						value={password}
						onChange={(event) => setPassword(event.currentTarget.value)}
					/>
					<PasswordInput
						label={text('packages.password.again')}
						autoComplete="new-password"
						visibilityToggleButtonProps={{ 'aria-label': text('desk.reveal') }}
						error={again !== '' && again !== password && text('packages.password.differs')}
						value={again}
						onChange={(event) => setAgain(event.currentTarget.value)}
					/>
					{copy.error && <ErrorNotice error={copy.error} />}
					<Group justify="end">
						<Button variant="default" onClick={onClose}>
							{text('frame.cancel')}
						</Button>
						<Button type="submit" loading={copy.isPending} disabled={isShort || password !== again}>
							{text('frame.save')}
						</Button>
					</Group>
				</Stack>
			</form>
		</Modal>
	);
}
