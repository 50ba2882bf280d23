import { groupDigits, type NumberGrouping } from '#shared/kernel/grouping.ts';
import { isNilAmount } from '#shared/kernel/money.ts';

/** A plain decimal text for the eye: in groups, negative in parentheses. */
export function shownAmount(plain: string, grouping: NumberGrouping): string {
	return plain.startsWith('-') ? `(${groupDigits(plain.slice(1), grouping)})` : groupDigits(plain, grouping);
}

/** The same for a Dr or Cr column: nothing where there is nothing. */
export function shownSide(plain: string, grouping: NumberGrouping): string {
	return isNilAmount(plain) ? '' : shownAmount(plain, grouping);
}
