import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { fixedClock } from './clock.ts';
import { incidentId, openLog } from './log.ts';
import { redact } from './redact.ts';
import { generateSigningKey } from './signing.ts';

const clock = fixedClock('2026-04-01T08:00:00.000Z');

function linesOf(path: string): Record<string, unknown>[] {
	return readFileSync(path, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('incidentId', () => {
	it('can be read out over the telephone', () => {
		const ids = Array.from({ length: 200 }, incidentId);
		for (const id of ids) expect(id).toMatch(/^LS-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
		expect(new Set(ids).size).toBe(200);
	});
});

describe('openLog', () => {
	it('writes one JSON object a line, with instant and level', () => {
		const log = openLog({ dataFolder: temporaryFolder(), clock });
		log.write('info', 'import done', { entries: 12, total: 9007199254740993n });
		log.write('warning', 'two\nlines');
		expect(linesOf(log.path)).toEqual([
			{ at: '2026-04-01T08:00:00.000Z', level: 'info', message: 'import done', pid: process.pid, entries: 12, total: '9007199254740993' },
			{ at: '2026-04-01T08:00:00.000Z', level: 'warning', message: 'two\nlines', pid: process.pid },
		]);
	});

	it('makes nothing before the first line', () => {
		const dataFolder = temporaryFolder();
		openLog({ dataFolder, clock });
		expect(readdirSync(dataFolder)).toEqual([]);
	});

	it('records a fault with its stack and causes under the id that it gives', () => {
		const log = openLog({ dataFolder: temporaryFolder(), clock });
		const id = log.logFault(new Error('balances differ', { cause: Object.assign(new Error('inner'), { code: 'SQLITE_MISUSE' }) }), { command: 'period close' });
		expect(linesOf(log.path)).toMatchObject([
			{
				level: 'error',
				incident: id,
				message: 'balances differ',
				command: 'period close',
				error: { name: 'Error', stack: expect.stringContaining('log.test.ts'), cause: { message: 'inner', code: 'SQLITE_MISUSE' } },
			},
		]);
	});

	it('records whatever was thrown', () => {
		const log = openLog({ dataFolder: temporaryFolder(), clock });
		for (const odd of ['a text', null, undefined, 7, { code: 1 }]) log.logFault(odd);
		expect(linesOf(log.path)).toHaveLength(5);
	});

	it('puts full files aside and keeps five', () => {
		const dataFolder = temporaryFolder();
		const log = openLog({ dataFolder, clock, maxBytes: 1 });
		for (let number = 1; number <= 8; number++) log.write('info', `line ${number}`);
		const names = readdirSync(join(dataFolder, 'logs')).toSorted();
		expect(names).toEqual([1, 2, 3, 4, 5].map((number) => `ledgerseal.${number}.log`));
		expect(names.map((name) => linesOf(join(dataFolder, 'logs', name))[0]?.message)).toEqual(['line 8', 'line 7', 'line 6', 'line 5', 'line 4']);
	});

	it('can be read by its owner only', () => {
		const log = openLog({ dataFolder: temporaryFolder(), clock });
		log.write('info', 'start');
		// Windows has no such bits; there the user's own folder is what keeps others out.
		expect(process.platform === 'win32' ? 0 : statSync(log.path).mode & 0o077).toBe(0);
	});

	it('says it on standard error where it cannot write, and never throws', () => {
		const dataFolder = temporaryFolder();
		mkdirSync(join(dataFolder, 'elsewhere'));
		writeFileSync(join(dataFolder, 'logs'), 'a file where the folder should be');
		const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		try {
			expect(openLog({ dataFolder, clock }).logFault(new Error('unheard'))).toMatch(/^LS-/);
			expect(stderr.mock.calls.join('')).toContain('unheard');
		} finally {
			stderr.mockRestore();
		}
	});
});

describe('redact', () => {
	it.each([
		['password', { password: 'hunter2' }],
		['SMTP password', { smtpPassword: 'hunter2' }],
		['environment', { LEDGERSEAL_PASSWORD: 'hunter2' }],
		['token', { accessToken: 'hunter2', token: 'hunter2' }],
		['secret', { secrets: ['hunter2'] }],
		['authorization header', { headers: { Authorization: 'Basic hunter2' } }],
		['private key by name', { privateKeyPem: 'hunter2', private_key: 'hunter2' }],
		['list and map', [new Map([['passphrase', 'hunter2']])]],
		['address in a text', 'connect smtp://books:hunter2@mail.example failed'],
		['assignment in a text', 'refused: password=hunter2, user=books'],
		['assignment in JSON text', '{"password": "hunter2"}'],
		['message of an error and its cause', new Error('x', { cause: new Error('LEDGERSEAL token: hunter2') })],
		['error with a field', Object.assign(new Error('x'), { credentials: { user: 'a', pass: 'hunter2' } })],
	])('hides the secret: %s', (_name, value) => {
		expect(JSON.stringify(redact(value))).not.toContain('hunter2');
	});

	it('hides private keys wherever they stand', () => {
		const { privateKeyPem, publicKeyPem } = generateSigningKey();
		const shown = JSON.stringify(redact({ note: `key is ${privateKeyPem} and ${publicKeyPem}`, cut: privateKeyPem.slice(0, 60) }));
		expect(shown).not.toContain(privateKeyPem.split('\n')[1]?.slice(0, 20));
		expect(shown).toContain('BEGIN PUBLIC KEY');
	});

	it('leaves what is no secret', () => {
		expect(redact({ account: '1000', amountMinor: 125000, posted: true, on: new Date(0), lines: [1, null] })).toEqual({
			account: '1000',
			amountMinor: 125000,
			posted: true,
			on: '1970-01-01T00:00:00.000Z',
			lines: [1, null],
		});
	});

	it('ends for cycles, depths, long texts and bytes', () => {
		const cycle: Record<string, unknown> = { name: 'a', bytes: new Uint8Array(9), long: 'x'.repeat(20_000), many: Array.from({ length: 500 }, (_, n) => n) };
		cycle.self = cycle;
		let deep: unknown = 'end';
		for (let level = 0; level < 50; level++) deep = { deep };
		const text = JSON.stringify(redact({ cycle, deep }));
		expect(text.length).toBeLessThan(10_000);
		expect(text).toContain('[cycle]');
		expect(text).toContain('[deep]');
		expect(text).toContain('[9 bytes]');
	});
});
