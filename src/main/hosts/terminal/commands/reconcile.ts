import { AppError } from '#shared/kernel/app-error.ts';
import { type CompanyContext, defineCommand, type TerminalContext } from '../context.ts';
import { reconciliationText } from '../reconciliation-words.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { pairsOf, wholeNumber } from '../values.ts';
import { companyFigures, counted, respond } from '../words.ts';
import { respondReconciliation } from './reconcile-verify.ts';

const ID = { name: 'ID', summary: 'the reconciliation, as `reconcile status` shows it' } as const;
const PERIOD = { type: 'string', value: 'P', required: true, summary: 'the period: 2026-01, a date inside it, or its id' } as const;

export const reconcileStatus = defineCommand({
	path: ['reconcile', 'status'],
	summary: 'shows what is to be reconciled in a period, and what was',
	description: 'Accounts where money sits and others that are flagged, where they have a balance or moved in the period.',
	examples: ['reconcile status --period 2026-01', 'reconcile status --period 2026-01 --json'],
	options: { period: PERIOD },
	positionals: [],
	run: async (context, { options }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.reconciliation.periodReconciliationStatus({ companyId, period: options.period });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		const amount = (plain: string | null): string => (plain === null ? '' : (figures?.amount(plain) ?? plain));
		respond(context.output, answer, () => {
			const table = formatTable(
				[
					{ header: 'Account', maxWidth: 40 },
					{ header: 'By' },
					{ header: 'Currency' },
					{ header: 'Expected', align: 'right' },
					{ header: 'Actual', align: 'right' },
					{ header: 'Unexplained', align: 'right' },
					{ header: 'Status' },
					{ header: 'Id' },
				],
				answer.accounts.map((account) => [
					`${account.code} ${account.name}`,
					account.strategy ?? '',
					account.currency,
					amount(account.expected),
					amount(account.actual),
					amount(account.unexplained),
					account.status.toLowerCase(),
					account.reconciliationId ?? '',
				]),
				{ withoutEmpty: true },
			);
			const notes = answer.accounts.flatMap(({ code, staleReason, exemptReason, exemptBy, unmatchedLines }) => [
				...(staleReason === null ? [] : [`${code} is stale: ${staleReason}.`]),
				...(exemptReason === null ? [] : [`${code} is exempt${exemptBy === null ? '' : `, by ${exemptBy}`}: ${exemptReason}`]),
				...(unmatchedLines === 0
					? []
					: [`${code}: ${counted(unmatchedLines, 'statement line is', 'statement lines are')} neither matched nor chosen as an item.`]),
			]);
			const session =
				answer.session === null ? 'No session is active.' : `Session ${answer.session.sessionId} is active, started by ${answer.session.startedBy}.`;
			const verdict = answer.complete ? `${answer.period} is reconciled.` : `${answer.period} is not reconciled yet.`;
			if (answer.accounts.length === 0) return `Nothing is to be reconciled in ${answer.period}. ${session}\n`;
			return `${table}${notes.map((note) => `${note}\n`).join('')}${verdict} ${session}\n`;
		});
	},
});

export const reconcileCreate = defineCommand({
	path: ['reconcile', 'create'],
	summary: "makes or refreshes the reconciliation of an account at a period's end",
	description: `Expected comes from the ledger. Actual comes from the statements of a bank, card or mobile-money account; cash is counted, other
accounts have their balance typed. A stale reconciliation becomes a draft again, with the same id.`,
	examples: [
		'reconcile create --account 1010 --period 2026-01',
		'reconcile create --account 1000 --period 2026-01 --count 500=3,100=12,0.50=4',
		'reconcile create --account 1090 --period 2026-01 --actual 0.00 --json',
	],
	options: {
		account: { type: 'string', value: 'CODE', required: true, summary: 'the account: code, path or ref' },
		period: PERIOD,
		actual: { type: 'string', value: 'A', summary: 'the actual balance, where no statement says it' },
		count: { type: 'string', value: '500=3,...', multiple: true, summary: 'pieces by denomination, for cash' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const count = countOf(options.count);
		const company = await context.inCompany();
		const { account, period, actual } = options;
		const answer = await withActual(context, actual, (typed) =>
			company.client.reconciliation.createReconciliation({ companyId: company.companyId, account, period, actual: typed, count }),
		);
		await respondReconciliation(context, company, answer);
	},
});

function countOf(typed: readonly string[]): Record<string, number> | undefined {
	const pairs = pairsOf('count', typed, ',');
	if (pairs === undefined) return undefined;
	const faces = typed.flatMap((text) => text.split(','));
	if (Object.keys(pairs).length < faces.length) throw new UsageError('--count names a denomination twice. Add its pieces up.', { option: 'count' });
	return Object.fromEntries(
		Object.entries(pairs).map(([face, pieces]) => {
			if (!/^\d{1,12}$/.test(pieces)) throw new UsageError(`--count is written 500=3: three pieces of 500, not "${face}=${pieces}".`, { option: 'count' });
			return [face, Number(pieces)];
		}),
	);
}

/** Asks for the actual balance where nobody gave it and somebody can answer. */
async function withActual<Output>(context: TerminalContext, actual: string | undefined, run: (actual: string | undefined) => Promise<Output>): Promise<Output> {
	try {
		return await run(actual);
	} catch (error) {
		const [question] = error instanceof AppError && error.code === 'NEEDS_ANSWER' ? ((error.details.questions ?? []) as { id: string; text: string }[]) : [];
		if (!question || !context.prompt.interactive) throw error;
		return run(await context.prompt.ask(question));
	}
}

export const reconcileShow = defineCommand({
	path: ['reconcile', 'show'],
	summary: 'shows one reconciliation with its items',
	examples: ['reconcile show 0198c0de-0000-7000-8000-000000000001'],
	options: {},
	positionals: [ID],
	run: async (context, { positionals }) => {
		const company = await context.inCompany();
		await respondReconciliation(context, company, await company.client.reconciliation.reconciliation({ companyId: company.companyId, id: positionals.ID }));
	},
});

export const reconcileItems = defineCommand({
	path: ['reconcile', 'items'],
	summary: 'lists or chooses what explains a variance',
	description: `Without options it lists the chosen items and the open lines that may be chosen: ledger lines that the bank does not have yet, and lines of
the bank that the books rightly do not have. Amounts are those of the lines. Lines before the first statement are contained in its opening
balance; --older offers them too. An item that the reconciliation before lists is shown with the date since which it is carried.`,
	examples: [
		'reconcile items 0198c0de-0000-7000-8000-000000000001',
		'reconcile items 0198c0de-0000-7000-8000-000000000001 --add entry:1204,entry:1207:2',
		'reconcile items 0198c0de-0000-7000-8000-000000000001 --add line:0198c0de-0000-7000-8000-00000000000a --note "Bank ticket 4711"',
		'reconcile items 0198c0de-0000-7000-8000-000000000001 --all',
	],
	options: {
		add: { type: 'string', value: 'entry:NO[:LINE],...', multiple: true, summary: 'lines to choose' },
		remove: { type: 'string', value: 'entry:NO[:LINE],...', multiple: true, summary: 'items to take out' },
		all: { type: 'boolean', summary: 'chooses every open line' },
		older: { type: 'boolean', summary: 'lines before the first statement too' },
		note: { type: 'string', value: 'TEXT', summary: "why, and for an error of the bank the bank's reference" },
		limit: { type: 'string', value: 'N', default: '1000', summary: 'lists at most so many' },
	},
	positionals: [ID],
	run: async (context, { options, positionals }) => {
		const [add, remove] = [listOf(options.add), listOf(options.remove)];
		const limit = wholeNumber('--limit', options.limit);
		const company = await context.inCompany();
		const named = { companyId: company.companyId, id: positionals.ID };
		if (add.length > 0 || remove.length > 0 || options.all) {
			const change = { add, remove, all: options.all, older: options.older, note: options.note };
			await respondReconciliation(context, company, await company.client.reconciliation.setReconciliationItems({ ...named, ...change }));
			return;
		}
		if (options.note !== undefined) throw new UsageError('--note goes with --add or --all.', { option: 'note' });
		await listItems(context, company, await company.client.reconciliation.reconciliationItems({ ...named, older: options.older, limit }));
	},
});

function listOf(typed: readonly string[]): string[] {
	return typed
		.flatMap((text) => text.split(','))
		.map((text) => text.trim())
		.filter((text) => text !== '');
}

type ItemsAnswer = Awaited<ReturnType<CompanyContext['client']['reconciliation']['reconciliationItems']>>;

async function listItems(context: TerminalContext, { client, companyId }: CompanyContext, answer: ItemsAnswer): Promise<void> {
	const figures = context.output.json ? null : await companyFigures(client, companyId);
	respond(context.output, answer, () => {
		const text = reconciliationText.items(answer.items, (plain) => figures?.amount(plain) ?? plain);
		const head = `Account ${answer.code} on ${answer.date}: variance ${answer.variance} ${answer.currency}, of which ${answer.unexplained} is not explained.\n`;
		return `${head}${text}${answer.more ? 'There are more: give --limit N.\n' : ''}`;
	});
}
