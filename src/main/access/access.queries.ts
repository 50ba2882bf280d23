import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Role } from './access.rules.ts';

export interface UserRow {
	readonly id: number;
	readonly uuid: string;
	readonly login: string;
	readonly name: string;
	readonly passwordHash: string | null;
	readonly disabled: number;
}

const COLUMNS = 'id, uuid, login, name, password_hash AS passwordHash, disabled';

export function listUsers(db: ReadDb): UserRow[] {
	return db.all<UserRow>(`SELECT ${COLUMNS} FROM users ORDER BY id`);
}

export function findUser(db: ReadDb, login: string): UserRow | undefined {
	return db.get<UserRow>(`SELECT ${COLUMNS} FROM users WHERE login = ?`, login);
}

export function userById(db: ReadDb, id: number): UserRow | undefined {
	return db.get<UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ?`, id);
}

export function insertUser(tx: WriteTx, user: Omit<UserRow, 'id' | 'disabled'>): void {
	tx.run(
		'INSERT INTO users (uuid, login, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?)',
		user.uuid,
		user.login,
		user.name,
		user.passwordHash,
		tx.instant,
	);
}

export function updatePassword(tx: WriteTx, userId: number, passwordHash: string | null): void {
	tx.run('UPDATE users SET password_hash = ? WHERE id = ?', passwordHash, userId);
}

export function roleOf(db: ReadDb, companyId: number, userId: number): Role | null {
	return db.value<Role>('SELECT role FROM company_members WHERE company_id = ? AND user_id = ?', companyId, userId) ?? null;
}

export function storeRole(tx: WriteTx, companyId: number, userId: number, role: Role): void {
	tx.run(
		'INSERT INTO company_members (company_id, user_id, role) VALUES (?, ?, ?) ON CONFLICT (company_id, user_id) DO UPDATE SET role = excluded.role',
		companyId,
		userId,
		role,
	);
}

export function listMembers(db: ReadDb, companyId: number): (UserRow & { readonly role: Role })[] {
	return db.all(
		`SELECT u.id, u.uuid, u.login, u.name, u.password_hash AS passwordHash, u.disabled, m.role
		FROM company_members m JOIN users u ON u.id = m.user_id WHERE m.company_id = ? ORDER BY u.id`,
		companyId,
	);
}
