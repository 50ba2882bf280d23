import { defineCommand, type TerminalContext } from '../context.ts';
import { formatTable } from '../table.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { choiceNamed } from '../values.ts';
import { respond } from '../words.ts';

const ROLES = ['ADMIN', 'ACCOUNTANT', 'VIEWER'] as const;
const ROLE_WORDS = 'admin|accountant|viewer';

export const userAdd = defineCommand({
	path: ['user', 'add'],
	summary: 'makes somebody a member of the company',
	description: `An Admin closes and reopens periods and manages the company; an Accountant posts and reads; a Viewer reads.
The password is asked for at the terminal, or is the first line of standard input; it is never an argument.`,
	examples: ['user add asha --role accountant --name "Asha R." --with-password', 'user add auditor --role viewer'],
	options: {
		role: { type: 'string', value: ROLE_WORDS, required: true, summary: 'what the member may do' },
		name: { type: 'string', value: 'NAME', summary: 'the full name' },
		'with-password': { type: 'boolean', summary: 'asks for a password to begin with; `user password` sets one later' },
	},
	positionals: [{ name: 'LOGIN', summary: 'the word to sign in with' }],
	run: async (context, { options, positionals }) => {
		const role = choiceNamed('role', options.role, ROLES);
		const { client, companyId, company } = await context.inCompany();
		const password = options['with-password'] ? await newPassword(context, positionals.LOGIN) : undefined;
		const answer = await client.access.addUser({ companyId, login: positionals.LOGIN, role, name: options.name, password });
		respond(context.output, answer, () => `${answer.login} is ${answer.role} in ${company.name} now.\n`);
	},
});

export const userRole = defineCommand({
	path: ['user', 'role'],
	summary: "changes a member's role",
	examples: ['user role asha admin'],
	options: {},
	positionals: [
		{ name: 'LOGIN', summary: 'the member' },
		{ name: 'ROLE', summary: ROLE_WORDS },
	],
	run: async (context, { positionals }) => {
		const role = choiceNamed('role', positionals.ROLE, ROLES);
		const { client, companyId, company } = await context.inCompany();
		const answer = await client.access.setRole({ companyId, login: positionals.LOGIN, role });
		respond(context.output, answer, () => `${answer.login} is ${answer.role} in ${company.name} now.\n`);
	},
});

export const userPassword = defineCommand({
	path: ['user', 'password'],
	summary: "sets a member's password, or one's own",
	description: `The password is asked for at the terminal, or is the first line of standard input; it is never an argument.
As soon as anybody has one, every command needs --user and the password (LEDGERSEAL_PASSWORD or the prompt).`,
	examples: ['user password owner', 'user password asha --user owner'],
	options: {},
	positionals: [{ name: 'LOGIN', summary: 'the member' }],
	run: async (context, { positionals }) => {
		const { client, companyId } = await context.inCompany();
		const password = await newPassword(context, positionals.LOGIN);
		const answer = await client.access.setPassword({ companyId, login: positionals.LOGIN, password });
		respond(context.output, answer, () => `The password of ${answer.login} is set.\n`);
	},
});

export const userList = defineCommand({
	path: ['user', 'list'],
	summary: 'lists the members of the company',
	examples: ['user list'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.access.listUsers({ companyId });
		respond(context.output, answer, () =>
			formatTable(
				[{ header: 'Login' }, { header: 'Name' }, { header: 'Role' }, { header: 'Notes' }],
				answer.users.map(({ login, name, role, hasPassword, disabled }) => [
					login,
					name,
					role,
					[hasPassword ? '' : 'no password', disabled ? 'disabled' : ''].filter((word) => word !== '').join(', '),
				]),
				{ withoutEmpty: true },
			),
		);
	},
});

/** Typed twice at a terminal; the first line of standard input otherwise. */
async function newPassword({ prompt }: TerminalContext, login: string): Promise<string> {
	const password = await prompt.password({ id: 'password', text: `New password of ${login}:`, option: 'the first line of standard input' });
	if (!prompt.interactive) return password;
	const again = await prompt.password({ id: 'password', text: 'Once more:' });
	if (password !== again) throw new AppError('INPUT_INVALID', 'The two passwords differ. Nothing was changed; do it again.');
	return password;
}
