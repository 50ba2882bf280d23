import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { ErrorCode } from '../kernel/error-codes.ts';

/** Everything that a person may be allowed to do in one company. A role is a set of these. */
export const PERMISSIONS = [
	'ManageReconciliation',
	'CloseAccountingPeriod',
	'ReopenAccountingPeriod',
	'CreateInterAccountTransfer',
	'PostJournal',
	'ManageCompany',
	'ManageUsers',
	'ManageEmail',
	'SendReports',
	'ManageSchedules',
	'ExportPackages',
	'ViewReports',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/**
 * How a procedure runs: a `query` reads one consistent moment; a `command` is one database transaction on the one write path
 * (permission, service, audit event, commit); a `task` is long work that reads, writes through commands, and reports progress.
 */
export type ProcedureKind = 'query' | 'command' | 'task';

export interface ProcedureMeta {
	readonly kind: ProcedureKind;
	/** `company`: the input names a companyId, and the permission is held in that company. `instance`: the data folder as a whole. */
	readonly scope: 'company' | 'instance';
	/** null: anyone who is signed in. */
	readonly permission: Permission | null;
	/** Every refusal that this procedure can produce beside the common ones. */
	readonly errors: readonly ErrorCode[];
}

const base = oc.$meta<ProcedureMeta>({ kind: 'query', scope: 'company', permission: 'ViewReports', errors: [] });

export function query(permission: Permission | null, errors: readonly ErrorCode[] = []) {
	return base.meta({ kind: 'query', scope: 'company', permission, errors });
}

export function command(permission: Permission | null, errors: readonly ErrorCode[] = []) {
	return base.meta({ kind: 'command', scope: 'company', permission, errors });
}

export function task(permission: Permission | null, errors: readonly ErrorCode[] = []) {
	return base.meta({ kind: 'task', scope: 'company', permission, errors });
}

export function instanceQuery(permission: Permission | null, errors: readonly ErrorCode[] = []) {
	return base.meta({ kind: 'query', scope: 'instance', permission, errors });
}

export function instanceCommand(permission: Permission | null, errors: readonly ErrorCode[] = []) {
	return base.meta({ kind: 'command', scope: 'instance', permission, errors });
}

/** A company's uuid. */
export const companyId = z.uuid();
export const inCompany = z.object({ companyId });
/** A civil date, `YYYY-MM-DD`. That it exists in the calendar is judged by the kernel. */
export const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD');
/** Major units with the currency's own decimals, as text: "1250.00". Never a float. */
export const amount = z.string().regex(/^-?\d+(\.\d+)?$/, 'an amount is written 1250.00');
export const currency = z.string().regex(/^[A-Z]{3}$/, 'a currency is an ISO 4217 code such as INR');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** An instant, UTC ISO 8601 with Z. */
export const instant = z.string();
/** A period is named by its name (2026-01, FY2025-26, opening), a date inside it, or its uuid. */
export const periodName = z.string().min(1);
