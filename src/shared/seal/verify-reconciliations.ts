import type { FindingList } from './findings.ts';
import type { FileDigest } from './package-source.ts';
import type { SealedReconciliation, SealedStatement } from './sealed-reconciliations.ts';
import type { SealedAccount, SealedBalance } from './sealed-tables.ts';

const FOLDER = 'data/reconciliations/';
const TABLE = 'reconciliations';

/** Each sealed statement file must lie in data/reconciliations, under its own id and with its own SHA-256. */
export function compareStatementFiles(
	statements: readonly SealedStatement[],
	accounts: readonly SealedAccount[],
	digests: ReadonlyMap<string, FileDigest>,
	list: FindingList,
): void {
	const files = new Map([...digests].filter(([name]) => name.startsWith(FOLDER)).map(([name, digest]) => [stem(name), { name, digest }]));
	const codes = new Map(accounts.map(({ ref, code }) => [ref, code]));
	for (const { id, account, fileName, sha256 } of statements) {
		const file = files.get(id);
		if (file?.digest.sha256 === sha256) continue;
		const code = codes.get(account) ?? account;
		const what = `The statement file ${fileName} of account ${code}`;
		if (file === undefined) list.add('STATEMENT_MISSING', `${what} is not in the package.`, { account: code });
		else list.add('STATEMENT_CHANGED', `${what} was changed: its SHA-256 is not the sealed one.`, { account: code, file: file.name });
	}
}

/** The last part of a file's name without its extension. */
function stem(name: string): string {
	const last = name.slice(name.lastIndexOf('/') + 1);
	const dot = last.lastIndexOf('.');
	return dot < 0 ? last : last.slice(0, dot);
}

/** What was verified agrees with itself and with the sealed balances of the same accounts. */
export function compareReconciliations(
	reconciliations: readonly SealedReconciliation[],
	accounts: readonly SealedAccount[],
	balances: readonly SealedBalance[],
	list: FindingList,
): void {
	const byRef = new Map(accounts.map((account) => [account.ref, account]));
	for (const row of reconciliations) {
		if (row.status !== 'VERIFIED') continue;
		const account = byRef.get(row.account);
		const code = account?.code ?? row.account;
		const items = row.items.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
		if (items !== BigInt(row.explainedMinor) || BigInt(row.expectedMinor) - BigInt(row.actualMinor) !== items) {
			list.add('RECONCILIATION_DIFFERS', `The verified reconciliation of ${code} at ${row.end} does not come out: its items do not explain its variance.`, {
				table: TABLE,
				account: code,
			});
		}
		const own = balances.filter((balance) => balance.account === row.account);
		const ledger = own.reduce((sum, balance) => {
			if (account?.currency === null) return sum + BigInt(balance.baseClosingMinor);
			return balance.currency === row.currency ? sum + BigInt(balance.closingMinor) : sum;
		}, 0n);
		if (ledger === BigInt(row.expectedMinor)) continue;
		list.add(
			'RECONCILIATION_DIFFERS',
			`The reconciliation of ${code} at ${row.end} expects ${row.expectedMinor}; the sealed balance is ${ledger} (minor units of ${row.currency}).`,
			{
				table: TABLE,
				account: code,
			},
		);
	}
}
