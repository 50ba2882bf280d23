import { defineCommand, type TerminalContext } from '../context.ts';
import { hitsTable, rulesTable, ruleWords } from '../match-words.ts';
import { UsageError } from '../usage-error.ts';
import { choiceNamed, optionalNumber, wholeNumber } from '../values.ts';
import { companyFigures, counted, respond } from '../words.ts';
import type { CompanyContext } from '../context.ts';

const RULE = { name: 'RULE', summary: 'the rule: its number in the list, its name or its id' } as const;

const RULE_OPTIONS = {
	account: { type: 'string', value: 'CODE', summary: 'only lines of this account' },
	text: { type: 'string', value: 'WORDS', summary: 'all these words stand in the text or the party of the line' },
	'line-party': { type: 'string', value: 'WORDS', summary: 'all these words stand in the party of the line' },
	direction: { type: 'string', value: 'in|out|any', summary: 'money in, money out, or both' },
	min: { type: 'string', value: 'AMOUNT', summary: 'the least amount' },
	max: { type: 'string', value: 'AMOUNT', summary: 'the most' },
	counter: { type: 'string', value: 'CODE', summary: 'the other side of the drafts' },
	party: { type: 'string', value: 'NAME', summary: 'the party of the other side' },
	description: { type: 'string', value: 'TEXT', summary: 'of the drafts, instead of the text of the bank' },
} as const;

interface GivenRule {
	readonly account: string | undefined;
	readonly text: string | undefined;
	readonly 'line-party': string | undefined;
	readonly direction: string | undefined;
	readonly min: string | undefined;
	readonly max: string | undefined;
	readonly counter: string | undefined;
	readonly party: string | undefined;
	readonly description: string | undefined;
}

function ruleGiven(name: string, given: GivenRule) {
	if (given.counter === undefined) throw new UsageError('Say which account the drafts go to: --counter CODE.', { option: 'counter' });
	return {
		name,
		account: given.account,
		text: given.text,
		party: given['line-party'],
		direction: given.direction === undefined ? undefined : choiceNamed('direction', given.direction, ['IN', 'OUT', 'ANY'] as const),
		minAmount: given.min,
		maxAmount: given.max,
		counterAccount: given.counter,
		counterParty: given.party,
		description: given.description,
	};
}

const figuresFor = ({ output }: TerminalContext, { client, companyId }: CompanyContext) =>
	output.json ? { amount: (plain: string) => plain } : companyFigures(client, companyId);

export const ruleAdd = defineCommand({
	path: ['statement', 'rule', 'add'],
	summary: 'adds a rule that makes drafts of statement lines',
	description: `The first rule that fits a line wins. Words are whole words, whatever their case and accents. See what it would hit before it is saved:
statement rule preview.`,
	examples: [
		'statement rule add "Bank charges" --text fee --direction out --max 50.00 --counter 6100',
		'statement rule add Rent --line-party "Pine Street Estates" --counter 6000 --party "Pine Street Estates" --position 1',
	],
	options: { ...RULE_OPTIONS, position: { type: 'string', value: 'N', summary: 'its place in the order; the last without it' } },
	positionals: [{ name: 'NAME', summary: 'what it is called' }],
	run: async (context, { options, positionals }) => {
		const rule = ruleGiven(positionals.NAME, options);
		const position = optionalNumber('--position', options.position);
		const company = await context.inCompany();
		const answer = await company.client.matching.addRule({ companyId: company.companyId, rule, position });
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => `Rule ${answer.position} "${answer.name}": ${ruleWords(answer, figures)}, to ${answer.counterAccount}.\n`);
	},
});

export const ruleList = defineCommand({
	path: ['statement', 'rule', 'list'],
	summary: 'lists the rules in the order in which they are tried',
	examples: ['statement rule list', 'statement rule list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const company = await context.inCompany();
		const answer = await company.client.matching.listRules({ companyId: company.companyId });
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => rulesTable(answer.rules, figures));
	},
});

export const ruleMove = defineCommand({
	path: ['statement', 'rule', 'move'],
	summary: 'puts a rule at another place in the order',
	examples: ['statement rule move "Bank charges" --position 1'],
	options: { position: { type: 'string', value: 'N', required: true, summary: 'its new place' } },
	positionals: [RULE],
	run: async (context, { options, positionals }) => {
		const position = wholeNumber('--position', options.position);
		const company = await context.inCompany();
		const answer = await company.client.matching.moveRule({ companyId: company.companyId, rule: positionals.RULE, position });
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => rulesTable(answer.rules, figures));
	},
});

export const ruleRemove = defineCommand({
	path: ['statement', 'rule', 'remove'],
	summary: 'takes a rule out of use',
	description: 'The drafts that it made stay.',
	examples: ['statement rule remove "Bank charges"'],
	options: {},
	positionals: [RULE],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.matching.removeRule({ companyId, rule: positionals.RULE });
		respond(context.output, answer, () => `Took rule "${answer.name}" out of use.\n`);
	},
});

export const rulePreview = defineCommand({
	path: ['statement', 'rule', 'preview'],
	summary: 'shows which lines rules would hit, and saves nothing',
	description: `All rules, one of them, or one that is not saved yet: written as for \`statement rule add\`, with --counter. Only lines that nothing was
found for in the books are looked at.`,
	examples: ['statement rule preview', 'statement rule preview "Bank charges"', 'statement rule preview --text fee --direction out --counter 6100'],
	options: { ...RULE_OPTIONS, on: { type: 'string', value: 'CODE', summary: 'looks at the lines of this account only' } },
	positionals: [{ ...RULE, optional: true }],
	run: async (context, { options, positionals }) => {
		const isUnsaved = options.counter !== undefined;
		if (isUnsaved && positionals.RULE !== undefined) throw new UsageError('Name a rule, or write one with --counter: one of the two.', { argument: 'RULE' });
		const unsaved = isUnsaved ? ruleGiven('(not saved)', options) : undefined;
		const company = await context.inCompany();
		const asked = { companyId: company.companyId, account: options.on, rule: positionals.RULE, unsaved, limit: 1000 };
		const answer = await company.client.matching.previewRules(asked);
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => {
			const table = answer.hits.length === 0 ? '' : hitsTable(answer.hits, figures);
			return `${table}${hitWords(answer.count, answer.lines, answer.drafted)}${answer.more ? ' (the first 1000 are shown)' : ''}\n`;
		});
	},
});

function hitWords(hits: number, lines: number, drafted: number): string {
	const have = drafted === 0 ? '' : `; ${counted(drafted, 'line')} with a draft already`;
	return `${counted(hits, 'line')} of ${lines} that nothing was found for${have}.`;
}

export const ruleApply = defineCommand({
	path: ['statement', 'rule', 'apply'],
	summary: 'makes drafts of the lines that the rules hit',
	description: 'Look at them, and post them: journal draft list, journal draft post. Then `statement match` finds what was posted.',
	examples: ['statement rule apply', 'statement rule apply --on 1100 --json'],
	options: { on: { type: 'string', value: 'CODE', summary: 'lines of this account only' } },
	positionals: [],
	run: async (context, { options }) => {
		const company = await context.inCompany();
		const answer = await company.client.matching.applyRules({ companyId: company.companyId, account: options.on });
		const figures = await figuresFor(context, company);
		respond(context.output, answer, () => {
			const table = answer.drafts.length === 0 ? '' : hitsTable(answer.drafts, figures);
			return `${table}Made ${counted(answer.drafts.length, 'draft')}: ${hitWords(answer.drafts.length, answer.lines, answer.drafted)}\n`;
		});
	},
});
