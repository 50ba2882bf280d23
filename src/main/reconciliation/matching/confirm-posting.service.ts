import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { accountById } from '#main/companies/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { checkOpen, type EntryLineKey, findProposal, joinLines, viewAfter } from './decide.service.ts';
import { newMatch } from './join.service.ts';
import { deleteProposal, insertMatch, type MatchRow } from './match-rows.queries.ts';
import { lineNamed, type NamedLine } from './named-lines.queries.ts';
import { negated, postForLines, sided } from './post-for-lines.service.ts';
import type { MatchDetail } from './propose-all.rules.ts';

export interface ConfirmTransferInput {
	readonly match: string;
	readonly inSession?: boolean | undefined;
}

/** Posts a transfer between two own accounts and matches the statement lines of both. Refuses NOT_FOUND, MATCH_REFUSED and the codes of posting. */
export function confirmTransfer(tx: WriteTx, actor: Actor, input: ConfirmTransferInput) {
	const { company, user } = actor;
	const { row, detail } = findOfKind(tx, company, input.match, 'TRANSFER');
	const from = lineOf(tx, company, detail.fromLineId);
	const to = lineOf(tx, company, detail.toLineId);
	checkOpen(tx, company, [from.id, to.id], []);
	const currency = from.accountCurrency ?? company.currency;
	const amount = formatAmount(to.amountMinor, currency);
	const { day, ...entry } = postForLines(tx, actor, {
		source: 'TRANSFER',
		date: fromDayNumber(present(detail.day, 'the day of a transfer')),
		description: from.description,
		...(from.reference === null ? {} : { reference: from.reference }),
		inSession: input.inSession ?? false,
		lines: [
			{ account: to.code, currency, debit: amount },
			{ account: from.code, currency, credit: amount },
		],
	});
	completed(tx, company, row, [[entry.no, 2]], Math.max(from.day, day));
	joinLines(tx, company, row.id, [from.id], [[entry.no, 2]], user.id);
	const received = newMatch(tx, company, {
		accountId: to.accountId,
		kind: 'TRANSFER',
		lineIds: [to.id],
		entryLines: [[entry.no, 1]],
		throughDay: Math.max(to.day, day),
		score: row.score,
		reasons: row.reasons,
		detail,
	});
	joinLines(tx, company, received, [to.id], [[entry.no, 1]], user.id);
	return { ...viewAfter(tx, company, row.id), entry };
}

export interface ConfirmSettlementInput extends ConfirmTransferInput {
	/** Needed where something was charged. */
	readonly chargeAccount?: string | undefined;
}

/**
 * Posts what came of a clearing account, net and charge against gross, and matches the bank line. What is settled is matched with the entry's line
 * on the clearing account, so that it is open no more. Refuses NOT_FOUND, MATCH_REFUSED, INPUT_INVALID and the codes of posting.
 */
export function confirmSettlement(tx: WriteTx, actor: Actor, input: ConfirmSettlementInput) {
	const { company, user } = actor;
	const { row, detail } = findOfKind(tx, company, input.match, 'SETTLEMENT');
	const bank = lineOf(tx, company, (JSON.parse(row.lineIds) as number[])[0]);
	const settled = present(detail.clearingLines, 'what is settled');
	checkOpen(tx, company, [bank.id], settled);
	const clearing = present(accountById(tx, company.id, present(detail.clearingAccountId, 'the clearing account')), 'the clearing account');
	const currency = bank.accountCurrency ?? company.currency;
	const [gross, charge] = [detail.grossMinor ?? 0, detail.chargeMinor ?? 0].map((minor) => formatAmount(minor, currency)) as [string, string];
	const { day, ...entry } = postForLines(tx, actor, {
		date: fromDayNumber(bank.day),
		description: bank.description,
		...(bank.reference === null ? {} : { reference: bank.reference }),
		inSession: input.inSession ?? false,
		lines: [
			{ account: bank.code, currency, ...sided(formatAmount(bank.amountMinor, currency)) },
			{ account: clearing.code, currency, ...sided(negated(gross)) },
			...(detail.chargeMinor ? [{ account: chargeAccount(input, charge, currency), currency, debit: charge }] : []),
		],
	});
	completed(tx, company, row, [[entry.no, 1]], Math.max(bank.day, day));
	joinLines(tx, company, row.id, [bank.id], [[entry.no, 1]], user.id);
	const entryLines: EntryLineKey[] = [...settled, [entry.no, 2]];
	const group = newMatch(tx, company, { accountId: clearing.id, kind: 'SETTLEMENT', lineIds: [], entryLines, throughDay: day });
	joinLines(tx, company, group, [], entryLines, user.id);
	return { ...viewAfter(tx, company, row.id), entry };
}

function chargeAccount({ chargeAccount: given }: ConfirmSettlementInput, charge: string, currency: string): string {
	if (given !== undefined) return given;
	throw new AppError('INPUT_INVALID', `${charge} ${currency} was charged. Say which account bears it: --charge-account CODE.`, { charge, currency });
}

function findOfKind(tx: WriteTx, company: Company, named: string, kind: MatchRow['kind']): { readonly row: MatchRow; readonly detail: MatchDetail } {
	const row = findProposal(tx, company, named);
	if (row.kind === kind) return { row, detail: JSON.parse(row.detail) as MatchDetail };
	throw new AppError('MATCH_REFUSED', `Match ${row.id} is no ${kind.toLowerCase()}; confirm it as what it is.`, { match: row.uuid, kind: row.kind });
}

function lineOf(tx: WriteTx, company: Company, id: number | undefined): NamedLine {
	return present(lineNamed(tx, company.id, String(id ?? 0)), 'the statement line of a proposal');
}

/** What is proposed is never changed: the proposal is written again under its id, with the ledger lines it now has. */
function completed(tx: WriteTx, company: Company, row: MatchRow, entryLines: readonly EntryLineKey[], throughDay: number): void {
	deleteProposal(tx, company.id, row.id);
	insertMatch(tx, company.id, { ...row, entryLines: JSON.stringify(entryLines), throughDay });
}
