import { utf8Text } from './bytes.ts';
import { parseCsv } from './csv.ts';
import { type ByteSink, lineSink } from './package-source.ts';

const QUOTE = '"';
// Far above any record: a few texts of 32 000 characters.
const LONGEST_RECORD = 4 * 1024 * 1024;

/**
 * Reads a CSV file of ours (RFC 4180, UTF-8, each record ended by LF, an optional byte order mark) record by record as it streams by, in flat
 * memory. `take` gets the cells of each, the header first; `damaged` is called where the file is none, and nothing more is taken.
 */
export function csvSink(take: (cells: readonly string[]) => void, damaged: () => void): ByteSink {
	/** Lines of a record whose quotation marks are still open. */
	let pending = '';
	let isDamaged = false;
	let isFirst = true;
	const fail = (): void => {
		if (!isDamaged) damaged();
		isDamaged = true;
		pending = '';
	};
	const takeLine = (bytes: Uint8Array): void => {
		if (isDamaged) return;
		const text = utf8Text(bytes);
		if (text === null || pending.length > LONGEST_RECORD) return fail();
		const line = pending + (isFirst && text.startsWith('\ufeff') ? text.slice(1) : text);
		isFirst = false;
		if (line.includes(QUOTE) && (line.split(QUOTE).length - 1) % 2 === 1) {
			pending = `${line}\n`;
			return;
		}
		pending = '';
		const cells = cellsOf(line);
		if (cells === null) fail();
		else take(cells);
	};
	return lineSink(takeLine, fail, () => {
		if (pending !== '') fail();
	});
}

function cellsOf(line: string): readonly string[] | null {
	if (!line.includes(QUOTE)) return line.split(',');
	const [cells] = parseCsv(line) ?? [];
	return cells ?? null;
}
