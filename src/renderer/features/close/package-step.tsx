import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { VerifyDialog } from '#renderer/features/packages/verify-dialog.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { PackageActions } from './package-actions.tsx';
import type { CloseView } from './use-close-view.ts';

/** What leaves the program: one file that proves what was closed. */
export function PackageStep({ view }: { readonly view: CloseView }) {
	const text = useText();
	const { period, job } = view;
	const [isVerifying, setVerifying] = useState(false);
	return (
		<Stack gap="sm">
			<Title order={2}>{text('close.package.title')}</Title>
			<Text size="sm">{text('close.package.text')}</Text>
			{period.status === 'CLOSED' ? (
				<Paper withBorder p="md">
					<PackageActions period={period} job={job} />
				</Paper>
			) : (
				<Text>{text('close.package.first', { period: period.name })}</Text>
			)}
			<Group>
				<Button variant="default" leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={() => setVerifying(true)}>
					{text('close.package.verify')}
				</Button>
			</Group>
			{isVerifying && <VerifyDialog dropped={null} onClose={() => setVerifying(false)} />}
		</Stack>
	);
}
