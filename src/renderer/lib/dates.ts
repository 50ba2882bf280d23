/** A civil date (`YYYY-MM-DD`) as the company writes dates. */
export function shownDate(date: string, format: string): string {
	const [year = '', month = '', day = ''] = date.split('-');
	return format.replace('YYYY', year).replace('MM', month).replace('DD', day);
}
