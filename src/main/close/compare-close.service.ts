import { type AccountTotals, balanceKey, closeHash, type CurrencyTotals } from '#shared/seal/index.ts';
import type { AccountRow } from '#main/companies/index.ts';
import { entryById } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import type { BookFindings } from './book-findings.ts';
import type { PeriodSums, WalkMoment } from './books-walk.service.ts';
import { balanceSnapshots, type SnapshotRow, summarySnapshots } from './snapshots.queries.ts';

interface Sums {
	debit: bigint;
	credit: bigint;
	baseDebit: bigint;
	baseCredit: bigint;
}

/** Compares closes with what the walk through the journal found, one after the other in the order of the walk. */
export function createCloseComparison(db: ReadDb, company: Company, accounts: readonly AccountRow[], findings: BookFindings): (moment: WalkMoment) => void {
	const openingsOf = createOpenings();
	const byRef = new Map(accounts.map((account) => [account.ref, account]));
	return (moment) => {
		const before = findings.list.length;
		compareRoot(db, company, moment, findings);
		const rows = balanceSnapshots(db, company.id, moment.period.id, moment.close.closeNumber);
		compareBalances(moment, rows, openingsOf(moment.before), byRef, findings);
		compareSummaries(db, company, moment, findings);
		compareFigures(company, moment, rows.length, byRef, findings);
		for (const found of findings.list.slice(before)) found.message = `${moment.period.name}, close ${moment.close.closeNumber}: ${found.message}`;
	};
}

/** The root over the stored hashes: where it differs, hashes were exchanged, and the entry before a broken link is the one. */
function compareRoot(db: ReadDb, company: Company, { close, contentRoot, changed, head }: WalkMoment, findings: BookFindings): void {
	if (contentRoot === close.contentRoot) return;
	findings.add('CONTENT_ROOT_DIFFERS', `the entries of the period do not give the sealed content root ${close.contentRoot}.`);
	const named = new Set(changed);
	for (const no of changed) {
		if (no === 1 || no > head.seq || named.has(no - 1)) continue;
		named.add(no - 1);
		const externalNo = entryById(db, company.id, no - 1)?.externalNo ?? null;
		findings.add('ENTRY_CHANGED', `entry ${no - 1} was changed and given a new hash: entry ${no} no longer follows it.`, { entryNo: no - 1, externalNo });
	}
}

/** Sums before a span by account and currency. They are kept from close to close as long as nothing was added to them. */
function createOpenings() {
	let kept = { periods: 0, entries: 0, sums: new Map<string, { amount: bigint; base: bigint }>() };
	const entriesIn = (periods: readonly PeriodSums[]) => periods.reduce((sum, { entries }) => sum + entries, 0);
	return (before: readonly PeriodSums[]): ReadonlyMap<string, { readonly amount: bigint; readonly base: bigint }> => {
		const holds = kept.periods <= before.length && kept.entries === entriesIn(before.slice(0, kept.periods));
		const sums = holds ? kept.sums : new Map<string, { amount: bigint; base: bigint }>();
		for (const { totals } of before.slice(holds ? kept.periods : 0)) {
			for (const [key, account] of totals.byAccount) {
				const sum = sums.get(key) ?? { amount: 0n, base: 0n };
				sum.amount += account.debit.total - account.credit.total;
				sum.base += account.baseDebit.total - account.baseCredit.total;
				sums.set(key, sum);
			}
		}
		kept = { periods: before.length, entries: entriesIn(before), sums };
		return sums;
	};
}

function movementsOf(inside: readonly PeriodSums[]): Map<string, Sums & { readonly account: string; readonly currency: string }> {
	const moved = new Map<string, Sums & { readonly account: string; readonly currency: string }>();
	for (const { totals } of inside) {
		for (const [key, account] of totals.byAccount) {
			const sums = moved.get(key) ?? { account: account.account, currency: account.currency, debit: 0n, credit: 0n, baseDebit: 0n, baseCredit: 0n };
			addTotals(sums, account);
			moved.set(key, sums);
		}
	}
	return moved;
}

function addTotals(sums: Sums, totals: AccountTotals | CurrencyTotals): void {
	sums.debit += totals.debit.total;
	sums.credit += totals.credit.total;
	sums.baseDebit += totals.baseDebit.total;
	sums.baseCredit += totals.baseCredit.total;
}

const TABLE = 'period_balance_snapshots';

function compareBalances(
	{ inside }: WalkMoment,
	rows: readonly SnapshotRow[],
	openings: ReadonlyMap<string, { readonly amount: bigint; readonly base: bigint }>,
	byRef: ReadonlyMap<string, AccountRow>,
	findings: BookFindings,
): void {
	const moved = movementsOf(inside);
	const unseen = new Set([...moved.keys(), ...openings.keys()]);
	for (const row of rows) {
		const key = balanceKey(row.ref, row.currency);
		unseen.delete(key);
		const opening = openings.get(key);
		const sums = moved.get(key);
		const given = [opening?.amount ?? 0n, sums?.debit ?? 0n, sums?.credit ?? 0n, opening?.base ?? 0n, sums?.baseDebit ?? 0n, sums?.baseCredit ?? 0n];
		const sealed = [row.opening, row.debit, row.credit, row.baseOpening, row.baseDebit, row.baseCredit];
		const closes = row.closing === row.opening + row.debit - row.credit && row.baseClosing === row.baseOpening + row.baseDebit - row.baseCredit;
		const at = COLUMNS.findIndex((_, index) => given[index] !== sealed[index]);
		if (at < 0 && closes) continue;
		const what =
			at < 0
				? 'its closing balance does not follow from the other columns'
				: `${COLUMNS[at]} ${sealed[at]} is sealed, the lines give ${given[at]} (minor units)`;
		findings.add('BALANCES_DIFFER', `${row.code} ${byRef.get(row.ref)?.name ?? ''} in ${row.currency}: ${what}.`, { account: row.code, table: TABLE });
	}
	for (const key of unseen) {
		const [currency = '', ...ref] = key.split(' ');
		const account = byRef.get(ref.join(' '));
		findings.add('BALANCES_DIFFER', `${account?.code ?? ref.join(' ')} in ${currency} has lines, but no sealed balance.`, {
			account: account?.code ?? ref.join(' '),
			table: TABLE,
		});
	}
}

const COLUMNS = ['opening', 'debit', 'credit', 'base opening', 'base debit', 'base credit'] as const;

function compareSummaries(db: ReadDb, company: Company, { close, period, inside }: WalkMoment, findings: BookFindings): void {
	const found = new Map<string, Sums & { journalCount: number; lineCount: number }>();
	for (const { totals } of inside) {
		for (const [currency, sums] of totals.byCurrency) {
			const sum = found.get(currency) ?? { journalCount: 0, lineCount: 0, debit: 0n, credit: 0n, baseDebit: 0n, baseCredit: 0n };
			sum.journalCount += sums.journalCount;
			sum.lineCount += sums.lineCount;
			addTotals(sum, sums);
			found.set(currency, sum);
		}
	}
	const rows = new Map(summarySnapshots(db, company.id, period.id, close.closeNumber).map((row) => [row.currency, row]));
	for (const currency of new Set([...rows.keys(), ...found.keys()])) {
		const row = rows.get(currency);
		const sums = found.get(currency);
		const same =
			row !== undefined &&
			sums !== undefined &&
			row.journalCount === sums.journalCount &&
			row.lineCount === sums.lineCount &&
			row.totalDebitsMinor === sums.debit &&
			row.totalCreditsMinor === sums.credit &&
			row.baseDebitsMinor === sums.baseDebit &&
			row.baseCreditsMinor === sums.baseCredit;
		if (!same) findings.add('TOTALS_DIFFER', `the summary of ${currency} is not what the entries give.`, { table: 'period_summary_snapshots' });
	}
}

function compareFigures(
	company: Company,
	{ close, period, inside }: WalkMoment,
	balanceRows: number,
	byRef: ReadonlyMap<string, AccountRow>,
	findings: BookFindings,
): void {
	const place = { table: 'period_closes' };
	const count = inside.reduce((sum, { entries }) => sum + entries, 0);
	const debits = inside.reduce((sum, { totals }) => sum + totals.baseDebit.total, 0n);
	const credits = inside.reduce((sum, { totals }) => sum + totals.baseCredit.total, 0n);
	const compare = (what: string, found: string, stored: string) => {
		if (found !== stored) findings.add('TOTALS_DIFFER', `the ${what} are ${stored} in the close, the entries give ${found}.`, place);
	};
	compare('entries', String(count), String(close.totalJournalCount));
	compare('total debits', String(debits), close.totalDebitsMinor);
	compare('total credits', String(credits), close.totalCreditsMinor);
	compare('balances', String(balanceRows), String(close.balanceRowCount));
	const recomputed = closeHash(
		{
			companyId: company.uuid,
			periodId: period.uuid,
			totalJournalCount: count,
			totalDebitsMinor: String(debits),
			totalCreditsMinor: String(credits),
			balanceRowCount: balanceRows,
			closeNumber: close.closeNumber,
		},
		sha256Hex,
	);
	if (recomputed !== close.closeHash)
		findings.add('CLOSE_HASH_DIFFERS', `the figures give the close hash ${recomputed}, recorded is ${close.closeHash}.`, place);
	if (period.kind === 'OPENING') return;
	const profit = netProfitOf(inside, byRef);
	if (String(profit) !== close.netProfitMinor)
		findings.add('NET_PROFIT_DIFFERS', `the entries give a net profit of ${profit}, recorded is ${close.netProfitMinor} (minor units).`, place);
}

function netProfitOf(inside: readonly PeriodSums[], byRef: ReadonlyMap<string, AccountRow>): bigint {
	let profit = 0n;
	for (const { totals } of inside) {
		for (const account of totals.byAccount.values()) {
			const type = byRef.get(account.account)?.type;
			if (type === 'INCOME' || type === 'EXPENSE') profit += account.baseCredit.total - account.baseDebit.total + account.baseClosing.total;
		}
	}
	return profit;
}
