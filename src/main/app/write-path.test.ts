import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { contract } from '#shared/contract/index.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { line, makeCompany, openFolder, type OpenFolder } from '#test/closed-books.ts';
import { contentOf } from '#test/database-content.ts';
import { doEverything } from '#test/do-everything.ts';
import { type Ids, unknownIds, writeFilesOf } from '#test/every-procedure.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const metaOf = (domain: string, name: string): ProcedureMeta =>
	(contract as unknown as Record<string, Record<string, { '~orpc': { meta: ProcedureMeta } }>>)[domain]?.[name]?.['~orpc'].meta as ProcedureMeta;

async function newBooks(): Promise<{ books: OpenFolder; ids: Ids; judge: ReturnType<typeof openConnection> }> {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	await books.client.companies.set({ companyId, key: 'books_from', value: '2026-01-01' });
	const ids = unknownIds(companyId, temporaryFolder());
	writeFilesOf(ids);
	return { books, ids, judge: openConnection(join(books.folder, 'ledgerseal.db'), 'read') };
}

describe('the one write path', () => {
	it('leaves exactly one audit event for each command, and none for a query', async () => {
		const { books, ids, judge } = await newBooks();
		const events = () => judge.raw.prepare('SELECT action FROM audit_events ORDER BY id').pluck().all() as string[];
		const seen: Record<string, string[]> = {};
		await doEverything(books, ids, async (domain, name, call) => {
			const before = events();
			// A package of a close that stands already waits in no queue, so there is nothing to cancel.
			if (name === 'cancel') return expect(call()).rejects.toMatchObject({ code: 'PACKAGE_NOT_READY' });
			const answer = await call();
			seen[`${domain}.${name}`] = events().slice(before.length);
			return answer;
		});
		for (const [procedure, actions] of Object.entries(seen)) {
			const [domain = '', name = ''] = procedure.split('.');
			const { kind } = metaOf(domain, name);
			if (kind === 'query') expect({ procedure, actions }).toEqual({ procedure, actions: [] });
			if (kind === 'command') expect({ procedure, actions }).toEqual({ procedure, actions: [procedure] });
		}
		for (const task of [
			'ledger.attach',
			'imports.importOpening',
			'imports.importJournal',
			'statements.import',
			'close.reopen',
			'packages.share',
			'packages.save',
			'packages.grantDownload',
			'packages.redeemGrant',
		])
			expect(seen[task]).toEqual([task]);
		// The first close seals the opening balances with it.
		expect(seen['close.close']).toEqual(['close.close', 'close.close']);
		expect(seen['packages.build']).toEqual(['packages.queue', 'packages.ready']);
		expect(await books.client.audit.verify({ companyId: ids.companyId })).toMatchObject({ result: 'VERIFIED', findings: [] });
	});

	it('writes nothing in a preview, and answers as it would', async () => {
		const { books, ids, judge } = await newBooks();
		await doEverything(books, ids, async (domain, name, call) => {
			if (name === 'cancel') return null;
			if (metaOf(domain, name).kind === 'command') {
				const before = contentOf(judge);
				const foreseen = await call({ preview: true });
				expect(contentOf(judge), `${domain}.${name}`).toBe(before);
				const answer = await call();
				expect(Object.keys(foreseen as object), `${domain}.${name}`).toEqual(Object.keys(answer as object));
				expect(contentOf(judge), `${domain}.${name}`).not.toBe(before);
				return answer;
			}
			return call();
		});
	});

	it('makes a company with one event in the trail of the data folder', async () => {
		const books = await openFolder();
		const judge = openConnection(join(books.folder, 'ledgerseal.db'), 'read');
		await makeCompany(books);
		expect(judge.raw.prepare('SELECT company_id, action FROM audit_events').all()).toEqual([{ company_id: null, action: 'companies.create' }]);
	});
});

describe('a clock that was set back', () => {
	it('is recorded once, in every trail, and instants never go back', async () => {
		const folder = join(temporaryFolder(), 'books');
		const first = await openFolder({ folder, now: '2026-07-01T09:00:00.000Z' });
		const companies = [await makeCompany(first), await makeCompany(first, 'Second Example')];
		const [companyId = ''] = companies;
		const post = (books: OpenFolder, date: string) =>
			books.client.ledger.post({ companyId, entries: [{ date, description: 'Rent', lines: [line('5000', '1.00'), line('1100', '-1.00')] }] });
		await first.client.companies.set({ companyId, key: 'books_from', value: '2026-01-01' });
		await post(first, '2026-06-01');
		await first.app.close();

		const second = await openFolder({ folder, now: '2026-03-01T09:00:00.000Z' });
		await post(second, '2026-02-01');
		await post(second, '2026-02-02');
		for (const id of companies) {
			const { events } = await second.client.audit.list({ companyId: id, action: 'CLOCK_SET_BACK' });
			expect(events).toMatchObject([{ detail: { clock: expect.stringMatching(/^2026-03-01/), last: expect.stringMatching(/^2026-07-01/) } }]);
		}
		const judge = openConnection(join(folder, 'ledgerseal.db'), 'read');
		for (const sql of ['SELECT at FROM audit_events ORDER BY id', "SELECT posted_at FROM journal_entries WHERE status = 'POSTED' ORDER BY id"]) {
			const instants = judge.raw.prepare(sql).pluck().all() as string[];
			expect(instants).toEqual([...instants].sort());
		}
	});

	it('by less than five minutes is how clocks are', async () => {
		const folder = join(temporaryFolder(), 'books');
		const first = await openFolder({ folder, now: '2026-07-01T09:00:00.000Z' });
		const companyId = await makeCompany(first);
		await first.app.close();
		const second = await openFolder({ folder, now: '2026-07-01T08:57:00.000Z' });
		await second.client.ledger.addParty({ companyId, name: 'Blue Lantern Stores' });
		expect((await second.client.audit.list({ companyId, action: 'CLOCK_SET_BACK' })).events).toEqual([]);
	});
});
