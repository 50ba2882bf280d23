export { matchingHandlers } from './matching/handlers.ts';
export { reconciliationHandlers } from './sessions/handlers.ts';
export { statementsHandlers } from './statements/handlers.ts';
