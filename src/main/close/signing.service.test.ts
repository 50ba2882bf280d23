import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileSecretStore } from '#main/platform/secrets/file-secret-store.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { createRunner } from '#main/platform/run/write-path.ts';
import { checkHeads } from '#main/close/index.ts';
import { lastInstant } from '#main/audit/index.ts';
import { listCompanies } from '#main/companies/index.ts';
import { present } from '#shared/kernel/assert.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import { closeDesk } from '#test/close-books.ts';
import { openTestBooks, type TestBooks, type TestBooksOptions } from '#test/books.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

function tradingBooks(options: TestBooksOptions = {}): TestBooks {
	const books = openTestBooks(options);
	for (const month of ['01', '02', '03']) {
		books.post(`2026-${month}-15`, 'Sales', [
			['1100', '10.00', ''],
			['4000', '', '10.00'],
		]);
	}
	return books;
}

const keyName = (books: TestBooks): string => `signing-key/${books.company.uuid}`;

describe('the signing key', () => {
	it('is made at the first close, kept in the secret store alone, and used again', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		const first = await desk.close('2026-01');
		const second = await desk.close('2026-02');
		expect(first.signer).toMatch(/^([0-9A-F]{4}-){7}[0-9A-F]{4}$/);
		expect(second.signer).toBe(first.signer);
		expect(await desk.context.secrets.get(keyName(books))).toContain('PRIVATE KEY');
		const pending = `${keyName(books)}/${books.runner.db.value<string>('SELECT key_id FROM signing_keys')}`;
		expect(await desk.context.secrets.get(pending)).toBeNull();
		expect(books.connection.raw.serialize().includes('PRIVATE KEY')).toBe(false);
	});

	it('is not needed: without a secret store the close stands unsigned', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books, { secrets: 'none' });
		const closed = await desk.close('2026-01');
		expect(closed.signer).toBeNull();
		expect(closed.validation.issues).toContainEqual(expect.objectContaining({ code: 'SEAL_UNSIGNED', severity: 'INFO' }));
		expect(desk.verify('2026-01')).toMatchObject({ result: 'VERIFIED', signature: 'absent', signer: null, statement: 'consistent, not signed' });
		expect(desk.codes('2026-02', 'INFO')).toContain('SEAL_UNSIGNED');
	});

	it('that is lost is replaced: audited, in the next seal, and verified by each seal with its own key', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		const first = await desk.close('2026-01');
		await desk.context.secrets.delete(keyName(books));
		const second = await desk.close('2026-02');
		expect(second.signer).not.toBe(first.signer);
		const seal = JSON.parse(books.runner.db.value<string>('SELECT document FROM seals WHERE seal_no = 3') ?? '') as { anomalies: { code: string }[] };
		expect(seal.anomalies.map(({ code }) => code)).toEqual(['SIGNING_KEY_REPLACED']);
		expect(books.runner.db.column('SELECT action FROM audit_events')).toContain('SIGNING_KEY_REPLACED');
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', signature: 'good', findings: [] });
		expect(desk.verify('2026-01').signer?.fingerprint).toBe(first.signer);
	});

	it('whose newest one is lost is named by an older one that is still there', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		await desk.close('2026-01');
		const older = (await desk.context.secrets.get(keyName(books))) ?? '';
		await desk.context.secrets.delete(keyName(books));
		await desk.close('2026-02');
		await desk.context.secrets.set(keyName(books), older);
		await desk.close('2026-03');
		const keys = books.runner.db.all<{ statement: string | null }>('SELECT statement FROM signing_keys ORDER BY id');
		expect(keys.map(({ statement }) => statement === null)).toEqual([true, true, false]);
		expect(desk.verifyAll()).toMatchObject({ result: 'VERIFIED', findings: [] });
	});

	it('slipped in beside the books is found', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		await desk.close('2026-01');
		books.connection.raw.exec(
			"INSERT INTO signing_keys SELECT company_id, 2, 'another', fingerprint, public_key, valid_from, reason, NULL, NULL FROM signing_keys",
		);
		expect(desk.verifyAll()).toMatchObject({ result: 'ALTERED', findings: [{ code: 'SIGNER_CHANGED' }] });
	});

	it('of a refused close leaves nothing behind', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books);
		await expect(desk.close('2026-02')).rejects.toMatchObject({ code: 'CLOSE_REFUSED' });
		expect(books.runner.db.value('SELECT count(*) FROM signing_keys')).toBe(0);
		expect(await desk.context.secrets.get(keyName(books))).toBeNull();
		expect(books.runner.db.value("SELECT count(*) FROM accounting_periods WHERE kind = 'OPENING'")).toBe(0);
	});
});

describe('heads', () => {
	function atFile(folder: string): { books: TestBooks; file: string } {
		const file = join(folder, 'ledgerseal.db');
		const books = tradingBooks({ file });
		books.connection.raw.prepare('INSERT INTO database_identity (id, uuid, created_at) VALUES (1, ?, ?)').run(uuidV7(books.clock), '2026-01-01T00:00:00.000Z');
		return { books, file };
	}

	it('an older copy of the file put back is found at the next start, once, and for ever in the trail', async () => {
		const folder = temporaryFolder();
		const secrets = openFileSecretStore(join(folder, 'secrets'));
		const { books, file } = atFile(folder);
		const desk = closeDesk(books, { secrets });
		await desk.close('2026-01');
		const keeper = { runner: books.runner, secrets: async () => secrets };
		expect(await checkHeads(keeper)).toEqual([]);
		books.connection.raw.pragma('wal_checkpoint(TRUNCATE)');
		copyFileSync(file, join(folder, 'older.db'));
		await desk.close('2026-02');
		const { user } = books.actor;
		books.post('2026-03-20', 'More', [
			['1100', '1.00', ''],
			['4000', '', '1.00'],
		]);
		expect(await checkHeads(keeper)).toEqual([]);

		const connection = openConnection(join(folder, 'older.db'), 'write');
		const runner = createRunner(connection, books.clock, { lastInstant, onClockSetBack: () => undefined, mapFault: (error) => error });
		const company = present(listCompanies(runner.db)[0], 'the company of the copy');
		const older: TestBooks = { ...books, connection, runner, company, actor: { user, company } };
		expect(await checkHeads({ runner, secrets: async () => secrets })).toEqual([company.name]);
		expect(await checkHeads({ runner, secrets: async () => secrets })).toEqual([]);
		const again = closeDesk(older, { secrets, contentFolder: desk.context.paths.content });
		await again.close('2026-02');
		const seal = JSON.parse(runner.db.value<string>('SELECT document FROM seals WHERE seal_no = 3') ?? '') as { anomalies: { code: string }[] };
		expect(seal.anomalies.map(({ code }) => code)).toEqual(['ROLLED_BACK']);
		expect(again.verifyAll().findings).toMatchObject([{ code: 'ROLLED_BACK' }]);
		connection.close();
		books.close();
	});

	it('without a secret store nothing is remembered and nobody accused', async () => {
		const books = tradingBooks();
		const desk = closeDesk(books, { secrets: 'none' });
		await desk.close('2026-01');
		expect(await checkHeads({ runner: books.runner, secrets: async () => desk.context.secrets })).toEqual([]);
	});
});
