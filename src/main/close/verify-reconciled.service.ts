import type { AccountRow } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { type SealedRow, sealedRowsThatDiffer } from '#main/reconciliation/index.ts';
import type { BookFindings } from './book-findings.ts';
import type { CloseRow } from './closes.queries.ts';
import type { FileCheck } from './file-check.service.ts';

interface Context {
	readonly accounts: readonly AccountRow[];
	readonly files: FileCheck;
	readonly label: string;
	readonly findings: BookFindings;
}

/**
 * Compares what was sealed of reconciliation with the data folder: the files of the statements, and, while the close stands, the rows
 * themselves, because nothing of a closed period's reconciliation may change.
 */
export function verifyReconciled(db: ReadDb, company: Company, close: CloseRow, sealed: (table: string) => SealedRow[], context: Context): void {
	const { accounts, files, label, findings } = context;
	const codes = new Map(accounts.map(({ ref, code }) => [ref, code]));
	const codeOf = (row: SealedRow): string => codes.get(row.account) ?? row.account;
	for (const statement of sealed('statements')) {
		const { fileName, sha256 } = statement as SealedRow & { readonly fileName: string; readonly sha256: string };
		const state = files.stateOf(sha256);
		if (state === 'whole') continue;
		findings.add(
			'STATEMENT_CHANGED',
			`${label}: the statement file ${fileName} of account ${codeOf(statement)} is ${state === 'missing' ? 'missing' : 'not what was taken in'}.`,
			{ account: codeOf(statement), file: fileName, table: 'statements' },
		);
	}
	if (close.status !== 'CLOSED') return;
	for (const { table, row } of sealedRowsThatDiffer(db, company, sealed)) {
		findings.add('RECONCILIATION_CHANGED', `${label}: what was reconciled of account ${codeOf(row)} was changed (${table}).`, { account: codeOf(row), table });
	}
}
