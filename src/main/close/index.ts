/** Closes: validation, closing entry, seal, lock, reopening, and the verification of what was sealed. */
export {
	type CloseRow,
	listCloseRows,
	listSeals,
	listSigningKeys,
	sealOfClose,
	type SealRow,
	type SigningKeyRow,
	standingClose,
} from './closes.queries.ts';
export { type CloseHooks, registerCloseHooks } from './extension-points.ts';
export type { Issue } from './validation.rules.ts';
export { altered } from './altered.ts';
export { closingSums } from './closing-sums.queries.ts';
export { closingVoucher } from './closing-voucher.service.ts';
export { closingVoucherTable } from './closing-voucher-table.rules.ts';
export { closeHandlers } from './handlers.ts';
export { checkHeads, currentHead, type Head, recordHeads } from './heads.service.ts';
export { sealDocument } from './sealing.service.ts';
export { differenceFromSuperseded, reopenDifference } from './reopen-difference.service.ts';
export { reopenDifferenceTable } from './reopen-difference-table.rules.ts';
export { type StandingSeal, sealThrough } from './standing-seal.service.ts';
export { findSigner, keepSigner, registerSigner, type Signer } from './signing.service.ts';
export { balanceSnapshots, type SnapshotRow, type SummaryRow, summarySnapshots } from './snapshots.queries.ts';
export { type Verification, verifyBooks, verifyClose } from './verify.service.ts';
