import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { closingDoubt } from '../statement-arithmetic.rules.ts';
import type { ParsedStatement } from './parsed-statement.ts';

export interface StatementPage {
	/** Its number among the pages; 0 where the file does not number them. */
	readonly page: number;
	readonly statement: ParsedStatement;
}

/** Pages that follow each other (same account, same id, numbers that rise by one) brought together as one statement. */
export function mergedPages(pages: readonly StatementPage[], currency: CurrencyCode): readonly ParsedStatement[] {
	const groups: StatementPage[][] = [];
	for (const next of pages) {
		const group = groups.at(-1);
		const last = group?.at(-1);
		if (group && last && follows(last, next)) group.push(next);
		else groups.push([next]);
	}
	return groups.map((group) =>
		together(
			group.map(({ statement }) => statement),
			currency,
		),
	);
}

function follows(last: StatementPage, next: StatementPage): boolean {
	const [a, b] = [last.statement, next.statement];
	return last.page > 0 && next.page === last.page + 1 && a.number !== null && a.number === b.number && a.accountId === b.accountId && a.currency === b.currency;
}

function together(pages: readonly ParsedStatement[], fallback: CurrencyCode): ParsedStatement {
	const [first, last] = [pages[0] as ParsedStatement, pages.at(-1) as ParsedStatement];
	if (first === last) return first;
	const lines = pages.flatMap((page) => page.lines);
	const sums = { openingMinor: first.opening?.amountMinor ?? null, closingMinor: last.closing?.amountMinor ?? null, lines };
	const differs = closingDoubt(sums, first.currency ?? fallback);
	// What is doubtful about the file as a whole stands in every page.
	const told = pages.flatMap((page) => page.doubts).filter((doubt) => doubt.code !== 'CLOSING_DIFFERS');
	const doubts = [...new Map(told.map((doubt) => [`${doubt.row}:${doubt.message}`, doubt])).values()];
	return {
		...first,
		to: last.to ?? first.to,
		closing: last.closing,
		lines,
		pending: pages.reduce((sum, page) => sum + page.pending, 0),
		doubts: differs ? [...doubts, differs] : doubts,
		rejected: pages.flatMap((page) => page.rejected),
	};
}
