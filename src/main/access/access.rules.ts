import type { Permission } from '#shared/contract/define.ts';
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
