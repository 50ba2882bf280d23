import type { Permission } from '#shared/contract/define.ts';
import type { TokenReach } from '#shared/contract/access.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';

export type Role = 'ADMIN' | 'ACCOUNTANT' | 'VIEWER';

const ACCOUNTANT: readonly Permission[] = ['ViewReports', 'PostJournal', 'ManageReconciliation', 'CreateInterAccountTransfer', 'ExportPackages', 'SendReports'];

/** The permission table: who may do what in a company. */
const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
	ADMIN: [...ACCOUNTANT, 'CloseAccountingPeriod', 'ReopenAccountingPeriod', 'ManageCompany', 'ManageUsers', 'ManageEmail', 'ManageSchedules'],
	ACCOUNTANT,
	VIEWER: ['ViewReports'],
};

export function permissionsOf(role: Role): readonly Permission[] {
	return PERMISSIONS_OF[role];
}

/** Refuses NOT_ALLOWED, naming the permission that is missing. */
export function requirePermission(role: Role | null, permission: Permission, login: string): void {
	if (role !== null && PERMISSIONS_OF[role].includes(permission)) return;
	const who = role === null ? `"${login}" is no member of this company` : `"${login}" is ${role} here`;
	throw new AppError('NOT_ALLOWED', `This needs the permission ${permission}, and ${who}. Ask an Admin of the company.`, { permission, role, login });
}

/** Refuses NOT_ALLOWED where a token is for another company, or without the permission. */
export function requireWithin(reach: TokenReach, companyId: string, permission: Permission): void {
	if (reach.companyId !== companyId) {
		throw new AppError('NOT_ALLOWED', 'This token is for another company. Ask an Admin of this one for a token.', { companyId });
	}
	if (reach.permissions.includes(permission)) return;
	throw new AppError('NOT_ALLOWED', `This needs the permission ${permission}, and the token is without it. Ask an Admin for one that has it.`, { permission });
}

/** What a token may hold: of what was asked for, all of it, where the maker may do it too. Refuses NOT_ALLOWED. */
export function permissionsForToken(role: Role, asked: readonly Permission[] | undefined): readonly Permission[] {
	const own = PERMISSIONS_OF[role];
	if (asked === undefined) return own;
	const beyond = asked.find((permission) => !own.includes(permission));
	if (beyond === undefined) return own.filter((permission) => asked.includes(permission));
	throw new AppError('NOT_ALLOWED', `A token cannot hold ${beyond}: who makes it is ${role} here and may not do that either.`, { permission: beyond, role });
}
