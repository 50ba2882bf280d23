import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashText, sha256 } from '#test/seal-keys.ts';
import { chainEntries, JANUARY, line, makePackage } from '#test/seal-package.ts';
import { toHex, utf8Text } from './bytes.ts';
import { entryText, type SealedEntry } from './entry-text.ts';
import { parseSeal } from './seal-document.ts';

const SCRIPT = join(import.meta.dirname, '../../../test/recompute-seal.py');
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'recompute-seal-'));
});
afterAll(() => rm(folder, { recursive: true }));

const HARD_TEXTS = ['"quoted" \\ slash /', 'tab\tand\nline', 'नमस्ते ₹', '\u2028\u2029\u007f', '𝒜 😀', '', '{"prev":"0","seq":9}', '\ufeffmark'];

it.each<[string, readonly SealedEntry[]]>([
	['January', JANUARY],
	[
		'texts that are hard to write',
		chainEntries(
			HARD_TEXTS.map((description) => ({ description, reference: description, lines: [{ ...line('1000', 1), memo: description }, line('4000', -1)] })),
		),
	],
	['the largest amounts', chainEntries([1, 2, 3].map(() => ({ lines: [line('1000', Number.MAX_SAFE_INTEGER), line('4000', -Number.MAX_SAFE_INTEGER)] })))],
])('Python gives the same hashes for %s', async (_what, entries) => {
	const files = makePackage({ entries });
	const [entriesFile, sealFile] = [join(folder, 'entries.jsonl'), join(folder, 'seal.json')];
	const sealBytes = files.get('data/seal/seal.json') ?? new Uint8Array();
	await writeFile(entriesFile, files.get('data/seal/entries.jsonl') ?? '');
	await writeFile(sealFile, sealBytes);
	const { stdout } = await promisify(execFile)('python3', [SCRIPT, entriesFile, sealFile]);
	const seal = parseSeal(utf8Text(sealBytes) ?? '');
	if (!seal.ok || seal.value.kind === 'REOPEN') throw new Error('no seal');
	expect(JSON.parse(stdout)).toEqual({
		canonical: true,
		entryHashes: entries.map((entry) => hashText(entryText(entry))),
		chained: true,
		contentRoot: seal.value.contentRoot,
		closeHash: seal.value.closeHash,
		sealSha256: toHex(sha256(sealBytes)),
	});
});
