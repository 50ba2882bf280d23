/** Statements of banks and wallets: taken in, shown, undone; the layouts and rules that go with them. */
export const statementsContract = {};

export type StatementsContract = typeof statementsContract;
