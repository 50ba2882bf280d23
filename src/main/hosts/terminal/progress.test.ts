import { describe, expect, it } from 'vitest';
import { startProgress } from './progress.ts';

class Terminal {
	readonly written: string[] = [];
	readonly isTTY: boolean;
	readonly columns: number;
	constructor(isTTY: boolean, columns = 80) {
		this.isTTY = isTTY;
		this.columns = columns;
	}
	write(text: string): void {
		this.written.push(text);
	}
}

describe('startProgress', () => {
	it('writes nothing where nobody looks', () => {
		const stream = new Terminal(false);
		const progress = startProgress(stream, { label: 'import', total: 10 });
		for (let done = 0; done <= 10; done++) progress.update(done);
		progress.end();
		expect(stream.written).toEqual([]);
	});

	it('draws at most ten times a second', () => {
		const stream = new Terminal(true);
		let nowMs = 0;
		const progress = startProgress(stream, { label: 'import', total: 1000, nowMs: () => nowMs });
		for (let done = 0; done < 1000; done++, nowMs++) progress.update(done);
		expect(stream.written).toHaveLength(10);
	});

	it('shows the part done and clears its line at the end', () => {
		const stream = new Terminal(true);
		let nowMs = 0;
		const progress = startProgress(stream, { label: 'import', nowMs: () => (nowMs += 1000) });
		progress.update(12_345);
		progress.update(50, 200);
		progress.update(300);
		progress.end();
		expect(stream.written).toEqual([
			'\rimport 12 345',
			`\r[${'#'.repeat(8)}${'.'.repeat(22)}] 25% import`,
			`\r[${'#'.repeat(30)}] 100% import`,
			`\r${' '.repeat(44)}`,
			'\r',
		]);
	});

	it('stays on one line of a narrow terminal', () => {
		const stream = new Terminal(true, 20);
		startProgress(stream, { label: 'verify package', total: 4 }).update(1);
		expect(stream.written).toEqual(['\r25% verify package']);
	});

	it('clears nothing that was never drawn', () => {
		const stream = new Terminal(true);
		startProgress(stream, { label: 'import' }).end();
		expect(stream.written).toEqual([]);
	});
});
