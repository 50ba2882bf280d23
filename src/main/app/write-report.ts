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
	dayBookLineCount,
	incomeStatement,
	ledgerInRows,
	ledgerRowCount,
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
/** How often the rows are gone through: pages are measured and numbered before they are drawn, sheets are measured. */
const PASSES = { pdf: 3, xlsx: 2 } as const;

type Written = ReportsContract['write'];

/** Writes one report as it stands at one moment; others may post meanwhile. Long ones are read again at each pass and never stand in memory. */
export async function writeReport(context: TaskContext, actor: Actor, input: InputOf<Written>): Promise<OutputOf<Written>> {
	const snapshot = openReadSnapshot(context.paths.database);
	try {
		const table = tableOf(snapshot.db, actor, input);
		const document = reportDocument(snapshot.db, actor, table, instantText(context.clock.now()));
		const length = { passes: PASSES[input.format], rows: lineCountOf(snapshot.db, actor, input) };
		const told = watched(context, document, length);
		return await withSteadyMemory(async () => {
			const { bytes, sha256 } = await (input.format === 'pdf' ? writeAsPages(input.file, told) : writeAsWorkbook(input.file, told));
			return { file: input.file, bytes, sha256 };
		});
	} finally {
		snapshot.close();
	}
}

/**
 * Says at which row it is, and stops where the person cancels; the file is then as it was before. `rows`: about how many
 * there are, 0 where nobody counted; the first of the passes counts them.
 */
function watched(context: TaskContext, document: TableDocument, { passes, rows }: { readonly passes: number; readonly rows: number }): TableDocument {
	let pass = 0;
	let total = rows;
	const look = (row: number): void => {
		const ofPass = total === 0 ? 0 : Math.min(row / total, 1);
		context.progress({ fraction: Math.min((pass - 1 + ofPass) / passes, 1), text: `Writing row ${row + 1} of the report` });
		if (context.signal.aborted) throw new AppError('CANCELLED', 'You cancelled. No report was written.');
	};
	function* rowsOf(ofPass: Iterable<DocumentRow>): Generator<DocumentRow, void, void> {
		pass++;
		let row = 0;
		for (const each of ofPass) {
			if (row % ROWS_PER_LOOK === 0) look(row);
			row++;
			yield each;
		}
		total = row;
	}
	return { ...document, tables: document.tables.map((table) => ({ ...table, rows: () => rowsOf(table.rows()) })) };
}

/** Of the reports that are long, by a count in an index; 0 of others, which are written at once. */
function lineCountOf(db: ReadDb, actor: Actor, input: InputOf<Written>): number {
	if (input.report === 'ledger') return ledgerRowCount(db, actor, input);
	return input.report === 'dayBook' ? dayBookLineCount(db, actor, input) : 0;
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
