import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import { type Period, periodById } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import { namedAccounts } from './balances.queries.ts';
import { keptPeriodBalances, lineCount, linesOutsidePeriods, type PeriodBalance, type PeriodRange, rebuiltPeriodBalances } from './check-balances.queries.ts';
import { type Difference, differenceOf } from './check-balances.rules.ts';

export type BalanceCheck = OutputOf<ReportsContract['checkBalances']>;
type BalanceDifference = BalanceCheck['differences'][number];

const EVERY_PERIOD: PeriodRange = { first: 0, last: Number.MAX_SAFE_INTEGER };

/**
 * Rebuilds every balance by account, currency and period from the lines and compares it with the kept one, to the last unit and line.
 * With a period: of that one only. `compared` counts the balances that are kept, or should be.
 */
export function checkBalances(db: ReadDb, company: Company, period: Pick<Period, 'id'> | null = null): BalanceCheck {
	const range = period ? { first: period.id, last: period.id } : EVERY_PERIOD;
	const rebuilt = new Map<string, PeriodBalance>();
	let counted = 0n;
	for (const row of rebuiltPeriodBalances(db, company.id, range)) {
		rebuilt.set(keyOf(row, company), row);
		counted += row.lines;
	}
	const found: { readonly row: PeriodBalance; readonly difference: Difference }[] = [];
	const compare = (row: PeriodBalance, kept: PeriodBalance | undefined, lines: PeriodBalance | undefined): void => {
		const difference = differenceOf(kept, lines);
		if (difference) found.push({ row, difference });
	};
	let compared = 0;
	for (const row of keptPeriodBalances(db, company.id, range)) {
		const key = keyOf(row, company);
		compare(row, row, rebuilt.get(key));
		rebuilt.delete(key);
		compared++;
	}
	compared += rebuilt.size;
	for (const row of rebuilt.values()) compare(row, undefined, row);
	if (!period && Number(counted) !== lineCount(db, company.id)) {
		for (const row of linesOutsidePeriods(db, company.id)) compare(row, undefined, row);
	}
	const differences = found.length === 0 ? [] : viewsOf(db, company, found);
	return { agree: differences.length === 0, compared, differences };
}

function keyOf(row: PeriodBalance, company: Company): string {
	return `${row.accountId} ${row.currency ?? company.currency} ${row.periodId}`;
}

function viewsOf(db: ReadDb, company: Company, found: readonly { readonly row: PeriodBalance; readonly difference: Difference }[]): BalanceDifference[] {
	const accounts = new Map(namedAccounts(db, company.id).map((account) => [account.id, account]));
	return found.map(({ row, difference: { what, kept, lines } }) => {
		const account = accounts.get(Number(row.accountId));
		const currency = what.startsWith('BASE_') ? company.currency : (row.currency ?? company.currency);
		const decimals = what === 'LINES' ? 0 : currencyDecimals(currency);
		return {
			code: account?.code ?? `(account ${row.accountId})`,
			name: account?.name ?? '',
			currency,
			period: periodById(db, company.id, Number(row.periodId))?.name ?? '(no period)',
			what,
			kept: formatMinor(kept, decimals),
			lines: formatMinor(lines, decimals),
		};
	});
}
