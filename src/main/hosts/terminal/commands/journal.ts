import { type CompanyContext, defineCommand, type TerminalContext } from '../context.ts';
import { ENTRY_SHAPE, readEntries, readEntry } from '../entry-file.ts';
import { longWork } from '../long-work.ts';
import { UsageError } from '../usage-error.ts';
import { ratesOf, wholeNumber } from '../values.ts';
import { respond } from '../words.ts';

interface Posted {
	readonly entries: readonly { readonly no: number; readonly date: string; readonly id: string; readonly hash: string }[];
}

export const journalPost = defineCommand({
	path: ['journal', 'post'],
	summary: 'posts entries from a JSON file or standard input',
	description: `One entry, or an array of them, all posted or none:
  ${ENTRY_SHAPE}
A line has account (code, path or ref), debit or credit, and perhaps currency, baseAmount (signed, debit positive, in the company's
currency), party, memo, reference, dueDate; an entry perhaps reference, externalNo, source, rates, session.
A soft-closed period takes adjusting entries of its active session only: --session ID, which makes them ADJUSTING where they say nothing.`,
	examples: ['journal post rent.json', 'journal post - --json', 'journal post accrual.json --session 0198c0de-0000-7000-8000-000000000001'],
	options: { session: { type: 'string', value: 'ID', summary: 'the active reconciliation session that they are posted in' } },
	positionals: [{ name: 'FILE', summary: 'the file, or - for standard input' }],
	run: async (context, { options, positionals }) => {
		const { session } = options;
		const read = await readEntries(context, positionals.FILE);
		const entries = session === undefined ? read : read.map((entry) => ({ ...entry, session, source: entry.source ?? ('ADJUSTING' as const) }));
		const { client, companyId } = await context.inCompany();
		respondPosted(context, await client.ledger.post({ companyId, entries }), 'Posted');
	},
});

export const journalReverse = defineCommand({
	path: ['journal', 'reverse'],
	summary: 'reverses a posted entry',
	description: "Dated the entry's date where that period is open, else the first day of the earliest open period.",
	examples: ['journal reverse 1204', 'journal reverse 1204 --date 2026-03-01 --description "Booked twice"'],
	options: {
		date: { type: 'string', value: 'DATE', summary: 'the date of the reversal' },
		description: { type: 'string', value: 'TEXT', summary: 'its description' },
	},
	positionals: [{ name: 'NO', summary: 'the number of the entry' }],
	run: async (context, { options, positionals }) => {
		const no = wholeNumber('NO', positionals.NO);
		const { client, companyId } = await context.inCompany();
		respondPosted(context, await client.ledger.reverse({ companyId, no, date: options.date, description: options.description }), `Reversed ${no} by`);
	},
});

export const journalCorrect = defineCommand({
	path: ['journal', 'correct'],
	summary: 'reverses a posted entry and posts the right one',
	description: `Both are posted, or neither. The file holds the right entry:\n  ${ENTRY_SHAPE}`,
	examples: ['journal correct 1204 right.json', 'journal correct 1204 -'],
	options: {},
	positionals: [
		{ name: 'NO', summary: 'the number of the wrong entry' },
		{ name: 'FILE', summary: 'the right entry, or - for standard input' },
	],
	run: async (context, { positionals }) => {
		const no = wholeNumber('NO', positionals.NO);
		const entry = await readEntry(context, positionals.FILE);
		const { client, companyId } = await context.inCompany();
		respondPosted(context, await client.ledger.correct({ companyId, no, entry }), `Corrected ${no} by`);
	},
});

export const journalAttach = defineCommand({
	path: ['journal', 'attach'],
	summary: 'keeps a file as evidence of an entry',
	examples: ['journal attach 1204 invoice-1204.pdf', 'journal attach 0198c0de-0000-7000-8000-000000000001 invoice.pdf'],
	options: {},
	positionals: [
		{ name: 'NO', summary: 'the number of the entry, or the id of a draft' },
		{ name: 'FILE', summary: 'the file; a copy is kept, found by its SHA-256' },
	],
	run: async (context, { positionals }) => {
		const entry = entryNamed(positionals.NO);
		const company = await context.inCompany();
		const { client, companyId } = company;
		const target = 'no' in entry ? entry : { draftId: entry.id };
		const attachment = await longWork(context, 'attaching', (call) =>
			client.ledger.attach({ companyId, ...target, path: context.path(positionals.FILE) }, call),
		);
		const document = context.output.json ? { entries: [await entryHead(company, entry)], attachment } : null;
		respond(context.output, document, () => `Kept ${attachment.name} (SHA-256 ${attachment.sha256}).\n`);
	},
});

/** An entry's number, or the uuid of an entry or draft. Throws UsageError. */
export function entryNamed(typed: string): { readonly no: number } | { readonly id: string } {
	if (/^\d+$/.test(typed)) return { no: wholeNumber('NO', typed) };
	if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(typed)) return { id: typed.toLowerCase() };
	throw new UsageError(`NO is the number of an entry such as 1204, or the id of a draft, not "${typed}".`, { argument: 'NO' });
}

async function entryHead({ client, companyId }: CompanyContext, named: { readonly no: number } | { readonly id: string }) {
	const { no, date, id, hash } = await client.ledger.showEntry({ companyId, ...named });
	return { no, date, id, hash };
}

export const journalRevalue = defineCommand({
	path: ['journal', 'revalue'],
	summary: 'revalues accounts in other currencies at a rate',
	description: `Posts the difference between what foreign balances stand at in the books and what they are worth at the rate.
A rate is what one unit of the currency costs in the company's own.`,
	examples: [
		'journal revalue --date 2026-02-28 --rate USD=83.45 --reverse-next-day',
		'journal revalue --date 2026-03-31 --rate USD=83.45 --rate EUR=90.10 --origin "RBI reference rate"',
	],
	options: {
		date: { type: 'string', value: 'DATE', required: true, summary: 'the day' },
		rate: { type: 'string', value: 'USD=83.45', multiple: true, required: true, summary: 'what one unit costs' },
		origin: { type: 'string', value: 'TEXT', summary: 'where the rates are from' },
		'reverse-next-day': { type: 'boolean', summary: 'takes the revaluation back on the day after' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const rates = ratesOf(options.rate) ?? {};
		const { client, companyId } = await context.inCompany();
		const posted = await client.ledger.revalue({
			companyId,
			date: options.date,
			rates,
			origin: options.origin,
			reverseNextDay: options['reverse-next-day'],
		});
		respondPosted(context, posted, 'Revalued by', 'Nothing to revalue: the books stand at these rates already.');
	},
});

/** What every command that posts answers. */
export function respondPosted({ output }: TerminalContext, posted: Posted, verb: string, nothing = 'Nothing was posted.'): void {
	const numbers = posted.entries.map(({ no, date }) => `${no} of ${date}`);
	respond(output, posted, () => (numbers.length === 0 ? `${nothing}\n` : `${verb} ${numbers.join(', ')}.\n`));
}
