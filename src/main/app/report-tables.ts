/** Reports as plain tables, for hosts: what a screen, a CSV and a page show alike. */
export {
	balanceCheckTable,
	balanceSheetTable,
	dayBookTable,
	incomeStatementTable,
	ledgerTable,
	reconciliationStatementTable,
	moneyBookTable,
	outstandingTable,
	type ReportTable,
	trialBalanceTable,
} from '#main/reports/index.ts';
export { closingVoucherTable, reopenDifferenceTable } from '#main/close/index.ts';
