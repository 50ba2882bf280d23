import { AppError } from '#shared/kernel/app-error.ts';
import { type CivilDate, civilDate } from '#shared/kernel/civil-date.ts';
import type { DateSpan } from '#shared/kernel/period.ts';

/** The span that a person asked for. Refuses INPUT_INVALID for days that do not exist and a span that ends before it begins. */
export function askedSpan(from: CivilDate, to: CivilDate): DateSpan {
	const span = { start: civilDate(from), end: civilDate(to) };
	if (span.start > span.end) throw new AppError('INPUT_INVALID', `The report would end (${to}) before it begins (${from}). Swap the dates.`, { from, to });
	return span;
}
