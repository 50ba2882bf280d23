import { type CompanyContext, defineCommand } from '../context.ts';
import { formatFacts, formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { counted, instantWords, respond } from '../words.ts';

const PERIOD = { type: 'string', value: 'P', summary: 'the period: 2026-01, a date inside it, or its id' } as const;
const ID = { name: 'ID', summary: 'the session, as `reconcile session show` gives it, where --period is not used', optional: true } as const;

type Session = Awaited<ReturnType<CompanyContext['client']['reconciliation']['startSession']>>;

export const sessionStart = defineCommand({
	path: ['reconcile', 'session', 'start'],
	summary: 'starts a reconciliation session of a period',
	description: 'One at a time in a period. Only an active session lets transfers and adjusting entries into a soft-closed period.',
	examples: ['reconcile session start --period 2026-01', 'reconcile session start --period 2026-01 --notes "January, with the owner"'],
	options: { period: { ...PERIOD, required: true }, notes: { type: 'string', value: 'TEXT', summary: 'what is to be said of it' } },
	positionals: [],
	run: async (context, { options }) => {
		const { client, companyId } = await context.inCompany();
		const session = await client.reconciliation.startSession({ companyId, ...options });
		respond(context.output, session, () => `Started a session of ${session.period}.\n${sessionText(session)}`);
	},
});

export const sessionShow = defineCommand({
	path: ['reconcile', 'session', 'show'],
	summary: 'shows a session, or every active one',
	examples: ['reconcile session show', 'reconcile session show --period 2026-01', 'reconcile session show 0198c0de-0000-7000-8000-000000000001'],
	options: { period: PERIOD },
	positionals: [ID],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		if (options.period === undefined && positionals.ID === undefined) {
			const answer = await client.reconciliation.activeReconciliationSessions({ companyId });
			respond(context.output, answer, () => sessionsText(answer.sessions));
			return;
		}
		const session = await client.reconciliation.reconciliationSession({ companyId, ...nameOf(options.period, positionals.ID) });
		respond(context.output, session, () => sessionText(session));
	},
});

export const sessionNote = defineCommand({
	path: ['reconcile', 'session', 'note'],
	summary: 'replaces the notes of an active session',
	examples: ['reconcile session note --period 2026-01 --notes "Waiting for the card statement"'],
	options: { period: PERIOD, notes: { type: 'string', value: 'TEXT', required: true, summary: 'the notes' } },
	positionals: [ID],
	run: async (context, { options, positionals }) => {
		const name = nameOf(options.period, positionals.ID);
		const { client, companyId } = await context.inCompany();
		const session = await client.reconciliation.noteSession({ companyId, ...name, notes: options.notes });
		respond(context.output, session, () => sessionText(session));
	},
});

export const sessionClose = defineCommand({
	path: ['reconcile', 'session', 'close'],
	summary: 'closes a session',
	description: 'Only when every account of the period that has to be reconciled is verified.',
	examples: ['reconcile session close --period 2026-01', 'reconcile session close 0198c0de-0000-7000-8000-000000000001'],
	options: { period: PERIOD },
	positionals: [ID],
	run: async (context, { options, positionals }) => {
		const name = nameOf(options.period, positionals.ID);
		const { client, companyId } = await context.inCompany();
		const session = await client.reconciliation.closeSession({ companyId, ...name });
		respond(context.output, session, () => `Closed the session of ${session.period}.\n`);
	},
});

export const reconcileTransfer = defineCommand({
	path: ['reconcile', 'transfer'],
	summary: 'moves money between two accounts of one currency',
	description: `Between cash, bank, mobile money, card and clearing accounts. It is posted in the active session of its period; a soft-closed period
takes it in a session only.`,
	examples: [
		'reconcile transfer --from 1000 --to 1010 --amount 5000.00 --date 2026-01-31',
		'reconcile transfer --from 1090 --to 1010 --amount 1250.00 --date 2026-01-31 --description "Card sales of the week" --period 2026-01',
	],
	options: {
		from: { type: 'string', value: 'CODE', required: true, summary: 'where the money leaves' },
		to: { type: 'string', value: 'CODE', required: true, summary: 'where it arrives' },
		amount: { type: 'string', value: 'A', required: true, summary: 'how much, in the currency of both' },
		date: { type: 'string', value: 'DATE', required: true, summary: 'the day' },
		period: { type: 'string', value: 'P', summary: 'the period that the date has to be in' },
		description: { type: 'string', value: 'TEXT', summary: 'what the entry says' },
		reference: { type: 'string', value: 'TEXT', summary: 'a number by which the bank knows it' },
		rate: { type: 'string', value: '83.45', summary: "what one unit costs in the company's currency, for accounts in another" },
	},
	positionals: [],
	run: async (context, { options }) => {
		const { client, companyId } = await context.inCompany();
		const entry = await client.reconciliation.createTransfer({ companyId, ...options });
		// Scripts read it as they read every command that posts.
		const { no, date, id, hash } = entry;
		respond(
			context.output,
			{ ...entry, entries: [{ no, date, id, hash }] },
			() => `Posted ${no} of ${date}${entry.sessionId ? ' in the active session' : ''}.\n`,
		);
	},
});

function nameOf(period: string | undefined, sessionId: string | undefined): { readonly period?: string; readonly sessionId?: string } {
	if (period !== undefined && sessionId === undefined) return { period };
	if (sessionId !== undefined && period === undefined) return { sessionId };
	throw new UsageError('Name the session: by --period P, or by its ID.', { option: 'period' });
}

function sessionText(session: Session): string {
	const facts: [string, string][] = [
		['Session', session.sessionId],
		['Period', session.period],
		['Status', session.status === 'ACTIVE' ? 'active' : 'closed'],
		['Started', `${instantWords(session.startedAt)} by ${session.startedBy}`],
		...(session.closedAt === null ? [] : [['Closed', `${instantWords(session.closedAt)} by ${session.closedBy ?? '?'}`] satisfies [string, string]]),
		...(session.notes === '' ? [] : [['Notes', session.notes] satisfies [string, string]]),
		['Entries', session.entries.length === 0 ? 'none' : session.entries.join(', ')],
	];
	return formatFacts(facts);
}

function sessionsText(sessions: readonly Session[]): string {
	if (sessions.length === 0) return 'No session is active.\n';
	return formatTable(
		[{ header: 'Period' }, { header: 'Started' }, { header: 'By' }, { header: 'Notes', maxWidth: 40 }, { header: 'Entries' }, { header: 'Session' }],
		sessions.map((session) => [
			session.period,
			instantWords(session.startedAt),
			session.startedBy,
			session.notes,
			counted(session.entries.length, 'entry', 'entries'),
			session.sessionId,
		]),
	);
}
