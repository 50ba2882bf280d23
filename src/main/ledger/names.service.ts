import { AppError } from '#shared/kernel/app-error.ts';
import { currencyDecimals } from '#shared/kernel/currency.ts';
import { bookText } from '#shared/kernel/text.ts';
import { recordEvent } from '#main/audit/index.ts';
import {
	type AccountRow,
	type AccountType,
	addAccount as addChartAccount,
	checkReconcilable,
	checkSubtype,
	listAccounts,
	PAYMENT_METHOD_SUBTYPES,
} from '#main/companies/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import {
	accountOfSubtype,
	accountsNamed,
	emailsOf,
	hasLines,
	hasSealedLines,
	insertParty,
	listPartyRows,
	type PartyRow,
	partyNamed,
	replaceEmails,
	updateAccount,
	updateParty,
} from './names.queries.ts';

/** The account that a person named by code, ref or full path. Refuses ACCOUNT_UNKNOWN with what comes close. */
export function findAccount(db: ReadDb, company: Company, named: string): AccountRow {
	const found = accountsNamed(db, company.id, named.trim());
	const [account] = found;
	if (account && found.length === 1) return account;
	if (account) {
		const codes = found.map((candidate) => candidate.code);
		throw new AppError('ACCOUNT_UNKNOWN', `Several accounts are named "${named}": ${codes.join(', ')}. Name one by its code.`, { account: named, codes });
	}
	const wanted = named.trim().toLowerCase();
	const near = listAccounts(db, company.id)
		.filter((candidate) => candidate.code.toLowerCase().startsWith(wanted) || candidate.name.toLowerCase().includes(wanted))
		.slice(0, 5)
		.map((candidate) => `${candidate.code} ${candidate.name}`);
	const hint = near.length > 0 ? ` Did you mean ${near.join('; ')}?` : ' See `ledgerseal account list`, or add it with `account add`.';
	throw new AppError('ACCOUNT_UNKNOWN', `There is no account "${named}".${hint}`, { account: named, suggestions: near });
}

/** The party of this name, ref or alias. Refuses PARTY_UNKNOWN. */
export function findParty(db: ReadDb, company: Company, named: string): PartyRow {
	const party = partyNamed(db, company.id, named.trim().normalize('NFC'));
	if (party) return party;
	throw new AppError('PARTY_UNKNOWN', `There is no party "${named}". See \`ledgerseal party list\`, or add it with \`party add\`.`, { party: named });
}

/** The company's account for a purpose, such as FX_GAIN_LOSS. Refuses ACCOUNT_UNKNOWN, saying how to add it. */
export function accountFor(db: ReadDb, company: Company, subtype: string, purpose: string): AccountRow {
	const account = accountOfSubtype(db, company.id, subtype);
	if (account) return account;
	throw new AppError(
		'ACCOUNT_UNKNOWN',
		`${purpose} needs an account of subtype ${subtype}. Add one: account add --code C --name N --type EXPENSE --subtype ${subtype}.`,
		{
			subtype,
		},
	);
}

export function accountView(account: AccountRow) {
	return {
		code: account.code,
		name: account.name,
		type: account.type,
		subtype: account.subtype as never,
		currency: account.currency,
		requiresReconciliation: account.requiresReconciliation === 1,
		active: account.active === 1,
		ref: account.ref,
	};
}

export interface AccountChange {
	readonly account: string;
	readonly code?: string | undefined;
	readonly name?: string | undefined;
	readonly type?: AccountType | undefined;
	readonly subtype?: string | null | undefined;
	readonly currency?: string | undefined;
	readonly requiresReconciliation?: boolean | undefined;
	readonly reason?: string | undefined;
	readonly active?: boolean | undefined;
}

/**
 * Changes an account. Refuses ACCOUNT_FROZEN where a sealed period (type) or a line (currency) already says otherwise.
 * Another subtype is an audit event of its own: the next close shows which accounts began or ceased to be reconciled by it.
 */
export function setAccount(tx: WriteTx, actor: Actor, input: AccountChange) {
	const { company, user } = actor;
	const standing = findAccount(tx, company, input.account);
	const type = input.type ?? standing.type;
	const subtype = input.subtype === undefined ? standing.subtype : input.subtype;
	const currency = input.currency ?? standing.currency;
	checkFrozen(tx, company, standing, type, currency);
	checkSubtype(standing.code, type, subtype);
	if (currency !== null) currencyDecimals(currency);
	checkTaken(tx, company, standing, input.code, subtype);
	const isPaymentMethod = subtype !== null && PAYMENT_METHOD_SUBTYPES.includes(subtype);
	const requires = input.requiresReconciliation ?? (standing.requiresReconciliation === 1 || (isPaymentMethod && standing.subtype !== subtype));
	if (isPaymentMethod && standing.requiresReconciliation === 1 && !requires && !input.reason?.trim()) {
		throw new AppError('INPUT_INVALID', 'A payment-method account is reconciled unless an Admin exempts it. Say why: --reason TEXT.', {
			account: standing.code,
		});
	}
	const exempt = isPaymentMethod && !requires;
	const changed: AccountRow = {
		...standing,
		code: input.code === undefined ? standing.code : bookText(input.code.trim(), 'account code'),
		name: input.name === undefined ? standing.name : bookText(input.name.trim(), 'account name'),
		type,
		subtype,
		currency: currency ?? (isPaymentMethod ? company.currency : null),
		requiresReconciliation: requires ? 1 : 0,
		exemptReason: exempt ? (input.reason?.trim() ?? standing.exemptReason) : null,
		active: (input.active ?? standing.active === 1) ? 1 : 0,
	};
	checkReconcilable(changed);
	updateAccount(tx, company.id, { ...changed, exemptBy: exempt ? user.id : null });
	if (subtype !== standing.subtype) {
		const { ref, code, name } = changed;
		recordEvent(tx, actor, 'ledger.changeSubtype', { ref, code, name, was: standing.subtype, is: subtype });
	}
	return accountView(changed);
}

function checkFrozen(db: ReadDb, company: Company, standing: AccountRow, type: string, currency: string | null): void {
	if (type === standing.type && currency === standing.currency) return;
	const sealed = hasSealedLines(db, company.id, standing.id);
	if (!sealed && (currency === standing.currency || !hasLines(db, company.id, standing.id))) return;
	throw new AppError(
		'ACCOUNT_FROZEN',
		`Account ${standing.code} ${sealed ? 'has lines in a sealed period' : 'has lines already'}; its type and currency stay. Add another account and post there.`,
		{ account: standing.code },
	);
}

function checkTaken(db: ReadDb, company: Company, standing: AccountRow, code: string | undefined, subtype: string | null): void {
	const others = listAccounts(db, company.id).filter((account) => account.id !== standing.id);
	if (code !== undefined && others.some((account) => account.code === code.trim())) {
		throw new AppError('ALREADY_EXISTS', `There is an account ${code} already. Choose another code.`, { code });
	}
	const result = others.find((account) => account.subtype === 'RETAINED_EARNINGS');
	if (subtype === 'RETAINED_EARNINGS' && result) {
		throw new AppError('ALREADY_EXISTS', `Account ${result.code} is the result account already; a company has one.`, { code: result.code });
	}
}

export function addLedgerAccount(tx: WriteTx, company: Company, input: Parameters<typeof addChartAccount>[2]) {
	return accountView(addChartAccount(tx, company, input));
}

export function partyView(db: ReadDb, company: Company, party: PartyRow) {
	return {
		ref: party.ref,
		name: party.name,
		aliases: JSON.parse(party.aliases) as string[],
		emails: emailsOf(db, company.id, party.id),
		active: party.active === 1,
	};
}

export function listParties(db: ReadDb, company: Company) {
	return listPartyRows(db, company.id).map((party) => partyView(db, company, party));
}

export interface PartyInput {
	readonly name?: string | undefined;
	readonly aliases?: readonly string[] | undefined;
	readonly emails?: readonly string[] | undefined;
	readonly active?: boolean | undefined;
}

export function addParty(tx: WriteTx, company: Company, input: PartyInput & { readonly name: string }) {
	const name = partyName(tx, company, input.name, null);
	const party = insertParty(
		tx,
		company.id,
		name,
		(input.aliases ?? []).map((alias) => bookText(alias.trim(), 'alias')),
	);
	if (input.emails) storeEmails(tx, company, party, input.emails);
	return partyView(tx, company, party);
}

export function setParty(tx: WriteTx, company: Company, input: PartyInput & { readonly party: string }) {
	const standing = findParty(tx, company, input.party);
	const changed: PartyRow = {
		...standing,
		name: input.name === undefined ? standing.name : partyName(tx, company, input.name, standing.id),
		aliases: input.aliases === undefined ? standing.aliases : JSON.stringify(input.aliases.map((alias) => bookText(alias.trim(), 'alias'))),
		active: (input.active ?? standing.active === 1) ? 1 : 0,
	};
	updateParty(tx, company.id, changed);
	if (input.emails) storeEmails(tx, company, changed, input.emails);
	return partyView(tx, company, changed);
}

function partyName(db: ReadDb, company: Company, text: string, ownId: number | null): string {
	const name = bookText(text.trim(), 'party name');
	if (name === '') throw new AppError('INPUT_INVALID', 'A party needs a name.', {});
	const other = partyNamed(db, company.id, name);
	if (other && other.id !== ownId) throw new AppError('ALREADY_EXISTS', `There is a party "${other.name}" already.`, { party: other.name, ref: other.ref });
	return name;
}

function storeEmails(tx: WriteTx, company: Company, party: PartyRow, emails: readonly string[]): void {
	for (const email of emails) {
		if (!/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(email)) throw new AppError('INPUT_INVALID', `"${email}" is no e-mail address.`, { email });
	}
	replaceEmails(tx, company.id, party.id, [...new Set(emails.map((email) => email.toLowerCase()))]);
}
