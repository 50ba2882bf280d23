import type { z } from 'zod';
import type { entry as entrySchema } from '#shared/contract/ledger.contract.ts';
import { type CompanyContext, defineCommand } from '../context.ts';
import { formatFacts, formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { choiceNamed, wholeNumber } from '../values.ts';
import { companyFigures, type Figures, instantWords, respond } from '../words.ts';
import { entryNamed } from './journal.ts';

export type Entry = z.input<typeof entrySchema>;
type EntryHead = Omit<Entry, 'lines' | 'attachments'> & { readonly total: string };

const SOURCES = ['MANUAL', 'IMPORT', 'OPENING', 'TRANSFER', 'ADJUSTING', 'REVERSAL', 'CLOSING'] as const;
const LARGEST_PAGE = 1000;

export const journalList = defineCommand({
	path: ['journal', 'list'],
	summary: 'lists entries by date',
	examples: ['journal list --from 2026-01-01 --to 2026-01-31', 'journal list --text rent --limit 20', 'journal list --source closing --json'],
	options: {
		from: { type: 'string', value: 'DATE', summary: 'from this day on' },
		to: { type: 'string', value: 'DATE', summary: 'up to this day' },
		text: { type: 'string', value: 'TEXT', summary: 'only those with this text in them' },
		source: { type: 'string', value: 'SOURCE', summary: `only those of one source: ${SOURCES.join(', ').toLowerCase()}` },
		after: { type: 'string', value: 'DATE/NO', summary: 'the page that follows this entry, such as 2026-01-31/1204' },
		limit: { type: 'string', value: 'N', default: '100', summary: 'at most so many' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const limit = wholeNumber('--limit', options.limit);
		const source = options.source === undefined ? undefined : choiceNamed('source', options.source, SOURCES);
		const after = options.after === undefined ? undefined : placeNamed(options.after);
		const company = await context.inCompany();
		const query = { from: options.from, to: options.to, text: options.text, source, status: 'POSTED' as const };
		const answer = await pages(company, query, limit, after);
		const figures = context.output.json ? null : await companyFigures(company.client, company.companyId);
		respond(context.output, answer, () => listWords(answer, figures));
	},
});

function placeNamed(typed: string): { date: string; no: number } {
	const [date = '', no = ''] = typed.split('/');
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new UsageError(`--after is a date and a number such as 2026-01-31/1204, not "${typed}".`, { option: 'after' });
	return { date, no: wholeNumber('--after', no) };
}

interface EntryQuery {
	readonly from: string | undefined;
	readonly to: string | undefined;
	readonly text: string | undefined;
	readonly source: string | undefined;
	readonly status: 'POSTED';
}

async function pages({ client, companyId }: CompanyContext, query: EntryQuery, limit: number, start: { date: string; no: number } | undefined) {
	const entries: EntryHead[] = [];
	let after = start;
	for (;;) {
		const page = await client.ledger.listEntries({ companyId, ...query, after, limit: Math.min(limit - entries.length, LARGEST_PAGE) });
		entries.push(...page.entries);
		const last = page.entries.at(-1);
		if (!page.more || !last || last.no === null || entries.length >= limit) return { entries, more: page.more };
		after = { date: last.date, no: last.no };
	}
}

function listWords({ entries, more }: { readonly entries: readonly EntryHead[]; readonly more: boolean }, figures: Figures | null): string {
	if (entries.length === 0) return 'There is no such entry.\n';
	const table = formatTable(
		[
			{ header: 'No', align: 'right' },
			{ header: 'Date' },
			{ header: 'Description', maxWidth: 60 },
			{ header: 'Reference', maxWidth: 20 },
			{ header: 'Source' },
			{ header: 'Amount', align: 'right' },
			{ header: 'Notes' },
		],
		entries.map((entry) => [
			String(entry.no ?? ''),
			entry.date,
			entry.description,
			entry.reference ?? '',
			entry.source.toLowerCase(),
			figures?.amount(entry.total) ?? entry.total,
			relationWords(entry),
		]),
		{ withoutEmpty: true },
	);
	const last = entries.at(-1);
	return more && last ? `${table}There are more: --after ${last.date}/${last.no}\n` : table;
}

function relationWords({ reverses, reversedBy }: Pick<Entry, 'reverses' | 'reversedBy'>): string {
	if (reversedBy !== null) return `reversed by ${reversedBy}`;
	return reverses === null ? '' : `reverses ${reverses}`;
}

export const journalShow = defineCommand({
	path: ['journal', 'show'],
	summary: 'shows an entry with its lines, attachments and hash',
	examples: ['journal show 1204', 'journal show 1204 --json'],
	options: {},
	positionals: [{ name: 'NO', summary: 'the number of the entry, or its id' }],
	run: async (context, { positionals }) => {
		const named = entryNamed(positionals.NO);
		const { client, companyId } = await context.inCompany();
		const entry = await client.ledger.showEntry({ companyId, ...named });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		const { no, date, id, hash } = entry;
		respond(context.output, { ...entry, entries: [{ no, date, id, hash }] }, () => entryWords(entry, figures));
	},
});

/** One entry as a person reads it. */
export function entryWords(entry: Entry, figures: Figures | null): string {
	const facts: [string, string][] = [
		['Entry', entry.no === null ? 'draft' : String(entry.no)],
		['Date', entry.date],
		['Description', entry.description],
		['Reference', entry.reference ?? ''],
		['Number in the file', entry.externalNo ?? ''],
		['Source', entry.source.toLowerCase()],
		['Posted', entry.postedAt === null ? '' : `${instantWords(entry.postedAt)} by ${entry.postedBy ?? '?'}`],
		['', relationWords(entry)],
		['Hash', entry.hash ?? ''],
		...entry.attachments.map(({ name, bytes }): [string, string] => ['Attachment', `${name} (${bytes} bytes)`]),
	];
	const shown = facts.filter(([, value]) => value !== '');
	return `${formatFacts(shown)}\n${linesTable(entry, figures)}`;
}

function linesTable({ lines }: Entry, figures: Figures | null): string {
	const side = (plain: string): string => figures?.side(plain) ?? plain;
	const inSeveral = lines.some((line) => line.debit !== line.baseDebit || line.credit !== line.baseCredit);
	const columns = [
		{ header: 'Account', maxWidth: 50 },
		{ header: 'Party', maxWidth: 30 },
		...(inSeveral ? [{ header: 'Currency' }] : []),
		{ header: 'Debit', align: 'right' as const },
		{ header: 'Credit', align: 'right' as const },
		...(inSeveral
			? [
					{ header: 'Base debit', align: 'right' as const },
					{ header: 'Base credit', align: 'right' as const },
				]
			: []),
		{ header: 'Memo', maxWidth: 40 },
	];
	const rows = lines.map((line) => [
		`${line.code} ${line.name}`,
		line.party ?? '',
		...(inSeveral ? [line.currency] : []),
		side(line.debit),
		side(line.credit),
		...(inSeveral ? [side(line.baseDebit), side(line.baseCredit)] : []),
		line.memo ?? '',
	]);
	return formatTable(columns, rows, { withoutEmpty: true });
}
