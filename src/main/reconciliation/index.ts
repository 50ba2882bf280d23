export { matchingHandlers } from './matching/handlers.ts';
export { reconciliationHandlers } from './sessions/handlers.ts';
export { statementsHandlers } from './statements/handlers.ts';
export {
	type AccountReconciliation,
	type AccountReconciliationStatus,
	type PeriodReconciliation,
	periodReconciliation,
	type StatementReach,
} from './verification/period-reconciliation.service.ts';
