import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTerminal } from '#test/terminal.ts';

async function closedJanuary() {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Example Traders', '--currency', 'INR', '--chart', 'none', '--fiscal-year-start', '01-01']);
	for (const [code, name, type, ...subtype] of [
		['1500', 'Stock', 'ASSET'],
		['3000', 'Capital', 'EQUITY'],
		['3100', 'Retained earnings', 'EQUITY', '--subtype', 'RETAINED_EARNINGS'],
	] as const) {
		await terminal.json(['account', 'add', '--code', code, '--name', name, '--type', type, ...subtype]);
	}
	const entries = ['First', 'Second', 'Third'].map((description) => ({
		date: '2026-01-05',
		description,
		lines: [
			{ account: '1500', debit: '10.00' },
			{ account: '3000', credit: '10.00' },
		],
	}));
	await terminal.json(['journal', 'post', '-'], { stdin: JSON.stringify(entries) });
	await terminal.json(['period', 'close', '2026-01', '--acknowledge', 'all', '--note', 'Seen', '--reason', 'Month end']);
	return terminal;
}

it('a proof of one entry is written and verified on the command line', async () => {
	const terminal = await closedJanuary();
	const proof = await terminal.json<{ file: string }>(['package', 'prove', '2']);
	expect(proof).toMatchObject({
		file: join(terminal.folder, 'example-traders-2026-01-close1-entry2.proof.json'),
		entryNo: 2,
		period: '2026-01',
		closeNumber: 1,
	});
	const verified = await terminal.json(['package', 'verify-proof', proof.file]);
	expect(verified).toMatchObject({ result: 'VERIFIED', signer: { known: true }, signature: 'good', findings: [], entryNo: 2, period: '2026-01' });
	// Elsewhere nobody knows the key.
	const elsewhere = openTerminal();
	expect(await elsewhere.json(['package', 'verify-proof', proof.file])).toMatchObject({ result: 'VERIFIED', signer: { known: false } });
	expect((await elsewhere.run(['package', 'verify-proof', proof.file])).stdout).toMatch(
		/^Example Traders, 2026-01, close number 1\nVERIFIED: entry 2 is among the entries that key \S+ sealed; compare/,
	);
	writeFileSync(proof.file, readFileSync(proof.file, 'utf8').replace('Second', 'Fourth'));
	expect(await terminal.json(['package', 'verify-proof', proof.file], { status: 1 })).toMatchObject({
		result: 'ALTERED',
		findings: [{ code: 'CONTENT_ROOT_DIFFERS', entryNo: 2 }],
	});
	expect(await terminal.json(['package', 'prove', '2'], { status: 1 })).toMatchObject({ error: { code: 'ALREADY_EXISTS' } });
	expect(await terminal.json(['package', 'prove', 'two'], { status: 2 })).toMatchObject({ error: { code: 'USAGE' } });
});
