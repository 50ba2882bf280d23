import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { type ImportOptions, importWithAnswers, withAnswer } from './import-answers.ts';
import type { Prompt, Question } from './prompt.ts';

const decimal = {
	id: 'decimal',
	question: 'Is 1,234 one thousand or one and a bit?',
	choices: [
		{ value: '.', meaning: '1234' },
		{ value: ',', meaning: '1.234' },
	],
	example: { line: 7, value: '1,234' },
};
const dollar = { id: 'commodity:$', question: 'Which currency is "$"?', choices: ['USD', 'CAD'].map((value) => ({ value, meaning: value })), example: null };
const columns = { id: 'map', question: 'Which column holds what?', choices: [{ value: '#1', meaning: 'Beleg' }], example: null };
const needs = (...questions: unknown[]) => new AppError('NEEDS_ANSWER', 'Something is open.', { questions });

/** Answers as a person would: by the number of the choice, or with a text. */
function personSaying(...answers: string[]): { prompt: () => Prompt; asked: Question[] } {
	const asked: Question[] = [];
	const prompt: Prompt = {
		interactive: answers.length > 0,
		ask: async (question) => {
			asked.push(question);
			const answer = answers[asked.length - 1] ?? '';
			return question.choices?.[Number(answer) - 1] ?? answer;
		},
		password: async () => '',
		confirm: async () => false,
	};
	return { prompt: () => prompt, asked };
}

describe('importWithAnswers', () => {
	it('asks what is open and imports with the answers, until nothing is', async () => {
		const tried: ImportOptions[] = [];
		const { prompt, asked } = personSaying('2', '1', 'entry_no=Beleg, amount=#3');
		const result = await importWithAnswers(prompt, { keepGoing: true }, async (options) => {
			tried.push(options);
			if (options.decimal === undefined) throw needs(decimal, dollar);
			if (options.map === undefined) throw needs(columns);
			return 'booked';
		});
		expect(result).toBe('booked');
		expect(tried).toEqual([
			{ keepGoing: true },
			{ keepGoing: true, decimal: ',', commodities: { $: 'USD' } },
			{ keepGoing: true, decimal: ',', commodities: { $: 'USD' }, map: { entry_no: 'Beleg', amount: '#3' } },
		]);
		expect(asked[0]).toEqual({ id: 'decimal', text: `${decimal.question} (line 7: 1,234)`, choices: ['.: 1234', ',: 1.234'] });
	});

	it('hands the question on where nobody can answer', async () => {
		const refusal = needs(decimal);
		await expect(importWithAnswers(personSaying().prompt, {}, () => Promise.reject(refusal))).rejects.toBe(refusal);
	});

	it('hands every other refusal on', async () => {
		const refusal = new AppError('FILE_EMPTY', 'It is empty.');
		await expect(importWithAnswers(personSaying('1').prompt, {}, () => Promise.reject(refusal))).rejects.toBe(refusal);
	});
});

describe('withAnswer', () => {
	it('adds to what was said before', () => {
		expect(withAnswer({ map: { date: 'Datum' } }, 'map', '--map amount=Betrag')).toEqual({ map: { date: 'Datum', amount: 'Betrag' } });
		expect(withAnswer({ commodities: { '€': 'EUR' } }, 'commodity:$', 'USD')).toEqual({ commodities: { '€': 'EUR', $: 'USD' } });
		expect(withAnswer({}, 'accountCase', 'same')).toEqual({ accountCase: 'same' });
	});
});
