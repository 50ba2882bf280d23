import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { contract } from '#shared/contract/index.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { permissionsOf, storeRole, userById } from '#main/access/index.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { makeCompany, type OpenFolder, openFolder } from '#test/closed-books.ts';
import { contentOf } from '#test/database-content.ts';
import { EVERY_PROCEDURE, type Ids, NOTHING, unknownIds, writeFilesOf } from '#test/every-procedure.ts';
import { createClient } from './client.ts';

const ROLES = ['ADMIN', 'ACCOUNTANT', 'VIEWER', 'STRANGER'] as const;
type Who = (typeof ROLES)[number];

interface Procedure {
	readonly domain: string;
	readonly name: string;
	readonly meta: ProcedureMeta;
}

const PROCEDURES: readonly Procedure[] = Object.entries(contract).flatMap(([domain, procedures]) =>
	Object.entries(procedures as Record<string, { '~orpc': { meta: ProcedureMeta } }>).map(([name, declared]) => ({
		domain,
		name,
		meta: declared['~orpc'].meta,
	})),
);
const IN_COMPANY = PROCEDURES.filter(({ meta }) => meta.scope === 'company');

function inputFor({ domain, name }: Procedure, ids: Ids): Record<string, unknown> {
	const asks = EVERY_PROCEDURE[domain as keyof typeof EVERY_PROCEDURE] as Record<string, ((ids: Ids) => object) | undefined>;
	return { companyId: ids.companyId, ...present(asks[name], `an input for ${domain}.${name}`)(ids) };
}

type Calls = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>>;

/** A company and four people: one of each role, and one who is an Admin elsewhere. */
async function companyOfFour(): Promise<{ books: OpenFolder; ids: Ids; as: (who: Who | null) => Calls; content: () => string }> {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	const elsewhere = await makeCompany(books, 'Elsewhere Ltd');
	for (const role of ['ACCOUNTANT', 'VIEWER'] as const) await books.client.access.addUser({ companyId, login: role.toLowerCase(), role });
	await books.client.access.addUser({ companyId: elsewhere, login: 'stranger', role: 'ADMIN' });
	const ids = unknownIds(companyId, join(books.folder, '..'));
	writeFilesOf(ids);
	const judge = openConnection(join(books.folder, 'ledgerseal.db'), 'read');
	const as = (who: Who | null): Calls => {
		const user = who === null ? null : (books.app.runner.read((db) => userById(db, 1 + ROLES.indexOf(who))) ?? null);
		return createClient(books.app, user) as unknown as Calls;
	};
	return { books, ids, as, content: () => contentOf(judge) };
}

const refusal = async (call: Promise<unknown> | undefined): Promise<unknown> => {
	try {
		await call;
		return null;
	} catch (error) {
		return error;
	}
};

describe('every procedure of the contract', () => {
	it('has an input to be tried with', () => {
		const ids = unknownIds(NOTHING, '/');
		for (const procedure of IN_COMPANY) expect(inputFor(procedure, ids)).toMatchObject({ companyId: NOTHING });
		expect(IN_COMPANY.length).toBeGreaterThan(45);
	});

	it.each(ROLES)('is for %s exactly where the permission table says so; a refusal names the permission and writes nothing', async (who) => {
		const { ids, as, content } = await companyOfFour();
		const calls = as(who);
		for (const procedure of IN_COMPANY) {
			const { domain, name, meta } = procedure;
			const permission = meta.permission ?? 'ViewReports';
			const isAllowed = who !== 'STRANGER' && permissionsOf(who).includes(permission);
			const before = content();
			const error = await refusal(calls[domain]?.[name]?.(inputFor(procedure, ids)));
			if (isAllowed) {
				if (error !== null && !isAppError(error)) throw error;
				expect(error, `${domain}.${name}`).not.toMatchObject({ code: 'NOT_ALLOWED' });
			} else {
				expect(error, `${domain}.${name}`).toMatchObject({ code: 'NOT_ALLOWED', details: { permission }, message: expect.stringContaining(permission) });
				expect(content(), `${domain}.${name}`).toBe(before);
			}
		}
	});

	it('is for nobody who is not signed in', async () => {
		const { ids, as } = await companyOfFour();
		const calls = as(null);
		for (const procedure of IN_COMPANY) {
			const error = await refusal(calls[procedure.domain]?.[procedure.name]?.(inputFor(procedure, ids)));
			expect(error, procedure.name).toMatchObject({ code: 'LOGIN_REFUSED' });
		}
	});

	it('finds no company that does not exist', async () => {
		const { ids, as } = await companyOfFour();
		const calls = as('ADMIN');
		for (const procedure of IN_COMPANY) {
			const error = await refusal(calls[procedure.domain]?.[procedure.name]?.(inputFor(procedure, { ...ids, companyId: NOTHING })));
			expect(error, procedure.name).toMatchObject({ code: 'NOT_FOUND', details: { companyId: NOTHING } });
		}
	});

	it('names the field of an input that is not understood', async () => {
		const { ids, as } = await companyOfFour();
		const calls = as('ADMIN');
		for (const procedure of IN_COMPANY) {
			const { domain, name } = procedure;
			const error = await refusal(calls[domain]?.[name]?.({ ...inputFor(procedure, ids), companyId: 'mine' }));
			expect(error, name).toMatchObject({
				code: 'INPUT_INVALID',
				message: expect.stringMatching(/^companyId: /),
				details: { procedure: `${domain}.${name}`, problems: [{ path: 'companyId' }] },
			});
		}
		const error = await refusal(
			calls.ledger?.post?.({ companyId: ids.companyId, entries: [{ date: '2026-1-5', description: 'x', lines: [{ account: '1000', debit: 10 }] }] }),
		);
		expect(error).toMatchObject({ details: { problems: [{ path: 'entries.0.date' }, { path: 'entries.0.lines.0.debit' }] } });
	});
});

describe('a permission that is lost while work is under way', () => {
	it('is missed by the write at its end, and nothing is booked', async () => {
		const { books, ids, content } = await companyOfFour();
		const { companyId } = ids;
		const rows = Array.from({ length: 3000 }, (_, no) => `${no},2026-01-05,5000,Many,1.00,\n${no},2026-01-05,1100,Many,,1.00\n`);
		const path = join(ids.folder, 'many.csv');
		writeFileSync(path, `entry_no,date,account_code,description,debit,credit\n${rows.join('')}`);
		const user = present(
			books.app.runner.read((db) => userById(db, 2)),
			'the accountant',
		);
		const { company } = books.actor(companyId);
		let demoted = '';
		const importing = createClient(books.app, user).imports.importJournal(
			{ companyId, path },
			{
				onProgress: () => {
					if (demoted !== '') return;
					books.app.runner.write((tx) => storeRole(tx, company.id, user.id, 'VIEWER'));
					demoted = content();
				},
			},
		);
		await expect(importing).rejects.toMatchObject({ code: 'NOT_ALLOWED', details: { permission: 'PostJournal', role: 'VIEWER' } });
		expect(content()).toBe(demoted);
	});
});
