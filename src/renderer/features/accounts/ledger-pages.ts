import { useInfiniteQuery } from '@tanstack/react-query';
import type { OutputOf } from '#shared/contract/client.ts';
import type { ReportsContract } from '#shared/contract/reports.contract.ts';
import { useProgram } from '#renderer/lib/program.tsx';

type LedgerPage = OutputOf<ReportsContract['ledger']>;
export type LedgerRow = LedgerPage['rows'][number];

const PAGE_ROWS = 500;

export interface LedgerAsked {
	readonly companyId: string;
	readonly account?: string;
	readonly party?: string;
	readonly from: string;
	readonly to: string;
}

/** The ledger of an account or a party, a page after the other as it is read. */
export function useLedgerPages(asked: LedgerAsked) {
	const { client } = useProgram();
	const query = useInfiniteQuery({
		queryKey: [asked.companyId, 'reports', 'ledger', asked, 'pages'],
		initialPageParam: undefined as { date: string; no: number; lineNo: number } | undefined,
		queryFn: ({ pageParam, signal }) => client.reports.ledger({ ...asked, limit: PAGE_ROWS, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
		getNextPageParam: (page: LedgerPage) => {
			const last = page.rows.at(-1);
			return page.more && last ? { date: last.date, no: last.no, lineNo: last.lineNo } : undefined;
		},
	});
	const pages = query.data?.pages ?? [];
	return { query, first: pages[0], rows: pages.flatMap(({ rows }) => rows) };
}
