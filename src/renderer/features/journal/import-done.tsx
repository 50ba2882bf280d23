import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { deliverPlace } from '#renderer/lib/delivery.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import type { ImportResult } from './import-options.ts';
import { UndoImport } from './undo-import.tsx';
import { useJournalGo } from './use-journal-go.ts';

/** What was booked, and the way back. */
export function ImportDone({ result, onAnother }: { readonly result: ImportResult; readonly onAnother: () => void }) {
	const text = useText();
	const go = useJournalGo();
	const { connection } = useProgram();
	const [error, setError] = useState<unknown>(null);
	const fetchRejects = () => {
		if (result.rejectFile !== null) deliverPlace(connection, result.rejectFile).then(() => setError(null), setError);
	};
	return (
		<Stack gap="md" maw={720}>
			<Alert color="teal" icon={<IconCheck aria-hidden />} title={text('journal.import.done', { entries: result.entries, lines: result.lines })} role="status">
				{result.rejectedCount > 0 && <Text>{text('journal.import.leftOut', { count: result.rejectedCount })}</Text>}
				{result.rejectFile !== null && (
					<Anchor component="button" type="button" onClick={fetchRejects}>
						{text('journal.import.rejectFile')}
					</Anchor>
				)}
			</Alert>
			{error !== null && <ErrorNotice error={error} onRetry={fetchRejects} />}
			<Group gap="xs">
				<Button onClick={() => go({ page: 'list', view: { dates: 'all', source: 'IMPORT' } })}>{text('journal.import.show')}</Button>
				<Button variant="default" onClick={onAnother}>
					{text('journal.import.another')}
				</Button>
				{result.importId !== null && <UndoImport importId={result.importId} onUndone={onAnother} />}
			</Group>
		</Stack>
	);
}
