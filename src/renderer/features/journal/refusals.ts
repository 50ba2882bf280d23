import { AppError } from '#shared/kernel/app-error.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { hasText, type Text } from '#renderer/lib/messages.ts';
import { errorText } from '#renderer/ui/error-notice.tsx';
import type { LineField } from './entry-form.ts';

/** What the program refused, said at its place. */
export interface RefusalPlace {
	/** The form's line, from 0; null: the entry as a whole, or its head. */
	readonly line: number | null;
	readonly field: LineField | 'date' | 'description' | null;
	readonly message: string;
	/** The period that is in the way, where a closed one is. */
	readonly period: string | null;
}

const FIELDS: Readonly<Record<string, RefusalPlace['field']>> = {
	ACCOUNT_UNKNOWN: 'account',
	PARTY_UNKNOWN: 'party',
	CURRENCY_UNKNOWN: 'currency',
	CURRENCY_MISMATCH: 'currency',
	RATE_MISSING: 'base',
	LINE_INVALID: 'debit',
	AMOUNT_INVALID: 'debit',
	AMOUNT_TOO_LARGE: 'debit',
	ALLOCATION_REFUSED: 'account',
	ENTRY_DATE_INVALID: 'date',
	ENTRY_DATE_TOO_FAR: 'date',
	PERIOD_CLOSED: 'date',
	PERIOD_CLOSING: 'date',
	PERIOD_NOT_REACHED: 'date',
};

/** `formLines`: which line of the form each line of what was sent is. `credits`: lines of the form with a credit. */
export function refusalPlace(error: unknown, formLines: readonly number[], credits: ReadonlySet<number>, text: Text): RefusalPlace {
	if (!(error instanceof AppError)) return { line: null, field: null, message: errorText(error, text), period: null };
	const { code, details } = error;
	const sent = typeof details.line === 'number' ? details.line - 1 : null;
	const line = sent === null ? null : (formLines[sent] ?? null);
	const field = line === null && !HEAD_FIELDS.has(FIELDS[code] ?? null) ? null : (FIELDS[code] ?? null);
	const period = typeof details.period === 'string' ? details.period : null;
	return {
		line,
		// A due date is refused by the same code as the entry's own date; an amount stands on either side.
		field: line !== null && field === 'date' ? 'dueDate' : field === 'debit' && line !== null && credits.has(line) ? 'credit' : field,
		message: refusalText(error, text),
		period,
	};
}

const HEAD_FIELDS = new Set<RefusalPlace['field']>(['date', 'description']);

/** In the words of the screens where they have some, else in the program's own. */
export function refusalText(error: AppError, text: Text): string {
	const key = `journal.refusal.${error.code}`;
	return hasText(key) ? text(key, valuesOf(error)) : error.message;
}

function valuesOf({ details }: AppError): Record<string, string> {
	const value = (name: string) => (typeof details[name] === 'string' || typeof details[name] === 'number' ? String(details[name]) : '');
	const currency = value('currency');
	const minor = value('differenceMinor');
	return {
		account: value('account'),
		party: value('party'),
		currency,
		period: value('period'),
		date: value('date'),
		reversedBy: value('reversedBy'),
		difference: /^-?\d+$/.test(minor) && currency !== '' ? formatAmount(BigInt(minor.replace('-', '')), currency) : '',
	};
}
