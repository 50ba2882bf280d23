/** Reconciliation: statements, matching, sessions, and the proof that expected balances are the actual ones. */
export { reconciliationIssues } from './at-close/reconciliation-issues.service.ts';
export { type SealedRow, sealedRowsThatDiffer } from './at-close/sealed-rows-now.service.ts';
export { reconciliationTables, type SealedRows } from './at-close/sealed-rows.service.ts';
export { matchingHandlers } from './matching/handlers.ts';
export { reconciliationHandlers } from './sessions/handlers.ts';
export { reconciliationStatement } from './verification/reconciliation-statement.service.ts';
export { statementsHandlers } from './statements/handlers.ts';
export {
	type AccountReconciliation,
	type AccountReconciliationStatus,
	type PeriodReconciliation,
	periodReconciliation,
	type StatementReach,
} from './verification/period-reconciliation.service.ts';
