import { Button, Group, Paper, Progress, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { HandedFile } from '#shared/contract/bridge.ts';
import type { OutputOf, Progress as Step } from '#shared/contract/client.ts';
import type { Contract } from '#shared/contract/index.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk, useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import type { AccountStatus } from './account-status.tsx';
import { optionsFrom, questionsOf, type StatementQuestion } from './statement-answers.ts';

interface StatementImportProps {
	readonly file: HandedFile;
	readonly account: AccountStatus;
	readonly onDone: () => void;
}

/** A file of the bank: what it holds, what has to be said about it, and taking it in. */
export function StatementImport({ file, account, onDone }: StatementImportProps) {
	const text = useText();
	const { companyId } = useCompany();
	const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
	const [note, setNote] = useState('');
	const [step, setStep] = useState<Step | null>(null);
	const input = { companyId, path: file.path, account: account.code, options: optionsFrom(answers) };
	const preview = useAsk('statements', 'preview', input, { keepPrevious: true });
	const take = useDo('statements', 'import', {
		onProgress: setStep,
		onDone: ({ lines, duplicates }) => {
			notifications.show({ message: text('close.statements.taken', { file: file.name, lines, duplicates }), color: 'teal' });
			onDone();
		},
	});
	const questions = [...questionsOf(preview.error), ...questionsOf(take.error), ...(preview.data?.questions ?? [])];
	const isAccepting = Object.entries(answers).some(([id, answer]) => id.startsWith('accept:') && answer === 'yes');
	return (
		<Paper withBorder p="sm">
			<Stack gap="xs">
				<Text fw={600}>{file.name}</Text>
				{preview.isPending && <Waiting what={text('close.statements.reading', { file: file.name })} />}
				{preview.error && questionsOf(preview.error).length === 0 && <ErrorNotice error={preview.error} />}
				{preview.data && <PreviewFacts preview={preview.data} />}
				{questions.map((question) => (
					<Question key={question.id} question={question} onAnswer={(answer) => setAnswers({ ...answers, [question.id]: answer })} />
				))}
				{isAccepting && <TextInput label={text('close.note')} required value={note} onChange={(event) => setNote(event.currentTarget.value)} />}
				{take.error !== null && questionsOf(take.error).length === 0 && <ErrorNotice error={take.error} />}
				{take.isPending && <Progress value={(step?.fraction ?? 0) * 100} aria-label={text('close.statements.reading', { file: file.name })} />}
				<Group justify="flex-end">
					{Object.keys(answers).length > 0 && (
						<Button variant="subtle" onClick={() => setAnswers({})}>
							{text('close.statements.again')}
						</Button>
					)}
					<Button variant="default" onClick={onDone}>
						{text('frame.cancel')}
					</Button>
					<Button
						loading={take.isPending}
						disabled={!preview.data || preview.data.questions.length > 0 || (isAccepting && note.trim() === '')}
						onClick={() => take.mutate({ ...input, options: { ...input.options, ...(isAccepting ? { note } : {}) } })}
					>
						{text('close.statements.take')}
					</Button>
				</Group>
			</Stack>
		</Paper>
	);
}

function PreviewFacts({ preview }: { readonly preview: OutputOf<Contract['statements']['preview']> }) {
	const text = useText();
	const { dateFormat } = useCompany();
	const day = (date: string | null): string => (date === null ? '?' : shownDate(date, dateFormat));
	return (
		<>
			<Text size="sm">
				{text('close.statements.holds', {
					format: preview.format,
					from: day(preview.from),
					to: day(preview.to),
					lines: preview.lines,
					duplicates: preview.duplicates,
					rejected: preview.rejectedCount,
				})}
			</Text>
			{preview.openingBalance !== null && preview.closingBalance !== null && (
				<Text size="sm">
					{text('close.statements.balances')} <Amount value={preview.openingBalance} /> → <Amount value={preview.closingBalance} /> {preview.currency}
				</Text>
			)}
			{preview.notes.map(({ code, message }) => (
				<Text key={code} size="sm">
					{message}
				</Text>
			))}
		</>
	);
}

interface QuestionProps {
	readonly question: StatementQuestion;
	readonly onAnswer: (answer: string) => void;
}

function Question({ question, onAnswer }: QuestionProps) {
	if (question.choices.length > 0 && question.id !== 'map') {
		return (
			<Select
				label={question.question}
				data={question.choices.map(({ value, meaning }) => ({ value, label: `${value}: ${meaning}` }))}
				onChange={(value) => onAnswer(value ?? '')}
				comboboxProps={{ shadow: 'md' }}
			/>
		);
	}
	return <TypedAnswer question={question} onAnswer={onAnswer} />;
}

/** Answered when it is left or by Enter: each answer has the file read anew. */
function TypedAnswer({ question, onAnswer }: QuestionProps) {
	const [typed, setTyped] = useState('');
	return (
		<TextInput
			label={question.question}
			value={typed}
			onChange={(event) => setTyped(event.currentTarget.value)}
			onBlur={() => onAnswer(typed.trim())}
			onKeyDown={(event) => event.key === 'Enter' && onAnswer(typed.trim())}
		/>
	);
}
