/** The rows of a file that were rejected, to be corrected in place: the file as text, one row on one line. */
export interface EditableFile {
	readonly name: string;
	readonly lines: readonly string[];
	readonly delimiter: string;
	/** Names of the columns; the cells of the first line that is not blank. */
	readonly header: readonly string[];
}

/** Larger files are corrected where they come from. */
export const MAX_EDITABLE_BYTES = 5_000_000;

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** null where the file can't be taken apart safely: no UTF-8, or a cell that goes on over several lines. */
export function editableFile(name: string, bytes: Uint8Array): EditableFile | null {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
	const lines = text.split(/\r?\n/);
	const head = lines.find((line) => line.trim() !== '') ?? '';
	const delimiter = DELIMITERS.reduce((best, candidate) => (head.split(candidate).length > head.split(best).length ? candidate : best));
	if (lines.some((line) => (line.match(/"/g)?.length ?? 0) % 2 === 1)) return null;
	return { name, lines, delimiter, header: cellsOf(head, delimiter) };
}

/** Cells of a row, without their quotes. `row`: the line of the file, from 1. */
export function rowCells(file: EditableFile, row: number): string[] {
	const cells = cellsOf(file.lines[row - 1] ?? '', file.delimiter);
	return [...cells, ...Array.from({ length: Math.max(0, file.header.length - cells.length) }, () => '')];
}

/** The file with some rows written anew. */
export function withRows(file: EditableFile, rows: ReadonlyMap<number, readonly string[]>): EditableFile {
	return {
		...file,
		lines: file.lines.map(
			(line, index) =>
				rows
					.get(index + 1)
					?.map((cell) => written(cell, file.delimiter))
					.join(file.delimiter) ?? line,
		),
	};
}

export function fileText(file: EditableFile): string {
	return file.lines.join('\n');
}

function cellsOf(line: string, delimiter: string): string[] {
	const cells: string[] = [];
	let cell = '';
	let isQuoted = false;
	for (let at = 0; at < line.length; at++) {
		const sign = line.charAt(at);
		if (isQuoted && sign === '"' && line.charAt(at + 1) === '"') {
			cell += '"';
			at++;
		} else if (sign === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
		else if (sign === delimiter && !isQuoted) {
			cells.push(cell);
			cell = '';
		} else cell += sign;
	}
	return [...cells, cell];
}

function written(cell: string, delimiter: string): string {
	return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

interface Rejected {
	readonly row: number;
	readonly code: string;
	readonly message: string;
}

/** The value that a refusal is about, as it quotes it. */
export function quotedIn(message: string): string | null {
	return /"([^"]+)"/.exec(message)?.[1] ?? null;
}

/**
 * Which cells of a row are wrong: those with a value that a refusal names (it stands at the first row of its entry, which need not
 * be the one with the value); where none is named, the whole of the row.
 */
export function wrongCells(file: EditableFile, rejected: readonly Rejected[], row: number): (column: number) => boolean {
	const named = new Set(rejected.map(({ message }) => quotedIn(message)));
	const cells = rowCells(file, row);
	if (cells.some((cell) => named.has(cell))) return (column) => named.has(cells[column] ?? '');
	const own = rejected.find((other) => other.row === row);
	const isWhole = own !== undefined && own.code !== 'ENTRY_REJECTED' && quotedIn(own.message) === null;
	return () => isWhole;
}
