import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import { openZip } from '#main/platform/zip/zip-reader.ts';
import { closePeriod, makeCompany, openFolder, postQuarter, reconcileFolder } from './closed-books.ts';
import { beancountBalances, hledgerBalances, isInstalled, unpack } from './package-files.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { contentOf, zipped } from './zip-files.ts';

const SAMPLE = resolve('resources/sample');
const SCRIPT = join(import.meta.dirname, 'recompute-packages.py');
const recompute = (files: readonly string[]): unknown => JSON.parse(execFileSync('python3', [SCRIPT, ...files], { encoding: 'utf8' }));

const SOUND = {
	canonical: true,
	inPeriod: true,
	complete: true,
	contentRoot: true,
	closeHash: true,
	figures: true,
	tables: true,
	trialBalance: true,
	manifest: true,
};

/** The sample company with its three months closed, and a package of each; the opening balances first. */
async function sampleQuarter(): Promise<{ terminal: Terminal; packages: string[] }> {
	const terminal = openTerminal();
	await terminal.json(['company', 'create', '--name', 'Mango Lane', '--currency', 'KES', '--chart', 'kenya', '--timezone', 'Africa/Nairobi']);
	await terminal.json(['opening', 'import', join(SAMPLE, 'opening.csv')]);
	await terminal.json(['journal', 'import', join(SAMPLE, 'journal.csv')]);
	const periods = ['2026-01', '2026-02', '2026-03'];
	for (const period of periods) {
		await reconcileFolder(terminal.dataFolder, '2026-04-10T09:00:30Z', period);
		await terminal.json(['period', 'close', period, '--reason', 'Done', '--acknowledge', 'all', '--note', 'Seen.']);
	}
	const packages = [];
	for (const period of ['opening', ...periods]) packages.push((await terminal.json<{ file: string }>(['package', 'build', period])).file);
	return { terminal, packages };
}

describe('Python alone, from nothing but the packages', () => {
	it('recomputes entries, chain, content root, close hash, trial balance and seals of the sample company', async () => {
		const { packages } = await sampleQuarter();
		expect(recompute(packages)).toEqual({
			// Opening, 555 of three months, and a closing entry for each month.
			entries: 559,
			chained: true,
			heads: true,
			sealsChained: true,
			packages: [
				{ period: 'opening', entries: 1, ...SOUND },
				{ period: '2026-01', entries: 191, ...SOUND },
				expect.objectContaining({ period: '2026-02', ...SOUND }),
				expect.objectContaining({ period: '2026-03', ...SOUND }),
			],
		});
	});

	it('recomputes those of a company with dollars, revalued', async () => {
		const books = await openFolder();
		const companyId = await makeCompany(books);
		await postQuarter(books, companyId);
		const files = [];
		for (const period of ['2026-01', '2026-02', '2026-03']) await closePeriod(books, companyId, period);
		for (const period of ['opening', '2026-01', '2026-02', '2026-03']) {
			files.push(present((await books.client.packages.build({ companyId, period })).file, 'the file of a package'));
		}
		expect(recompute(files)).toMatchObject({ chained: true, heads: true, sealsChained: true, packages: files.map(() => SOUND) });
	});

	it('and sees an entry that was changed in a package', async () => {
		const { packages } = await sampleQuarter();
		const [opening = '', january = '', ...later] = packages;
		const forged = await forge(january, { resign: false });
		expect(recompute([opening, forged, ...later])).toMatchObject({
			chained: false,
			packages: [SOUND, { period: '2026-01', contentRoot: false, closeHash: true, manifest: false }, SOUND, SOUND],
		});
	});
});

const ROOTS: Readonly<Record<string, string>> = { ASSET: 'Assets', LIABILITY: 'Liabilities', EQUITY: 'Equity', INCOME: 'Income', EXPENSE: 'Expenses' };

interface TrialBalance {
	readonly rows: readonly { readonly code: string; readonly name: string; readonly type: string; readonly debit: string; readonly credit: string }[];
}

describe('hledger and beancount, from the packages of the sample company', () => {
	it.runIf(isInstalled('hledger') && isInstalled('bean-check'))('come to its trial balance at the end of each month', async () => {
		const { terminal, packages } = await sampleQuarter();
		const ends = ['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31'];
		for (const [at, asOf] of ends.entries()) {
			const books = join(unpack(packages[at] ?? ''), 'data/books');
			const [hledger, beancount] = [join(books, 'journal.hledger'), join(books, 'journal.beancount')];
			execFileSync('hledger', ['-f', hledger, 'check']);
			execFileSync('bean-check', [beancount]);
			const { rows } = await terminal.json<TrialBalance>(['report', 'trial-balance', '--as-of', asOf, '--basis', 'ledger']);
			const standing = rows.filter(({ debit, credit }) => /[1-9]/.test(debit + credit));
			expect(standing.length).toBeGreaterThan(20);
			const balances = (named: (row: (typeof rows)[number]) => string) =>
				Object.fromEntries(standing.map((row) => [`${named(row)}|KES`, row.credit === '0.00' ? row.debit : `-${row.credit}`]));
			expect(hledgerBalances(hledger)).toEqual(balances(({ type, code, name }) => `${ROOTS[type]}:${code} ${name}`));
			expect(beancountBalances(beancount)).toEqual(balances(({ type, code }) => `${ROOTS[type]}:${code}`));
		}
	});
});

describe('a forged package: a description changed, everything hashed anew, signed with a new key', () => {
	it('is consistent, but of an unknown signer; ALTERED for who knows the key', async () => {
		const { terminal, packages } = await sampleQuarter();
		const [, january = '', february = ''] = packages;
		const forged = await forge(january, { resign: true });
		const empty = openTerminal();
		const verify = (file: string, options: string[] = [], status = 0) => empty.json(['package', 'verify', file, ...options], { status });

		const genuine = await verify(january);
		expect(genuine).toMatchObject({ result: 'VERIFIED', signature: 'good', signer: { known: false } });
		const { signer: { fingerprint = '' } = {} } = genuine as { signer?: { fingerprint?: string } };
		expect(await verify(january, ['--key', fingerprint])).toMatchObject({ result: 'VERIFIED', signer: { known: true } });

		const judged = await verify(forged);
		expect(judged).toMatchObject({ result: 'VERIFIED', signature: 'good', findings: [], signer: { known: false } });
		expect(JSON.stringify(judged)).toContain('compare this fingerprint');
		expect(judged).not.toMatchObject({ signer: { fingerprint } });
		expect(await verify(forged, ['--key', fingerprint], 1)).toMatchObject({
			result: 'ALTERED',
			signer: { known: false },
			findings: [{ code: 'SIGNER_CHANGED' }],
		});
		expect(await verify(forged, ['--previous', present(packages[0], 'the package of the opening')], 1)).toMatchObject({
			result: 'ALTERED',
			findings: expect.arrayContaining([expect.objectContaining({ code: 'SIGNER_CHANGED' })]),
		});
		// The package after it names the seal that really was.
		expect(await verify(february, ['--previous', forged], 1)).toMatchObject({ result: 'ALTERED' });
		// Where the books are at hand, their keys are known.
		expect(await terminal.json(['package', 'verify', january])).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		expect(await terminal.json(['package', 'verify', forged])).toMatchObject({ signer: { known: false } });
	});
});

const sha = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const TOLD = 'Shop and store rent for January 2026, Baobab Yard Properties invoice BYP-2104';

/** What a forger with every tool and without the key can do to a package. */
async function forge(path: string, { resign }: { readonly resign: boolean }): Promise<string> {
	const zip = await openZip(path);
	const files = new Map<string, Buffer>();
	for (const name of zip.names()) files.set(name.slice(name.indexOf('/') + 1), await contentOf(zip, name));
	const top = zip.names()[0]?.split('/')[0] ?? '';
	zip.close();
	const text = (name: string): string => present(files.get(name), name).toString('utf8');
	const put = (name: string, content: string | Buffer) => files.set(name, Buffer.from(content));
	for (const name of [
		'data/csv/journal.csv',
		'data/csv/general_ledger.csv',
		'data/books/journal.hledger',
		'data/books/journal.beancount',
		'data/seal/entries.jsonl',
	]) {
		expect(text(name)).toContain(TOLD);
		put(name, text(name).replaceAll(TOLD, 'Gifts for friends of the house'));
	}
	if (resign) {
		const entries = text('data/seal/entries.jsonl').trimEnd().split('\n');
		rechain(entries);
		put('data/seal/entries.jsonl', `${entries.join('\n')}\n`);
		const { privateKey, publicKey } = generateKeyPairSync('ed25519');
		const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const keyId = sha(createPublicKey(pem).export({ type: 'spki', format: 'der' }).subarray(-32));
		const seal = JSON.parse(text('data/seal/seal.json')) as Record<string, unknown>;
		const standing = { contentRoot: merkle(entries.map((entry) => Buffer.from(sha(entry), 'hex'))).toString('hex'), keyId, publicKey: pem };
		put('data/seal/seal.json', JSON.stringify({ ...seal, ...standing }));
		put('data/seal/seal.sig', sign(null, present(files.get('data/seal/seal.json'), 'the seal'), privateKey));
		put('data/seal/public-key.pem', pem);
		put('manifest-sha256.txt', manifestOf(files, text('manifest-sha256.txt')));
		const packageSeal = JSON.parse(text('package-seal.json')) as Record<string, unknown>;
		const digests = { keyId, manifestSha256: sha(text('manifest-sha256.txt')), sealSha256: sha(text('data/seal/seal.json')) };
		put('package-seal.json', JSON.stringify({ ...packageSeal, ...digests }));
		const payload = [...files].filter(([name]) => name.startsWith('data/'));
		const octets = payload.reduce((sum, [, content]) => sum + content.length, 0);
		put('bag-info.txt', text('bag-info.txt').replace(/^Payload-Oxum: .*$/m, `Payload-Oxum: ${octets}.${payload.length}`));
		put('package-seal.sig', sign(null, present(files.get('package-seal.json'), 'the seal of the package'), privateKey));
		put('tagmanifest-sha256.txt', manifestOf(files, text('tagmanifest-sha256.txt')));
	}
	const forged = join(temporaryFolder(), 'forged.zip');
	await zipped(
		forged,
		[...files].map(([name, content]) => [`${top}/${name}`, content] as const),
	);
	return forged;
}

/** Where the entry before stands in the package, `prev` is its new hash. */
function rechain(entries: string[]): void {
	for (const [at, line] of entries.entries()) {
		const before = entries[at - 1];
		const entry = JSON.parse(line) as { no: number; prev: string };
		if (before !== undefined && (JSON.parse(before) as { no: number }).no === entry.no - 1) entries[at] = JSON.stringify({ ...entry, prev: sha(before) });
	}
}

function manifestOf(files: ReadonlyMap<string, Buffer>, manifest: string): string {
	return manifest.replace(/^[0-9a-f]{64} {2}(.*)$/gm, (_line, name: string) => `${sha(present(files.get(name), name))}  ${name}`);
}

function merkle(leaves: readonly Buffer[]): Buffer {
	const [first] = leaves;
	if (first === undefined) throw new Error('a month without entries');
	if (leaves.length === 1) return Buffer.from(sha(Buffer.concat([Buffer.from([0]), first])), 'hex');
	let split = 1;
	while (split * 2 < leaves.length) split *= 2;
	return Buffer.from(sha(Buffer.concat([Buffer.from([1]), merkle(leaves.slice(0, split)), merkle(leaves.slice(split))])), 'hex');
}
