import { ActionIcon, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { ImportChecked } from './import-checked.tsx';
import { ImportChoose } from './import-choose.tsx';
import { ImportDone } from './import-done.tsx';
import { ImportQuestions } from './import-questions.tsx';
import { RecentImports } from './recent-imports.tsx';
import { type ImportState, useImport } from './use-import.ts';
import { useJournalBack } from './use-journal-go.ts';
import { useKeys } from './use-keys.ts';
import classes from './editor.module.css';
import quiet from './journal.module.css';

/** Takes a file of journal lines into the books: chosen, checked, corrected, booked whole or not at all. */
export function ImportPage() {
	const text = useText();
	const { may } = useCompany();
	const back = useJournalBack();
	const state = useImport();
	useKeys({ Escape: () => state.step.at !== 'working' && back() });
	return (
		<div className={classes.page}>
			<Group px="md" py="sm" gap="sm">
				<ActionIcon variant="subtle" color="gray" aria-label={text('frame.back')} onClick={back}>
					<IconArrowLeft size={18} aria-hidden />
				</ActionIcon>
				<Title order={1}>{text('journal.import.title')}</Title>
				{state.file && <Text className={quiet.quiet}>{state.file.name}</Text>}
			</Group>
			<div className={classes.body}>{may('PostJournal') ? <Step state={state} /> : <Text>{text('journal.import.notAllowed')}</Text>}</div>
		</div>
	);
}

function Step({ state }: { readonly state: ImportState }) {
	const text = useText();
	const { step } = state;
	switch (step.at) {
		case 'choose':
			return (
				<>
					<ImportChoose onFile={(file) => void state.choose(file)} />
					<RecentImports />
				</>
			);
		case 'working':
			return (
				<Stack maw={520} role="status">
					<Text>{text(step.what === 'reading' ? 'journal.import.reading' : 'journal.import.booking')}</Text>
					<Progress value={step.progress.fraction * 100} aria-label={text('journal.import.progress')} />
					<Group>
						<Button variant="default" onClick={state.cancel}>
							{text('frame.cancel')}
						</Button>
					</Group>
				</Stack>
			);
		case 'questions':
			return <ImportQuestions questions={step.questions} options={state.options} onAnswered={(options) => void state.checkAgain(options)} />;
		case 'checked':
			return <ImportChecked state={state} result={step.result} />;
		case 'done':
			return <ImportDone result={step.result} onAnother={state.startOver} />;
		case 'failed':
			return (
				<>
					<ErrorNotice error={step.error} />
					<ImportChoose onFile={(file) => void state.choose(file)} />
				</>
			);
	}
}
