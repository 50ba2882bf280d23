import { type CompanyContext, defineCommand, type TerminalContext } from '../context.ts';
import { type LedgerLineView, ledgerLinesTable, type MatchView, matchWords, sideWords, type StatementLineView, statementLinesTable } from '../match-words.ts';
import { UsageError } from '../usage-error.ts';
import { pairsOf, wholeNumber } from '../values.ts';
import { companyFigures, counted, respond } from '../words.ts';

const MATCH_ID = { name: 'MATCH-ID', summary: 'the match: its number or its id' } as const;
const LINE_ID = { name: 'LINE-ID', summary: 'the statement line: its number as `statement unmatched` shows it, or its id' } as const;
const IN_SESSION = { type: 'boolean', summary: 'into a soft-closed period, with its active reconciliation session' } as const;
const LARGEST_PAGE = 1000;
/** Lines of a table that a person reads. */
const SHOWN_LINES = 100;

const figuresFor = ({ output }: TerminalContext, { client, companyId }: CompanyContext) =>
	output.json ? { amount: (plain: string) => plain } : companyFigures(client, companyId);

interface LineScope {
	readonly statement?: string | undefined;
	readonly account?: string | undefined;
}

/** All lines of a scope and status, page after page; at most so many. */
async function linesOf({ client, companyId }: CompanyContext, scope: LineScope, status: StatementLineView['status'] | undefined, limit = Infinity) {
	const lines: StatementLineView[] = [];
	for (;;) {
		const last = lines.at(-1);
		const after = last && { date: last.date, no: last.no };
		const page = await client.matching.lines({ companyId, ...scope, status, after, limit: Math.min(limit - lines.length, LARGEST_PAGE) });
		lines.push(...page.lines);
		if (!page.more || lines.length >= limit) return { ...page, lines };
	}
}

async function ledgerLinesOf({ client, companyId }: CompanyContext, account: string, limit = Infinity) {
	const lines: LedgerLineView[] = [];
	for (;;) {
		const last = lines.at(-1);
		const after = last && { date: last.date, no: last.no, lineNo: last.lineNo };
		const page = await client.matching.ledgerLines({ companyId, account, after, limit: Math.min(limit - lines.length, LARGEST_PAGE) });
		lines.push(...page.lines);
		if (!page.more || lines.length >= limit) return { ...page, lines };
	}
}

export const statementMatch = defineCommand({
	path: ['statement', 'match'],
	summary: 'finds the entries that the lines of a statement belong to',
	description: `Proposals are stored with their reasons; a second run changes nothing. --auto confirms what is certain: equal amounts with references or
words in common, well ahead of any other candidate. The rest is for a person: statement confirm, statement reject.`,
	examples: ['statement match 3', 'statement match 3 --auto', 'statement match --account 1100 --auto --json'],
	options: {
		auto: { type: 'boolean', summary: 'confirms what is certain' },
		account: { type: 'string', value: 'CODE', summary: 'all lines of an account instead of one statement' },
	},
	positionals: [{ name: 'ID', summary: 'the statement: its number or its id', optional: true }],
	run: async (context, { options, positionals }) => {
		const scope = scopeNamed(positionals.ID, options.account);
		const company = await context.inCompany();
		const run = await company.client.matching.match({ companyId: company.companyId, ...scope, auto: options.auto });
		if (context.output.json) return context.output.printJson(await matchDocument(company, scope, run));
		const figures = await figuresFor(context, company);
		const { lines, more } = await linesOf(company, scope, 'SUGGESTED', SHOWN_LINES);
		const confirmed =
			run.confirmed.count === 0 ? '' : `Confirmed ${counted(run.confirmed.count, 'match', 'matches')}, ${figures.amount(run.confirmed.sum)} ${run.currency}.\n`;
		const table = lines.length === 0 ? '' : `${statementLinesTable(lines, figures)}${more ? `(the first ${SHOWN_LINES})\n` : ''}`;
		context.output.print(
			`${confirmed}${table}${counted(run.matched, 'line')} matched, ${run.suggested} with a suggestion, ${run.unmatched} without.\n${nextSteps(run)}`,
		);
	},
});

function nextSteps({ account, suggested, unmatched }: { readonly account: string; readonly suggested: number; readonly unmatched: number }): string {
	return [
		suggested > 0 ? 'Next: statement confirm MATCH-ID, or statement reject MATCH-ID.\n' : '',
		unmatched > 0 ? `What only one side has: statement unmatched --account ${account}\n` : '',
	].join('');
}

function scopeNamed(statement: string | undefined, account: string | undefined): LineScope {
	if ((statement === undefined) !== (account === undefined)) return { statement, account };
	throw new UsageError('Name the statement, or the account with --account CODE: one of the two.', { argument: 'ID' });
}

/** The statement as `statement show` gives it, or the lines of the account, with what the run did. */
async function matchDocument(
	company: CompanyContext,
	scope: LineScope,
	run: { readonly confirmed: unknown; readonly added: number; readonly removed: number; readonly proposed: number },
) {
	const { confirmed, added, removed, proposed } = run;
	const did = { confirmed, added, removed, proposed };
	if (scope.statement !== undefined) {
		return { ...(await company.client.statements.show({ companyId: company.companyId, statementId: scope.statement })), ...did };
	}
	const { lines, account, currency, matched, suggested, unmatched } = await linesOf(company, scope, undefined);
	return { account, currency, lines, matched: matched.count, suggested: suggested.count, unmatched: unmatched.count + suggested.count, ...did };
}

export const statementConfirm = defineCommand({
	path: ['statement', 'confirm'],
	summary: 'confirms a proposed match',
	description: `A transfer between two own accounts posts its entry and matches both sides. A settlement posts the money and the charge against the
clearing account; --charge-account says which account bears the charge.`,
	examples: ['statement confirm 12', 'statement confirm 14 --charge-account 6100', 'statement confirm 15 --session'],
	options: { 'charge-account': { type: 'string', value: 'CODE', summary: 'the account of the charge of a settlement' }, session: IN_SESSION },
	positionals: [MATCH_ID],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		const { client, companyId } = company;
		const match = positionals['MATCH-ID'];
		const { kind } = (await client.matching.show({ companyId, match })).match;
		const inSession = options.session;
		const answer =
			kind === 'TRANSFER'
				? await client.matching.confirmTransfer({ companyId, match, inSession })
				: kind === 'SETTLEMENT'
					? await client.matching.confirmSettlement({ companyId, match, inSession, chargeAccount: options['charge-account'] })
					: await client.matching.confirm({ companyId, match });
		await respondMatch(context, company, answer, 'Confirmed');
	},
});

/** What every decision about a match answers. */
async function respondMatch(
	context: TerminalContext,
	company: CompanyContext,
	answer: { readonly match: MatchView; readonly entry?: { readonly no: number; readonly date: string } },
	verb: string,
): Promise<void> {
	const figures = await figuresFor(context, company);
	const posted = answer.entry === undefined ? '' : `Posted entry ${answer.entry.no} of ${answer.entry.date}.\n`;
	respond(context.output, answer, () => `${posted}${verb} match ${answer.match.no}. ${matchWords(answer.match, figures)}`);
}

export const statementReject = defineCommand({
	path: ['statement', 'reject'],
	summary: 'says that a proposed match is wrong',
	description: 'The same lines are not proposed together again. They can still be joined by hand.',
	examples: ['statement reject 12'],
	options: {},
	positionals: [MATCH_ID],
	run: async (context, { positionals }) => {
		const company = await context.inCompany();
		const answer = await company.client.matching.reject({ companyId: company.companyId, match: positionals['MATCH-ID'] });
		await respondMatch(context, company, answer, 'Rejected');
	},
});

export const statementUnmatch = defineCommand({
	path: ['statement', 'unmatch'],
	summary: 'takes a confirmed match apart',
	description: 'What it posted stays posted; reverse that with `journal reverse`. Nothing of a closed period is taken apart.',
	examples: ['statement unmatch 12 --reason "another customer"'],
	options: { reason: { type: 'string', value: 'TEXT', required: true, summary: 'why; it is recorded' } },
	positionals: [MATCH_ID],
	run: async (context, { options, positionals }) => {
		const company = await context.inCompany();
		const answer = await company.client.matching.unmatch({ companyId: company.companyId, match: positionals['MATCH-ID'], reason: options.reason });
		await respondMatch(context, company, answer, 'Took apart');
	},
});

export const statementJoin = defineCommand({
	path: ['statement', 'join'],
	summary: 'matches lines by hand that add up to the same amount',
	description: `Any open lines of one account: several of both sides, or lines of one side that cancel each other.`,
	examples: [
		'statement join --lines 12 --entries 1204:1',
		'statement join --lines 12,13 --entries 1204:1,1207:2',
		'statement join --account 1100 --entries 1204:1,1209:2',
	],
	options: {
		lines: { type: 'string', value: 'LINE-ID,...', multiple: true, summary: 'statement lines, by their numbers or ids' },
		entries: { type: 'string', value: 'NO:LINE,...', multiple: true, summary: 'ledger lines: number of the entry and of its line' },
		account: { type: 'string', value: 'CODE', summary: 'the account, where no statement line is named' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const lines = listed(options.lines);
		const entries = listed(options.entries).map(entryLineNamed);
		const company = await context.inCompany();
		const answer = await company.client.matching.join({ companyId: company.companyId, lines, entries, account: options.account });
		await respondMatch(context, company, answer, 'Confirmed');
	},
});

function listed(typed: readonly string[]): string[] {
	return typed.flatMap((text) => text.split(',')).filter((text) => text.trim() !== '');
}

function entryLineNamed(typed: string): { no: number; lineNo: number } {
	const [no = '', lineNo = '', ...rest] = typed.trim().split(':');
	if (lineNo === '' || rest.length > 0) throw new UsageError(`--entries is written NO:LINE such as 1204:1, not "${typed}".`, { option: 'entries' });
	return { no: wholeNumber('--entries', no), lineNo: wholeNumber('--entries', lineNo) };
}

export const statementAddEntry = defineCommand({
	path: ['statement', 'add-entry'],
	summary: 'posts what only the bank has, and matches it',
	description: `The entry takes date, amount, text and reference of the line. --split parts the amount: shares above zero stand on its side, others on
the other, and all add up to it.`,
	examples: [
		'statement add-entry 12 --account 6100',
		'statement add-entry 12 --account 2000 --party "Blue Lantern Stores" --description "Paid invoice 17"',
		'statement add-entry 13 --split 4000=100.00 --split 6100=-2.50',
		'statement add-entry 12 --account 6100 --session',
	],
	options: {
		account: { type: 'string', value: 'CODE', summary: 'the other side' },
		split: { type: 'string', value: 'CODE=AMOUNT', multiple: true, summary: 'several other sides with their shares' },
		party: { type: 'string', value: 'NAME', summary: 'the party of the other side' },
		description: { type: 'string', value: 'TEXT', summary: 'instead of the text of the bank' },
		date: { type: 'string', value: 'DATE', summary: 'instead of the date of the line' },
		rate: { type: 'string', value: '83.45', summary: "what one unit of the account's currency costs, where it is not the company's own" },
		session: IN_SESSION,
	},
	positionals: [LINE_ID],
	run: async (context, { options, positionals }) => {
		const lines = counterLines(options.account, options.split, options.party);
		const company = await context.inCompany();
		const answer = await company.client.matching.addEntry({
			companyId: company.companyId,
			line: positionals['LINE-ID'],
			lines,
			date: options.date,
			description: options.description,
			rate: options.rate,
			inSession: options.session,
		});
		await respondMatch(context, company, answer, 'Confirmed');
	},
});

function counterLines(account: string | undefined, split: readonly string[], party: string | undefined) {
	const shares = Object.entries(pairsOf('split', split) ?? {});
	if ((account === undefined) === (shares.length === 0))
		throw new UsageError('Name the other side: --account CODE, or --split CODE=AMOUNT for each of several.', { option: 'account' });
	return account === undefined ? shares.map(([code, amount]) => ({ account: code, amount, party })) : [{ account, party }];
}

export const statementUnmatched = defineCommand({
	path: ['statement', 'unmatched'],
	summary: 'shows what only the bank or only the books have',
	description: 'Lines that have a suggestion are shown with it; `statement match` looks for suggestions.',
	examples: ['statement unmatched --account 1100', 'statement unmatched --account 1100 --json'],
	options: { account: { type: 'string', value: 'CODE', required: true, summary: 'the account' } },
	positionals: [],
	run: async (context, { options }) => {
		const { account } = options;
		const company = await context.inCompany();
		const limit = context.output.json ? Infinity : SHOWN_LINES;
		const unmatched = await linesOf(company, { account }, 'UNMATCHED', limit);
		const suggested = await linesOf(company, { account }, 'SUGGESTED', limit);
		const books = await ledgerLinesOf(company, account, limit);
		const figures = await figuresFor(context, company);
		const document = {
			account: unmatched.account,
			currency: unmatched.currency,
			asOf: books.asOf,
			statement: { unmatched: unmatched.unmatched, suggested: unmatched.suggested, lines: [...unmatched.lines, ...suggested.lines] },
			ledger: { unmatched: books.unmatched, suggested: books.suggested, lines: books.lines },
		};
		respond(context.output, document, () => {
			const bankTable = document.statement.lines.length === 0 ? '' : statementLinesTable(document.statement.lines, figures);
			const bookTable = books.lines.length === 0 ? '' : ledgerLinesTable(books.lines, figures);
			const sums = (side: typeof document.statement | typeof document.ledger) =>
				`${sideWords(side.unmatched, figures)}; with a suggestion ${sideWords(side.suggested, figures)}`;
			const cut = unmatched.more || suggested.more || books.more ? `(the first ${SHOWN_LINES} of each; --json gives all)\n` : '';
			return `Only the bank has, ${document.currency}: ${sums(document.statement)}\n${bankTable}\nOnly the books have: ${sums(document.ledger)}\n${bookTable}${cut}`;
		});
	},
});
