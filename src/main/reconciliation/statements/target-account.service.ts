import { AppError } from '#shared/kernel/app-error.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';
import { findAccount } from '#main/ledger/index.ts';
import { needsAnswer } from '#main/imports/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { ParsedStatement } from '../formats/parsed-statement.ts';
import { accountsOfFile, type Choice, chooseAccount, type FileAccount } from './statement-choice.rules.ts';
import { knownBankAccounts, savedLayout } from './statements.queries.ts';

/** The account of the books for which a file is taken in. */
export interface TargetAccount {
	readonly id: number;
	readonly code: string;
	readonly name: string;
	/** Its own, else the company's. */
	readonly currency: CurrencyCode;
	readonly knownIds: readonly string[];
	/** How its bank's files are read, as it was saved. */
	readonly layout: Readonly<Record<string, unknown>> | null;
}

/** Refuses ACCOUNT_UNKNOWN, and INPUT_INVALID for an account of which nobody has a statement. */
export function targetAccount(db: ReadDb, company: Company, named: string): TargetAccount {
	const { id, code, name, type, currency } = findAccount(db, company, named);
	if (type !== 'ASSET' && type !== 'LIABILITY') {
		throw new AppError(
			'INPUT_INVALID',
			`Account ${code} ${name} is ${type}; statements are of assets and liabilities. Name the bank's, card's or loan's account.`,
			{
				account: code,
				type,
			},
		);
	}
	const knownIds = knownBankAccounts(db, company.id, id);
	return { id, code, name, currency: currency ?? company.currency, knownIds, layout: savedLayout(db, company.id, id) };
}

export function chooseFrom(statements: readonly ParsedStatement[], target: TargetAccount, named: string | undefined): Choice<ParsedStatement> {
	return chooseAccount(accountsOfFile(statements), target, named);
}

/** The file's account that is meant. Refuses CURRENCY_MISMATCH, NEEDS_ANSWER, and INPUT_INVALID where the file has no account of that name. */
export function chosenAccount(choice: Choice<ParsedStatement>, target: TargetAccount): FileAccount<ParsedStatement> {
	switch (choice.kind) {
		case 'CHOSEN':
			return choice.account;
		case 'ASK':
			throw needsAnswer([choice.question]);
		case 'CURRENCY':
			throw new AppError(
				'CURRENCY_MISMATCH',
				`The statement is in ${choice.currencies.join(', ')}; account ${target.code} ${target.name} holds ${target.currency}. Take it in for an account in its currency.`,
				{ account: target.code, currency: target.currency, statementCurrencies: choice.currencies },
			);
		case 'ABSENT':
			throw new AppError('INPUT_INVALID', `The file holds no such account. It holds ${choice.accountIds.join(', ')}.`, { accountIds: choice.accountIds });
	}
}
