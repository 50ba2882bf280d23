import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { rent, makeProgramCompany } from '#test/program-company.ts';
import { openTestProgram } from '#test/open-program.ts';

describe('smoke', () => {
	it('works', async () => {
		const open = await openTestProgram();
		expect(await open.program.entrance()).toBe('FIRST_RUN');
		expect(await open.program.signIn(undefined, undefined)).toBe(null);
		const companyId = await makeProgramCompany(open);
		const client = await open.client();
		const answer = await client.ledger.post({ companyId, entries: [rent('2026-01-05', '10.00')] });
		expect(answer.entries).toHaveLength(1);
		expect((await client.ledger.listEntries({ companyId })).entries).toHaveLength(1);
		expect(await client.reports.trialBalance({ companyId, asOf: '2026-01-31' })).toMatchObject({});
		await open.program.close();
		expect(existsSync(join(open.folder, 'ledgerseal.db-wal'))).toBe(false);
		console.log(open.changes, open.jobs, open.warnings);
		expect(vi).toBeDefined();
	});
});
