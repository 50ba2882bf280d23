import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { AppError } from '#shared/kernel/app-error.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { errorText } from '#renderer/ui/error-notice.tsx';
import { refusalText } from './refusals.ts';

/** Reverses everything that an import booked, after asking. */
export function UndoImport({ importId, onUndone, isSmall = false }: { readonly importId: string; readonly onUndone?: () => void; readonly isSmall?: boolean }) {
	const text = useText();
	const { companyId } = useCompany();
	const [isAsking, setAsking] = useState(false);
	const undo = useDo('imports', 'undo', {
		onDone: ({ reversed }) => {
			setAsking(false);
			notifications.show({ position: 'top-right', message: text('journal.import.undone', { count: reversed }) });
			onUndone?.();
		},
	});
	const { error } = undo;
	return (
		<>
			<Button variant="subtle" color="red" size={isSmall ? 'compact-xs' : 'sm'} onClick={() => setAsking(true)}>
				{text('journal.import.undo')}
			</Button>
			<Modal
				opened={isAsking}
				onClose={() => setAsking(false)}
				title={text('journal.import.undo')}
				closeButtonProps={{ 'aria-label': text('frame.close') }}
				centered
			>
				<Text>{text('journal.import.undo.text')}</Text>
				{error && (
					<Alert color="red" mt="sm">
						{error instanceof AppError ? refusalText(error, text) : errorText(error, text)}
					</Alert>
				)}
				<Group justify="flex-end" mt="md" gap="xs">
					<Button variant="default" onClick={() => setAsking(false)} data-autofocus>
						{text('frame.cancel')}
					</Button>
					<Button color="red" loading={undo.isPending} onClick={() => undo.mutate({ companyId, importId })}>
						{text('journal.import.undo.do')}
					</Button>
				</Group>
			</Modal>
		</>
	);
}
