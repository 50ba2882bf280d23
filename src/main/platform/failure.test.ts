import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { AssertionFailure } from '#shared/kernel/assert.ts';
import { errorOf, failureOf } from './failure.ts';

const neutral = 'The program made a mistake. Nothing was half done. Report incident LS-7F3K-92QD; the log has the details.';

describe('what went wrong, as data', () => {
	it.each([
		[
			'a refusal',
			new AppError('NOT_FOUND', 'There is none.', { no: 7 }),
			{ code: 'NOT_FOUND', message: 'There is none.', details: { no: 7 }, retryable: false },
			0,
		],
		['a lock', Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' }), { code: 'DATABASE_BUSY', retryable: true }, 0],
		['a bug', new AssertionFailure('sums agree'), { code: 'FAULT', message: neutral, details: { incident: 'LS-7F3K-92QD' }, retryable: false }, 1],
		['something thrown', 'oh', { code: 'FAULT', message: neutral }, 1],
	])('%s', (_name, error, expected, timesLogged) => {
		const logged: unknown[] = [];
		const log = (bug: unknown): string => `LS-7F3K-92QD${logged.push(bug) > 1 ? ' again' : ''}`;
		const failure = failureOf(error, log);
		expect(failure).toMatchObject(expected);
		expect(logged).toHaveLength(timesLogged);
		// There and back through another thread it is the same, and no bug is logged a second time.
		expect(failureOf(errorOf(structuredClone(failure)), log)).toEqual(failure);
		expect(logged).toHaveLength(timesLogged);
	});
});
