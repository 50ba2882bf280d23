import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerminal } from '#test/terminal.ts';
import type { DemoResult } from './demo-steps.ts';

const HASH = /^[0-9a-f]{64}$/;

describe('the demo', () => {
	it('makes, closes, seals and verifies, in a folder of its own', async () => {
		const terminal = openTerminal();
		const folder = join(terminal.folder, 'try it');
		const demo = await terminal.json<DemoResult>(['demo', '--data-dir', 'try it']);
		expect(demo).toMatchObject({
			companyId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			dataFolder: folder,
			entries: 556,
			netProfit: '288492.87',
			reconciliation: {
				statementLines: 178,
				matched: 178,
				reconciled: [
					{ code: '1000', expected: '52680.00', actual: '52680.00', variance: '0.00', items: 0 },
					{ code: '1010', expected: '8600.00', actual: '8600.00', variance: '0.00', items: 0 },
					// Two cheques that nobody presented yet, a deposit and a card settlement under way.
					{ code: '1100', expected: '2189909.70', actual: '2320019.45', variance: '-130109.75', items: 4 },
					{ code: '1150', expected: '46896.75', actual: '46896.75', variance: '0.00', items: 0 },
					{ code: '1170', expected: '0.00', actual: '0.00', variance: '0.00', items: 0 },
				],
			},
			closeHash: expect.stringMatching(HASH),
			sha256: expect.stringMatching(HASH),
			verified: true,
		});
		expect(existsSync(demo.package)).toBe(true);
		expect(existsSync(terminal.dataFolder)).toBe(false);
		expect(await terminal.json(['demo', '--data-dir', 'try it'], { status: 1 })).toMatchObject({ error: { code: 'ALREADY_EXISTS' } });
	});

	it('tells of each step and suggests commands that work', async () => {
		const terminal = openTerminal();
		const { status, stdout } = await terminal.run(['demo', '--data-dir', join(terminal.folder, 'shown')]);
		expect(status).toBe(0);
		expect(stdout.split('\n').filter((line) => line.startsWith('✓')).length).toBe(22);
		const suggested = stdout.split('\n').flatMap((line) => (line.startsWith('  ledgerseal ') ? [line.slice('  ledgerseal '.length).split(' ')] : []));
		expect(suggested).toHaveLength(6);
		for (const argv of suggested) expect({ argv, ...(await terminal.run(argv)) }).toMatchObject({ argv, status: 0 });
	});
});

describe('packages in the terminal', () => {
	it('are listed, saved, built again and verified', async () => {
		const terminal = openTerminal();
		const demo = await terminal.json<DemoResult>(['demo', '--data-dir', terminal.dataFolder]);
		const { jobs } = await terminal.json<{ jobs: { jobId: string; period: string }[] }>(['package', 'list']);
		const made = jobs.find(({ period }) => period === demo.period);
		expect(made).toMatchObject({ status: 'READY', sha256: demo.sha256, closeNumber: 1 });
		expect(await terminal.json(['package', 'build', '2026-01', '--wait'])).toMatchObject({ jobId: made?.jobId, file: demo.package, sha256: demo.sha256 });
		expect(await terminal.json(['package', 'build'])).toMatchObject({ jobs: [{ period: 'opening', status: 'READY' }] });
		expect((await terminal.run(['package', 'build'])).stdout).toBe('No package is waiting.\n');
		const again = await terminal.json<{ jobId: string }>(['package', 'regenerate', '2026-01', '--wait']);
		expect(again).toMatchObject({ status: 'READY', sha256: demo.sha256 });
		const saved = await terminal.json<{ file: string }>(['package', 'save', again.jobId, '--to', terminal.folder]);
		expect(dirname(saved.file)).toBe(terminal.folder);

		const verified = { result: 'VERIFIED', signature: 'good', findings: [], company: demo.company, period: '2026-01', closeNumber: 1 };
		expect(await terminal.json(['package', 'verify', basename(saved.file)])).toMatchObject({
			...verified,
			signer: { fingerprint: demo.fingerprint, known: true },
		});
		// From the file alone: elsewhere the key is not known, unless somebody says which it must be.
		const away = openTerminal();
		const copy = join(away.folder, 'received.zip');
		copyFileSync(saved.file, copy);
		expect(await away.json(['package', 'verify', 'received.zip'])).toMatchObject({ ...verified, signer: { known: false } });
		expect(await away.json(['package', 'verify', 'received.zip', '--key', demo.fingerprint ?? ''])).toMatchObject({ ...verified, signer: { known: true } });
		expect(await away.json(['package', 'verify', 'received.zip', '--key', 'nowhere.pem'], { status: 1 })).toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
		const other = 'AAAA-BBBB-CCCC-DDDD-AAAA-BBBB-CCCC-DDDD';
		const altered = await away.json<{ findings: { code: string }[] }>(['package', 'verify', 'received.zip', '--key', other], { status: 1 });
		expect(altered).toMatchObject({ result: 'ALTERED', findings: [{ code: 'SIGNER_CHANGED' }] });
		expect(altered).not.toHaveProperty('error');
		expect(readdirSync(away.folder)).toEqual(['received.zip']);

		writeFileSync(copy, readFileSync(copy).subarray(0, 1000));
		expect(await away.json(['package', 'verify', 'received.zip'], { status: 1 })).toMatchObject({ error: { code: 'PACKAGE_UNREADABLE' } });
		expect(await away.json(['package', 'verify', 'nowhere.zip'], { status: 1 })).toMatchObject({ error: { code: 'PACKAGE_UNREADABLE' } });
	});
});
