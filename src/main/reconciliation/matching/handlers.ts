import type { MatchingContract } from '#shared/contract/matching.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';

export const matchingHandlers: Handlers<MatchingContract> = {};
