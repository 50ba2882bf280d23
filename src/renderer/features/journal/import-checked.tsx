import { Alert, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useText } from '#renderer/lib/texts.ts';
import type { ImportResult } from './import-options.ts';
import { RejectedRows } from './rejected-rows.tsx';
import type { ImportState } from './use-import.ts';

/** What was read, before anything is booked. */
export function ImportChecked({ state, result }: { readonly state: ImportState; readonly result: ImportResult }) {
	const text = useText();
	const { options } = state;
	const hasRejects = result.rejectedCount > 0;
	const lacksAccounts = result.rejected.some(({ code }) => code === 'ACCOUNT_UNKNOWN');
	return (
		<Stack gap="md">
			<Alert
				color={hasRejects ? 'orange' : 'teal'}
				icon={hasRejects ? <IconAlertTriangle aria-hidden /> : <IconCheck aria-hidden />}
				title={text('journal.import.found', { entries: result.entries, lines: result.lines })}
				role="status"
			>
				{hasRejects && <Text>{text('journal.import.rejected', { count: result.rejectedCount })}</Text>}
				{result.duplicates > 0 && <Text>{text('journal.import.duplicates', { count: result.duplicates })}</Text>}
				{result.accountsCreated + result.partiesCreated > 0 && (
					<Text>{text('journal.import.names', { accounts: result.accountsCreated, parties: result.partiesCreated })}</Text>
				)}
			</Alert>
			{(lacksAccounts || options.createAccounts) && (
				<Checkbox
					label={text('journal.import.createAccounts')}
					checked={options.createAccounts ?? false}
					onChange={(event) => void state.checkAgain({ ...options, createAccounts: event.currentTarget.checked })}
				/>
			)}
			<Group gap="xs">
				{result.entries > 0 && !hasRejects && <Button onClick={() => void state.book()}>{text('journal.import.book', { count: result.entries })}</Button>}
				{result.entries > 0 && hasRejects && (
					<Button variant="default" onClick={() => void state.book({ ...options, keepGoing: true })}>
						{text('journal.import.bookRest', { count: result.entries })}
					</Button>
				)}
				<Button variant="subtle" onClick={state.startOver}>
					{text('journal.import.other')}
				</Button>
			</Group>
			{hasRejects && (
				<section aria-label={text('journal.import.wrong')}>
					<Title order={2} pb="xs">
						{text('journal.import.wrong')}
					</Title>
					<RejectedRows state={state} result={result} />
				</section>
			)}
		</Stack>
	);
}
