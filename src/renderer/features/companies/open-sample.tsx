import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Progress as Step } from '#shared/contract/client.ts';
import { asRefusal, lastStep } from '#renderer/lib/client.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';

/** Makes the sample company: three months of an invented shop, the first one closed. */
export function OpenSample({ onOpened }: { readonly onOpened: (companyId: string) => void }) {
	const text = useText();
	const { connection, desk, setDesk } = useProgram();
	const [step, setStep] = useState<Step | null>(null);
	const sample = useMutation({
		mutationFn: async () => {
			try {
				const { companyId } = await lastStep<{ companyId: string }>(await connection.wire.desk.openSample(), setStep);
				return { companyId, signedIn: desk.state === 'FIRST_RUN' ? await connection.wire.desk.signIn({}) : null };
			} catch (error) {
				throw asRefusal(error);
			}
		},
		onSuccess: ({ companyId, signedIn }) => {
			if (signedIn !== null) setDesk(signedIn);
			onOpened(companyId);
		},
	});
	return (
		<Stack gap="xs">
			<Group justify="space-between" wrap="nowrap">
				<Text size="sm">{text('companies.sample.text')}</Text>
				<Button variant="default" loading={sample.isPending} onClick={() => sample.mutate()} style={{ flexShrink: 0 }}>
					{text('companies.sample')}
				</Button>
			</Group>
			{sample.isPending && (
				<div role="status">
					<Text size="sm">{step?.text ?? text('companies.sample.making')}</Text>
					<Progress value={(step?.fraction ?? 0) * 100} aria-label={text('companies.sample.making')} />
				</div>
			)}
			{sample.error !== null && <ErrorNotice error={sample.error} />}
		</Stack>
	);
}
