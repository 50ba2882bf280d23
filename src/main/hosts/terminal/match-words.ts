import type { z } from 'zod';
import type { ledgerLineView, matchView, ruleView, statementLineView } from '#shared/contract/matching.contract.ts';
import { formatTable, printable } from './table.ts';
import { counted } from './words.ts';

export type MatchView = z.input<typeof matchView>;
export type StatementLineView = z.input<typeof statementLineView>;
export type LedgerLineView = z.input<typeof ledgerLineView>;
export type RuleView = z.input<typeof ruleView>;

interface Amounts {
	readonly amount: (plain: string) => string;
}

/** Numbers that a person may name an entry of a match by: `1204`, `1204 and 1205`. */
function entryNumbers({ entries, settlement }: MatchView): string {
	return [...new Set([...entries, ...(entries.length === 0 ? (settlement?.settles ?? []) : [])].map(({ no }) => String(no)))].join(', ');
}

/** What a match says: its lines on both sides, and why. */
export function matchWords(match: MatchView, { amount }: Amounts): string {
	const lines = match.lines.map((line) => `  line ${line.no} of ${line.date}, ${amount(line.amount)}: ${printable(line.description)}\n`);
	const entries = match.entries.map((entry) => `  entry ${entry.no} of ${entry.date}, ${amount(entry.amount)}\n`);
	return [`${kindWords(match, { amount })}\n`, ...lines, ...entries, match.reasons.length === 0 ? '' : `  because: ${reasonWords(match)}\n`].join('');
}

function kindWords({ kind, transfer, settlement }: MatchView, { amount }: Amounts): string {
	if (transfer && kind === 'TRANSFER') return `Transfer of ${amount(transfer.amount)} from ${transfer.from} to ${transfer.to}:`;
	if (settlement) return `Settlement of ${settlement.clearing}: ${amount(settlement.gross)} less ${amount(settlement.charge)}:`;
	return { SINGLE: 'One to one:', GROUP: 'A group:', CONTRA: 'Lines that cancel each other:', ENTRY: 'An entry of this line:', MANUAL: 'Joined by hand:' }[
		kind as 'SINGLE'
	];
}

export function reasonWords({ reasons, score }: MatchView): string {
	return `${reasons.map(({ text, points }) => (points === 0 ? text : `${text} ${points}`)).join('; ')} (${score})`;
}

/** Statement lines with the number by which each is named, and their suggestion. */
export function statementLinesTable(lines: readonly StatementLineView[], { amount }: Amounts): string {
	return formatTable(
		[
			{ header: 'Line', align: 'right' },
			{ header: 'Date' },
			{ header: 'Amount', align: 'right' },
			{ header: 'Description', maxWidth: 44 },
			{ header: 'Reference', maxWidth: 16 },
			{ header: 'Match', align: 'right' },
			{ header: 'Entries', maxWidth: 24 },
			{ header: 'Why', maxWidth: 60 },
		],
		lines.map(({ no, date, amount: plain, description, reference, match }) => [
			String(no),
			date,
			amount(plain),
			description,
			reference ?? '',
			match === null ? '' : String(match.no),
			match === null ? '' : entryNumbers(match),
			match === null ? '' : reasonWords(match),
		]),
	);
}

export function ledgerLinesTable(lines: readonly LedgerLineView[], { amount }: Amounts): string {
	return formatTable(
		[
			{ header: 'Entry', align: 'right' },
			{ header: 'Date' },
			{ header: 'Amount', align: 'right' },
			{ header: 'Description', maxWidth: 44 },
			{ header: 'Party', maxWidth: 24 },
			{ header: 'Reference', maxWidth: 16 },
			{ header: 'Days', align: 'right' },
			{ header: 'Status' },
		],
		lines.map((line) => [
			`${line.no}:${line.lineNo}`,
			line.date,
			amount(line.amount),
			line.description,
			line.party ?? '',
			line.reference ?? '',
			String(line.age),
			line.status.toLowerCase(),
		]),
	);
}

export function rulesTable(rules: readonly RuleView[], { amount }: Amounts): string {
	if (rules.length === 0) return 'There is no rule.\n';
	return formatTable(
		[
			{ header: 'No', align: 'right' },
			{ header: 'Rule', maxWidth: 30 },
			{ header: 'Lines', maxWidth: 60 },
			{ header: 'Account' },
			{ header: 'Party', maxWidth: 24 },
			{ header: 'Description', maxWidth: 30 },
		],
		rules.map((rule) => [String(rule.position), rule.name, ruleWords(rule, { amount }), rule.counterAccount, rule.counterParty ?? '', rule.description ?? '']),
	);
}

/** `money out with "fee", 1.00 to 5.00, of 1100` */
export function ruleWords(rule: RuleView, { amount }: Amounts): string {
	const { direction, text, party, minAmount, maxAmount, account } = rule;
	return [
		{ IN: 'money in', OUT: 'money out', ANY: 'any' }[direction],
		text === null ? '' : `with "${text}"`,
		party === null ? '' : `of "${party}"`,
		minAmount === null ? '' : `from ${amount(minAmount)}`,
		maxAmount === null ? '' : `up to ${amount(maxAmount)}`,
		account === null ? '' : `on ${account}`,
	]
		.filter((words) => words !== '')
		.join(' ');
}

export interface HitView {
	readonly no: number;
	readonly date: string;
	readonly account: string;
	readonly amount: string;
	readonly description: string;
	readonly rule: string;
	readonly counterAccount: string;
}

export function hitsTable(hits: readonly HitView[], { amount }: Amounts): string {
	return formatTable(
		[
			{ header: 'Line', align: 'right' },
			{ header: 'Date' },
			{ header: 'On' },
			{ header: 'Amount', align: 'right' },
			{ header: 'Description', maxWidth: 50 },
			{ header: 'Rule', maxWidth: 30 },
			{ header: 'Account' },
		],
		hits.map((hit) => [String(hit.no), hit.date, hit.account, amount(hit.amount), hit.description, hit.rule, hit.counterAccount]),
	);
}

/** `3 lines, 1,204.00` */
export function sideWords({ count, sum }: { readonly count: number; readonly sum: string }, { amount }: Amounts): string {
	return `${counted(count, 'line')}, ${amount(sum)}`;
}
