import { AppError } from '#shared/kernel/app-error.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { type DecimalSign, decimalSignOf, noEvidence, plainAmount, seeAmount } from '#main/imports/number-style.rules.ts';
import type { ImportQuestion } from '#main/imports/question.rules.ts';
import { isDayFirstFormat, qifDate, qifDayFirst } from './qif-dates.rules.ts';
import { askAll, LineFault, minorOf } from './statement-text.rules.ts';

/** How the amounts and dates of a file are written, and the currency that gives the number of decimals. */
export interface QifStyle {
	readonly decimal: DecimalSign;
	readonly dayFirst: boolean;
	readonly currency: CurrencyCode;
}

/** What a person said of the file's amounts and dates. */
interface StyleAnswers {
	readonly currency: CurrencyCode;
	readonly decimal?: DecimalSign;
	readonly dateFormat?: string;
}

interface Written {
	readonly text: string;
	readonly row: number;
}

/** How a file writes its amounts and dates, by all of them together; NEEDS_ANSWER where that leaves two ways. */
export function qifStyle(dates: readonly Written[], amounts: readonly Written[], options: StyleAnswers): QifStyle {
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

/** Minor units of an amount; null where nothing is written. Throws a LineFault where it is no amount. */
export function qifAmount(text: string | undefined, style: QifStyle): number | null {
	if (text === undefined || text === '') return null;
	const plain = plainAmount(text, style.decimal);
	if (plain === null) throw new LineFault('AMOUNT_INVALID', `"${text.slice(0, 60)}" is no amount.`);
	return minorOf(plain, style.currency);
}
