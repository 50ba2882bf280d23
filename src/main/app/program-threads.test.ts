import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Client } from '#shared/contract/client.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { ProgramFault } from '#shared/kernel/program-fault.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { makeCompany, openFolder } from '#test/closed-books.ts';
import { doEverything } from '#test/do-everything.ts';
import { unknownIds, writeFilesOf } from '#test/every-procedure.ts';
import { type OpenProgram, openTestProgram } from '#test/open-program.ts';
import { journalFile, makeProgramCompany, rent } from '#test/program-company.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { createProgramClient } from './program-client.ts';
import { openProgram } from './program-threads.ts';

async function withCompany(): Promise<{ open: OpenProgram; client: Client; companyId: string }> {
	const open = await openTestProgram();
	const companyId = await makeProgramCompany(open);
	return { open, client: await open.client(), companyId };
}

/** Writes, as another process does for long; until the answer is called. */
function holdTheLock({ folder }: OpenProgram): () => void {
	const other = openConnection(join(folder, 'ledgerseal.db'), 'write');
	other.raw.exec('BEGIN IMMEDIATE');
	const letGo = () => other.close();
	onTestFinished(letGo);
	return letGo;
}

const logOf = ({ folder }: OpenProgram): string => readFileSync(join(folder, 'logs', 'ledgerseal.log'), 'utf8');

describe('a call', () => {
	it('of every procedure is answered in its thread, and what reads writes nothing', async () => {
		const books = await openFolder();
		const open = await openTestProgram({ folder: books.folder });
		const companyId = await makeCompany({ ...books, client: await open.client() });
		const client = await open.client();
		await client.companies.set({ companyId, key: 'books_from', value: '2026-01-01' });
		const ids = unknownIds(companyId, temporaryFolder());
		writeFilesOf(ids);
		const answered: string[] = [];
		await doEverything({ ...books, client }, ids, async (domain, name, call) => {
			// Its package was built by then, so nothing waits in the queue.
			if (name === 'cancel') return expect(call()).rejects.toMatchObject({ code: 'PACKAGE_NOT_READY' });
			answered.push(`${domain}.${name}`);
			return call();
		});
		expect(answered.length).toBeGreaterThan(80);
		expect(await client.audit.verify({ companyId })).toMatchObject({ result: 'VERIFIED', findings: [] });
	});

	it('sees what was written before it was asked, whichever thread reads', async () => {
		const { client, companyId } = await withCompany();
		for (let count = 1; count <= 20; count++) {
			await client.ledger.post({ companyId, entries: [rent('2026-01-05', '10.00')] });
			const [listed, balances] = await Promise.all([
				client.ledger.listEntries({ companyId }),
				client.reports.ledger({ companyId, account: '5000', from: '2026-01-01', to: '2026-01-31' }),
			]);
			expect(listed.entries).toHaveLength(count);
			expect(balances.closing).toBe(`${count * 10}.00`);
		}
	});

	it('is one of many: a hundred posts and a hundred reads at once', async () => {
		const { client, companyId } = await withCompany();
		const posts = Array.from({ length: 100 }, (_, place) => client.ledger.post({ companyId, entries: [rent('2026-01-05', `${place + 1}.00`)] }));
		const reads = Array.from({ length: 100 }, (_, place) =>
			place % 2 === 0 ? client.reports.trialBalance({ companyId, asOf: '2026-01-31' }) : client.ledger.listEntries({ companyId }),
		);
		const posted = await Promise.all(posts);
		expect(posted.map(({ entries }) => entries[0]?.no).sort((one, other) => Number(one) - Number(other))).toEqual(
			Array.from({ length: 100 }, (_, place) => place + 1),
		);
		for (const read of await Promise.all(reads)) if ('balanced' in read) expect(read).toMatchObject({ balanced: true, difference: '0.00' });
		expect(await client.reports.ledger({ companyId, account: '5000', from: '2026-01-01', to: '2026-01-31' })).toMatchObject({ closing: '5050.00' });
		expect(await client.audit.verify({ companyId })).toMatchObject({ result: 'VERIFIED' });
	});

	it('in preview answers and writes nothing', async () => {
		const { open, client, companyId } = await withCompany();
		const told = open.changes.length;
		const foreseen = await client.ledger.post({ companyId, entries: [rent('2026-01-05', '10.00')] }, { preview: true });
		expect(foreseen.entries).toMatchObject([{ no: 1 }]);
		expect((await client.ledger.listEntries({ companyId })).entries).toEqual([]);
		expect(open.changes).toHaveLength(told);
	});

	it('that is refused is an AppError with its details, in every thread', async () => {
		const { client, companyId } = await withCompany();
		for (const [call, code] of [
			[() => client.ledger.post({ companyId, entries: [rent('2026-01-05', '0.001')] }), 'AMOUNT_INVALID'],
			[() => client.ledger.showEntry({ companyId, no: 7 }), 'NOT_FOUND'],
			[() => client.close.verify({ companyId, period: '2031-01' }), 'PERIOD_NOT_FOUND'],
			[() => client.imports.importJournal({ companyId, path: join(temporaryFolder(), 'none.csv') }), 'FILE_UNREADABLE'],
			[() => client.ledger.listEntries({ companyId, limit: -1 }), 'INPUT_INVALID'],
		] as const) {
			const error = await call().catch((refusal: unknown) => refusal);
			expect(error).toBeInstanceOf(AppError);
			expect(error).toMatchObject({ code, message: expect.stringMatching(/\w/), details: expect.objectContaining({}), retryable: false });
		}
	});

	it('that meets a bug is told of in neutral words, with the incident of the log', async () => {
		const { open, companyId } = await withCompany();
		const user = { ...present(await open.program.signIn(undefined, undefined), 'the user'), id: {} as number };
		for (const [domain, name, input] of [
			['ledger', 'listEntries', { companyId }],
			['ledger', 'post', { companyId, entries: [rent('2026-01-05', '1.00')] }],
		] as const) {
			const error = await open.program.call(user, domain, name, input).catch((fault: unknown) => fault);
			expect(error).toBeInstanceOf(ProgramFault);
			const { incident, message } = error as ProgramFault;
			expect(message).toContain(incident);
			expect(logOf(open)).toContain(incident);
		}
	});

	it('with an input that no thread can be given is refused, and the next one is answered', async () => {
		const { open, client, companyId } = await withCompany();
		await expect(open.program.call(null, 'ledger', 'listEntries', { companyId, search: () => 'x' })).rejects.toThrow(/could not be cloned/);
		expect(await client.ledger.listEntries({ companyId })).toMatchObject({ entries: [] });
	});
});

describe('long work', () => {
	it('says how far it is, and is booked as a whole', async () => {
		const { client, companyId } = await withCompany();
		const told: { fraction: number; text: string }[] = [];
		const path = journalFile(join(temporaryFolder(), 'journal.csv'), 3000);
		const answer = await client.imports.importJournal({ companyId, path }, { onProgress: (progress) => told.push(progress) });
		expect(answer).toMatchObject({ entries: 3000 });
		expect(told.map(({ text }) => text)).toContain('Booking');
		expect(told.every(({ fraction }) => fraction >= 0 && fraction <= 1)).toBe(true);
	});

	it.each(['before it was begun', 'while it is on'])('is cancelled %s, and nothing of it is left', async (when) => {
		const { client, companyId } = await withCompany();
		const cancel = new AbortController();
		const path = journalFile(join(temporaryFolder(), 'journal.csv'), 3000);
		const importing = client.imports.importJournal({ companyId, path }, { signal: cancel.signal, onProgress: () => cancel.abort() });
		if (when === 'before it was begun') cancel.abort();
		await expect(importing).rejects.toMatchObject({ name: 'AppError', code: 'CANCELLED' });
		expect((await client.ledger.listEntries({ companyId })).entries).toEqual([]);
		expect(await client.imports.importJournal({ companyId, path })).toMatchObject({ entries: 3000 });
	});

	it('that writes a report is cancelled between two of its rows, and leaves no file', async () => {
		const { client, companyId } = await withCompany();
		await client.imports.importJournal({ companyId, path: journalFile(join(temporaryFolder(), 'journal.csv'), 3000) });
		const folder = temporaryFolder();
		for (const format of ['pdf', 'xlsx'] as const) {
			const cancel = new AbortController();
			const told: string[] = [];
			const asked = { companyId, report: 'dayBook', from: '2026-01-01', to: '2026-01-31', format, file: join(folder, `day-book.${format}`) } as const;
			const onProgress = ({ text }: { text: string }) => {
				told.push(text);
				cancel.abort();
			};
			await expect(client.reports.write(asked, { signal: cancel.signal, onProgress }), format).rejects.toMatchObject({ code: 'CANCELLED' });
			expect(told[0]).toBe('Writing row 1 of the report');
			expect(readdirSync(folder)).toEqual([]);
		}
	});

	it('that another process is at lets reports answer and posts wait, and refuses neither', async () => {
		const { open, client, companyId } = await withCompany();
		const letGo = holdTheLock(open);
		const booking = Promise.withResolvers<void>();
		const path = journalFile(join(temporaryFolder(), 'journal.csv'), 300);
		const done: string[] = [];
		// The import has come to its booking, and waits in it as it would write for long: its thread does nothing else meanwhile.
		const importing = client.imports.importJournal({ companyId, path }, { onProgress: ({ text }) => text === 'Booking' && booking.resolve() });
		await booking.promise;
		const posting = client.ledger.post({ companyId, entries: [rent('2026-03-05', '10.00')] });
		void importing.then(() => done.push('import'));
		void posting.then(() => done.push('post'));
		expect(await client.reports.trialBalance({ companyId, asOf: '2026-03-31' })).toMatchObject({ rows: [] });
		expect(await client.ledger.listEntries({ companyId })).toMatchObject({ entries: [] });
		expect(done).toEqual([]);
		letGo();
		await Promise.all([importing, posting]);
		expect(done).toEqual(['import', 'post']);
	});

	it('is waited for by a post, which can be cancelled before it is done', async () => {
		const { open, client, companyId } = await withCompany();
		const letGo = holdTheLock(open);
		const cancel = new AbortController();
		const first = client.ledger.post({ companyId, entries: [rent('2026-03-05', '1.00')] });
		const second = client.ledger.post({ companyId, entries: [rent('2026-03-05', '2.00')] }, { signal: cancel.signal });
		cancel.abort();
		letGo();
		expect((await first).entries).toMatchObject([{ no: 1 }]);
		await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
		expect((await client.ledger.listEntries({ companyId })).entries).toHaveLength(1);
	});
});

describe('who opens the program', () => {
	it('meets nobody, then one user who is not asked, then a login', async () => {
		const open = await openTestProgram();
		const { program } = open;
		expect([await program.entrance(), await program.signIn(undefined, undefined)]).toEqual(['FIRST_RUN', null]);
		const companyId = await makeProgramCompany(open);
		expect(await program.entrance()).toBe('OPEN');
		const owner = present(await program.signIn(undefined, undefined), 'the owner');
		expect(owner.login).toBe('owner');
		await createProgramClient(program, owner).access.setPassword({ companyId, login: 'owner', password: 'correct horse' });
		expect(await program.entrance()).toBe('LOGIN');
		for (const [login, password] of [
			[undefined, undefined],
			['owner', undefined],
			['owner', 'wrong horse'],
			['stranger', 'correct horse'],
		] as const)
			await expect(program.signIn(login, password)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
		expect(await program.signIn('owner', 'correct horse')).toEqual(owner);
	});

	it.each([
		['a file that is no database', {}, 'DATABASE_DAMAGED'],
		['a limit that is none', { EXPORT_URL_TTL_SECONDS: 'soon' }, 'INPUT_INVALID'],
	])('is refused as by openApp: %s', async (_name, env, code) => {
		const dataFolder = join(temporaryFolder(), 'data');
		mkdirSync(dataFolder);
		if (code === 'DATABASE_DAMAGED') writeFileSync(join(dataFolder, 'ledgerseal.db'), 'This is a letter and no database. '.repeat(100));
		await expect(openProgram({ dataFolder, env, onWarning: () => {} })).rejects.toMatchObject({ name: 'AppError', code });
	});
});
