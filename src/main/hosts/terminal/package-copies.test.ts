import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTerminal } from '#test/terminal.ts';

interface Job {
	readonly jobId: string;
	readonly status: string;
	readonly file: string | null;
}

it('a closed period is packed by the next command that runs jobs, saved with a password, and shared', async () => {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Corner Shop', '--currency', 'KES', '--chart', 'none']);
	for (const [code, name, type, subtype] of [
		['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
		['4000', 'Sales', 'INCOME', null],
		['6000', 'Rent', 'EXPENSE', null],
	] as const) {
		await terminal.json(['account', 'add', '--code', code, '--name', name, '--type', type, ...(subtype === null ? [] : ['--subtype', subtype])]);
	}
	const lines = [
		{ account: '6000', debit: '10.00' },
		{ account: '4000', credit: '10.00' },
	];
	await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify({ date: '2026-03-05', description: 'Rent', lines }) });
	await terminal.json(['period', 'close', '2026-03', '--acknowledge', 'all', '--note', 'Seen.']);
	expect(await terminal.json<{ jobs: Job[] }>(['package', 'list'])).toMatchObject({
		jobs: [
			{ period: '2026-03', status: 'QUEUED' },
			{ period: 'opening', status: 'QUEUED' },
		],
	});
	const [job] = (await terminal.json<{ jobs: Job[] }>(['package', 'build'])).jobs;
	expect(job).toMatchObject({ status: 'READY' });

	const save = ['package', 'save', job?.jobId ?? '', '--to', 'handover', '--password'];
	expect(await terminal.json(save, { stdin: 'too short\n', status: 1 })).toMatchObject({ error: { code: 'INPUT_INVALID', details: { minLength: 12 } } });
	expect(await terminal.json(save, { status: 1 })).toMatchObject({ error: { code: 'NEEDS_ANSWER' } });
	expect(existsSync(join(terminal.folder, 'handover'))).toBe(false);
	const saved = await terminal.json<Job>(save, { stdin: 'three dry lanterns\n' });
	expect(saved.file).toBe(join(terminal.folder, 'handover', 'corner-shop-2026-03-close1.encrypted.zip'));
	expect(spawnSync('7z', ['t', '-pthree dry lanterns', saved.file ?? '']).status).toBe(0);

	expect(await terminal.json(['package', 'share', '2026-03'], { status: 1 })).toMatchObject({ error: { code: 'SETTING_REFUSED' } });
	const shared = join(terminal.folder, 'shared');
	expect(await terminal.json(['company', 'set', 'shared_folder', shared], { status: 1 })).toMatchObject({ error: { code: 'SETTING_REFUSED' } });
	mkdirSync(shared);
	await terminal.json(['company', 'set', 'shared_folder', shared]);
	const answer = await terminal.run(['package', 'share', '2026-03']);
	expect(answer).toMatchObject({ status: 0, stdout: expect.stringContaining(join(shared, 'corner-shop-2026-03-close1.zip')) });
	expect(await terminal.json(['package', 'verify', join(shared, 'corner-shop-2026-03-close1.zip')])).toMatchObject({ result: 'VERIFIED' });
});
