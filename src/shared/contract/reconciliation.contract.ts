/** Reconciliation sessions, transfers, and the verified balance of each account. */
export const reconciliationContract = {};

export type ReconciliationContract = typeof reconciliationContract;
