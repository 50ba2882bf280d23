import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { createOutput, type Output } from './output.ts';
import { UsageError } from './usage-error.ts';

class Screen {
	text = '';
	readonly isTTY: boolean;
	private listener: (error: Error) => void = () => {};

	constructor(isTTY = false) {
		this.isTTY = isTTY;
	}
	write(text: string): boolean {
		this.text += text;
		return true;
	}
	on(_event: 'error', listener: (error: Error) => void): this {
		this.listener = listener;
		return this;
	}
	break(code: string): void {
		this.listener(Object.assign(new Error(`write ${code}`), { code }));
	}
}

function outputOf(json: boolean, isTTY = false): { output: Output; stdout: Screen; stderr: Screen; faults: unknown[] } {
	const stdout = new Screen(isTTY);
	const stderr = new Screen();
	const faults: unknown[] = [];
	const logFault = (error: unknown): string => {
		faults.push(error);
		return 'LS-7F3K-92QD';
	};
	return { output: createOutput({ stdout, stderr, json, logFault }), stdout, stderr, faults };
}

describe('print and printJson', () => {
	it('prints text for people and no JSON', () => {
		const { output, stdout, stderr } = outputOf(false);
		output.print('Company Demo\n');
		output.printJson({ companyId: 'x' });
		output.note('a note');
		expect([stdout.text, stderr.text]).toEqual(['Company Demo\n', 'a note\n']);
	});

	it('prints one JSON document and nothing else', () => {
		const { output, stdout, stderr } = outputOf(true);
		output.note('a note');
		output.printJson({ debit: '1250.00' });
		expect(stdout.text).toBe('{"debit":"1250.00"}\n');
		expect(stderr.text).toBe('a note\n');
		expect(() => output.printJson({})).toThrow('one JSON document');
		expect(() => output.print('text')).toThrow('JSON mode');
		expect(stdout.text).toBe('{"debit":"1250.00"}\n');
	});

	it('prints JSON over several lines where a person reads it', () => {
		const { output, stdout } = outputOf(true, true);
		output.printJson({ a: 1 });
		expect(stdout.text).toBe('{\n  "a": 1\n}\n');
	});
});

describe('fail', () => {
	const refusal = new AppError('ENTRY_UNBALANCED', 'Debits exceed credits by 1.00.', { differenceMinor: 100n });
	const diskFull = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
	const bug = new TypeError('x is not a function');

	it.each<[string, unknown, number, Record<string, unknown>]>([
		['a refusal', refusal, 1, { code: 'ENTRY_UNBALANCED', message: 'Debits exceed credits by 1.00.', details: { differenceMinor: '100' } }],
		['a fault of the machine', diskFull, 1, { code: 'DISK_FULL', details: { cause: 'ENOSPC' } }],
		['a wrong command line', new UsageError('There is no option --x.', { option: 'x' }), 2, { code: 'USAGE', details: { option: 'x' } }],
		['a bug', bug, 3, { code: 'FAULT', message: expect.stringContaining('LS-7F3K-92QD'), details: { incident: 'LS-7F3K-92QD' } }],
	])('%s', (_name, error, status, expected) => {
		const json = outputOf(true);
		expect(json.output.fail(error)).toBe(status);
		expect(JSON.parse(json.stdout.text)).toEqual({ error: expect.objectContaining(expected) });
		expect(json.stderr.text).toBe('');

		const plain = outputOf(false);
		expect(plain.output.fail(error)).toBe(status);
		expect(plain.stdout.text).toBe('');
		expect(plain.stderr.text).toMatch(/^\S.*\n$/);
		expect(plain.faults).toEqual(status === 3 ? [bug] : []);
	});

	it('does not show what a bug says', () => {
		const { output, stderr } = outputOf(false);
		output.fail(bug);
		expect(stderr.text).not.toContain('not a function');
	});

	it('tells beside the document where that is out already', () => {
		const { output, stdout, stderr } = outputOf(true);
		output.printJson({ done: true });
		expect(output.fail(refusal)).toBe(1);
		expect(stdout.text).toBe('{"done":true}\n');
		expect(stderr.text).toBe('Debits exceed credits by 1.00.\n');
	});
});

describe('a reader that goes away', () => {
	it('ends the output without a word', () => {
		const { output, stdout, stderr } = outputOf(false);
		stdout.break('EPIPE');
		output.print('more');
		expect([stdout.text, stderr.text]).toEqual(['', '']);
	});

	it('does not disturb the work of a real process', () => {
		const script = join(temporaryFolder(), 'many.mjs');
		writeFileSync(
			script,
			`const { createOutput } = await import(${JSON.stringify(new URL('./output.ts', import.meta.url).href)});
			const output = createOutput({ stdout: process.stdout, stderr: process.stderr, json: false, logFault: () => '' });
			for (let line = 0; line < 20000; line++) {
				output.print('line ' + line + '\\n');
				if (line % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
			}
			output.note('done');
			process.exitCode = 0;`,
		);
		const text = execFileSync('bash', ['-c', `exec 4>&1; { { "$NODE" "$SCRIPT" 2>&4; echo "status $?" >&4; } | head -n 1 >/dev/null; }`], {
			env: { ...process.env, NODE: process.execPath, SCRIPT: script },
			encoding: 'utf8',
		});
		expect(text).toBe('done\nstatus 0\n');
	});
});
