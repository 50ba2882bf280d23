import { defineCommand } from '../context.ts';
import { issuesText, noteIssues } from '../issue-words.ts';
import { EXIT } from '../output.ts';
import { formatFacts, formatTable } from '../table.ts';
import { optionalNumber } from '../values.ts';
import { verificationText } from '../verification-words.ts';
import { companyFigures, counted, instantWords, respond } from '../words.ts';

const PERIOD = { name: 'P', summary: 'the period: 2026-01, FY2025-26, opening, a date inside it, or its id' } as const;
const STATUS_WORDS = { OPEN: 'open', CLOSING: 'soft-closed', CLOSED: 'closed' } as const;

interface PeriodView {
	readonly name: string;
	readonly start: string;
	readonly end: string;
	readonly status: keyof typeof STATUS_WORDS;
	readonly closedAt: string | null;
	readonly closedBy: string | null;
	readonly closeReason: string | null;
	readonly closeHash: string | null;
}

export const periodList = defineCommand({
	path: ['period', 'list'],
	summary: 'lists the periods with their status',
	examples: ['period list', 'period list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.periods.list({ companyId });
		respond(context.output, answer, () =>
			answer.periods.length === 0
				? 'There are no periods yet: the first entry makes them.\n'
				: formatTable(
						[{ header: 'Period' }, { header: 'From' }, { header: 'To' }, { header: 'Status' }, { header: 'Closed' }, { header: 'By' }],
						answer.periods.map((period) => [
							period.name,
							period.start,
							period.end,
							STATUS_WORDS[period.status],
							period.closedAt === null ? '' : instantWords(period.closedAt),
							period.closedBy ?? '',
						]),
					),
		);
	},
});

export const periodStatus = defineCommand({
	path: ['period', 'status'],
	summary: 'shows one period',
	examples: ['period status 2026-01'],
	options: {},
	positionals: [PERIOD],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const period = await client.periods.status({ companyId, period: positionals.P });
		respond(context.output, period, () => periodText(period));
	},
});

function periodText(period: PeriodView): string {
	const facts: [string, string | null][] = [
		['Period', period.name],
		['From', period.start],
		['To', period.end],
		['Status', STATUS_WORDS[period.status]],
		['Closed', period.closedAt === null ? null : `${instantWords(period.closedAt)} by ${period.closedBy ?? '?'}`],
		['Reason', period.closeReason],
		['Close hash', period.closeHash],
	];
	return formatFacts(facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])));
}

export const periodOpen = defineCommand({
	path: ['period', 'open'],
	summary: 'makes the periods of a fiscal year, or opens a soft-closed period',
	description: 'A closed period is reopened with `period reopen`. Opening a soft-closed one needs a reason.',
	examples: ['period open 2026-04', 'period open 2026-01 --reason "Two bills were missing"'],
	options: { reason: { type: 'string', value: 'TEXT', summary: 'why a soft-closed period is opened' } },
	positionals: [PERIOD],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const period = await client.periods.open({ companyId, period: positionals.P, reason: options.reason });
		respond(context.output, period, () => `${period.name} is ${STATUS_WORDS[period.status]}.\n`);
	},
});

export const periodSoftClose = defineCommand({
	path: ['period', 'soft-close'],
	summary: 'locks a period for ordinary posting',
	description: 'Only entries of an active reconciliation session get in, until it is closed or opened again.',
	examples: ['period soft-close 2026-01'],
	options: {},
	positionals: [PERIOD],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const period = await client.periods.softClose({ companyId, period: positionals.P });
		respond(context.output, period, () => `${period.name} is ${STATUS_WORDS[period.status]}.\n`);
	},
});

export const periodValidate = defineCommand({
	path: ['period', 'validate'],
	summary: 'says what stands in the way of closing a period',
	description: 'Ends with exit status 0 whatever it finds.',
	examples: ['period validate 2026-01', 'period validate 2026-01 --json'],
	options: {},
	positionals: [PERIOD],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.close.validate({ companyId, period: positionals.P });
		const warnings = answer.issues.filter(({ severity }) => severity === 'WARNING').length;
		respond(context.output, answer, () => {
			const verdict = answer.canClose
				? `It can be closed${warnings > 0 ? `, once ${counted(warnings, 'warning is', 'warnings are')} acknowledged with a note` : ''}.\n`
				: 'It cannot be closed yet.\n';
			return `${issuesText(answer.issues)}${verdict}`;
		});
	},
});

export const periodClose = defineCommand({
	path: ['period', 'close'],
	summary: 'closes a period: posts the closing entry, seals it, locks it',
	description: `All at once or nothing. A period that is closed already answers with its standing close. What is a WARNING must be acknowledged
by its code, or all of them, with a note; both are sealed with the period. A fiscal year is closed by its name once its periods are.`,
	examples: [
		'period close 2026-01',
		'period close 2026-01 --acknowledge all --note "Reviewed with the owner"',
		'period close 2026-01 --acknowledge SUSPENSE_NOT_ZERO,NEGATIVE_CASH --note "Cleared in February" --reason "Month end"',
		'period close FY2025-26',
	],
	options: {
		reason: { type: 'string', value: 'TEXT', summary: 'why, sealed with the period' },
		acknowledge: { type: 'string', value: 'CODE,...|all', multiple: true, summary: 'the warnings that are known' },
		note: { type: 'string', value: 'TEXT', summary: 'what is to be said of those warnings' },
	},
	positionals: [PERIOD],
	run: async (context, { options, positionals }) => {
		const acknowledge = options.acknowledge.flatMap((codes) => codes.split(',')).map((code) => code.trim());
		const { client, companyId, company } = await context.inCompany();
		try {
			const answer = await client.close.close({
				companyId,
				period: positionals.P,
				reason: options.reason,
				acknowledge: acknowledge.length > 0 ? acknowledge.map((code) => (code.toLowerCase() === 'all' ? 'all' : code.toUpperCase())) : undefined,
				note: options.note,
			});
			const figures = context.output.json ? null : await companyFigures(client, companyId);
			respond(context.output, answer, () => {
				const facts: [string, string][] = [
					['Net profit', `${figures?.amount(answer.netProfit) ?? answer.netProfit} ${company.currency}`],
					['Closing entry', answer.closingEntryNo === null ? 'none needed' : String(answer.closingEntryNo)],
					['Close hash', answer.closeHash],
					['Content root', answer.contentRoot],
					['Seal', `number ${answer.sealNo}, SHA-256 ${answer.sealSha256}`],
					['Signed by key', answer.signer ?? 'not signed'],
				];
				const head = answer.alreadyClosed ? `${positionals.P} is closed already, since ${instantWords(answer.closedAt)}.` : `Closed ${positionals.P}.`;
				return `${head} This is its close number ${answer.closeNumber}.\n${formatFacts(facts)}${issuesText(answer.validation.issues)}Hand it over with \`ledgerseal package build ${positionals.P}\`.\n`;
			});
		} catch (error) {
			noteIssues(context.output, error);
			throw error;
		}
	},
});

export const periodReopen = defineCommand({
	path: ['period', 'reopen'],
	summary: 'reopens the period that was closed last',
	description: `For Admins, where the company's reopen_policy allowed it when the period was closed. The closing entry is reversed, a seal records who
and why, and the earlier close stays verifiable for ever.`,
	examples: [
		'period reopen 2026-01 --reason "Supplier credit note found" --confirm 2026-01',
		'period reopen 2026-01 --soft --reason "Late adjustment" --confirm 2026-01',
	],
	options: {
		reason: { type: 'string', value: 'TEXT', required: true, summary: 'why, at least 10 characters' },
		confirm: { type: 'string', value: 'P', required: true, summary: "the period's name once more" },
		soft: { type: 'boolean', summary: 'leaves it soft-closed' },
	},
	positionals: [PERIOD],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.close.reopen({ companyId, period: positionals.P, ...options });
		respond(context.output, answer, () => {
			const reversal = answer.reversalEntryNo === null ? '' : ` Entry ${answer.reversalEntryNo} reverses its closing entry.`;
			return `${answer.period.name} is ${STATUS_WORDS[answer.period.status]} again; close number ${answer.closeNumber} stays on record.${reversal}\n`;
		});
	},
});

export const periodVerify = defineCommand({
	path: ['period', 'verify'],
	summary: 'checks a closed period against its seal',
	description: 'Ends with exit status 1 where anything was altered, and names what differs.',
	examples: ['period verify 2026-01', 'period verify 2026-01 --close-number 1 --json'],
	options: {
		'close-number': { type: 'string', value: 'N', summary: 'an earlier close of it (default: the standing one)' },
		key: { type: 'string', value: 'PEM|FINGERPRINT', summary: 'the key that must have signed it' },
	},
	positionals: [PERIOD],
	run: async (context, { options, positionals }) => {
		const closeNumber = optionalNumber('--close-number', options['close-number']);
		const expectedKey = options.key === undefined ? undefined : await expectedKeyOf(context.path, options.key);
		const { client, companyId } = await context.inCompany();
		const answer = await client.close.verify({ companyId, period: positionals.P, closeNumber, expectedKey });
		respond(context.output, answer, () => verificationText(answer));
		return answer.result === 'VERIFIED' ? EXIT.done : EXIT.refused;
	},
});

async function expectedKeyOf(path: (typed: string) => string, typed: string): Promise<string> {
	const { readExpectedKey } = await import('../expected-key.ts');
	return readExpectedKey(path, typed);
}
