import { AppError } from '#shared/kernel/app-error.ts';
import { decimalSignOf, noEvidence, seeAmount } from '#main/imports/number-style.rules.ts';
import type { ImportQuestion } from '#main/imports/question.rules.ts';
import type { StatementReadOptions } from './parsed-statement.ts';
import { isDayFirstFormat, qifDate, qifDayFirst } from './qif-dates.rules.ts';
import type { QifStyle } from './qif-lines.rules.ts';
import { askAll } from './statement-text.rules.ts';

interface Written {
	readonly text: string;
	readonly row: number;
}

/** How a file writes its amounts and dates, by all of them together; NEEDS_ANSWER where that leaves two ways. */
export function qifStyle(dates: readonly Written[], amounts: readonly Written[], options: StatementReadOptions): QifStyle {
	const evidence = noEvidence();
	for (const { text, row } of amounts) seeAmount(evidence, text, row);
	const decimal = options.decimal ?? decimalSignOf(evidence);
	const dayFirst = options.dateFormat === undefined ? qifDayFirst(dates.flatMap(({ text, row }) => qifDate(text, row) ?? [])) : namedOrder(options.dateFormat);
	const questions: ImportQuestion[] = [];
	if (typeof dayFirst === 'object') questions.push(dayFirst);
	if (typeof decimal === 'object') questions.push(decimal);
	askAll(questions);
	return { decimal: decimal as QifStyle['decimal'], dayFirst: dayFirst === true, currency: options.currency };
}

function namedOrder(format: string): boolean {
	const dayFirst = isDayFirstFormat(format);
	if (dayFirst !== null) return dayFirst;
	throw new AppError('INPUT_INVALID', `"${format}" is no date format. Write it as DD/MM/YYYY or MM/DD/YYYY.`, { dateFormat: format });
}
