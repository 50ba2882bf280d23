import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { generateSigningKey } from '../signing.ts';
import { openSecretStore, refusingSecretStore, type SecretStore } from './index.ts';
import type { Keychain } from './keychain-secret-store.ts';

const POSIX = process.platform !== 'win32';

async function fileStore(dataFolder: string): Promise<SecretStore> {
	return openSecretStore({ dataFolder, env: { LEDGERSEAL_SECRET_STORE: 'file' }, onWarning: () => {} });
}

describe('choice of the store', () => {
	const cases: [string | undefined, SecretStore['kind'], number][] = [
		['file', 'file', 1],
		['none', 'none', 0],
		['keychain', 'keychain', 0],
		['', 'keychain', 0],
		[undefined, 'keychain', 0],
	];
	it.each(cases)('LEDGERSEAL_SECRET_STORE=%s opens %s with %i warnings', async (value, kind, warnings) => {
		const heard: string[] = [];
		const store = await openSecretStore({
			dataFolder: temporaryFolder(),
			env: { LEDGERSEAL_SECRET_STORE: value },
			onWarning: (text) => heard.push(text),
			loadKeychain: async () => memoryKeychain(),
		});
		expect(store.kind).toBe(kind);
		expect(heard).toHaveLength(warnings);
	});

	it('another value is refused by name', async () => {
		const open = openSecretStore({ dataFolder: temporaryFolder(), env: { LEDGERSEAL_SECRET_STORE: 'vault' }, onWarning: () => {} });
		await expect(open).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { variable: 'LEDGERSEAL_SECRET_STORE', value: 'vault' } });
	});
});

describe.each<[string, (dataFolder: string) => Promise<SecretStore>]>([
	['file store', fileStore],
	['keychain', async (dataFolder) => openSecretStore({ dataFolder, env: {}, onWarning: () => {}, loadKeychain: async () => memoryKeychain() })],
])('%s', (_name, open) => {
	it('keeps, replaces and forgets', async () => {
		const store = await open(temporaryFolder());
		expect(await store.get('signing-key/a')).toBeNull();
		await store.set('signing-key/a', 'first');
		await store.set('signing-key/a', generateSigningKey().privateKeyPem);
		await store.set('signing-key/A', 'zweite Größe ₹');
		expect(await store.get('signing-key/a')).toContain('BEGIN PRIVATE KEY');
		expect(await store.get('signing-key/A')).toBe('zweite Größe ₹');
		await store.delete('signing-key/a');
		await store.delete('signing-key/a');
		expect(await store.get('signing-key/a')).toBeNull();
		expect(await store.get('signing-key/A')).toBe('zweite Größe ₹');
	});

	it.each(['', 'x'.repeat(2049)])('keeps no secret that a keychain could not (%#)', async (value) => {
		const store = await open(temporaryFolder());
		await expect(store.set('mail', value)).rejects.toThrow('1 to 2048 bytes');
	});
});

describe('file store', () => {
	it('lets only its owner read, and shows no name', async () => {
		const dataFolder = temporaryFolder();
		mkdirSync(join(dataFolder, 'secrets'), { mode: 0o777 });
		const store = await fileStore(dataFolder);
		await store.set('../mail password', 'hunter2');
		const names = readdirSync(join(dataFolder, 'secrets'));
		expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.secret$/)]);
		const modes = [join(dataFolder, 'secrets'), join(dataFolder, 'secrets', names[0] ?? '')].map((path) => statSync(path).mode & 0o777);
		expect(POSIX ? modes : [0o700, 0o600]).toEqual([0o700, 0o600]);
		expect(readFileSync(join(dataFolder, 'secrets', names[0] ?? ''), 'utf8')).toBe('hunter2');
	});

	it('refuses with KEY_UNAVAILABLE where its folder cannot be or a secret cannot be read', async () => {
		const blocked = temporaryFolder();
		writeFileSync(join(blocked, 'secrets'), '');
		await expect(fileStore(blocked)).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });

		const dataFolder = temporaryFolder();
		const store = await fileStore(dataFolder);
		await store.set('mail', 'x');
		const [name = ''] = readdirSync(join(dataFolder, 'secrets'));
		await store.delete('mail');
		mkdirSync(join(dataFolder, 'secrets', name, 'inside'), { recursive: true });
		await expect(store.get('mail')).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
		await expect(store.set('mail', 'y')).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
		await expect(store.delete('mail')).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
	});
});

describe('a machine without a keychain', () => {
	it.each<[string, () => Promise<Keychain>]>([
		['whose library does not load', () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'))],
		['whose service does not answer', async () => ({ ...memoryKeychain(), getPassword: () => Promise.reject(new Error('no D-Bus')) })],
	])('%s gets a store that refuses and says what to do', async (_name, loadKeychain) => {
		const store = await openSecretStore({ dataFolder: temporaryFolder(), env: {}, onWarning: () => {}, loadKeychain });
		expect(store.kind).toBe('none');
		await expectRefusals(store);
	});

	it('is what none means', () => expectRefusals(refusingSecretStore('LEDGERSEAL_SECRET_STORE=none')));

	it('a keychain that fails later refuses in the same words', async () => {
		const keychain = memoryKeychain();
		const store = await openSecretStore({ dataFolder: temporaryFolder(), env: {}, onWarning: () => {}, loadKeychain: async () => keychain });
		const fail = (): Promise<never> => Promise.reject(new Error('the user closed the dialog'));
		Object.assign(keychain, { getPassword: fail, setPassword: fail, deletePassword: fail });
		expect(store.kind).toBe('keychain');
		await expectRefusals(store);
	});
});

// The script runs in a process of its own: with a session bus and an unlocked GNOME Keyring, or with neither.
const SCRIPT = `
const { openSecretStore } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
const store = await openSecretStore({ dataFolder: '/nowhere', env: {}, onWarning: () => {} });
const answer = { kind: store.kind };
try {
	answer.before = await store.get('round-trip');
	await store.set('round-trip', 'Größe ₹ 1');
	answer.after = await store.get('round-trip');
	await store.delete('round-trip');
	answer.end = await store.get('round-trip');
} catch (error) {
	answer.refused = error.code;
}
console.log(JSON.stringify(answer));
`;

describe('the real Secret Service of Linux', () => {
	it('keeps a secret where there is one, and is refused in words where there is none', { timeout: 30_000 }, () => {
		const script = join(temporaryFolder(), 'round-trip.mjs');
		writeFileSync(script, SCRIPT);
		expect(runScript(script, hasSecretService())).toEqual(
			hasSecretService() ? { kind: 'keychain', before: null, after: 'Größe ₹ 1', end: null } : { kind: 'none', refused: 'KEY_UNAVAILABLE' },
		);
	});

	it('is refused in words where there is no session bus', { timeout: 30_000 }, () => {
		const script = join(temporaryFolder(), 'round-trip.mjs');
		writeFileSync(script, process.platform === 'linux' ? SCRIPT : 'console.log(\'{"kind":"none","refused":"KEY_UNAVAILABLE"}\')');
		expect(runScript(script, false)).toEqual({ kind: 'none', refused: 'KEY_UNAVAILABLE' });
	});
});

function hasSecretService(): boolean {
	return ['dbus-run-session', 'gnome-keyring-daemon'].every((tool) => spawnSync(tool, ['--help'], { stdio: 'ignore' }).error === undefined);
}

function runScript(script: string, withService: boolean): unknown {
	const home = temporaryFolder();
	const env = { PATH: process.env.PATH, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home, XDG_CACHE_HOME: home, NODE: process.execPath, SCRIPT: script };
	const inSession = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$NODE" "$SCRIPT"';
	const [command, args]: [string, string[]] = withService ? ['dbus-run-session', ['--', 'bash', '-c', inSession]] : [process.execPath, [script]];
	return JSON.parse(execFileSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

async function expectRefusals(store: SecretStore): Promise<void> {
	const refusal = { name: 'AppError', code: 'KEY_UNAVAILABLE', message: expect.stringContaining('LEDGERSEAL_SECRET_STORE=file') };
	await expect(store.get('mail')).rejects.toMatchObject(refusal);
	await expect(store.set('mail', 'x')).rejects.toMatchObject(refusal);
	await expect(store.delete('mail')).rejects.toMatchObject(refusal);
}

function memoryKeychain(): Keychain {
	const kept = new Map<string, string>();
	return {
		getPassword: async (service, account) => kept.get(`${service}\0${account}`) ?? null,
		setPassword: async (service, account, password) => {
			kept.set(`${service}\0${account}`, password);
		},
		deletePassword: async (service, account) => kept.delete(`${service}\0${account}`),
	};
}
