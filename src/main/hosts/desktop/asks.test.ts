import { expect, test } from 'vitest';
import { Asks } from './asks.ts';

test('what was asked before the page listened is heard once, in order; then as it is asked', () => {
	const asks = new Asks();
	const heard: string[] = [];
	asks.ask('openFile', 'a');
	asks.ask('go', 'journal');
	const stop = asks.listen((what, value) => heard.push(`${what} ${value}`));
	asks.ask('resume');
	expect(heard).toEqual(['openFile a', 'go journal', 'resume null']);
	stop();
	asks.ask('print');
	expect(heard).toHaveLength(3);
	asks.listen((what) => heard.push(what));
	expect(heard.at(-1)).toBe('print');
});
