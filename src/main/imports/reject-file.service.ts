import { closeSync, openSync, writeSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { csvCell } from '#main/platform/csv/csv-writer.ts';
import type { RejectedRow } from './staged-entry.rules.ts';

const REJECT_COLUMNS = ['reject_line', 'reject_code', 'reject_reason'] as const;
const FORMULA_START = /^'*[=+\-@\t\r]/;
const SIGNED_NUMBER = /^[-+]?\d[\d.,'’ \u00a0\u202f]*$/;
const FLUSH_CHARACTERS = 64 * 1024;
const MAX_ATTEMPTS = 1000;

/** True for the header of a file that RejectFile wrote. */
export function isRejectHeader(names: readonly string[]): boolean {
	return REJECT_COLUMNS.every((column) => names.includes(column));
}

/** A cell that no spreadsheet computes; `restoredCell` takes it back exactly. Signed numbers stay numbers. */
export function guardedCell(cell: string): string {
	return FORMULA_START.test(cell) && !SIGNED_NUMBER.test(cell) ? `'${cell}` : cell;
}

export function restoredCell(cell: string): string {
	return cell.startsWith("'") && FORMULA_START.test(cell) ? cell.slice(1) : cell;
}

/**
 * The rejected rows of an import, written beside its input as `<name>.rejected.csv` (`-2` and so on where that exists: it may
 * be half corrected). It has the input's columns, delimiter, number and date style, in UTF-8 with a byte order mark, and the
 * line, code and reason of each refusal; corrected, it is imported with the same options.
 */
export class RejectFile {
	readonly #inputPath: string;
	readonly #delimiter: string;
	readonly #kept: readonly number[];
	readonly #header: readonly string[];
	readonly #width: number;
	#path: string | null = null;
	#descriptor: number | null = null;
	#pending = '';
	rows = 0;

	/** `header`: the names of the input's columns, in order. Nothing is written until a row comes. */
	constructor(inputPath: string, header: readonly string[], delimiter: string) {
		this.#inputPath = inputPath;
		this.#delimiter = delimiter;
		this.#width = header.length;
		this.#kept = header.flatMap((name, index) => (isRejectHeader(header) && (REJECT_COLUMNS as readonly string[]).includes(name) ? [] : [index]));
		this.#header = this.#kept.map((index) => header[index] as string);
	}

	/** Where the file is; null as long as nothing was rejected. */
	get path(): string | null {
		return this.#path;
	}

	/** Adds a row. Refuses DISK_READ_ONLY and DISK_FULL. */
	add(rejected: RejectedRow): void {
		if (this.#descriptor === null) this.#open();
		const cells = this.#kept.map((index) => rejected.fields[index] ?? '');
		// Cells beyond the header are what is wrong with such a row: they stay, behind the reason, to be seen and moved.
		const beyond = rejected.fields.slice(this.#width);
		this.#write([...cells, String(rejected.row), rejected.code, rejected.message, ...beyond]);
		this.rows++;
	}

	/** Writes what is left and closes the file. */
	close(): void {
		if (this.#descriptor === null) return;
		const descriptor = this.#descriptor;
		try {
			this.#flush();
		} finally {
			this.#descriptor = null;
			closeSync(descriptor);
		}
	}

	#open(): void {
		const folder = dirname(this.#inputPath);
		const name = basename(this.#inputPath, extname(this.#inputPath));
		for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
			const path = join(folder, `${name}.rejected${attempt === 1 ? '' : `-${attempt}`}.csv`);
			try {
				this.#descriptor = openSync(path, 'wx', 0o600);
				this.#path = path;
				this.#pending = '\ufeff';
				this.#write([...this.#header, ...REJECT_COLUMNS]);
				return;
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refusal(error, path);
			}
		}
		throw new AppError('ALREADY_EXISTS', `${folder} holds ${MAX_ATTEMPTS} files of rejected rows of this import. Remove those that are done with.`, { folder });
	}

	#write(cells: readonly string[]): void {
		this.#pending += `${cells.map((cell) => csvCell(guardedCell(cell), this.#delimiter)).join(this.#delimiter)}\n`;
		if (this.#pending.length >= FLUSH_CHARACTERS) this.#flush();
	}

	#flush(): void {
		const bytes = Buffer.from(this.#pending);
		this.#pending = '';
		try {
			for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor as number, bytes, written);
		} catch (error) {
			throw refusal(error, this.#path ?? this.#inputPath);
		}
	}
}

function refusal(error: unknown, path: string): unknown {
	const reason = (error as NodeJS.ErrnoException).code;
	if (reason === 'ENOSPC' || reason === 'EDQUOT')
		return new AppError('DISK_FULL', `There is no room for ${path}. Make room and import again.`, { file: path }, { retryable: true, cause: error });
	if (reason === 'EROFS' || reason === 'EACCES' || reason === 'EPERM') {
		return new AppError(
			'DISK_READ_ONLY',
			`${path} cannot be written: the folder is read-only for this user. Copy the input to a folder that can be written.`,
			{ file: path },
			{ cause: error },
		);
	}
	return error;
}
