import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, instantText } from './clock.ts';
import { redact } from './redact.ts';

type LogLevel = 'info' | 'warning' | 'error';

export interface Log {
	/** One line; never throws. Secrets in `fields` are redacted, see redact.ts. */
	write(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
	/** Records a fault of the program and gives the incident id that the user is shown. Never throws. */
	logFault(error: unknown, fields?: Readonly<Record<string, unknown>>): string;
	/** The file that is being written, for "show the log". */
	readonly path: string;
}

export interface LogOptions {
	readonly dataFolder: string;
	readonly clock: Clock;
	/** Length in bytes from which the file is put aside (default 5 MB). */
	readonly maxBytes?: number;
	/** Files put aside that are kept (default 5). */
	readonly keep?: number;
}

const DEFAULT_MAX_BYTES = 5_000_000;
const DEFAULT_KEEP = 5;
// Crockford's base 32: no I, L, O, U, so that an id survives a telephone call.
const INCIDENT_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id to quote to support, such as `LS-7F3K-92QD`: eight characters of Crockford's base 32, 40 random bits. */
export function incidentId(): string {
	const letters = Array.from(randomBytes(8), (byte) => INCIDENT_ALPHABET.charAt(byte & 31)).join('');
	return `LS-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/**
 * The log of a data folder: `logs/ledgerseal.log`, one JSON object a line (`at`, `level`, `message`, `incident`?, `pid`, the
 * fields). A full file becomes `ledgerseal.1.log`, the ones before it move up, the oldest goes.
 *
 * The file is opened for each line, and for the first line only: lines are rare, a start that logs nothing pays nothing, and a
 * process that put the file aside leaves no other process writing to the old one. What cannot be logged goes to standard error.
 */
export function openLog(options: LogOptions): Log {
	const folder = join(options.dataFolder, 'logs');
	const path = join(folder, 'ledgerseal.log');
	const append = (level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void => {
		const line = lineOf(options.clock, level, message, fields);
		try {
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			const length = appendLine(path, line);
			if (length >= (options.maxBytes ?? DEFAULT_MAX_BYTES)) rotate(folder, options.keep ?? DEFAULT_KEEP);
		} catch {
			// Logging must not turn a fault into another one; standard error is what is left.
			process.stderr.write(line);
		}
	};
	return {
		path,
		write: (level, message, fields = {}) => append(level, message, fields),
		logFault: (error, fields = {}) => {
			const incident = incidentId();
			append('error', error instanceof Error ? error.message : String(error), { ...fields, incident, error });
			return incident;
		},
	};
}

function lineOf(clock: Clock, level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): string {
	const head = { at: instantText(clock.now()), level, message: redact(message), pid: process.pid };
	try {
		return `${JSON.stringify({ ...head, ...(redact(fields) as object) })}\n`;
	} catch {
		// A getter of a foreign error object may throw; the message alone is better than no line.
		return `${JSON.stringify(head)}\n`;
	}
}

function appendLine(path: string, line: string): number {
	const file = openSync(path, 'a', 0o600);
	try {
		writeSync(file, line);
		return fstatSync(file).size;
	} finally {
		closeSync(file);
	}
}

function rotate(folder: string, keep: number): void {
	const aside = (number: number): string => join(folder, number === 0 ? 'ledgerseal.log' : `ledgerseal.${number}.log`);
	rmSync(aside(keep), { force: true });
	for (let number = keep - 1; number >= 0; number--) {
		try {
			renameSync(aside(number), aside(number + 1));
		} catch {
			// Not that many yet, or another process is putting it aside at this moment.
		}
	}
}
