import { foldText } from './words.rules.ts';

export type Direction = 'IN' | 'OUT' | 'ANY';

/** What a rule looks at. Minor units without sign, in the currency of the lines that it is for. */
export interface RuleTest {
	/** Null: lines of any account. */
	readonly accountId: number | null;
	readonly text: string | null;
	readonly party: string | null;
	readonly direction: Direction;
	readonly minMinor: number | null;
	readonly maxMinor: number | null;
	/** Of its amounts. A rule with amounts fits lines of this currency only. */
	readonly currency: string;
}

export interface RuleLine {
	readonly accountId: number;
	readonly currency: string;
	readonly amountMinor: number;
	readonly description: string;
	readonly party: string | null;
}

/** A line read once for all rules. */
export interface PreparedRuleLine extends RuleLine {
	readonly words: ReadonlySet<string>;
	readonly partyWords: ReadonlySet<string>;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text, folded in case and diacritics. */
export function ruleWords(text: string): string[] {
	return text.match(WORD)?.map(foldText) ?? [];
}

export function prepareRuleLine<Line extends RuleLine>(line: Line): Line & PreparedRuleLine {
	const partyWords = new Set(ruleWords(line.party ?? ''));
	return { ...line, words: new Set([...ruleWords(line.description), ...partyWords]), partyWords };
}

/** A rule whose words are ready to be looked for. */
export interface PreparedRule extends RuleTest {
	readonly textWords: readonly string[];
	readonly partyNeeded: readonly string[];
}

export function prepareRule<Rule extends RuleTest>(rule: Rule): Rule & PreparedRule {
	return { ...rule, textWords: ruleWords(rule.text ?? ''), partyNeeded: ruleWords(rule.party ?? '') };
}

/** Whole words only: `fee` is not in `coffee`. */
export function ruleFits(rule: PreparedRule, line: PreparedRuleLine): boolean {
	if (rule.accountId !== null && rule.accountId !== line.accountId) return false;
	if (rule.direction !== 'ANY' && rule.direction !== (line.amountMinor < 0 ? 'OUT' : 'IN')) return false;
	const amountMinor = Math.abs(line.amountMinor);
	if ((rule.minMinor !== null || rule.maxMinor !== null) && rule.currency !== line.currency) return false;
	if (rule.minMinor !== null && amountMinor < rule.minMinor) return false;
	if (rule.maxMinor !== null && amountMinor > rule.maxMinor) return false;
	return rule.textWords.every((word) => line.words.has(word)) && rule.partyNeeded.every((word) => line.partyWords.has(word));
}

/** The first rule that fits. */
export function firstRule<Rule extends PreparedRule>(rules: readonly Rule[], line: PreparedRuleLine): Rule | undefined {
	return rules.find((rule) => ruleFits(rule, line));
}
