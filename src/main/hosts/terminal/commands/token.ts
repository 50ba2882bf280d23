import { PERMISSIONS } from '#shared/contract/define.ts';
import { defineCommand } from '../context.ts';
import { formatTable } from '../table.ts';
import { choiceNamed } from '../values.ts';
import { respond } from '../words.ts';

export const tokenCreate = defineCommand({
	path: ['token', 'create'],
	summary: 'makes a token with which a program asks over REST',
	description: `A token is for one company and acts in your name, with your permissions or with those that are named. It is shown once, here:
keep it like a password. A program sends it as "Authorization: Bearer TOKEN" to \`ledgerseal serve\`, never in an address.`,
	examples: ['token create --name payroll', 'token create --name dashboard --permissions ViewReports --expires 2026-12-31'],
	options: {
		name: { type: 'string', value: 'NAME', required: true, summary: 'what it is for' },
		expires: { type: 'string', value: 'YYYY-MM-DD', summary: 'the last day on which it is good; without it, until it is revoked' },
		permissions: { type: 'string', value: 'LIST', summary: `some of ${PERMISSIONS.join(', ')}; without it, all that you may do` },
	},
	positionals: [],
	run: async (context, { options }) => {
		const permissions = options.permissions?.split(',').map((word) => choiceNamed('permissions', word.trim(), PERMISSIONS));
		const { client, companyId } = await context.inCompany();
		const answer = await client.access.createToken({ companyId, name: options.name, expires: options.expires, permissions });
		respond(context.output, answer, () => `${answer.token}\n\nIt is shown this once. It may: ${answer.permissions.join(', ')}.\n`);
	},
});

export const tokenList = defineCommand({
	path: ['token', 'list'],
	summary: 'lists the tokens of the company',
	examples: ['token list'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.access.listTokens({ companyId });
		respond(context.output, answer, () =>
			formatTable(
				[{ header: 'Id' }, { header: 'Name' }, { header: 'User' }, { header: 'Issued' }, { header: 'Expires' }, { header: 'Revoked' }],
				answer.tokens.map((token) => [token.tokenId, token.name, token.login, token.issuedAt, token.expiresAt ?? '', token.revokedAt ?? '']),
				{ withoutEmpty: true },
			),
		);
	},
});

export const tokenRevoke = defineCommand({
	path: ['token', 'revoke'],
	summary: 'ends a token at once',
	examples: ['token revoke 01890a5d-ac96-774b-bcce-b302099a8057'],
	options: {},
	positionals: [{ name: 'ID', summary: 'as `token list` shows it' }],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.access.revokeToken({ companyId, tokenId: positionals.ID });
		respond(context.output, answer, () => `The token "${answer.name}" is good for nothing any more.\n`);
	},
});
