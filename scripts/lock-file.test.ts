import { describe, expect, it } from 'vitest';
import { completeLock } from './lock-file.ts';

const lockWith = (optionalDependencies: Record<string, string>) => ({
	packages: {
		'': {},
		'node_modules/@tool/linux-x64': { version: '1.2.3', optional: true, os: ['linux'], cpu: ['x64'] },
		'node_modules/tool': { version: '1.2.3', dev: true, license: 'MIT', optionalDependencies },
	},
});

describe('completeLock', () => {
	it('adds the binaries of other systems, in order, and leaves what is there', () => {
		const { lock, added } = completeLock(lockWith({ '@tool/linux-x64': '1.2.3', '@tool/win32-arm64': '1.2.3', '@tool/binding-linux-x64-musl': '1.2.3' }));
		expect(added).toEqual(['@tool/win32-arm64@1.2.3', '@tool/binding-linux-x64-musl@1.2.3']);
		expect(Object.keys(lock.packages)).toEqual([
			'',
			'node_modules/@tool/binding-linux-x64-musl',
			'node_modules/@tool/linux-x64',
			'node_modules/@tool/win32-arm64',
			'node_modules/tool',
		]);
		expect(lock.packages['node_modules/@tool/win32-arm64']).toEqual({
			version: '1.2.3',
			cpu: ['arm64'],
			dev: true,
			license: 'MIT',
			optional: true,
			os: ['win32'],
		});
		expect(lock.packages['node_modules/@tool/binding-linux-x64-musl']?.libc).toEqual(['musl']);
	});

	it('changes nothing in a complete file', () => {
		const complete = lockWith({ '@tool/linux-x64': '1.2.3' });
		expect(completeLock(complete)).toEqual({ lock: complete, added: [] });
	});

	it.each([
		['a name without a system', { '@tool/everything': '1.2.3' }],
		['a range of versions', { '@tool/win32-x64': '^1.2.3' }],
	])('refuses %s', (_what, optionalDependencies) => {
		expect(() => completeLock(lockWith(optionalDependencies))).toThrow('is missing from the lock file');
	});
});
