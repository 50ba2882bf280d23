/** What a child process is to do. */
export interface Work {
	readonly task: 'open' | 'import' | 'post' | 'close' | 'package' | 'jobs' | 'report';
	/** Absolute. */
	readonly dataFolder: string;
	readonly companyId: string;
	/** Where it waits for the test's word. */
	readonly gate?: 'before-open' | 'after-open';
	/** The file to import. */
	readonly path?: string;
	/** The period to close or to pack. */
	readonly period?: string;
	/** Of the entries to post, or of the report. */
	readonly date?: string;
	/** How often; posting goes on for ever without. */
	readonly count?: number;
	/** Begins the external number of what is posted. */
	readonly label?: string;
}

/** What a child process said on standard output. */
export type Said =
	| { readonly event: 'ready' | 'begun' }
	| { readonly event: 'warned'; readonly text: string }
	| { readonly event: 'imported'; readonly entries: number; readonly duplicates: number }
	| { readonly event: 'posted'; readonly externalNo: string; readonly no: number; readonly hash: string }
	| { readonly event: 'refused'; readonly externalNo: string; readonly code: string }
	| { readonly event: 'closed'; readonly alreadyClosed: boolean; readonly closeHash: string; readonly closeNumber: number; readonly signer: string | null }
	| { readonly event: 'built'; readonly jobId: string; readonly status: string; readonly file: string | null; readonly sha256: string | null }
	| { readonly event: 'worked'; readonly finished: number; readonly failed: number }
	| { readonly event: 'reported'; readonly isBalanced: boolean }
	| { readonly event: 'failed'; readonly code: string; readonly message: string };
