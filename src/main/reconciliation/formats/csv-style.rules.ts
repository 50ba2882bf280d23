import { AppError } from '#shared/kernel/app-error.ts';
import { type DateStyle, dateFormatOf, dateProof, dateStyleOf, noDateEvidence, seeDate } from '#main/imports/date-style.rules.ts';
import { type DecimalSign, decimalSignOf, noEvidence, seeAmount } from '#main/imports/number-style.rules.ts';
import { cell, type CellStyle, dayText, markedAmount, type StatementRow } from './csv-cells.rules.ts';
import type { StatementColumns } from './csv-columns.rules.ts';
import { askAll } from './statement-text.rules.ts';

/** What a person said of the file's amounts and dates. */
interface StyleAnswers {
	readonly decimal?: DecimalSign;
	readonly dateFormat?: string;
}

const AMOUNT_FIELDS = ['amount', 'debit', 'credit', 'balance'] as const;

/** How the file writes amounts and dates, by all rows together; NEEDS_ANSWER with every question at once where that leaves two ways. */
export function cellStyle(rows: readonly StatementRow[], columns: StatementColumns, options: StyleAnswers): CellStyle {
	const amounts = noEvidence();
	const dates = noDateEvidence();
	for (const row of rows) {
		if (!/\d/.test(cell(row, columns, 'date'))) continue;
		for (const field of AMOUNT_FIELDS) {
			if (columns[field] !== undefined) seeAmount(amounts, markedAmount(cell(row, columns, field)).text, row.line);
		}
		for (const field of ['date', 'value_date'] as const) {
			const text = dayText(cell(row, columns, field));
			if (text !== '' && dateProof(text) !== 'NOT_A_DATE') seeDate(dates, text, row.line);
		}
	}
	const decimal = options.decimal ?? decimalSignOf(amounts);
	const date = options.dateFormat === undefined ? dateStyleOf(dates) : namedStyle(options.dateFormat);
	askAll([date, decimal].filter((answer) => typeof answer === 'object' && 'question' in answer));
	return { decimal: decimal as DecimalSign, date: date as DateStyle };
}

function namedStyle(text: string): DateStyle {
	const format = dateFormatOf(text);
	if (format !== null) return { kind: 'format', format };
	throw new AppError('INPUT_INVALID', `"${text}" is no date format. Write it as DD.MM.YYYY, MM/DD/YY or DD-MMM-YYYY.`, { dateFormat: text });
}
