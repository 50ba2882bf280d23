import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { loadMigrations, migrate } from './migrations.ts';
import { programFolder } from './program-folder.ts';
import { guardSchema } from './schema-guard.ts';

const all = loadMigrations(join(programFolder(), 'drizzle'));
const isTokens = ({ name }: { readonly name: string }) => name.includes('access_tokens');
const instant = '2026-01-01T00:00:00.000Z';

it('tokens for REST: before there are none, after there is their table with its guards, and nothing else is other than it was', () => {
	const folder = temporaryFolder();
	const connection = openConnection(join(folder, 'a.db'), 'write');
	const { raw } = connection;
	const before = all.slice(0, all.findIndex(isTokens));
	migrate(connection, before, { instant, backupFolder: folder });
	raw.exec(`INSERT INTO users (uuid, login, name, created_at) VALUES ('u', 'a', 'A', 'x')`);
	const schema = () => raw.prepare(`SELECT type, name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'access_tokens' ORDER BY name`).all();
	const objects = () =>
		raw.prepare(`SELECT type || ' ' || name FROM sqlite_master WHERE tbl_name = 'access_tokens' AND sql IS NOT NULL ORDER BY 1`).pluck().all();
	const [standing, users] = [schema(), raw.prepare('SELECT * FROM users').all()];
	expect(objects()).toEqual([]);
	const through = all.slice(0, all.findIndex(isTokens) + 1);
	expect(migrate(connection, through, { instant, backupFolder: folder })).toMatchObject({
		from: before.length,
		to: through.length,
		backup: expect.any(String),
	});
	expect(objects()).toEqual([
		'table access_tokens',
		'trigger access_tokens_inserted_once',
		'trigger access_tokens_never_deleted',
		'trigger access_tokens_revoked_once',
	]);
	expect(schema()).toEqual(standing);
	expect(raw.prepare('SELECT * FROM users').all()).toEqual(users);
	expect(raw.pragma('foreign_key_check')).toEqual([]);
	migrate(connection, all, { instant, backupFolder: folder });
	expect(guardSchema(connection)).toBeNull();
	connection.close();
});
