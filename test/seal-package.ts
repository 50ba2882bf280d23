import { sign } from 'node:crypto';
import { formatMinor } from '#shared/kernel/money.ts';
import {
	type CloseSeal,
	canonicalJson,
	closeHash,
	entryText,
	FileDamaged,
	GENESIS_HASH,
	hashBytes,
	merkleRoot,
	type PackageSource,
	packageSealBytes,
	type SealedAccount,
	type SealedBalance,
	type SealedEntry,
	type SealedLine,
	type SignedKeyRotation,
	sealBytes,
	toHex,
	utf8Bytes,
} from '#shared/seal/index.ts';
import { hashText, sha256, testKey } from './seal-keys.ts';

const COMPANY_ID = '0190aaaa-0000-7000-8000-000000000001';
const PERIOD_ID = '0190bbbb-0000-7000-8000-000000000001';

const ACCOUNTS: readonly SealedAccount[] = [
	{ ref: '1000', code: '1000', name: 'Bank', type: 'ASSET', subtype: 'BANK', currency: 'INR' },
	{ ref: '1010', code: '1010', name: 'Bank in dollars', type: 'ASSET', subtype: 'BANK', currency: 'USD' },
	{ ref: '3000', code: '3000', name: 'Retained earnings', type: 'EQUITY', subtype: 'RETAINED_EARNINGS', currency: null },
	{ ref: '4000', code: '4000', name: 'Sales', type: 'INCOME', subtype: null, currency: null },
	{ ref: '5000', code: '5000', name: 'Rent', type: 'EXPENSE', subtype: null, currency: null },
];

/** A line in rupees, or in dollars at 83: positive is a debit. */
export function line(account: string, amountMinor: number, currency = 'INR'): SealedLine {
	const baseMinor = currency === 'USD' ? amountMinor * 83 : amountMinor;
	return {
		account,
		party: null,
		currency,
		debit: Math.max(amountMinor, 0),
		credit: Math.max(-amountMinor, 0),
		baseDebit: Math.max(baseMinor, 0),
		baseCredit: Math.max(-baseMinor, 0),
		dueDate: null,
		reference: null,
		memo: null,
	};
}

export type EntryDraft = Partial<SealedEntry> & Pick<SealedEntry, 'lines'>;

/** Entries with their numbers, chained one to the other. A draft may bring its own number. */
export function chainEntries(drafts: readonly EntryDraft[]): SealedEntry[] {
	let prev = GENESIS_HASH;
	return drafts.map((draft, index) => {
		const no = draft.no ?? index + 1;
		const entry: SealedEntry = {
			v: 1,
			company: COMPANY_ID,
			seq: no,
			no,
			externalNo: `V-${no}`,
			date: '2026-01-15',
			source: 'MANUAL',
			description: `Entry ${no}`,
			reference: null,
			reverses: null,
			session: null,
			postedAt: '2026-01-15T10:00:00.000Z',
			postedBy: 'user-1',
			attachments: [],
			prev,
			...draft,
		};
		prev = hashText(entryText(entry));
		return entry;
	});
}

const EVIDENCE = utf8Bytes('receipt for the rent');

/** January of an invented company: sales, rent with a receipt, dollars received, and the closing entry. */
export const JANUARY: readonly SealedEntry[] = chainEntries([
	{ lines: [line('1000', 100_000), line('4000', -100_000)] },
	{ lines: [line('5000', 30_000), line('1000', -30_000)], attachments: [toHex(sha256(EVIDENCE))] },
	{ lines: [line('1010', 1_000, 'USD'), line('4000', -83_000)] },
	{ lines: [line('1000', 20_000), line('4000', -20_000)] },
	{ source: 'CLOSING', date: '2026-01-31', lines: [line('4000', 203_000), line('5000', -30_000), line('3000', -173_000)] },
]);

export interface PackageOptions {
	readonly entries?: readonly SealedEntry[];
	readonly accounts?: readonly SealedAccount[];
	/** Seed of the signing key; null for an unsigned package. */
	readonly key?: number | null;
	/** Key of package-seal.json where it is another. */
	readonly packageKey?: number;
	readonly rotations?: readonly SignedKeyRotation[];
	readonly seal?: Partial<CloseSeal>;
	/** Changes files before manifests and package seal are made, as a forger would who makes them anew. */
	readonly change?: (files: Map<string, Uint8Array>) => void;
}

/** A whole close package in memory, name to bytes, made by hand and not by the program's own package writer. */
export function makePackage(options: PackageOptions = {}): Map<string, Uint8Array> {
	const entries = options.entries ?? JANUARY;
	const accounts = options.accounts ?? ACCOUNTS;
	const key = options.key === undefined ? 1 : options.key;
	const balances = balancesOf(entries, accounts);
	const files = new Map<string, Uint8Array>([
		['data/seal/entries.jsonl', utf8Bytes(entries.map((entry) => `${entryText(entry)}\n`).join(''))],
		['data/sealed-tables/accounts.jsonl', jsonLines(accounts)],
		['data/sealed-tables/balances.jsonl', jsonLines(balances)],
		['data/csv/trial_balance.csv', utf8Bytes(trialBalanceCsv(balances, accounts))],
		[`data/attachments/${toHex(sha256(EVIDENCE))}.txt`, EVIDENCE],
		['data/README.txt', utf8Bytes('How to verify\n')],
	]);
	const seal = { ...sealOf(entries, files, balances, key), ...options.seal };
	files.set('data/seal/seal.json', sealBytes(seal));
	if (key !== null) {
		files.set('data/seal/seal.sig', sign(null, sealBytes(seal), testKey(key).privateKey));
		files.set('data/seal/public-key.pem', utf8Bytes(testKey(key).pem));
	}
	if (options.rotations) files.set('data/seal/key-rotations.jsonl', jsonLines(options.rotations));
	options.change?.(files);
	return bagOf(files, options.packageKey ?? key);
}

function bagOf(payload: Map<string, Uint8Array>, key: number | null): Map<string, Uint8Array> {
	const bag = new Map(payload);
	const manifest = utf8Bytes(manifestOf([...payload]));
	const bytes = [...payload.values()].reduce((sum, file) => sum + file.length, 0);
	const packageSeal = packageSealBytes({
		sealSha256: toHex(sha256(payload.get('data/seal/seal.json') ?? new Uint8Array())),
		manifestSha256: toHex(sha256(manifest)),
		packageFormat: 1,
		keyId: key === null ? null : `key-${key}`,
	});
	bag.set('bagit.txt', utf8Bytes('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
	bag.set('bag-info.txt', utf8Bytes(`Payload-Oxum: ${bytes}.${payload.size}\n`));
	bag.set('manifest-sha256.txt', manifest);
	bag.set('package-seal.json', packageSeal);
	if (key !== null) bag.set('package-seal.sig', sign(null, packageSeal, testKey(key).privateKey));
	bag.set('tagmanifest-sha256.txt', utf8Bytes(manifestOf([...bag].filter(([name]) => !name.startsWith('data/')))));
	return bag;
}

function manifestOf(files: readonly (readonly [string, Uint8Array])[]): string {
	return files.map(([name, bytes]) => `${toHex(sha256(bytes))}  ${name}\n`).join('');
}

function jsonLines(rows: readonly object[]): Uint8Array {
	return utf8Bytes(rows.map((row) => `${canonicalJson(JSON.parse(JSON.stringify(row)))}\n`).join(''));
}

function sumBy(lines: readonly SealedLine[], field: 'debit' | 'credit' | 'baseDebit' | 'baseCredit'): bigint {
	return lines.reduce((sum, one) => sum + BigInt(one[field]), 0n);
}

const stored = (sum: bigint): number | string => (Number.isSafeInteger(Number(sum)) ? Number(sum) : String(sum));

function balancesOf(entries: readonly SealedEntry[], accounts: readonly SealedAccount[]): SealedBalance[] {
	const lines = entries.flatMap((entry) => entry.lines);
	const keys = [...new Set(lines.map((one) => `${one.account} ${one.currency}`))].sort();
	return keys.map((key) => {
		const [account = '', currency = ''] = key.split(' ');
		const own = lines.filter((one) => one.account === account && one.currency === currency);
		const [debit, credit, baseDebit, baseCredit] = [sumBy(own, 'debit'), sumBy(own, 'credit'), sumBy(own, 'baseDebit'), sumBy(own, 'baseCredit')];
		return {
			account,
			code: accounts.find(({ ref }) => ref === account)?.code ?? '?',
			currency,
			openingMinor: 0,
			debitMinor: stored(debit),
			creditMinor: stored(credit),
			closingMinor: stored(debit - credit),
			baseOpeningMinor: 0,
			baseDebitMinor: stored(baseDebit),
			baseCreditMinor: stored(baseCredit),
			baseClosingMinor: stored(baseDebit - baseCredit),
		};
	});
}

// The rows of January on the adjusted basis are written out, so that the check is not measured against its own arithmetic.
const ADJUSTED_JANUARY = [
	'adjusted,1000,Bank,ASSET,INR,900.00,,900.00,',
	'adjusted,1010,Bank in dollars,ASSET,USD,10.00,,830.00,',
	'adjusted,4000,Sales,INCOME,INR,,2030.00,,2030.00',
	'adjusted,5000,Rent,EXPENSE,INR,300.00,,300.00,',
];

function trialBalanceCsv(balances: readonly SealedBalance[], accounts: readonly SealedAccount[]): string {
	const major = (minor: bigint): string => (minor > 0n ? formatMinor(minor, 2) : '');
	const rows = balances.map((row) => {
		const account = accounts.find(({ ref }) => ref === row.account);
		const [closing, base] = [BigInt(row.closingMinor), BigInt(row.baseClosingMinor)];
		return ['ledger', row.code, account?.name, account?.type, row.currency, major(closing), major(-closing), major(base), major(-base)].join(',');
	});
	return `\ufeffbasis,code,name,type,currency,debit,credit,base_debit,base_credit\n${[...rows, ...ADJUSTED_JANUARY].join('\n')}\n`;
}

function sealOf(entries: readonly SealedEntry[], files: ReadonlyMap<string, Uint8Array>, balances: readonly SealedBalance[], key: number | null): CloseSeal {
	const lines = entries.flatMap((entry) => entry.lines);
	const hashes = entries.map((entry) => hashText(entryText(entry)));
	const last = entries.at(-1);
	const closeHashFields = {
		companyId: COMPANY_ID,
		periodId: PERIOD_ID,
		totalJournalCount: entries.length,
		totalDebitsMinor: String(sumBy(lines, 'baseDebit')),
		totalCreditsMinor: String(sumBy(lines, 'baseCredit')),
		balanceRowCount: balances.length,
		closeNumber: 1,
	};
	const ordinary = entries.filter((entry) => entry.source !== 'CLOSING').flatMap((entry) => entry.lines.filter((one) => /^[45]/.test(one.account)));
	return {
		formatVersion: 1,
		kind: 'CLOSE',
		sealNo: 1,
		previousSeal: null,
		company: { id: COMPANY_ID, name: 'Example Traders', currency: 'INR' },
		period: { id: PERIOD_ID, name: '2026-01', kind: 'MONTH', start: '2026-01-01', end: '2026-01-31' },
		closeNumber: 1,
		closedAt: '2026-02-01T09:00:00.000Z',
		closedBy: 'user-1',
		closeReason: null,
		supersedes: null,
		policies: { fiscal_year_start: '01-01', reopen_policy: 'ADMIN_WITH_REASON' },
		summaries: [...new Set(lines.map((one) => one.currency))].sort().map((currency) => {
			const own = lines.filter((one) => one.currency === currency);
			return {
				currency,
				journalCount: entries.filter((entry) => entry.lines.some((one) => one.currency === currency)).length,
				lineCount: own.length,
				totalDebitsMinor: String(sumBy(own, 'debit')),
				totalCreditsMinor: String(sumBy(own, 'credit')),
				baseDebitsMinor: String(sumBy(own, 'baseDebit')),
				baseCreditsMinor: String(sumBy(own, 'baseCredit')),
			};
		}),
		closeHashFields,
		closeHash: closeHash(closeHashFields, hashText),
		contentRoot: toHex(merkleRoot(hashes.map(hashBytes), sha256)),
		sealedThroughSeq: last?.seq ?? 0,
		chainHead: { seq: last?.seq ?? 0, entryHash: hashes.at(-1) ?? GENESIS_HASH },
		auditHead: { seq: 12, hash: hashText('audit') },
		tables: ['accounts', 'balances'].map((name) => {
			const bytes = files.get(`data/sealed-tables/${name}.jsonl`) ?? new Uint8Array();
			return { name, rows: bytes.filter((byte) => byte === 10).length, sha256: toHex(sha256(bytes)) };
		}),
		netProfitMinor: String(sumBy(ordinary, 'baseCredit') - sumBy(ordinary, 'baseDebit')),
		anomalies: [],
		keyId: key === null ? null : `key-${key}`,
		publicKey: key === null ? null : testKey(key).pem,
	};
}

/** The files as a source, in chunks of a few bytes so that no reader can lean on where a chunk ends. */
export function sourceOf(
	files: ReadonlyMap<string, Uint8Array>,
	options: { readonly damaged?: string; readonly listed?: readonly string[]; readonly chunk?: number } = {},
): PackageSource {
	const chunk = options.chunk ?? 97;
	return {
		list: () => options.listed ?? [...files.keys()],
		async *read(name) {
			const bytes = files.get(name) ?? new Uint8Array();
			for (let start = 0; start < bytes.length; start += chunk) yield bytes.subarray(start, start + chunk);
			if (name === options.damaged) throw new FileDamaged('wrong check sum');
		},
	};
}
