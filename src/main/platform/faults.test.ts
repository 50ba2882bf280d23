import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { mapFault, withMappedFaults } from './faults.ts';

function fault(code: string, cause?: unknown): Error {
	return Object.assign(new Error(`${code} happened`, { cause }), { code });
}

describe('mapFault', () => {
	it.each([
		['ENOSPC', 'DISK_FULL', true],
		['EDQUOT', 'DISK_FULL', true],
		['SQLITE_FULL', 'DISK_FULL', true],
		['SQLITE_IOERR_SHMSIZE', 'DISK_FULL', true],
		['EROFS', 'DISK_READ_ONLY', false],
		['EACCES', 'DISK_READ_ONLY', false],
		['EPERM', 'DISK_READ_ONLY', false],
		['SQLITE_READONLY', 'DISK_READ_ONLY', false],
		['SQLITE_READONLY_DBMOVED', 'DISK_READ_ONLY', false],
		['SQLITE_CANTOPEN', 'DISK_READ_ONLY', false],
		['SQLITE_CANTOPEN_ISDIR', 'DISK_READ_ONLY', false],
		['EIO', 'DISK_FAILED', true],
		['SQLITE_IOERR', 'DISK_FAILED', true],
		['SQLITE_IOERR_FSYNC', 'DISK_FAILED', true],
		['SQLITE_BUSY', 'DATABASE_BUSY', true],
		['SQLITE_BUSY_SNAPSHOT', 'DATABASE_BUSY', true],
		['SQLITE_LOCKED_SHAREDCACHE', 'DATABASE_BUSY', true],
		['SQLITE_CORRUPT', 'DATABASE_DAMAGED', false],
		['SQLITE_CORRUPT_INDEX', 'DATABASE_DAMAGED', false],
		['SQLITE_NOTADB', 'DATABASE_DAMAGED', false],
	])('%s is %s, to be tried again: %s', (code, expected, retryable) => {
		expect(mapFault(fault(code))).toMatchObject({ name: 'AppError', code: expected, retryable, details: { cause: code } });
	});

	it.each([
		['a constraint of the books', fault('SQLITE_CONSTRAINT_TRIGGER')],
		['a missing file', fault('ENOENT')],
		['a wrong call', new TypeError('undefined is not a function')],
		['a text', 'ENOSPC'],
		['nothing', undefined],
	])('%s is no fault of the machine', (_name, error) => {
		expect(mapFault(error)).toBeNull();
	});

	it('finds the fault below what wrapped it, and keeps what was thrown as the cause', () => {
		const outer = new Error('import failed', { cause: fault('SQLITE_IOERR_WRITE_LATER', fault('ENOSPC')) });
		const mapped = mapFault(outer);
		expect(mapped).toMatchObject({ code: 'DISK_FAILED' });
		expect(mapped?.cause).toBe(outer);
		expect(mapFault(new Error('copy failed', { cause: fault('ENOSPC') }))).toMatchObject({ code: 'DISK_FULL' });
	});

	it('leaves a refusal as it is', () => {
		const refusal = new AppError('PERIOD_CLOSED', 'The period is closed.');
		expect(mapFault(refusal)).toBe(refusal);
	});

	it('names the file where node names one', () => {
		const folder = temporaryFolder();
		const path = join(folder, 'books');
		mkdirSync(path);
		const error = thrown(() => writeFileSync(path, 'x'));
		expect(mapFault(Object.assign(error as Error, { code: 'EROFS' }))).toMatchObject({ details: { cause: 'EROFS', path } });
	});
});

describe('real SQLite', () => {
	it('a file that is no database is DATABASE_DAMAGED and stays as it is', () => {
		const path = join(temporaryFolder(), 'ledgerseal.db');
		writeFileSync(path, 'This is a letter and no database. '.repeat(100));
		const database = new Database(path);
		const error = thrown(() => database.exec('CREATE TABLE accounts (code TEXT)'));
		database.close();
		expect(mapFault(error)).toMatchObject({ code: 'DATABASE_DAMAGED' });
		expect(readFileSync(path, 'utf8')).toContain('This is a letter');
	});

	it('a database that is locked by another connection is DATABASE_BUSY', () => {
		const path = join(temporaryFolder(), 'ledgerseal.db');
		const first = new Database(path);
		first.exec('CREATE TABLE accounts (code TEXT); BEGIN IMMEDIATE');
		const second = new Database(path, { timeout: 0 });
		const error = thrown(() => second.exec('BEGIN IMMEDIATE'));
		second.close();
		first.close();
		expect(mapFault(error)).toMatchObject({ code: 'DATABASE_BUSY', retryable: true });
	});

	it('a full database is DISK_FULL', () => {
		const database = new Database(':memory:');
		database.pragma('max_page_count = 3');
		database.exec('CREATE TABLE accounts (code TEXT)');
		const error = thrown(() => database.prepare('INSERT INTO accounts VALUES (zeroblob(100000))').run());
		database.close();
		expect(mapFault(error)).toMatchObject({ code: 'DISK_FULL' });
	});

	it('a database opened for reading only is DISK_READ_ONLY', () => {
		const path = join(temporaryFolder(), 'ledgerseal.db');
		new Database(path).exec('CREATE TABLE accounts (code TEXT)').close();
		const database = new Database(path, { readonly: true });
		const error = thrown(() => database.exec("INSERT INTO accounts VALUES ('1000')"));
		database.close();
		expect(mapFault(error)).toMatchObject({ code: 'DISK_READ_ONLY' });
	});

	it('a folder where the database should be is DISK_READ_ONLY', () => {
		const error = thrown(() => new Database(temporaryFolder()));
		expect(mapFault(error)).toMatchObject({ code: 'DISK_READ_ONLY', details: { cause: 'SQLITE_CANTOPEN' } });
	});
});

describe('withMappedFaults', () => {
	it('gives the answer, throws faults mapped and bugs as they are', async () => {
		const bug = new TypeError('no such method');
		await expect(withMappedFaults(async () => 7)).resolves.toBe(7);
		await expect(withMappedFaults(() => Promise.reject(fault('ENOSPC')))).rejects.toMatchObject({ code: 'DISK_FULL' });
		await expect(withMappedFaults(() => Promise.reject(bug))).rejects.toBe(bug);
	});
});

function thrown(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was refused');
}
