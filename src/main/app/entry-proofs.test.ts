import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closePeriod, line, makeCompany, openFolder, postQuarter } from '#test/closed-books.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { textIn } from '#test/package-files.ts';
import { verifyProofFile } from './verify-proof.ts';

async function closedBooks() {
	const books = await openFolder();
	const companyId = await makeCompany(books);
	await postQuarter(books, companyId);
	for (const period of ['2026-01', '2026-02']) await closePeriod(books, companyId, period);
	return { books, companyId, folder: temporaryFolder() };
}

describe('the proof of an entry of closed books', () => {
	test('verifies from its file alone, for every entry of every closed period', async () => {
		const { books, companyId, folder } = await closedBooks();
		const lines = (await textIn((await books.client.packages.build({ companyId, period: '2026-02' })).file ?? '', 'data/seal/entries.jsonl'))
			.trim()
			.split('\n');
		const february = lines.map((text) => JSON.parse(text) as { no: number });
		expect(february.length).toBeGreaterThan(3);
		for (const [index, { no }] of february.entries()) {
			const proof = await books.client.packages.prove({ companyId, no, to: folder });
			expect(proof).toMatchObject({ entryNo: no, period: '2026-02', closeNumber: 1 });
			const text = readFileSync(proof.file, 'utf8');
			expect(JSON.parse(text)).toMatchObject({ entry: lines[index], leafIndex: index, treeSize: lines.length });
			expect(await verifyProofFile(proof.file)).toMatchObject({ result: 'VERIFIED', signature: 'good', findings: [], entryNo: no, company: 'Example Traders' });
		}
		const opening = await books.client.packages.prove({ companyId, no: 1, to: folder });
		expect(opening).toMatchObject({ period: 'opening' });
		expect(await verifyProofFile(opening.file)).toMatchObject({ result: 'VERIFIED' });
	});

	test('python and openssl come to the same', async () => {
		const { books, companyId, folder } = await closedBooks();
		const { file, entryNo } = await books.client.packages.prove({ companyId, no: 3, to: join(folder, 'three.json') });
		const answer = await verifyProofFile(file);
		const recomputed = JSON.parse(execFileSync('python3', ['test/check-proof.py', file, folder], { encoding: 'utf8' })) as Record<string, unknown>;
		expect(recomputed).toEqual({
			entryNo,
			entryHash: answer.entryHash,
			root: answer.contentRoot,
			contentRoot: answer.contentRoot,
			treeSize: true,
			sameKey: true,
		});
		const openssl = ['pkeyutl', '-verify', '-pubin', '-inkey', 'public-key.pem', '-rawin', '-in', 'seal.json', '-sigfile', 'seal.sig'];
		expect(execFileSync('openssl', openssl, { cwd: folder, encoding: 'utf8' })).toContain('Verified Successfully');
	});

	test('is recorded, comes out the same again, and replaces no other file', async () => {
		const { books, companyId, folder } = await closedBooks();
		const first = await books.client.packages.prove({ companyId, no: 3, to: folder });
		expect(await books.client.packages.prove({ companyId, no: 3, to: folder })).toEqual(first);
		const { events } = await books.client.audit.list({ companyId });
		const recorded = events.find(({ action }) => action === 'packages.prove');
		expect(recorded?.detail).toMatchObject({ entryNo: 3, period: '2026-01', closeNumber: 1, sha256: first.sha256, to: first.file });
		writeFileSync(join(folder, 'mine.json'), 'mine');
		await expect(books.client.packages.prove({ companyId, no: 3, to: join(folder, 'mine.json') })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe('mine');
	});

	test('is refused where no seal covers the entry', async () => {
		const { books, companyId, folder } = await closedBooks();
		const prove = (no: number, closeNumber?: number) => books.client.packages.prove({ companyId, no, closeNumber, to: folder });
		const { entries } = await books.client.ledger.post({
			companyId,
			entries: [{ date: '2026-03-12', description: 'March', lines: [line('5000', '1.00'), line('1100', '-1.00')] }],
		});
		await expect(prove(entries[0]?.no ?? 0)).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED', details: { period: '2026-03' } });
		await expect(prove(999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(prove(3, 2)).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED', details: { closeNumber: 2 } });
		await books.client.close.reopen({ companyId, period: '2026-02', reason: 'A bill came late', confirm: '2026-02' });
		const late = await books.client.ledger.post({
			companyId,
			entries: [{ date: '2026-02-27', description: 'Late bill', lines: [line('5000', '2.00'), line('1100', '-2.00')] }],
		});
		const lateNo = late.entries[0]?.no ?? 0;
		await expect(prove(lateNo)).rejects.toMatchObject({ code: 'PERIOD_NOT_CLOSED' });
		await closePeriod(books, companyId, '2026-02');
		expect(await verifyProofFile((await prove(lateNo)).file)).toMatchObject({ result: 'VERIFIED', closeNumber: 2 });
		await expect(prove(lateNo, 1)).rejects.toMatchObject({ code: 'NOT_FOUND', details: { closeNumber: 1 } });
	});

	test('a file that is none is told', async () => {
		const file = join(temporaryFolder(), 'other.json');
		await expect(verifyProofFile(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
		writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));
		expect(await verifyProofFile(file)).toMatchObject({ result: 'ALTERED', findings: [{ code: 'PROOF_INVALID' }], entryNo: null });
	});
});
