import { defineCommand } from '../context.ts';
import { formatTable } from '../table.ts';
import { yesOrNo } from '../values.ts';
import { respond } from '../words.ts';

const CHANGES = {
	email: { type: 'string', value: 'ADDRESS', multiple: true, summary: 'its address in the e-mail directory' },
	alias: { type: 'string', value: 'NAME', multiple: true, summary: 'another name under which files know it' },
} as const;

export const partyAdd = defineCommand({
	path: ['party', 'add'],
	summary: 'adds a customer, supplier or other party',
	examples: ['party add --name "Baobab Stores"', 'party add --name "Baobab Stores" --email accounts@baobab.example --alias "Baobab Stores Ltd"'],
	options: { name: { type: 'string', value: 'NAME', required: true, summary: 'its name, which no other party has' }, ...CHANGES },
	positionals: [],
	run: async (context, { options }) => {
		const { client, companyId } = await context.inCompany();
		const party = await client.ledger.addParty({ companyId, name: options.name, emails: given(options.email), aliases: given(options.alias) });
		respond(context.output, { parties: [party] }, () => `Added ${party.name} (${party.ref}).\n`);
	},
});

export const partyList = defineCommand({
	path: ['party', 'list'],
	summary: 'lists the parties',
	examples: ['party list', 'party list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.ledger.listParties({ companyId });
		respond(context.output, answer, () =>
			formatTable(
				[{ header: 'Ref' }, { header: 'Name', maxWidth: 50 }, { header: 'Also known as', maxWidth: 40 }, { header: 'E-mail' }, { header: 'Notes' }],
				answer.parties.map(({ ref, name, aliases, emails, active }) => [ref, name, aliases.join(', '), emails.join(', '), active ? '' : 'not in use']),
				{ withoutEmpty: true },
			),
		);
	},
});

export const partySet = defineCommand({
	path: ['party', 'set'],
	summary: 'changes a party',
	description: 'Addresses and other names that are given take the place of those there were.',
	examples: ['party set "Baobab Stores" --name "Baobab Stores Ltd"', 'party set P000012 --email accounts@baobab.example --email owner@baobab.example'],
	options: {
		name: { type: 'string', value: 'NAME', summary: 'another name' },
		...CHANGES,
		active: { type: 'string', value: 'yes|no', summary: 'can be used in entries' },
	},
	positionals: [{ name: 'PARTY', summary: 'its name, another name, or its ref' }],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const party = await client.ledger.setParty({
			companyId,
			party: positionals.PARTY,
			name: options.name,
			emails: given(options.email),
			aliases: given(options.alias),
			active: yesOrNo('active', options.active),
		});
		respond(context.output, { parties: [party] }, () => `Changed ${party.name} (${party.ref}).\n`);
	},
});

export const directorySet = defineCommand({
	path: ['directory', 'set'],
	summary: "sets a party's addresses in the e-mail directory",
	examples: ['directory set "Baobab Stores" accounts@baobab.example'],
	options: {},
	positionals: [
		{ name: 'NAME', summary: "the party's name or ref" },
		{ name: 'EMAIL', summary: 'its addresses; they take the place of those there were', multiple: true },
	],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const party = await client.ledger.setParty({ companyId, party: positionals.NAME, emails: [...positionals.EMAIL] });
		const entry = { ref: party.ref, name: party.name, emails: party.emails };
		respond(context.output, { parties: [entry] }, () => `${party.name}: ${party.emails.join(', ')}\n`);
	},
});

export const directoryList = defineCommand({
	path: ['directory', 'list'],
	summary: 'lists the parties that have an e-mail address',
	examples: ['directory list'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const { parties } = await client.ledger.listParties({ companyId });
		const entries = parties.filter(({ emails }) => emails.length > 0).map(({ ref, name, emails }) => ({ ref, name, emails }));
		respond(context.output, { parties: entries }, () =>
			formatTable(
				[{ header: 'Ref' }, { header: 'Name', maxWidth: 50 }, { header: 'E-mail' }],
				entries.map(({ ref, name, emails }) => [ref, name, emails.join(', ')]),
			),
		);
	},
});

function given(values: readonly string[]): string[] | undefined {
	return values.length > 0 ? [...values] : undefined;
}
