import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { instantText } from '#main/platform/clock.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { TableDocument } from '#main/platform/documents/table-document.ts';
import { openReadSnapshot } from '#main/platform/database/read-snapshot.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { withSteadyMemory } from '#main/platform/steady-memory.ts';
import { reconciliationStatement } from '#main/reconciliation/index.ts';
import { closingVoucher } from '#main/close/index.ts';
import {
	balanceSheet,
	checkBalances,
	dayBookInRows,
	incomeStatement,
	ledgerInRows,
	moneyBook,
	outstanding,
	type ReportTable,
	trialBalance,
} from '#main/reports/index.ts';
import { reportDocument } from './report-document.ts';
import {
	balanceCheckTable,
	balanceSheetTable,
	closingVoucherTable,
	incomeStatementTable,
	moneyBookTable,
	outstandingTable,
	reconciliationStatementTable,
	trialBalanceTable,
} from './report-tables.ts';

type Written = ReportsContract['write'];

/** Writes one report as it stands at one moment; others may post meanwhile. Long ones are read again at each pass and never stand in memory. */
export async function writeReport(context: TaskContext, actor: Actor, input: InputOf<Written>): Promise<OutputOf<Written>> {
	const snapshot = openReadSnapshot(context.paths.database);
	try {
		const table = tableOf(snapshot.db, actor, input);
		const document = reportDocument(snapshot.db, actor, table, instantText(context.clock.now()));
		return await withSteadyMemory(async () => {
			const { bytes, sha256 } = await (input.format === 'pdf' ? writeAsPages(input.file, document) : writeAsWorkbook(input.file, document));
			return { file: input.file, bytes, sha256 };
		});
	} finally {
		snapshot.close();
	}
}

function tableOf(db: ReadDb, actor: Actor, input: InputOf<Written>): ReportTable {
	switch (input.report) {
		case 'trialBalance':
			return trialBalanceTable(trialBalance(db, actor, input));
		case 'incomeStatement':
			return incomeStatementTable(incomeStatement(db, actor, input));
		case 'balanceSheet':
			return balanceSheetTable(balanceSheet(db, actor, input));
		case 'ledger':
			return ledgerInRows(db, actor, input);
		case 'dayBook':
			return dayBookInRows(db, actor, input);
		case 'outstanding':
			return outstandingTable(outstanding(db, actor, input));
		case 'moneyBook':
			return moneyBookTable(moneyBook(db, actor, input));
		case 'closingVoucher':
			return closingVoucherTable(closingVoucher(db, actor, input));
		case 'checkBalances':
			return balanceCheckTable(checkBalances(db, actor.company));
		case 'reconciliationStatement':
			return reconciliationStatementTable(reconciliationStatement(db, actor.company, input));
	}
}

const writeAsPages = async (file: string, document: TableDocument) => (await import('#main/platform/documents/pages.ts')).writePages(file, document);
const writeAsWorkbook = async (file: string, document: TableDocument) => (await import('#main/platform/documents/workbook.ts')).writeWorkbook(file, document);
