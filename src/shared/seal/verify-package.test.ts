import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCryptography, rotateKey, sha256, testKey } from '#test/seal-keys.ts';
import { chainEntries, JANUARY, line, makePackage, type PackageOptions, sourceOf } from '#test/seal-package.ts';
import { utf8Bytes, utf8Text } from './bytes.ts';
import { entryText, type SealedEntry } from './entry-text.ts';
import { keyFingerprint } from './signature.ts';
import { type VerifyPackageOptions, verificationWords, verifyPackage } from './verify-package.ts';

const verifyFiles = (files: ReadonlyMap<string, Uint8Array>, options?: VerifyPackageOptions) => verifyPackage(sourceOf(files), nodeCryptography, options);
const codesOf = (verification: { findings: readonly { code: string }[] }) => [...new Set(verification.findings.map(({ code }) => code))];
const fingerprint = (seed: number) => keyFingerprint(testKey(seed).publicKey, sha256);

/** The sealed package with entries.jsonl exchanged, and manifests and package seal made anew without the key's owner noticing. */
function withEntries(change: (entries: SealedEntry[]) => SealedEntry[], options: PackageOptions = {}) {
	const text = change([...JANUARY])
		.map((entry) => `${entryText(entry)}\n`)
		.join('');
	return makePackage({ ...options, change: (files) => files.set('data/seal/entries.jsonl', utf8Bytes(text)) });
}

const changed = (entries: SealedEntry[], no: number, change: Partial<SealedEntry>) =>
	entries.map((entry) => (entry.no === no ? { ...entry, ...change } : entry));

describe('a package as it was sealed', () => {
	it('is verified, with the fingerprint of the key beside it', async () => {
		const verification = await verifyFiles(makePackage());
		expect(verification.findings).toEqual([]);
		expect(verification).toMatchObject({
			result: 'VERIFIED',
			signature: 'good',
			signer: { fingerprint: fingerprint(1), known: false },
			checked: { entries: 5 },
		});
		expect(verificationWords(verification)).toContain('compare this fingerprint');
		expect(verification.notChecked.map(({ code }) => code)).toEqual(['SIGNER_IDENTITY', 'AUDIT_TRAIL', 'DOCUMENTS']);
	});

	it('names the signer as known when the books or an expected key say so', async () => {
		for (const options of [{ knownFingerprints: [fingerprint(1)] }, { expectedKey: testKey(1).pem }, { expectedKey: fingerprint(1).toLowerCase() }]) {
			expect(await verifyFiles(makePackage(), options)).toMatchObject({ result: 'VERIFIED', signer: { known: true } });
		}
	});

	it('is consistent, not signed, where there was no key', async () => {
		const verification = await verifyFiles(makePackage({ key: null }));
		expect(verification).toMatchObject({ result: 'VERIFIED', signature: 'absent', signer: null, findings: [] });
		expect(verificationWords(verification)).toBe('consistent, not signed');
	});

	it('is verified where entries of other periods stand between', async () => {
		const entries = chainEntries([
			{ no: 3, prev: 'ab'.repeat(32), lines: [line('1000', 100), line('4000', -100)] },
			{ no: 9, prev: 'cd'.repeat(32), lines: [line('1000', 5), line('4000', -5)] },
		]);
		const csv =
			'basis,code,name,type,currency,debit,credit,base_debit,base_credit\nledger,1000,Bank,ASSET,INR,1.05,,1.05,\nledger,4000,Sales,INCOME,INR,,1.05,0.00,1.05\nadjusted,1000,Bank,ASSET,INR,1.05,,1.05,\nadjusted,4000,Sales,INCOME,INR,,1.05,,1.05\n';
		const verification = await verifyFiles(makePackage({ entries, change: (files) => files.set('data/csv/trial_balance.csv', utf8Bytes(csv)) }));
		expect(verification.findings).toEqual([]);
		expect(verification.notChecked.map(({ code }) => code)).toContain('CHAIN_LINKS');
	});

	it('says what it could not check on the adjusted basis later in the year', async () => {
		const verification = await verifyFiles(makePackage({ seal: { policies: { fiscal_year_start: '04-01' } } }));
		expect(verification.findings).toEqual([]);
		expect(verification.notChecked.map(({ code }) => code)).toContain('ADJUSTED_BASIS');
	});
});

describe('one byte changed', () => {
	it('is found and named in every file of the package', async () => {
		const files = makePackage({ rotations: [rotateKey(1, 2)] });
		for (const [name, bytes] of files) {
			const copy = Uint8Array.from(bytes);
			copy[Math.floor(copy.length / 2)] = (copy[Math.floor(copy.length / 2)] ?? 0) ^ 1;
			const verification = await verifyFiles(new Map(files).set(name, copy));
			expect(verification.result, name).toBe('ALTERED');
			const namesIt = verification.findings.some((finding) => finding.file === name || finding.message.includes(name));
			// A changed tag manifest shows as the files that it no longer lists rightly.
			expect(namesIt || name === 'tagmanifest-sha256.txt', name).toBe(true);
		}
	});

	it('is found at any place, whatever its value', async () => {
		const files = makePackage();
		const names = [...files.keys()];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, at, difference) => {
				const copy = Uint8Array.from(files.get(name) ?? []);
				copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ difference;
				return (await verifyFiles(new Map(files).set(name, copy))).result === 'ALTERED';
			}),
			{ numRuns: 200 },
		);
	});
});

describe('files added, removed, doubled or damaged', () => {
	it('names a missing file of every kind', async () => {
		const files = makePackage();
		for (const name of files.keys()) {
			const fewer = new Map(files);
			fewer.delete(name);
			expect((await verifyFiles(fewer)).findings, name).toContainEqual(expect.objectContaining({ file: name }));
		}
	});

	it.each([
		['an unlisted file', 'data/extra.txt', 'FILE_EXTRA'],
		['an unlisted tag file', 'notes.txt', 'FILE_EXTRA'],
		['a way out of the folder', 'data/../../x', 'FILE_NAME_UNSAFE'],
		['files kept elsewhere', 'fetch.txt', 'BAG_INVALID'],
	])('finds %s', async (_what, name, code) => {
		const verification = await verifyFiles(makePackage().set(name, utf8Bytes('x')));
		expect(verification.findings).toContainEqual(expect.objectContaining({ code, file: name }));
	});

	it('finds a name that stands in the archive twice', async () => {
		const files = makePackage();
		const verification = await verifyPackage(sourceOf(files, { listed: [...files.keys(), 'data/README.txt'] }), nodeCryptography);
		expect(codesOf(verification)).toEqual(['FILE_DUPLICATE']);
	});

	it('finds a file that cannot be unpacked, of every kind', async () => {
		const files = makePackage();
		for (const name of files.keys()) {
			const verification = await verifyPackage(sourceOf(files, { damaged: name }), nodeCryptography);
			expect(verification.findings, name).toContainEqual(expect.objectContaining({ code: 'FILE_UNREADABLE', file: name }));
		}
	});
});

describe('entries forged with manifests and package seal made anew by the same key', () => {
	it.each<[string, (entries: SealedEntry[]) => SealedEntry[], string[], object]>([
		[
			'a description',
			(all) => changed(all, 2, { description: 'Something else' }),
			['ENTRY_CHANGED', 'CONTENT_ROOT_DIFFERS'],
			{ entryNo: 2, externalNo: 'V-2' },
		],
		['the last description', (all) => changed(all, 5, { description: 'Something else' }), ['ENTRY_CHANGED', 'CONTENT_ROOT_DIFFERS'], { entryNo: 5 }],
		[
			'a due date',
			(all) => changed(all, 3, { lines: (all[2]?.lines ?? []).map((one) => ({ ...one, dueDate: '2026-03-01' })) }),
			['ENTRY_CHANGED', 'CONTENT_ROOT_DIFFERS'],
			{ entryNo: 3 },
		],
		[
			'amounts that still balance',
			(all) => changed(all, 1, { lines: [line('1000', 100_001), line('4000', -100_001)] }),
			['ENTRY_CHANGED', 'CONTENT_ROOT_DIFFERS', 'TOTALS_DIFFER', 'NET_PROFIT_DIFFERS', 'BALANCES_DIFFER'],
			{ entryNo: 1 },
		],
		[
			'two amounts swapped between entries',
			(all) => changed(changed(all, 1, { lines: all[3]?.lines }), 4, { lines: all[0]?.lines }),
			['ENTRY_CHANGED', 'CONTENT_ROOT_DIFFERS'],
			{ entryNo: 4 },
		],
		[
			'two accounts swapped',
			(all) => changed(all, 2, { lines: [line('4000', 30_000), line('1000', -30_000)] }),
			['ENTRY_CHANGED', 'CONTENT_ROOT_DIFFERS', 'BALANCES_DIFFER'],
			{ account: '5000' },
		],
		[
			'an entry out of balance',
			(all) => changed(all, 4, { lines: [line('1000', 20_000), line('4000', -19_999)] }),
			['ENTRY_UNBALANCED', 'ENTRY_CHANGED'],
			{ entryNo: 4 },
		],
		['a date outside the period', (all) => changed(all, 4, { date: '2025-12-31' }), ['ENTRY_EXTRA', 'ENTRY_CHANGED'], { entryNo: 4 }],
		['another company', (all) => changed(all, 4, { company: 'other' }), ['ENTRY_EXTRA', 'ENTRY_CHANGED'], { entryNo: 4 }],
		[
			'an account that is not sealed',
			(all) => changed(all, 4, { lines: [line('1000', 20_000), line('4999', -20_000)] }),
			['ACCOUNT_UNKNOWN'],
			{ account: '4999', entryNo: 4 },
		],
		['a deleted entry', (all) => all.filter(({ no }) => no !== 2), ['ENTRY_MISSING', 'CONTENT_ROOT_DIFFERS', 'TOTALS_DIFFER'], { entryNo: 2 }],
		['a missing tail', (all) => all.slice(0, 3), ['ENTRY_MISSING', 'CONTENT_ROOT_DIFFERS'], { entryNo: 5 }],
		['entries in another order', (all) => all.toReversed(), ['ENTRY_OUT_OF_ORDER', 'CONTENT_ROOT_DIFFERS'], { entryNo: 1 }],
		[
			'an entry put in',
			(all) => [...all.slice(0, 1), ...all.slice(0, 1), ...all.slice(1)],
			['ENTRY_OUT_OF_ORDER', 'ENTRY_EXTRA', 'TOTALS_DIFFER'],
			{ entryNo: 1 },
		],
		['an attachment', (all) => changed(all, 1, { attachments: ['ee'.repeat(32)] }), ['ENTRY_CHANGED', 'ATTACHMENT_MISSING'], { entryNo: 1, externalNo: 'V-1' }],
	])('finds %s', async (_what, change, codes, place) => {
		const verification = await verifyFiles(withEntries(change));
		expect(verification).toMatchObject({ result: 'ALTERED', signature: 'good' });
		expect(codesOf(verification)).toEqual(expect.arrayContaining(codes));
		expect(verification.findings).toContainEqual(expect.objectContaining(place));
	});

	it('names the numbers among which entries are missing where other periods stand between', async () => {
		const entries = chainEntries([3, 5, 9].map((no) => ({ no, prev: 'ab'.repeat(32), lines: [line('1000', 100), line('4000', -100)] })));
		const text = entries
			.filter(({ no }) => no !== 5)
			.map((entry) => `${entryText(entry)}\n`)
			.join('');
		const verification = await verifyFiles(makePackage({ entries, change: (files) => files.set('data/seal/entries.jsonl', utf8Bytes(text)) }));
		expect(verification.findings.find(({ code }) => code === 'ENTRY_MISSING')?.message).toContain('1-2, 4-8');
	});

	it('finds a line that is no entry text, and goes on', async () => {
		const whole = JANUARY.map(entryText);
		for (const line2 of ['{}', whole[1]?.replace('{', '{ '), 'nothing', '{"no":2,"description":"\\ud800"}']) {
			const text = `${[whole[0], line2, ...whole.slice(2)].join('\n')}\n`;
			const verification = await verifyFiles(makePackage({ change: (files) => files.set('data/seal/entries.jsonl', utf8Bytes(text)) }));
			expect(verification.findings).toContainEqual(expect.objectContaining({ code: 'ENTRY_INVALID', entryNo: 2 }));
			expect(codesOf(verification)).not.toContain('ENTRY_CHANGED');
		}
	});
});

describe('tables and trial balance', () => {
	const replaced = (name: string, from: string, to: string) =>
		makePackage({ change: (files) => files.set(name, utf8Bytes((utf8Text(files.get(name) ?? new Uint8Array()) ?? '').replace(from, to))) });

	it.each([
		['an account type', 'data/sealed-tables/accounts.jsonl', '"EXPENSE"', '"ASSET"', 'TABLE_CHANGED', {}],
		['a balance', 'data/sealed-tables/balances.jsonl', '"closingMinor":90000', '"closingMinor":90001', 'BALANCES_DIFFER', { account: '1000' }],
		['a row cut', 'data/sealed-tables/accounts.jsonl', '"}\n', '"}', 'TABLE_CHANGED', {}],
		[
			'a debit in the trial balance',
			'data/csv/trial_balance.csv',
			'ledger,1000,Bank,ASSET,INR,900.00',
			'ledger,1000,Bank,ASSET,INR,900.01',
			'TRIAL_BALANCE_DIFFERS',
			{ account: '1000' },
		],
		[
			'an adjusted balance',
			'data/csv/trial_balance.csv',
			'adjusted,5000,Rent,EXPENSE,INR,300.00,,300.00',
			'adjusted,5000,Rent,EXPENSE,INR,1.00,,1.00',
			'TRIAL_BALANCE_DIFFERS',
			{ account: '5000' },
		],
		['an account name in the trial balance', 'data/csv/trial_balance.csv', 'Rent', 'Wages', 'TRIAL_BALANCE_DIFFERS', { account: '5000' }],
		['a row of nothing', 'data/csv/trial_balance.csv', 'ledger,1000', 'ledger,9999', 'TRIAL_BALANCE_DIFFERS', { account: '9999' }],
		['a damaged amount', 'data/csv/trial_balance.csv', '900.00', '9x0.00', 'TRIAL_BALANCE_DIFFERS', {}],
		['the header', 'data/csv/trial_balance.csv', 'basis', 'base', 'TRIAL_BALANCE_DIFFERS', {}],
	])('finds %s', async (_what, file, from, to, code, place) => {
		const verification = await verifyFiles(replaced(file, from, to));
		expect(verification.findings).toContainEqual(expect.objectContaining({ code, file, ...place }));
	});

	it.each([
		['close hash', { closeHash: 'aa'.repeat(32) }, 'CLOSE_HASH_DIFFERS'],
		['close number', { closeNumber: 2 }, 'CLOSE_HASH_DIFFERS'],
		['content root', { contentRoot: 'aa'.repeat(32) }, 'CONTENT_ROOT_DIFFERS'],
		['net profit', { netProfitMinor: '1' }, 'NET_PROFIT_DIFFERS'],
		['summaries', { summaries: [] }, 'TOTALS_DIFFER'],
		['chain head', { chainHead: { seq: 5, entryHash: 'aa'.repeat(32) } }, 'ENTRY_CHANGED'],
		['seal number', { sealNo: 2 }, 'SEAL_INVALID'],
		['tables', { tables: [] }, 'SEAL_INVALID'],
	])('finds a seal whose %s does not follow from the entries, even when its key signed it', async (_what, seal, code) => {
		const verification = await verifyFiles(makePackage({ seal }));
		expect(verification.signature).toBe('good');
		expect(codesOf(verification)).toContain(code);
	});
});

it('keeps the first findings and counts the rest', async () => {
	const verification = await verifyFiles(
		withEntries((all) => all.map((entry) => ({ ...entry, company: 'other' }))),
		{ findingLimit: 3 },
	);
	expect(verification.findings).toHaveLength(3);
	expect(verification.findingsOmitted).toBeGreaterThan(3);
});
