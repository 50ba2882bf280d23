import { describe, expect, it } from 'vitest';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import { balanced, blankLine, draftOf, entryOf, type FormLine, problemsOf, totals } from './entry-form.ts';

const line = (account: string, debit: string, credit: string, more: Partial<FormLine> = {}) => blankLine({ account, debit, credit, ...more });
const form = (...lines: FormLine[]) => ({ date: '2026-01-05', description: ' Rent ', reference: '', lines });

describe('totals of an entry under way', () => {
	it('adds up what is typed, exactly, sums and all', () => {
		const lines = [line('6000', '0.1+0.2', ''), line('6100', '1,00,000', ''), line('1100', '', '1,00,000.30')];
		expect(totals(lines, 'INR')).toEqual([{ currency: 'INR', debit: 10_000_030n, credit: 10_000_030n }]);
	});

	it('counts what cannot be read as nothing', () => {
		expect(totals([line('6000', 'abc', ''), line('1100', '', '5')], 'INR')).toEqual([{ currency: 'INR', debit: 0n, credit: 500n }]);
	});

	it('counts a foreign line at its base amount, and in its own currency while it has none', () => {
		const known = line('1150', '10', '', { currency: 'USD', base: '830' });
		const waiting = line('1150', '', '4', { currency: 'USD' });
		expect(totals([known, waiting], 'INR')).toEqual([
			{ currency: 'INR', debit: 83_000n, credit: 0n },
			{ currency: 'USD', debit: 0n, credit: 400n },
		]);
	});
});

describe('balancing a line', () => {
	// Lines before, the line that is balanced, and what stands in it then.
	it.each<[string, FormLine[], number, [string, string]]>([
		['takes the credit that is missing', [line('6000', '100.50', ''), line('1100', '', '')], 1, ['', '100.50']],
		['takes the debit that is missing', [line('6000', '', ''), line('1100', '', '7')], 0, ['7.00', '']],
		['replaces what stood in the line', [line('6000', '100', ''), line('1100', '3', '')], 1, ['', '100.00']],
		['leaves nothing where nothing is missing', [line('6000', '5', ''), line('1100', '', '5'), line('1000', '1', '')], 2, ['', '']],
		['works in the currency of the line', [line('1150', '9', '', { currency: 'USD' }), line('1160', '', '', { currency: 'USD' })], 1, ['', '9.00']],
	])('%s', (_name, lines, index, [debit, credit]) => {
		expect(balanced(lines, index, 'INR')[index]).toMatchObject({ debit, credit });
	});
});

describe('what is sent', () => {
	it('leaves blank lines out and knows where the others stand in the form', () => {
		const { entry, formLines } = entryOf(form(blankLine(), line(' 6000 ', '100+20', ''), blankLine(), line('1100', '', '120', { memo: ' x ' })), 'INR');
		expect(entry).toEqual({
			date: '2026-01-05',
			description: 'Rent',
			lines: [
				{ account: '6000', debit: '120.00' },
				{ account: '1100', credit: '120.00', memo: 'x' },
			],
		});
		expect(formLines).toEqual([1, 3]);
	});

	it('gives a base amount the sign of its side', () => {
		const { entry } = entryOf(form(line('1150', '', '10', { currency: 'USD', base: '830' })), 'INR');
		expect(entry.lines).toEqual([{ account: '1150', credit: '10.00', currency: 'USD', baseAmount: '-830.00' }]);
	});

	it('keeps of a draft what can be kept', () => {
		const draft = draftOf({ ...form(line('60', '1,2', ''), line('', '', '5', { dueDate: 'soon' })), date: 'soon' }, 'INR', isCivilDate);
		expect(draft).toEqual({ description: 'Rent', lines: [{ account: '60' }, { credit: '5.00' }] });
	});
});

describe('what stands in the way', () => {
	it.each<[string, FormLine, string[]]>([
		['nothing', line('6000', '5', ''), []],
		['a blank line is no line', blankLine({ currency: 'USD' }), []],
		['no account', line('', '5', ''), ['0 account noAccount']],
		['no amount', line('6000', '', ''), ['0 debit noAmount']],
		['both sides', line('6000', '5', '6'), ['0 credit bothSides']],
		['a negative amount', line('6000', '-5', ''), ['0 debit negative']],
		['no number', line('6000', '5x', ''), ['0 debit amount']],
		['a fraction of a paisa', line('6000', '', '0.001'), ['0 credit decimals']],
		['a due date that is none', line('6000', '5', '', { dueDate: '31/2' }), ['0 dueDate date']],
	])('%s', (_name, given, expected) => {
		expect(problemsOf(form(given), 'INR', isCivilDate).map(({ line: at, field, problem }) => `${at} ${field} ${problem}`)).toEqual(expected);
	});

	it('wants a date', () => {
		expect(problemsOf({ ...form(), date: '' }, 'INR', isCivilDate)).toEqual([{ line: null, field: 'date', problem: 'date' }]);
	});
});
