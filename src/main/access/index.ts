import type { AccessContract } from '#shared/contract/access.contract.ts';
import { present } from '#shared/kernel/assert.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { listMembers, roleOf } from './access.queries.ts';
import { permissionsOf } from './access.rules.ts';
import { addUser, setPassword, setRole } from './access.service.ts';

export { listMembers, roleOf, storeRole, userById, type UserRow } from './access.queries.ts';
export { permissionsOf, requirePermission, type Role } from './access.rules.ts';
export { addUser, ensureFirstUser, type Entrance, entranceOf, needsPassword, setPassword, setRole, signIn } from './access.service.ts';

export const accessHandlers: Handlers<AccessContract> = {
	listUsers: {
		query: (db, { company }) => ({
			users: listMembers(db, company.id).map((member) => ({
				login: member.login,
				name: member.name,
				role: member.role,
				hasPassword: member.passwordHash !== null,
				disabled: member.disabled === 1,
			})),
		}),
	},
	addUser: { command: addUser, audit: (_input, output) => ({ ...output }) },
	setRole: { command: setRole, audit: (_input, output) => ({ ...output }) },
	setPassword: { command: setPassword, audit: (_input, { login }) => ({ login }) },
	permissions: {
		query: (db, { company, user }) => {
			const role = present(roleOf(db, company.id, user.id), 'the role of who asks');
			return { login: user.login, role, permissions: [...permissionsOf(role)] };
		},
	},
};
