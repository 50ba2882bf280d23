import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { bookText } from '#shared/kernel/text.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, User } from '#main/platform/run/actor.ts';
import { findUser, insertUser, listMembers, listUsers, roleOf, storeRole, updatePassword, type UserRow } from './access.queries.ts';
import { requirePermission, type Role } from './access.rules.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

const toUser = (row: UserRow): User => ({ id: row.id, uuid: row.uuid, login: row.login, name: row.name });

/**
 * Who acts. While there is one user without a password, nobody is asked; else login and password decide.
 * null before the first user exists. Refuses LOGIN_REFUSED.
 */
export function signIn(db: ReadDb, login: string | undefined, password: string | undefined): User | null {
	const users = listUsers(db).filter((user) => user.disabled === 0);
	if (users.length === 0) return null;
	const only = users.length === 1 ? users[0] : undefined;
	if (!login && only && only.passwordHash === null) return toUser(only);
	if (!login)
		throw new AppError('LOGIN_REFUSED', 'Say who you are: --user LOGIN, with the password in LEDGERSEAL_PASSWORD or at the prompt.', { users: users.length });
	const user = users.find((candidate) => candidate.login.toLowerCase() === login.toLowerCase());
	const good = user && (user.passwordHash === null || (password !== undefined && passwordMatches(password, user.passwordHash)));
	if (!user || !good) throw new AppError('LOGIN_REFUSED', 'Login or password is wrong.', { login });
	return toUser(user);
}

/** What whoever opens the program meets: nobody yet, so a company is made first; one user without a password, so nobody is asked; or a login. */
export type Entrance = 'FIRST_RUN' | 'OPEN' | 'LOGIN';

export function entranceOf(db: ReadDb): Entrance {
	const users = listUsers(db).filter((user) => user.disabled === 0);
	if (users.length === 0) return 'FIRST_RUN';
	return users.length === 1 && users[0]?.passwordHash === null ? 'OPEN' : 'LOGIN';
}

/** True where a password must be asked for before signIn. */
export function needsPassword(db: ReadDb, login: string): boolean {
	const user = findUser(db, login);
	return user === undefined || user.passwordHash !== null;
}

/** The first user of a data folder: an Admin without a password, until one is set. */
export function ensureFirstUser(tx: WriteTx): User {
	const existing = listUsers(tx)[0];
	if (existing) return toUser(existing);
	insertUser(tx, { uuid: uuidV7({ now: () => new Date(tx.instant) }), login: 'owner', name: 'Owner', passwordHash: null });
	return toUser(present(findUser(tx, 'owner'), 'the first user'));
}

export function addUser(
	tx: WriteTx,
	{ company }: Actor,
	input: { login: string; name?: string | undefined; role: Role; password?: string | undefined },
): { login: string; role: Role } {
	const login = bookText(input.login.trim(), 'login');
	const existing = findUser(tx, login);
	if (existing && roleOf(tx, company.id, existing.id) !== null) {
		throw new AppError('ALREADY_EXISTS', `"${login}" is a member of this company already. Change the role with \`user role\`.`, { login });
	}
	if (existing && input.password !== undefined) {
		throw new AppError('ALREADY_EXISTS', `"${login}" exists in another company and keeps that password. Leave the password out.`, { login });
	}
	if (!existing) {
		const passwordHash = input.password === undefined ? null : hashPassword(input.password);
		insertUser(tx, { uuid: uuidV7({ now: () => new Date(tx.instant) }), login, name: bookText(input.name ?? login, 'name'), passwordHash });
	}
	storeRole(tx, company.id, present(findUser(tx, login), 'the user').id, input.role);
	return { login, role: input.role };
}

/** Changes a member's role. The last Admin stays one. */
export function setRole(tx: WriteTx, { company }: Actor, input: { login: string; role: Role }): { login: string; role: Role } {
	const members = listMembers(tx, company.id);
	const member = members.find((candidate) => candidate.login.toLowerCase() === input.login.toLowerCase());
	if (!member) throw new AppError('NOT_FOUND', `"${input.login}" is no member of this company. Add the user first.`, { login: input.login });
	const otherAdmins = members.filter((candidate) => candidate.role === 'ADMIN' && candidate.id !== member.id);
	if (member.role === 'ADMIN' && input.role !== 'ADMIN' && otherAdmins.length === 0) {
		throw new AppError('INPUT_INVALID', 'A company keeps at least one Admin. Make another member Admin first.', { login: input.login });
	}
	storeRole(tx, company.id, member.id, input.role);
	return { login: member.login, role: input.role };
}

/** Sets one's own password, or, with ManageUsers, that of a member. */
export function setPassword(tx: WriteTx, actor: Actor, input: { login: string; password: string }): { login: string } {
	const member = listMembers(tx, actor.company.id).find((candidate) => candidate.login.toLowerCase() === input.login.toLowerCase());
	if (!member) throw new AppError('NOT_FOUND', `"${input.login}" is no member of this company.`, { login: input.login });
	if (member.id !== actor.user.id) requirePermission(roleOf(tx, actor.company.id, actor.user.id), 'ManageUsers', actor.user.login);
	updatePassword(tx, member.id, hashPassword(input.password));
	return { login: member.login };
}
