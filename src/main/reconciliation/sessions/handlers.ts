import type { ReconciliationContract } from '#shared/contract/reconciliation.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';

export const reconciliationHandlers: Handlers<ReconciliationContract> = {};
