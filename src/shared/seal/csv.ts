/** The records of a CSV text (RFC 4180, LF or CRLF, an optional byte order mark); null where a quote is left open or stands inside a bare field. */
export function parseCsv(text: string): string[][] | null {
	const records: string[][] = [];
	let record: string[] = [];
	// One field with what ends it: quoted (with doubled quotes) or bare.
	const field = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
	field.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
	while (field.lastIndex < text.length || record.length > 0) {
		const parts = field.exec(text);
		if (parts === null) return null;
		record.push(parts[1]?.replaceAll('""', '"') ?? parts[2] ?? '');
		if (parts[3] === ',') continue;
		records.push(record);
		record = [];
	}
	return records;
}

/** A text cell without the apostrophe that keeps spreadsheets from reading it as a formula. */
export function plainCell(cell: string): string {
	return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
