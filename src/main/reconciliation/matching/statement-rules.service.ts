import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { formatAmount, parseAmountMinor } from '#shared/kernel/money.ts';
import { bookText } from '#shared/kernel/text.ts';
import { accountById } from '#main/companies/index.ts';
import { findAccount, findParty, partyById } from '#main/ledger/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { insertRule, nextRuleId, placeRule, retireRule, type RuleRow, ruleRows } from './statement-rules.queries.ts';
import { type Direction, ruleWords } from './statement-rules.rules.ts';

/** A rule as a person writes it. Amounts in major units, without sign. */
export interface RuleInput {
	readonly name: string;
	readonly account?: string | undefined;
	readonly text?: string | undefined;
	readonly party?: string | undefined;
	readonly direction?: Direction | undefined;
	readonly minAmount?: string | undefined;
	readonly maxAmount?: string | undefined;
	readonly counterAccount: string;
	readonly counterParty?: string | undefined;
	readonly description?: string | undefined;
}

/** Rules in the order in which they are tried. */
export function listRules(db: ReadDb, company: Company) {
	return { rules: ruleRows(db, company.id).map((row) => ruleView(db, company, row)) };
}

/** Adds a rule at a position, or after all others. Refuses RULE_INVALID, ALREADY_EXISTS, ACCOUNT_UNKNOWN, PARTY_UNKNOWN and the codes of amounts and texts. */
export function addRule(tx: WriteTx, { company }: Actor, input: { readonly rule: RuleInput; readonly position?: number | undefined }) {
	const standing = ruleRows(tx, company.id);
	const row = {
		...ruleOf(tx, company, input.rule),
		id: nextRuleId(tx, company.id),
		uuid: uuidV7({ now: () => new Date(tx.instant) }),
		position: standing.length + 1,
	};
	insertRule(tx, company.id, row);
	order(tx, company, inserted(standing, row, input.position ?? standing.length + 1));
	return ruleView(tx, company, findRule(tx, company, row.uuid));
}

/** Puts a rule at another place. Refuses NOT_FOUND. */
export function moveRule(tx: WriteTx, { company }: Actor, input: { readonly rule: string; readonly position: number }) {
	const rule = findRule(tx, company, input.rule);
	const others = ruleRows(tx, company.id).filter(({ id }) => id !== rule.id);
	order(tx, company, inserted(others, rule, input.position));
	return listRules(tx, company);
}

/** Takes a rule out of use; what it made stays. Refuses NOT_FOUND. */
export function removeRule(tx: WriteTx, { company }: Actor, named: string) {
	const rule = findRule(tx, company, named);
	const view = ruleView(tx, company, rule);
	retireRule(tx, company.id, rule.id);
	order(tx, company, ruleRows(tx, company.id));
	return view;
}

/** By position, name or id. Refuses NOT_FOUND. */
export function findRule(db: ReadDb, company: Company, named: string): RuleRow {
	const text = named.trim();
	const rows = ruleRows(db, company.id);
	const found =
		rows.find(({ uuid }) => uuid === text.toLowerCase()) ?? rows.find(({ name }) => name === text) ?? rows.find(({ position }) => String(position) === text);
	if (found) return found;
	throw new AppError('NOT_FOUND', `There is no rule "${named}". See \`statement rule list\`.`, { rule: named });
}

function inserted(others: readonly RuleRow[], rule: RuleRow, position: number): RuleRow[] {
	const place = Math.min(position, others.length + 1) - 1;
	return [...others.slice(0, place), rule, ...others.slice(place)];
}

function order(tx: WriteTx, company: Company, rows: readonly RuleRow[]): void {
	for (const [place, { id }] of rows.entries()) placeRule(tx, company.id, id, place + 1);
}

/** What a person wrote as a rule that can be stored or tried. `id` 0: not saved. */
export function ruleOf(db: ReadDb, company: Company, input: RuleInput): RuleRow {
	const name = bookText(input.name, 'name of the rule');
	if (ruleRows(db, company.id).some((row) => row.name === name))
		throw new AppError('ALREADY_EXISTS', `There is a rule "${name}" already. Choose another name.`, { rule: name });
	const account = input.account === undefined ? null : findAccount(db, company, input.account);
	const counter = findAccount(db, company, input.counterAccount);
	const currency = account?.currency ?? company.currency;
	const row = {
		id: 0,
		uuid: '',
		position: 0,
		name,
		accountId: account?.id ?? null,
		text: input.text === undefined ? null : bookText(input.text, 'text of the rule'),
		party: input.party === undefined ? null : bookText(input.party, 'party of the rule'),
		direction: input.direction ?? 'ANY',
		minMinor: input.minAmount === undefined ? null : parseAmountMinor(input.minAmount, currency),
		maxMinor: input.maxAmount === undefined ? null : parseAmountMinor(input.maxAmount, currency),
		counterAccountId: counter.id,
		counterPartyId: input.counterParty === undefined ? null : findParty(db, company, input.counterParty).id,
		description: input.description === undefined ? null : bookText(input.description, 'description'),
	};
	checkRule(row, counter.active === 1);
	return row;
}

function checkRule(row: RuleRow, isCounterActive: boolean): void {
	const refuse = (message: string) => new AppError('RULE_INVALID', message, { rule: row.name });
	const { text, party, minMinor, maxMinor } = row;
	if (text === null && party === null && minMinor === null && maxMinor === null) {
		throw refuse('A rule needs something to know a line by: --text, --party, --min or --max.');
	}
	for (const wanted of [text, party])
		if (wanted !== null && ruleWords(wanted).length === 0) throw refuse(`"${wanted}" has no letter and no digit to look for.`);
	if ((minMinor ?? 0) < 0 || (maxMinor ?? 0) < 0) throw refuse('Write amounts without a sign; --direction in or out says which way the money goes.');
	if (minMinor !== null && maxMinor !== null && minMinor > maxMinor) throw refuse('The least amount is above the most.');
	if (row.accountId === row.counterAccountId) throw refuse('The counter account is the account of the statement itself. Choose the other side.');
	if (!isCounterActive) throw refuse('The counter account is not in use any more. Choose another.');
}

export function ruleView(db: ReadDb, company: Company, row: RuleRow) {
	const account = row.accountId === null ? null : present(accountById(db, company.id, row.accountId), 'the account of a rule');
	const currency = account?.currency ?? company.currency;
	return {
		ruleId: row.uuid,
		position: row.position,
		name: row.name,
		account: account?.code ?? null,
		text: row.text,
		party: row.party,
		direction: row.direction,
		minAmount: row.minMinor === null ? null : formatAmount(row.minMinor, currency),
		maxAmount: row.maxMinor === null ? null : formatAmount(row.maxMinor, currency),
		currency,
		counterAccount: present(accountById(db, company.id, row.counterAccountId), 'the counter account of a rule').code,
		counterParty: row.counterPartyId === null ? null : present(partyById(db, company.id, row.counterPartyId), 'the party of a rule').name,
		description: row.description,
	};
}
