import { AppError } from '#shared/kernel/app-error.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount, toSafeMinor } from '#shared/kernel/money.ts';
import { type StatementBalance, statementBalanceAt } from './statement-balance.service.ts';
import type { ActualBalance, ActualRequest, Strategy } from './strategy.ts';
import { refuseCount, typedActual } from './typed-actual.ts';
import { unexplainedFinding } from './unexplained.rules.ts';

const BY_STATEMENT: readonly (string | null)[] = ['BANK', 'MOBILE_MONEY', 'CREDIT_CARD'];
/** Reconciled in another way, whether or not somebody took in a statement for it. */
const COUNTED: readonly (string | null)[] = ['CASH', 'INVENTORY'];

/** What the bank says. Money owed to it (a card, an overdraft) is a negative balance on both sides. */
export const statementStrategy: Strategy = {
	name: 'statement',
	appliesTo: ({ type, subtype, hasStatements }) =>
		BY_STATEMENT.includes(subtype) || (hasStatements === 1 && !COUNTED.includes(subtype) && (type === 'ASSET' || type === 'LIABILITY')),
	actual: (db, request) => {
		refuseCount(request);
		const { company, account, endDay } = request;
		const said = statementBalanceAt(db, company.id, account.id, endDay);
		if (said.isShort) throw shortStatement(request, said);
		const reaches = said.reachesDay === null ? {} : { reaches: fromDayNumber(said.reachesDay) };
		if (!said.known) {
			const typed = typedActual(request, 'The statements give no balances. What does the bank say stood on');
			return { ...typed, detail: { ...typed.detail, ...reaches } };
		}
		return knownActual(request, said.known, reaches);
	},
	items: ['BOOK', 'BANK'],
	validate: (reconciliation) =>
		unexplainedFinding(
			reconciliation,
			`Match or book what is missing, choose what is under way with \`reconcile items ${reconciliation.uuid}\`, or ask \`reconcile explain ${reconciliation.uuid}\`.`,
		),
};

function knownActual(
	{ currency, typedMinor, account, endDay }: ActualRequest,
	{ page, balanceMinor }: NonNullable<StatementBalance['known']>,
	reaches: { readonly reaches?: string },
): ActualBalance {
	const actualMinor = toSafeMinor(balanceMinor);
	if (typedMinor !== null && typedMinor !== actualMinor) {
		const [said, typed, day] = [formatAmount(actualMinor, currency), formatAmount(typedMinor, currency), fromDayNumber(endDay)];
		throw new AppError(
			'RECONCILIATION_REFUSED',
			`The statement of ${account.code} says ${said} ${currency} on ${day}, not ${typed}. Leave --actual out, or take in the statement that says otherwise.`,
			{ account: account.code, statement: page.statementUuid, said, typed, currency },
		);
	}
	const statement = {
		id: page.statementUuid,
		page: page.pageNo,
		opening: formatAmount(page.openingMinor, currency),
		from: fromDayNumber(page.fromDay),
		to: fromDayNumber(page.toDay),
	};
	return { actualMinor, detail: { statement, ...reaches } };
}

function shortStatement({ account, endDay, currency }: ActualRequest, { reachesDay, missingBefore }: StatementBalance): AppError {
	const needed = fromDayNumber(endDay);
	const reaches = reachesDay === null ? null : fromDayNumber(reachesDay);
	const details = { account: account.code, needed, reaches };
	if (reaches === null) {
		return new AppError(
			'STATEMENT_SHORT',
			`There is no statement of ${account.code} ${account.name}. Take one in that reaches ${needed}: statement import FILE --account ${account.code}.`,
			details,
		);
	}
	if (missingBefore) {
		const next = fromDayNumber(missingBefore.day);
		return new AppError(
			'STATEMENT_SHORT',
			`A statement of ${account.code} is missing: those up to ${reaches} do not end with the ${formatAmount(missingBefore.openingMinor, currency)} ${currency} with which that of ${next} begins. Take in what lies between: statement import FILE --account ${account.code}.`,
			{ ...details, missingBefore: next },
		);
	}
	return new AppError(
		'STATEMENT_SHORT',
		`The statements of ${account.code} ${account.name} reach ${reaches}, and ${needed} is needed. Take in the next one: statement import FILE --account ${account.code}.`,
		details,
	);
}
