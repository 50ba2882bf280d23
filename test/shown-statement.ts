import { AppError } from '#shared/kernel/app-error.ts';
import type { ParsedStatement, ParsedStatementFile } from '#main/reconciliation/formats/parsed-statement.ts';

/** A statement as an accountant would jot it down, for tables in tests; amounts in minor units. */
export function shownLines(statement: ParsedStatement): string[] {
	return statement.lines.map((line) => {
		const dates = line.valueDate === null || line.valueDate === line.bookDate ? line.bookDate : `${line.bookDate} (value ${line.valueDate})`;
		const [party, bankId, reference] = [line.party, line.bankId, line.reference].map((text, index) =>
			text === null ? '' : ` ${['party', 'bank', 'ref'][index]}=${text}`,
		);
		return `${dates} ${line.amountMinor} ${line.description}${party}${bankId}${reference}`.trim();
	});
}

/** Opening and closing balance, `-` where one is not stated. */
export function shownBalances({ opening, closing }: ParsedStatement): string {
	return `${opening?.amountMinor ?? '-'} to ${closing?.amountMinor ?? '-'}`;
}

export function doubtCodes(file: ParsedStatementFile): string[] {
	return file.statements.flatMap((statement) => statement.doubts.map((doubt) => doubt.code));
}

export function rejectedRows(file: ParsedStatementFile): string[] {
	return file.statements.flatMap((statement) => statement.rejected.map(({ row, code }) => `${row} ${code}`));
}

/** The refusal of a call, or null where it was not refused. Anything but an AppError is thrown on. */
export function refusalOf(call: () => unknown): AppError | null {
	try {
		call();
		return null;
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
}

/** The ids of the questions of NEEDS_ANSWER. */
export function askedIds(call: () => unknown): string[] {
	const refusal = refusalOf(call);
	if (refusal?.code !== 'NEEDS_ANSWER') return [];
	return (refusal.details['questions'] as readonly { readonly id: string }[]).map((question) => question.id);
}
