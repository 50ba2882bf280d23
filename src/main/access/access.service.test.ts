import { describe, expect, it } from 'vitest';
import { openTestBooks } from '#test/books.ts';
import { PERMISSIONS } from '#shared/contract/define.ts';
import { listMembers } from './access.queries.ts';
import { permissionsOf, requirePermission, type Role } from './access.rules.ts';
import { addUser, needsPassword, setPassword, setRole, signIn } from './access.service.ts';

// Who may do what: A Admin, C Accountant, V Viewer.
const table: Readonly<Record<(typeof PERMISSIONS)[number], string>> = {
	ViewReports: 'A C V',
	PostJournal: 'A C',
	ManageReconciliation: 'A C',
	CreateInterAccountTransfer: 'A C',
	ExportPackages: 'A C',
	SendReports: 'A C',
	CloseAccountingPeriod: 'A',
	ReopenAccountingPeriod: 'A',
	ManageCompany: 'A',
	ManageUsers: 'A',
	ManageEmail: 'A',
	ManageSchedules: 'A',
};
const letters: Readonly<Record<Role, string>> = { ADMIN: 'A', ACCOUNTANT: 'C', VIEWER: 'V' };

describe('the permission table', () => {
	it.each(PERMISSIONS)('%s', (permission) => {
		for (const role of ['ADMIN', 'ACCOUNTANT', 'VIEWER'] as const) {
			expect(permissionsOf(role).includes(permission), role).toBe(table[permission].split(' ').includes(letters[role]));
		}
	});

	it('names the missing permission in a refusal', () => {
		expect(() => requirePermission('VIEWER', 'PostJournal', 'vera')).toThrow(
			expect.objectContaining({ code: 'NOT_ALLOWED', details: expect.objectContaining({ permission: 'PostJournal' }) }),
		);
		expect(() => requirePermission(null, 'ViewReports', 'vera')).toThrow(/no member/);
	});
});

describe('users', () => {
	const withUsers = () => {
		const books = openTestBooks();
		books.runner.write((tx) => addUser(tx, books.actor, { login: 'clerk', role: 'ACCOUNTANT', password: 'correct horse' }));
		return books;
	};

	it('need not say who they are while there is one without a password', () => {
		const books = openTestBooks();
		expect(signIn(books.runner.db, undefined, undefined)?.login).toBe('owner');
		books.runner.write((tx) => setPassword(tx, books.actor, { login: 'owner', password: 'long enough' }));
		expect(() => signIn(books.runner.db, undefined, undefined)).toThrow(expect.objectContaining({ code: 'LOGIN_REFUSED' }));
		expect(signIn(books.runner.db, 'OWNER', 'long enough')?.login).toBe('owner');
		books.close();
	});

	it('sign in with their own password only', () => {
		const books = withUsers();
		expect(needsPassword(books.runner.db, 'clerk')).toBe(true);
		expect(signIn(books.runner.db, 'clerk', 'correct horse')?.login).toBe('clerk');
		for (const [login, password] of [
			['clerk', 'wrong horse'],
			['clerk', undefined],
			['nobody', 'correct horse'],
			[undefined, 'correct horse'],
		] as const) {
			expect(() => signIn(books.runner.db, login, password)).toThrow(expect.objectContaining({ code: 'LOGIN_REFUSED' }));
		}
		expect(books.runner.db.value<string>(`SELECT password_hash FROM users WHERE login = 'clerk'`)).not.toContain('correct');
		books.close();
	});

	it.each([
		['a second Admin less than one', (login: string) => ({ login, role: 'VIEWER' as const }), 'owner', 'INPUT_INVALID'],
		['a role of nobody', (login: string) => ({ login, role: 'VIEWER' as const }), 'nobody', 'NOT_FOUND'],
	])('refuse %s', (_what, input, login, code) => {
		const books = withUsers();
		expect(() => books.runner.write((tx) => setRole(tx, books.actor, input(login)))).toThrow(expect.objectContaining({ code }));
		books.close();
	});

	it('are added once, and promoted', () => {
		const books = withUsers();
		expect(() => books.runner.write((tx) => addUser(tx, books.actor, { login: 'Clerk', role: 'VIEWER' }))).toThrow(
			expect.objectContaining({ code: 'ALREADY_EXISTS' }),
		);
		expect(() => books.runner.write((tx) => addUser(tx, books.actor, { login: 'short', role: 'VIEWER', password: 'short' }))).toThrow(
			expect.objectContaining({ code: 'INPUT_INVALID' }),
		);
		books.runner.write((tx) => setRole(tx, books.actor, { login: 'clerk', role: 'ADMIN' }));
		expect(listMembers(books.runner.db, books.company.id).map((member) => member.role)).toEqual(['ADMIN', 'ADMIN']);
		books.close();
	});
});
