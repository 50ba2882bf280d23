/** A civil date (`YYYY-MM-DD`) as the company writes dates. */
export function shownDate(date: string, format: string): string {
	const [year = '', month = '', day = ''] = date.split('-');
	return format.replace('YYYY', year).replace('MM', month).replace('DD', day);
}

/** An instant (UTC, ISO 8601) as the clock on the wall here shows it, to the minute. */
export function shownInstant(instant: string, format: string): string {
	const at = new Date(instant);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${shownDate(`${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, format)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
