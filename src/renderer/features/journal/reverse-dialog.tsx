import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { AppError } from '#shared/kernel/app-error.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { errorText } from '#renderer/ui/error-notice.tsx';
import type { Entry } from './entry-form.ts';
import { refusalText } from './refusals.ts';
import { typedDate } from '#renderer/lib/typed-date.ts';
import { useDateContext } from './use-date-context.ts';
import { useJournalGo } from './use-journal-go.ts';

interface ReverseDialogProps {
	readonly entry: Entry;
	readonly no: number;
	readonly opened: boolean;
	readonly onClose: () => void;
}

/** Asks before the exact opposite of an entry is posted. */
export function ReverseDialog({ entry, no, opened, onClose }: ReverseDialogProps) {
	const text = useText();
	return (
		<Modal
			opened={opened}
			onClose={onClose}
			title={text('journal.reverse.title', { no: String(no) })}
			closeButtonProps={{ 'aria-label': text('frame.close') }}
			centered
		>
			<ReverseForm entry={entry} no={no} onClose={onClose} />
		</Modal>
	);
}

function ReverseForm({ entry, no, onClose }: Omit<ReverseDialogProps, 'opened'>) {
	const text = useText();
	const go = useJournalGo();
	const { companyId, dateFormat } = useCompany();
	const dates = useDateContext();
	const [date, setDate] = useState('');
	const [description, setDescription] = useState('');
	const reverse = useDo('ledger', 'reverse', {
		onDone: ({ entries }) => {
			onClose();
			const made = entries[0]?.no;
			if (made === undefined) return;
			notifications.show({ position: 'top-right', message: text('journal.posted', { no: String(made) }), color: 'teal' });
			go({ page: 'entry', no: made });
		},
	});
	const meant = date.trim() === '' ? null : typedDate(date, { ...dates, near: entry.date });
	const isWrong = date.trim() !== '' && meant === null;
	const send = () => {
		if (isWrong) return;
		reverse.mutate({ companyId, no, ...(meant ? { date: meant } : {}), ...(description.trim() ? { description: description.trim() } : {}) });
	};
	const { error } = reverse;
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			<Stack gap="sm">
				<Text>{text('journal.reverse.text')}</Text>
				{error && <Alert color="red">{error instanceof AppError ? refusalText(error, text) : errorText(error, text)}</Alert>}
				<TextInput
					data-autofocus
					label={text('journal.field.date')}
					description={meant ? shownDate(meant, dateFormat) : text('journal.reverse.date')}
					value={date}
					error={isWrong && text('journal.problem.date')}
					onChange={(event) => setDate(event.currentTarget.value)}
				/>
				<TextInput
					label={text('journal.field.description')}
					placeholder={text('journal.reverse.description', { no: String(no), description: entry.description })}
					value={description}
					onChange={(event) => setDescription(event.currentTarget.value)}
				/>
				<Group justify="flex-end" gap="xs">
					<Button variant="default" onClick={onClose}>
						{text('frame.cancel')}
					</Button>
					<Button type="submit" loading={reverse.isPending}>
						{text('journal.reverse.do')}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}
