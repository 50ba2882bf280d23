import { Button, Group, Modal, Text } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

interface LeaveDialogProps {
	readonly opened: boolean;
	readonly isDraft: boolean;
	readonly onStay: () => void;
	readonly onKeep: () => void;
	readonly onThrowAway: () => void;
}

/** Asked before anything that was typed is thrown away. */
export function LeaveDialog({ opened, isDraft, onStay, onKeep, onThrowAway }: LeaveDialogProps) {
	const text = useText();
	return (
		<Modal opened={opened} onClose={onStay} title={text('journal.leave.title')} closeButtonProps={{ 'aria-label': text('frame.close') }} centered>
			<Text>{text(isDraft ? 'journal.leave.draft' : 'journal.leave.text')}</Text>
			<Group justify="flex-end" mt="md" gap="xs">
				<Button variant="subtle" color="red" onClick={onThrowAway}>
					{text(isDraft ? 'journal.leave.undo' : 'journal.leave.throwAway')}
				</Button>
				<Button variant="default" onClick={onStay}>
					{text('journal.leave.stay')}
				</Button>
				<Button onClick={onKeep} data-autofocus>
					{text('journal.keepDraft')}
				</Button>
			</Group>
		</Modal>
	);
}
