/** How digits before the decimal sign are put in groups: 1,234,567.50 or 12,34,567.50 (lakh and crore). */
export type NumberGrouping = 'western' | 'indian';

const WESTERN = /\B(?=(?:\d{3})+$)/g;
// The last three digits together, those before them in pairs.
const INDIAN = /\B(?=(?:\d{2})*\d{3}$)/g;

/** A plain decimal text (`"-1234567.50"`) with its digits in groups. It is for the eye only: grouped text is never read back. */
export function groupDigits(plain: string, grouping: NumberGrouping): string {
	const point = plain.indexOf('.');
	const whole = point < 0 ? plain : plain.slice(0, point);
	return whole.replace(grouping === 'indian' ? INDIAN : WESTERN, ',') + plain.slice(whole.length);
}
