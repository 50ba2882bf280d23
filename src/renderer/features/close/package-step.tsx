import { Paper, Stack, Text, Title } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';
import { PackageActions } from './package-actions.tsx';
import { PackageVerify } from './package-verify.tsx';
import type { CloseView } from './use-close-view.ts';

/** What leaves the program: one file that proves what was closed. */
export function PackageStep({ view }: { readonly view: CloseView }) {
	const text = useText();
	const { period, job } = view;
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
			<PackageVerify />
		</Stack>
	);
}
