import { defineCommand } from '../context.ts';
import { type DraftInput, readEntry } from '../entry-file.ts';
import { formatTable } from '../table.ts';
import { companyFigures, respond } from '../words.ts';
import { respondPosted } from './journal.ts';
import { entryWords } from './journal-view.ts';

const ID = { name: 'ID', summary: 'the draft, as `journal draft list` shows it' } as const;
const SOME_ID = '0198c0de-0000-7000-8000-000000000001';

export const draftSave = defineCommand({
	path: ['journal', 'draft', 'save'],
	summary: 'keeps an entry that is not ready to be posted',
	description: 'The file is written as for `journal post`, and may leave things out. A draft has no number and is in no report.',
	examples: ['journal draft save rent.json', `journal draft save - --id ${SOME_ID}`],
	options: { id: { type: 'string', value: 'ID', summary: 'the draft whose place it takes' } },
	positionals: [{ name: 'FILE', summary: 'the file, or - for standard input' }],
	run: async (context, { options, positionals }) => {
		const draft: DraftInput = await readEntry(context, positionals.FILE);
		const { client, companyId } = await context.inCompany();
		const answer = await client.ledger.saveDraft({ companyId, draft, id: options.id });
		respond(context.output, answer, () => `Kept as draft ${answer.id}.\n`);
	},
});

export const draftList = defineCommand({
	path: ['journal', 'draft', 'list'],
	summary: 'lists the drafts',
	examples: ['journal draft list', 'journal draft list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.ledger.listEntries({ companyId, status: 'DRAFT', limit: 1000 });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		respond(context.output, answer, () =>
			answer.entries.length === 0
				? 'There is no draft.\n'
				: formatTable(
						[{ header: 'Id' }, { header: 'Date' }, { header: 'Description', maxWidth: 60 }, { header: 'Amount', align: 'right' }],
						answer.entries.map(({ id, date, description, total }) => [id, date, description, figures?.amount(total) ?? total]),
					),
		);
	},
});

export const draftShow = defineCommand({
	path: ['journal', 'draft', 'show'],
	summary: 'shows a draft',
	examples: [`journal draft show ${SOME_ID}`],
	options: {},
	positionals: [ID],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const entry = await client.ledger.showEntry({ companyId, id: positionals.ID });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		respond(context.output, entry, () => entryWords(entry, figures));
	},
});

export const draftPost = defineCommand({
	path: ['journal', 'draft', 'post'],
	summary: 'posts a draft',
	examples: [`journal draft post ${SOME_ID}`],
	options: {},
	positionals: [ID],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		respondPosted(context, await client.ledger.postDraft({ companyId, id: positionals.ID }), 'Posted');
	},
});

export const draftDelete = defineCommand({
	path: ['journal', 'draft', 'delete'],
	summary: 'deletes a draft',
	examples: [`journal draft delete ${SOME_ID}`],
	options: {},
	positionals: [ID],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.ledger.deleteDraft({ companyId, id: positionals.ID });
		respond(context.output, answer, () => `Deleted draft ${answer.id}.\n`);
	},
});
