import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { AppError } from '#shared/kernel/app-error.ts';
import type { Text as Texts } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';

/** What a person is told of a failure: a refusal in its own words, anything else in neutral ones with the incident's number. */
export function errorText(error: unknown, text: Texts): string {
	if (error instanceof AppError) return error.message;
	const incident = (error as { data?: { incidentId?: string } } | null)?.data?.incidentId ?? '';
	return text('frame.error.unknown', { incident: incident === '' ? 'none' : incident });
}

export function ErrorNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
	const text = useText();
	return (
		<Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={text('frame.error.title')} m={onRetry ? 'md' : 0} role="alert">
			<Stack gap="sm">
				<Text>{errorText(error, text)}</Text>
				{onRetry && (
					<Group>
						<Button variant="default" onClick={onRetry}>
							{text('frame.error.retry')}
						</Button>
					</Group>
				)}
			</Stack>
		</Alert>
	);
}
