import type { ImportQuestion } from '#main/imports/question.rules.ts';

/** One account of a file with its statements; a file may hold several. */
export interface FileAccount<Statement> {
	readonly accountId: string | null;
	readonly currency: string | null;
	readonly statements: readonly Statement[];
}

/** The account of the books for which the file is taken in. */
export interface WantedAccount {
	readonly code: string;
	readonly name: string;
	readonly currency: string;
	/** IBANs and numbers that statements of this account carried before. */
	readonly knownIds: readonly string[];
}

export type Choice<Statement> =
	| { readonly kind: 'CHOSEN'; readonly account: FileAccount<Statement> }
	| { readonly kind: 'ASK'; readonly question: ImportQuestion }
	| { readonly kind: 'CURRENCY'; readonly currencies: readonly string[] }
	| { readonly kind: 'ABSENT'; readonly accountIds: readonly string[] };

/** What names an account of a file that carries no number. */
export const UNNAMED = 'unnamed';

/** Letters and digits of an account's number: `NL91 ABNA 0417-1643-00` and `nl91abna0417164300` are one. */
export function accountIdKey(text: string): string {
	return text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

export function accountsOfFile<Statement extends { readonly accountId: string | null; readonly currency: string | null }>(
	statements: readonly Statement[],
): FileAccount<Statement>[] {
	const groups = Map.groupBy(statements, ({ accountId, currency }) => JSON.stringify([accountId === null ? null : accountIdKey(accountId), currency]));
	return [...groups.values()].map((group) => ({ accountId: group[0]?.accountId ?? null, currency: group[0]?.currency ?? null, statements: group }));
}

/**
 * Which of the file's accounts is meant: the one that was named; else the only one in the account's currency; else the one that was taken in
 * for this account before; else the one whose number stands in the account's name or code; else the person is asked.
 */
export function chooseAccount<Statement>(accounts: readonly FileAccount<Statement>[], wanted: WantedAccount, named: string | undefined): Choice<Statement> {
	const candidates = named === undefined ? accounts : accounts.filter(({ accountId }) => isNamed(accountId, named));
	if (candidates.length === 0) return { kind: 'ABSENT', accountIds: accounts.map(({ accountId }) => accountId ?? UNNAMED) };
	const fitting = candidates.filter(({ currency }) => currency === null || currency === wanted.currency);
	if (fitting.length === 0) return { kind: 'CURRENCY', currencies: [...new Set(candidates.map(({ currency }) => currency ?? wanted.currency))] };
	const title = accountIdKey(`${wanted.code} ${wanted.name}`);
	const tests: ((account: FileAccount<Statement>) => boolean)[] = [
		() => true,
		({ accountId }) => accountId !== null && wanted.knownIds.some((known) => isSameBankAccount(known, accountId)),
		({ accountId }) => accountId !== null && accountIdKey(accountId).length >= 4 && title.includes(accountIdKey(accountId)),
	];
	for (const test of tests) {
		const [account, ...others] = fitting.filter(test);
		if (account && others.length === 0) return { kind: 'CHOSEN', account };
	}
	return { kind: 'ASK', question: choiceQuestion(fitting, wanted) };
}

function isNamed(accountId: string | null, named: string): boolean {
	return accountId === null ? named.trim().toLowerCase() === UNNAMED : accountIdKey(accountId) === accountIdKey(named);
}

/** One number may be the end of the other: a file with the IBAN and one with the plain number are of the same account. */
export function isSameBankAccount(one: string, other: string): boolean {
	const [long, short] = [accountIdKey(one), accountIdKey(other)].sort((a, b) => b.length - a.length) as [string, string];
	return long === short || (short.length >= 6 && long.endsWith(short));
}

function choiceQuestion<Statement>(accounts: readonly FileAccount<Statement>[], { code, name }: WantedAccount): ImportQuestion {
	return {
		id: 'statementAccount',
		question: `The file holds statements of several accounts. Which one is ${code} ${name}?`,
		choices: accounts.map(({ accountId, currency, statements }) => ({
			value: accountId ?? UNNAMED,
			meaning: `${accountId ?? 'an account without a number'}${currency === null ? '' : ` in ${currency}`}, ${statements.length} statement${statements.length === 1 ? '' : 's'}`,
		})),
		example: null,
	};
}
