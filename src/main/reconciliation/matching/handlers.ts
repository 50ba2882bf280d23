import type { MatchingContract } from '#shared/contract/matching.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { addEntry } from './add-entry.service.ts';
import { applyRules, previewRules } from './apply-rules.service.ts';
import { confirmSettlement, confirmTransfer } from './confirm-posting.service.ts';
import { confirm, reject, unmatch } from './decide.service.ts';
import { join } from './join.service.ts';
import { openLedgerLines, statementLines } from './lines-view.service.ts';
import { match } from './match.service.ts';
import { type AuditedMatch, auditOfMatch, findMatch, matchView } from './match-view.service.ts';
import { numbersText } from './numbers-text.rules.ts';
import { addRule, listRules, moveRule, removeRule } from './statement-rules.service.ts';

const auditOf = (_input: unknown, output: { readonly match: AuditedMatch; readonly entry?: { readonly no: number } }) => ({
	...auditOfMatch(output.match),
	...(output.entry ? { entry: output.entry.no } : {}),
});

export const matchingHandlers: Handlers<MatchingContract> = {
	match: {
		command: match,
		audit: ({ statement, auto }, { account, currency, confirmed, added, removed }) => ({
			account,
			statement: statement ?? null,
			auto: auto ?? false,
			confirmed: confirmed.count,
			matches: confirmed.numbers,
			amount: confirmed.sum,
			currency,
			added,
			removed,
		}),
	},
	lines: { query: (db, { company }, input) => statementLines(db, company, input) },
	ledgerLines: { query: (db, { company }, input, { clock }) => openLedgerLines(db, company, input, clock.now().toISOString()) },
	show: { query: (db, { company }, input) => ({ match: matchView(db, company, findMatch(db, company, input.match)) }) },
	confirm: { command: (tx, actor, input) => confirm(tx, actor, input.match), audit: auditOf },
	confirmTransfer: { command: confirmTransfer, audit: auditOf },
	confirmSettlement: { command: confirmSettlement, audit: auditOf },
	reject: { command: (tx, actor, input) => reject(tx, actor, input.match), audit: auditOf },
	unmatch: { command: unmatch, audit: (input, output) => ({ ...auditOf(input, output), reason: input.reason }) },
	join: { command: join, audit: auditOf },
	addEntry: { command: addEntry, audit: auditOf },
	listRules: { query: (db, { company }) => listRules(db, company) },
	addRule: { command: addRule, audit: (_input, rule) => ({ ...rule }) },
	moveRule: {
		command: moveRule,
		audit: ({ rule }, { rules }) => ({ rule, order: rules.map(({ name }) => name) }),
	},
	removeRule: { command: (tx, actor, { rule }) => removeRule(tx, actor, rule), audit: (_input, { ruleId, name }) => ({ ruleId, name }) },
	previewRules: { query: (db, { company }, input) => previewRules(db, company, input) },
	applyRules: {
		command: applyRules,
		audit: (_input, { drafts }) => ({
			drafts: drafts.length,
			lines: numbersText(drafts.map(({ no }) => no).sort((one, other) => one - other)),
			rules: [...new Set(drafts.map(({ rule }) => rule))],
		}),
	},
};
