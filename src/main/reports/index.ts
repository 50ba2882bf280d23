import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { balanceSheet } from './balance-sheet.service.ts';
import { checkBalances } from './check-balances.service.ts';
import { dayBook } from './day-book.service.ts';
import { incomeStatement } from './income-statement.service.ts';
import { ledgerReport } from './ledger-report.service.ts';
import { monthByMonth } from './month-by-month.service.ts';
import { moneyBook } from './money-book.service.ts';
import { outstanding } from './outstanding.service.ts';
import { trialBalance } from './trial-balance.service.ts';

export { balanceSheet } from './balance-sheet.service.ts';
export { fiscalCalendar, type SumsRequest, sumsBetween } from './balances.service.ts';
export { checkBalances } from './check-balances.service.ts';
export { dayBook } from './day-book.service.ts';
export { incomeStatement } from './income-statement.service.ts';
export { type LedgerReport, ledgerReport } from './ledger-report.service.ts';
export { reconciliationStatementTable } from './reconciliation-table.rules.ts';
export { moneyBook } from './money-book.service.ts';
export { outstanding } from './outstanding.service.ts';
export { moneyBookTable, outstandingTable } from './outstanding-tables.rules.ts';
export { bucketsOf, DEFAULT_BUCKETS, type ItemKind, type StatedItem, statementsOf } from './outstanding.rules.ts';
export { itemKind, statedItems } from './stated-items.service.ts';
export {
	balanceCheckTable,
	balanceSheetTable,
	dayBookTable,
	incomeStatementTable,
	ledgerTable,
	trialBalanceTable,
} from './report-tables.rules.ts';
export { documentTable } from './document-table.service.ts';
export { cellsOf, type ReportTable } from './report-table.rules.ts';
export { dayBookLineCount } from './day-book.service.ts';
export { ledgerRowCount } from './ledger-report.service.ts';
export { dayBookInRows, ledgerInRows } from './long-tables.service.ts';
export { trialBalance } from './trial-balance.service.ts';

/** All but `write`: what it writes also tells of closes, so the composition has it. */
export const reportsHandlers: Handlers<Omit<ReportsContract, 'write'>> = {
	trialBalance: { query: trialBalance },
	incomeStatement: { query: incomeStatement },
	monthByMonth: { query: monthByMonth },
	balanceSheet: { query: balanceSheet },
	ledger: { query: ledgerReport },
	dayBook: { query: dayBook },
	outstanding: { query: outstanding },
	moneyBook: { query: moneyBook },
	checkBalances: { query: (db, { company }) => checkBalances(db, company) },
};
