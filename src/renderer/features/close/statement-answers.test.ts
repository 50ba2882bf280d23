import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { optionsFrom, questionsOf } from './statement-answers.ts';

describe('answers about a statement', () => {
	it.each([
		[
			{ dateFormat: 'DD/MM/YYYY', decimal: ',' },
			{ dateFormat: 'DD/MM/YYYY', decimal: ',' },
		],
		[{ 'accept:CLOSING_DIFFERS': 'yes', 'accept:DATE_DOUBTFUL': 'no' }, { accept: ['CLOSING_DIFFERS'] }],
		[{ map: 'date=Datum, amount=Betrag' }, { map: { date: 'Datum', amount: 'Betrag' } }],
		[{ invertSigns: 'yes' }, { invertSigns: true }],
		[{ encoding: '' }, {}],
	])('%j become options of the import', (answers, options) => {
		expect(optionsFrom(answers as unknown as Record<string, string>)).toEqual(options);
	});

	it('are asked for by a refusal that says so, and by no other', () => {
		const choices = [{ value: ',', meaning: 'comma' }];
		const asked = new AppError('NEEDS_ANSWER', 'Which?', { questions: [{ id: 'decimal', question: 'Which?', choices }, { id: 'actual', text: 'What?' }, 7] });
		expect(questionsOf(asked)).toEqual([
			{ id: 'decimal', question: 'Which?', choices },
			{ id: 'actual', question: 'What?', choices: [] },
		]);
		expect(questionsOf(new AppError('FILE_EMPTY', 'Nothing.', {}))).toEqual([]);
		expect(questionsOf(new Error('lost'))).toEqual([]);
	});
});
