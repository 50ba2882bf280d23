import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createPrompt, needsAnswer, type Prompt } from './prompt.ts';

class Keyboard extends PassThrough {
	readonly isTTY: boolean;
	readonly rawModes: boolean[] = [];
	constructor(isTTY: boolean) {
		super();
		this.isTTY = isTTY;
	}
	setRawMode(raw: boolean): this {
		this.rawModes.push(raw);
		return this;
	}
}

function setUp(options: { isTTY?: boolean; interactive?: boolean } = {}): { prompt: Prompt; keyboard: Keyboard; shown: () => string } {
	const keyboard = new Keyboard(options.isTTY ?? true);
	const screen = new PassThrough();
	let text = '';
	screen.on('data', (chunk) => {
		text += String(chunk);
	});
	return { prompt: createPrompt(keyboard, screen, { interactive: options.interactive ?? true }), keyboard, shown: () => text };
}

const QUESTION = { id: 'decimal', text: 'Is 1,234 more than a thousand?', option: '--decimal' };

describe('ask', () => {
	it('gives the line that was typed', async () => {
		const { prompt, keyboard, shown } = setUp();
		const answer = prompt.ask({ id: 'name', text: 'Name?' });
		keyboard.write('  Demo Traders \r');
		expect(await answer).toBe('Demo Traders');
		expect(shown()).toContain('Name?');
	});

	it('takes a choice by number or text, and asks again for anything else', async () => {
		const { prompt, keyboard, shown } = setUp();
		const first = prompt.ask({ ...QUESTION, choices: ['Comma', 'Point'] });
		keyboard.write('0\r');
		keyboard.write('3\r');
		keyboard.write('what?\r');
		keyboard.write('2\r');
		expect(await first).toBe('Point');
		expect(shown()).toContain('  1  Comma\n  2  Point\n');
		const second = prompt.ask({ ...QUESTION, choices: ['Comma', 'Point'] });
		keyboard.write('comma\r');
		expect(await second).toBe('Comma');
	});

	it.each([
		['Ctrl-C', '\u0003'],
		['Ctrl-D', '\u0004'],
	])('%s cancels', async (_name, key) => {
		const { prompt, keyboard } = setUp();
		const answer = prompt.ask(QUESTION);
		keyboard.write(key);
		await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
	});

	it.each([
		['where there is no terminal', { isTTY: false }],
		['with --json', { interactive: false }],
	])('is refused with the question %s', async (_name, options) => {
		const { prompt, shown } = setUp(options);
		expect(prompt.interactive).toBe(false);
		await expect(prompt.ask(QUESTION)).rejects.toMatchObject({
			code: 'NEEDS_ANSWER',
			message: 'Is 1,234 more than a thousand? Answer with --decimal.',
			details: { questions: [QUESTION] },
		});
		expect(shown()).toBe('');
	});
});

describe('confirm', () => {
	it.each([
		['yes\r', true],
		['N\r', false],
	])('%j', async (typed, expected) => {
		const { prompt, keyboard } = setUp();
		const answer = prompt.confirm({ id: 'go', text: 'Go on?' });
		keyboard.write('perhaps\r');
		keyboard.write(typed);
		expect(await answer).toBe(expected);
	});
});

describe('password', () => {
	it('is not shown, can be corrected, and gives the terminal back', async () => {
		const { prompt, keyboard, shown } = setUp();
		const answer = prompt.password({ id: 'password', text: 'Password:' });
		keyboard.write('wrong\u0015hunterr\u007f2 ₹');
		keyboard.write('\r');
		expect(await answer).toBe('hunter2 ₹');
		expect(shown()).toBe('Password: \n');
		expect(keyboard.rawModes).toEqual([true, false]);
	});

	it('Ctrl-C cancels and gives the terminal back', async () => {
		const { prompt, keyboard } = setUp();
		const answer = prompt.password({ id: 'password', text: 'Password:' });
		keyboard.write('half\u0003');
		await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(keyboard.rawModes).toEqual([true, false]);
	});

	it('can be piped in where there is no terminal, also with --json', async () => {
		const { prompt, keyboard } = setUp({ isTTY: false, interactive: false });
		keyboard.end('hunter2\nmore\n');
		expect(await prompt.password({ id: 'password', text: 'Password:' })).toBe('hunter2');
	});

	it('is asked of nobody where nothing is piped in, or at a terminal with --json', async () => {
		const piped = setUp({ isTTY: false });
		piped.keyboard.end();
		await expect(piped.prompt.password(QUESTION)).rejects.toMatchObject({ code: 'NEEDS_ANSWER' });
		const { prompt } = setUp({ interactive: false });
		await expect(prompt.password(QUESTION)).rejects.toMatchObject({ code: 'NEEDS_ANSWER' });
	});
});

describe('needsAnswer', () => {
	it('tells all questions at once', () => {
		const other = { id: 'dates', text: 'Is 03/04 in March?' };
		expect(needsAnswer([QUESTION, other])).toMatchObject({ code: 'NEEDS_ANSWER', details: { questions: [QUESTION, other] } });
	});
});
