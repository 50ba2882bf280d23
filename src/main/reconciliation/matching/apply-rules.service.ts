import { present } from '#shared/kernel/assert.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { accountById } from '#main/companies/index.ts';
import { findAccount, partyById, saveDraft } from '#main/ledger/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { matchingState } from './matching-state.service.ts';
import { negated, sided } from './post-for-lines.service.ts';
import { proposeAll, type ProposedMatch } from './propose-all.rules.ts';
import { accountsWithStatements, type FreeLine, freeLines, type RuleRow, ruleRows, storeLineDraft } from './statement-rules.queries.ts';
import { firstRule, prepareRule, prepareRuleLine } from './statement-rules.rules.ts';
import { findRule, ruleOf, type RuleInput } from './statement-rules.service.ts';

/** A line that nothing in the books was found for, and the rule that takes it. */
interface Hit {
	readonly line: FreeLine & { readonly code: string; readonly currency: string };
	readonly rule: RuleRow;
}

interface Hits {
	readonly hits: readonly Hit[];
	/** Lines that were looked at, and those of them that have a draft already. */
	readonly lines: number;
	readonly drafted: number;
}

const PREVIEW_LINES = 200;

export interface PreviewInput {
	readonly account?: string | undefined;
	readonly rule?: string | undefined;
	readonly unsaved?: RuleInput | undefined;
	readonly limit?: number | undefined;
}

/** What rules would hit now, before anything is saved. A rule that is not saved, or that was named, is tried alone. */
export function previewRules(db: ReadDb, company: Company, input: PreviewInput) {
	const rules = input.unsaved
		? [ruleOf(db, company, input.unsaved)]
		: input.rule === undefined
			? ruleRows(db, company.id)
			: [findRule(db, company, input.rule)];
	const { hits, lines, drafted } = findHits(db, company, input.account, rules);
	const limit = input.limit ?? PREVIEW_LINES;
	return {
		hits: hits.slice(0, limit).map((hit) => hitView(db, company, hit)),
		more: hits.length > limit,
		count: hits.length,
		lines,
		drafted,
	};
}

/** Makes a draft of each line that a rule takes. What has come into the books since the last match is looked for first. */
export function applyRules(tx: WriteTx, actor: Actor, input: { readonly account?: string | undefined }) {
	const { company } = actor;
	const { hits, lines, drafted } = findHits(tx, company, input.account, ruleRows(tx, company.id));
	const drafts = hits.map((hit) => {
		const { id: draftId } = saveDraft(tx, actor, { draft: draftOf(tx, company, hit) });
		storeLineDraft(tx, company.id, hit.line.id, hit.rule.id, draftId);
		return { ...hitView(tx, company, hit), draftId };
	});
	return { drafts, lines, drafted };
}

function findHits(db: ReadDb, company: Company, accountNamed: string | undefined, rules: readonly RuleRow[]): Hits {
	const only = accountNamed === undefined ? null : findAccount(db, company, accountNamed).id;
	const accounts = accountsWithStatements(db, company.id).filter(({ id }) => only === null || id === only);
	const taken = new Set<number>();
	for (const currency of new Set(accounts.map((account) => account.currency))) {
		for (const id of proposeAll(matchingState(db, company, currency)).flatMap(statementLinesOf)) taken.add(id);
	}
	const prepared = rules.map((rule) => prepareRule({ ...rule, currency: currencyOf(db, company, rule.accountId) }));
	const hits: Hit[] = [];
	let [lines, drafted] = [0, 0];
	for (const { id, code, currency } of accounts) {
		for (const line of freeLines(db, company.id, id)) {
			if (taken.has(line.id)) continue;
			lines++;
			if (line.hasDraft === 1) {
				drafted++;
				continue;
			}
			const rule = firstRule(prepared, prepareRuleLine({ ...line, currency }));
			// An entry against itself says nothing.
			if (rule && rule.counterAccountId !== id) hits.push({ line: { ...line, code, currency }, rule });
		}
	}
	return { hits, lines, drafted };
}

function statementLinesOf({ lineIds, detail }: ProposedMatch): number[] {
	return detail.toLineId === undefined ? [...lineIds] : [...lineIds, detail.toLineId];
}

function currencyOf(db: ReadDb, company: Company, accountId: number | null): string {
	return (accountId === null ? null : accountById(db, company.id, accountId)?.currency) ?? company.currency;
}

function hitView(db: ReadDb, company: Company, { line, rule }: Hit) {
	return {
		no: line.id,
		lineId: line.uuid,
		account: line.code,
		date: fromDayNumber(line.day),
		amount: formatAmount(line.amountMinor, line.currency),
		currency: line.currency,
		description: line.description,
		rule: rule.name,
		counterAccount: present(accountById(db, company.id, rule.counterAccountId), 'the counter account of a rule').code,
	};
}

function draftOf(db: ReadDb, company: Company, { line, rule }: Hit) {
	const amount = formatAmount(line.amountMinor, line.currency);
	const party = rule.counterPartyId === null ? undefined : present(partyById(db, company.id, rule.counterPartyId), 'the party of a rule').name;
	const counterAccount = present(accountById(db, company.id, rule.counterAccountId), 'the counter account of a rule').code;
	return {
		date: fromDayNumber(line.day),
		description: rule.description ?? line.description,
		...(line.reference === null ? {} : { reference: line.reference }),
		lines: [
			{ account: line.code, currency: line.currency, ...sided(amount) },
			{ account: counterAccount, currency: line.currency, ...sided(negated(amount)), ...(party === undefined ? {} : { party }) },
		],
	};
}
