import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { instantText } from '#main/platform/clock.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { DocumentRow, TableDocument } from '#main/platform/documents/table-document.ts';
import { openReadSnapshot } from '#main/platform/database/read-snapshot.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import { withSteadyMemory } from '#main/platform/steady-memory.ts';
import { reconciliationStatement } from '#main/reconciliation/index.ts';
import { closingVoucher, reopenDifference } from '#main/close/index.ts';
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
	reopenDifferenceTable,
	trialBalanceTable,
} from './report-tables.ts';

const ROWS_PER_LOOK = 500;

type Written = ReportsContract['write'];

/** Writes one report as it stands at one moment; others may post meanwhile. Long ones are read again at each pass and never stand in memory. */
export async function writeReport(context: TaskContext, actor: Actor, input: InputOf<Written>): Promise<OutputOf<Written>> {
	const snapshot = openReadSnapshot(context.paths.database);
	try {
		const table = tableOf(snapshot.db, actor, input);
		const document = watched(context, reportDocument(snapshot.db, actor, table, instantText(context.clock.now())));
		return await withSteadyMemory(async () => {
			const { bytes, sha256 } = await (input.format === 'pdf' ? writeAsPages(input.file, document) : writeAsWorkbook(input.file, document));
			return { file: input.file, bytes, sha256 };
		});
	} finally {
		snapshot.close();
	}
}

/** Says at which row it is, and stops where the person cancels; the file is then as it was before. */
function watched(context: TaskContext, document: TableDocument): TableDocument {
	let row = 0;
	const look = (): void => {
		// How many are to come is known only at the end, and pages go through all of them twice.
		context.progress({ fraction: 0, text: `Writing row ${row + 1} of the report` });
		if (context.signal.aborted) throw new AppError('CANCELLED', 'You cancelled. No report was written.');
	};
	function* rowsOf(rows: Iterable<DocumentRow>): Generator<DocumentRow, void, void> {
		for (const each of rows) {
			if (row % ROWS_PER_LOOK === 0) look();
			row++;
			yield each;
		}
	}
	return { ...document, tables: document.tables.map((table) => ({ ...table, rows: () => rowsOf(table.rows()) })) };
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
		case 'reopenDifference':
			return reopenDifferenceTable(reopenDifference(db, actor, input));
		case 'checkBalances':
			return balanceCheckTable(checkBalances(db, actor.company));
		case 'reconciliationStatement':
			return reconciliationStatementTable(reconciliationStatement(db, actor.company, input));
	}
}

const writeAsPages = async (file: string, document: TableDocument) => (await import('#main/platform/documents/pages.ts')).writePages(file, document);
const writeAsWorkbook = async (file: string, document: TableDocument) => (await import('#main/platform/documents/workbook.ts')).writeWorkbook(file, document);
