import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { fixedClock } from '#main/platform/clock.ts';
import { openConnection } from '#main/platform/database/connection.ts';
import { createClient } from './client.ts';
import { openApp } from './open-app.ts';

async function start(dataFolder: string) {
	const warnings: string[] = [];
	const app = await openApp({
		dataFolder,
		env: { LEDGERSEAL_SECRET_STORE: 'none' },
		clock: fixedClock('2026-02-01T10:00:00.000Z', 1000),
		onWarning: (text) => warnings.push(text),
	});
	const recorded = app.runner.db.value<number>(`SELECT count(*) FROM audit_events WHERE action = 'SCHEMA_ALTERED'`);
	await app.close();
	return { warnings, recorded };
}

function alter(dataFolder: string, sql: string): void {
	const connection = openConnection(join(dataFolder, 'ledgerseal.db'), 'write');
	connection.raw.exec(sql);
	connection.close();
}

describe('a start', () => {
	it('records an altered schema in every trail once, warns as long as it lasts, and records the next alteration', async () => {
		const dataFolder = temporaryFolder();
		const app = await openApp({
			dataFolder,
			env: { LEDGERSEAL_SECRET_STORE: 'none' },
			clock: fixedClock('2026-01-01T10:00:00.000Z', 1000),
			onWarning: () => {},
		});
		await createClient(app, null).companies.create({ name: 'Quiet Harbour', currency: 'USD', chart: 'none' });
		await app.close();

		alter(dataFolder, 'ALTER TABLE parties ADD COLUMN secret TEXT');
		expect(await start(dataFolder)).toEqual({ warnings: [expect.stringContaining('parties')], recorded: 2 });
		expect(await start(dataFolder)).toEqual({ warnings: [expect.stringContaining('parties')], recorded: 2 });
		alter(dataFolder, 'DROP TRIGGER journal_lines_never_changed');
		expect(await start(dataFolder)).toEqual({ warnings: [expect.stringContaining('journal_lines_never_changed')], recorded: 4 });
		expect(await start(dataFolder)).toEqual({ warnings: [expect.stringContaining('parties')], recorded: 4 });
	});
});
