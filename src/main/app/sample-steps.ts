import type { Client } from '#shared/contract/client.ts';
import type { CallOptions } from '#shared/contract/client.ts';

type Issues = Awaited<ReturnType<Client['close']['validate']>>['issues'];

/** What the making of the sample company has come to; each host puts it into words of its own. Amounts in major units. */
export type SampleStep =
	| { readonly kind: 'COMPANY'; readonly name: string; readonly currency: string; readonly accounts: number }
	| { readonly kind: 'OPENING'; readonly lines: number; readonly parties: number }
	| { readonly kind: 'JOURNAL'; readonly entries: number; readonly lines: number }
	| { readonly kind: 'BALANCES'; readonly asOf: string; readonly debit: string; readonly credit: string; readonly balanced: boolean }
	| { readonly kind: 'STATEMENT'; readonly account: string; readonly name: string; readonly lines: number; readonly format: string; readonly closing: string }
	| { readonly kind: 'CERTAIN'; readonly count: number }
	| { readonly kind: 'SUGGESTED'; readonly count: number; readonly groups: number }
	| { readonly kind: 'CHARGES'; readonly rules: number; readonly drafts: number }
	| { readonly kind: 'CORRECTED'; readonly no: number; readonly by: number; readonly amount: string; readonly hint: string | null }
	| { readonly kind: 'MATCHED'; readonly matched: number; readonly statementLines: number }
	| ({ readonly kind: 'VERIFIED'; readonly name: string; readonly isCounted: boolean } & ReconciledAccount)
	| { readonly kind: 'VALIDATED'; readonly period: string; readonly canClose: boolean; readonly issues: Issues }
	| { readonly kind: 'CLOSED'; readonly period: string; readonly netProfit: string; readonly closingEntryNo: number | null; readonly closeHash: string }
	| { readonly kind: 'PACKAGE'; readonly bytes: number };

export interface ReconciledAccount {
	readonly code: string;
	readonly expected: string;
	readonly actual: string;
	readonly variance: string;
	readonly items: number;
}

/** Who makes the sample company, and who is told. */
export interface SampleMaker {
	/** The program as who is signed in now; the first company brings the first user with it. */
	client(): Promise<Client>;
	/** Runs a long step, with its progress shown and cancelled as the host does it. */
	longWork<Output>(label: string, work: (options: CallOptions) => Promise<Output>): Promise<Output>;
	tell(step: SampleStep): void;
}
