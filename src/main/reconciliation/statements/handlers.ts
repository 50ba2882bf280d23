import type { StatementsContract } from '#shared/contract/statements.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';

export const statementsHandlers: Handlers<StatementsContract> = {};
