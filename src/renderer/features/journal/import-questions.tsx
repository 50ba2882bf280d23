import { Button, Code, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useText } from '#renderer/lib/texts.ts';
import { type ImportOptions, type ImportQuestion, withAnswer } from './import-options.ts';

interface ImportQuestionsProps {
	readonly questions: readonly ImportQuestion[];
	readonly options: ImportOptions;
	readonly onAnswered: (options: ImportOptions) => void;
}

/** What can be read in two ways is asked, with what each way would mean; nothing is guessed. */
export function ImportQuestions({ questions, options, onAnswered }: ImportQuestionsProps) {
	const text = useText();
	const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
	const set = (id: string, answer: string) => setAnswers((now) => ({ ...now, [id]: answer }));
	const isComplete = questions.every(({ id }) => (answers[id] ?? '').trim() !== '');
	const send = () => onAnswered(questions.reduce((now, { id }) => withAnswer(now, id, answers[id] ?? ''), options));
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				if (isComplete) send();
			}}
		>
			<Stack maw={720} gap="lg">
				<Title order={2}>{text('journal.import.questions', { count: questions.length })}</Title>
				{questions.map(({ id, question, choices, example }, index) => (
					<div key={id}>
						{choices.length > 0 && id !== 'map' ? (
							<Radio.Group label={question} value={answers[id] ?? ''} onChange={(answer) => set(id, answer)}>
								<Stack gap={6} mt={6}>
									{choices.map(({ value, meaning }, choice) => (
										<Radio
											key={value}
											value={value}
											label={value === meaning ? value : `${value} — ${meaning}`}
											data-autofocus={index === 0 && choice === 0 ? true : undefined}
										/>
									))}
								</Stack>
							</Radio.Group>
						) : (
							<TextInput
								label={question}
								placeholder={id === 'map' ? 'account=…, amount=…' : undefined}
								value={answers[id] ?? ''}
								onChange={(event) => set(id, event.currentTarget.value)}
							/>
						)}
						{example && example.line > 0 && (
							<Text size="sm" mt={4}>
								{text('journal.import.example', { line: example.line })} <Code>{example.value.slice(0, 200)}</Code>
							</Text>
						)}
					</div>
				))}
				<Group>
					<Button type="submit" disabled={!isComplete}>
						{text('journal.import.goOn')}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}
