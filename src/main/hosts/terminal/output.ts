import { failureOf } from '#main/platform/failure.ts';
import { assert } from '#shared/kernel/assert.ts';
import { UsageError } from './usage-error.ts';

/** Exit statuses that scripts depend on. */
export const EXIT = { done: 0, refused: 1, usage: 2, fault: 3 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

export interface OutputStream {
	readonly isTTY?: boolean;
	readonly columns?: number;
	write(text: string): unknown;
	on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface Output {
	/** True where exactly one JSON document is to be on standard output. */
	readonly json: boolean;
	readonly stderr: OutputStream;
	/** Text for people on standard output. It is a bug to print text in JSON mode. */
	print(text: string): void;
	/** The one JSON document; a bug where one was printed before. Nothing is printed out of JSON mode. */
	printJson(value: unknown): void;
	/** A note on standard error, one line. */
	note(text: string): void;
	/** Tells of an error the way the mode asks for, and gives the exit status for it. */
	fail(error: unknown): ExitStatus;
}

export interface OutputOptions {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
	readonly json: boolean;
	/** Records a fault of the program and gives its incident id. */
	readonly logFault: (error: unknown) => string;
}

interface FailedAnswer {
	readonly code: string;
	readonly message: string;
	readonly details: Readonly<Record<string, unknown>>;
	readonly status: ExitStatus;
}

/**
 * Everything that a command says. A reader that goes away (`| head`) ends the output without an error: what was asked for is
 * done nonetheless, and the exit status is that of the work.
 */
export function createOutput(options: OutputOptions): Output {
	const { stdout, stderr, json } = options;
	let documentPrinted = false;
	const closed = new Set<OutputStream>();
	for (const stream of [stdout, stderr]) {
		stream.on('error', (error) => {
			closed.add(stream);
			// EPIPE: the reader is gone. Another error of standard output (a full disk) is one that its reader must hear of.
			if (stream === stdout && !isGone(error)) write(stderr, `Standard output cannot be written: ${error.message}\n`);
			if (stream === stdout && !isGone(error)) process.exitCode = EXIT.fault;
		});
	}
	const write = (stream: OutputStream, text: string): void => {
		if (!closed.has(stream)) stream.write(text);
	};
	const printDocument = (value: unknown): void => {
		documentPrinted = true;
		write(stdout, `${JSON.stringify(value, null, stdout.isTTY ? 2 : undefined)}\n`);
	};
	return {
		json,
		stderr,
		print: (text) => {
			assert(!json, 'only the JSON document is printed in JSON mode');
			write(stdout, text);
		},
		printJson: (value) => {
			if (!json) return;
			assert(!documentPrinted, 'one JSON document is printed');
			printDocument(value);
		},
		note: (text) => write(stderr, `${text}\n`),
		fail: (error) => {
			const failure = answerTo(error, options.logFault);
			const { code, message, details, status } = failure;
			// Where the document is out already, the rest of the truth can only go beside it.
			if (json && !documentPrinted) printDocument({ error: { code, message, details: jsonSafe(details) } });
			else write(stderr, `${message}\n`);
			return status;
		},
	};
}

function answerTo(error: unknown, logFault: (error: unknown) => string): FailedAnswer {
	if (error instanceof UsageError) return { code: 'USAGE', message: error.message, details: error.details, status: EXIT.usage };
	const { code, message, details } = failureOf(error, logFault);
	return { code, message, details, status: code === 'FAULT' ? EXIT.fault : EXIT.refused };
}

// A refusal must reach the script also where its details hold a sum beyond 2^53.
function jsonSafe(details: Readonly<Record<string, unknown>>): unknown {
	return JSON.parse(JSON.stringify(details, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
}

function isGone(error: Error): boolean {
	return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
