import { closingDoubt } from '../statement-arithmetic.rules.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { mt940Messages } from './mt940-messages.rules.ts';
import { type Mt940Page, mt940Page } from './mt940-pages.ts';
import type { ParsedStatement, StatedBalance, StatementDoubt, StatementReader } from './parsed-statement.ts';
import { cutShort, statementText } from './statement-bytes.ts';

/** MT940, with and without SWIFT blocks, in the ways of the banks. MT942 is read too, with the doubt NOT_A_STATEMENT. */
export const readMt940Statements: StatementReader = (bytes, options) => {
	const { text, doubts } = statementText(bytes, options, 'western');
	const messages = mt940Messages(text);
	if (messages.length === 0) {
		throw new AppError('FILE_NOT_RECOGNISED', 'The file is no MT940 statement: no line of it begins with a tag such as :20: or :61:.', { format: 'mt940' });
	}
	const statements = byStatement(messages.map((message) => mt940Page(message, options.currency))).map((pages, index) =>
		statementOf(pages, options.currency, index === 0 ? doubts : []),
	);
	const name = messages.every((message) => message.isInterim) ? 'MT942' : 'MT940';
	return { format: 'mt940', dialect: /^\s*\{1:/.test(text) ? `${name} (SWIFT blocks)` : name, statements };
};

/** Pages brought together: one that opens with an intermediate balance goes on with the statement before it. */
function byStatement(pages: readonly Mt940Page[]): Mt940Page[][] {
	const statements: Mt940Page[][] = [];
	for (const page of pages) {
		const before = statements.at(-1);
		const last = before?.at(-1);
		if (before && last && isNextPage(last, page)) before.push(page);
		else statements.push([page]);
	}
	return statements;
}

function isNextPage(last: Mt940Page, page: Mt940Page): boolean {
	if (page.isInterim || last.isInterim || page.opening?.isIntermediate !== true || last.closing?.isIntermediate === false) return false;
	return page.accountId === last.accountId && page.number === last.number && page.currency === (last.currency ?? page.currency);
}

function statementOf(pages: readonly Mt940Page[], bookCurrency: CurrencyCode, fileDoubts: readonly StatementDoubt[]): ParsedStatement {
	const first = pages[0] as Mt940Page;
	const last = pages.at(-1) as Mt940Page;
	const lines = pages.flatMap((page) => page.lines);
	const currency = pages.find((page) => page.currency !== null)?.currency ?? null;
	const [opening, closing] = [stated(first.opening), stated(last.closing)];
	const sums = { openingMinor: opening?.amountMinor ?? null, closingMinor: closing?.amountMinor ?? null, lines };
	const differs = closingDoubt(sums, currency ?? bookCurrency, last.closing?.row ?? null);
	return {
		accountId: first.accountId,
		currency,
		number: pages.length > 1 || first.pageNumber === null || /^0*1$/.test(first.pageNumber) ? first.number : `${first.number ?? ''}/${first.pageNumber}`,
		from: null,
		to: closing?.date ?? null,
		opening,
		closing,
		lines,
		pending: pages.reduce((sum, page) => sum + page.pending, 0),
		doubts: [
			...fileDoubts,
			...pages.flatMap((page) => page.doubts),
			...wholenessDoubts(first, last),
			...gapDoubts(pages),
			...(differs === null ? [] : [differs]),
		],
		rejected: pages.flatMap((page) => page.rejected),
	};
}

function stated(balance: Mt940Page['opening']): StatedBalance | null {
	return balance === null ? null : { amountMinor: balance.amountMinor, date: balance.date };
}

function wholenessDoubts(first: Mt940Page, last: Mt940Page): StatementDoubt[] {
	if (first.isInterim) {
		const message = 'This is MT942, a report within the day: it has no balances, and its lines may change until the bank books them.';
		return [{ code: 'NOT_A_STATEMENT', message, row: first.row }];
	}
	const doubts: StatementDoubt[] = [];
	if (first.opening?.isIntermediate === true) doubts.push(cutShort('The statement begins with a later page: the pages before it are missing.', first.row));
	if (last.closing === null) doubts.push(cutShort('The statement has no closing balance.', last.row));
	else if (last.closing.isIntermediate)
		doubts.push(cutShort('The statement ends with an intermediate balance: the pages after it are missing.', last.closing.row));
	if (first.opening === null) doubts.push({ code: 'FORMAT_DOUBTFUL', message: 'The statement has no opening balance.', row: first.row });
	return doubts;
}

/** Where a page does not open with what the page before it came to, one between them is missing. */
function gapDoubts(pages: readonly Mt940Page[]): StatementDoubt[] {
	return pages.flatMap((page, index) => {
		const before = pages[index - 1]?.closing;
		if (index === 0 || (before && before.amountMinor === page.opening?.amountMinor)) return [];
		return [{ code: 'CLOSING_DIFFERS' as const, message: 'A page does not open with the balance that the page before it closed with.', row: page.row }];
	});
}
