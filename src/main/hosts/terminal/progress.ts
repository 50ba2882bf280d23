import { padText, textWidth } from './text-width.ts';

export interface ProgressStream {
	readonly isTTY?: boolean;
	readonly columns?: number;
	write(text: string): unknown;
}

export interface Progress {
	/** How much is done, in the unit of `total`; `total` and what is being done may become known or change later. */
	update(done: number, total?: number, label?: string): void;
	/** Takes the bar away. Call it also when the work fails. */
	end(): void;
}

export interface ProgressOptions {
	readonly label: string;
	/** Unknown total: only the amount done is shown. */
	readonly total?: number;
	/** Milliseconds of a clock that never goes back. */
	readonly nowMs?: () => number;
}

const DRAW_EVERY_MS = 100;
const BAR_COLUMNS = 30;
const SILENT: Progress = { update: () => {}, end: () => {} };

/** A progress bar on a terminal, and nothing at all on anything else. It is drawn at most ten times a second. */
export function startProgress(stream: ProgressStream, options: ProgressOptions): Progress {
	if (!stream.isTTY) return SILENT;
	const nowMs = options.nowMs ?? (() => performance.now());
	let { label, total } = options;
	let drawnAtMs = Number.NEGATIVE_INFINITY;
	let drawnColumns = 0;
	const draw = (line: string): void => {
		const columns = textWidth(line);
		stream.write(`\r${padText(line, drawnColumns, 'left')}`);
		drawnColumns = columns;
	};
	return {
		update: (done, newTotal, newLabel) => {
			total = newTotal ?? total;
			label = newLabel ?? label;
			const now = nowMs();
			if (now - drawnAtMs < DRAW_EVERY_MS) return;
			drawnAtMs = now;
			draw(progressLine(label, done, total, stream.columns ?? 80));
		},
		end: () => {
			if (drawnColumns === 0) return;
			draw('');
			stream.write('\r');
		},
	};
}

function progressLine(label: string, done: number, total: number | undefined, columns: number): string {
	if (total === undefined || total <= 0) return `${label} ${grouped(done)}`;
	const part = Math.min(1, Math.max(0, done / total));
	const figures = `${Math.floor(part * 100)}% ${label}`;
	const bar = Math.min(BAR_COLUMNS, columns - textWidth(figures) - 4);
	if (bar < 5) return figures;
	const filled = Math.round(part * bar);
	return `[${'#'.repeat(filled)}${'.'.repeat(bar - filled)}] ${figures}`;
}

function grouped(count: number): string {
	return String(Math.trunc(count)).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
