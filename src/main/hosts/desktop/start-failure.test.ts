import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import type { ErrorCode } from '#shared/kernel/error-codes.ts';
import { startFailure } from './start-failure.ts';
import { speaker } from './texts.ts';

const folders = { data: '/srv/asha/books', logs: '/srv/asha/books/logs' };

describe('books that cannot be opened', () => {
	test.each<[ErrorCode, string]>([
		['DATABASE_TOO_NEW', 'Install the newest version'],
		['DATABASE_DAMAGED', 'put back the latest backup'],
		['DATABASE_NOT_OURS', 'Choose another folder'],
		['DATABASE_BUSY', 'Wait until it is done'],
		['DISK_FULL', 'Free some space'],
		['DISK_READ_ONLY', 'Allow writing to it'],
		['DISK_FAILED', 'Check that it is connected'],
	])('%s says: %s', (code, advice) => {
		const failure = startFailure(new AppError(code, 'as the terminal says it'), 'LS-0000-0000', folders, speaker('en'));
		expect(failure.message).toContain(advice);
		expect(failure.detail).toBe('Folder of the books: /srv/asha/books\nLog: /srv/asha/books/logs');
		expect(failure.buttons).toEqual(['Open the log folder', 'Quit']);
		expect(startFailure(new AppError(code, ''), 'LS-0000-0000', folders, speaker('mr')).message).toMatch(/\p{Script=Devanagari}/u);
	});

	test('a refusal without a text of its own says what it brings', () => {
		const refusal = new AppError('INPUT_INVALID', 'LEDGERSEAL_MAX_FILE_MB is no number.');
		expect(startFailure(refusal, 'LS-0000-0000', folders, speaker('en')).message).toBe('LEDGERSEAL_MAX_FILE_MB is no number.');
	});

	test('a fault of the program says nothing of the inside, only its number', () => {
		const { message } = startFailure(new TypeError('x is undefined'), 'LS-7F3K-92QD', folders, speaker('en'));
		expect(message).toContain('LS-7F3K-92QD');
		expect(message).not.toContain('undefined');
	});
});
