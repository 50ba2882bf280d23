import { z } from 'zod';
import { civilDate, command, companyId, inCompany, instant, type Permission, PERMISSIONS, query } from './define.ts';

export const role = z.enum(['ADMIN', 'ACCOUNTANT', 'VIEWER']);

export const accessToken = z.object({
	tokenId: z.uuid(),
	name: z.string(),
	/** Who made it, and in whose name it acts. */
	login: z.string(),
	permissions: z.array(z.enum(PERMISSIONS)),
	issuedAt: instant,
	expiresAt: instant.nullable(),
	revokedAt: instant.nullable(),
});

/** How far a token for REST reaches. */
export interface TokenReach {
	/** The company's uuid. */
	readonly companyId: string;
	readonly permissions: readonly Permission[];
}

export const accessContract = {
	listUsers: query('ViewReports')
		.input(inCompany)
		.output(z.object({ users: z.array(z.object({ login: z.string(), name: z.string(), role, hasPassword: z.boolean(), disabled: z.boolean() })) })),
	addUser: command('ManageUsers', ['ALREADY_EXISTS', 'INPUT_INVALID', 'TEXT_INVALID'])
		.input(inCompany.extend({ login: z.string().min(1).max(100), name: z.string().max(200).optional(), role, password: z.string().optional() }))
		.output(z.object({ login: z.string(), role })),
	setRole: command('ManageUsers', ['NOT_FOUND', 'INPUT_INVALID'])
		.input(inCompany.extend({ login: z.string(), role }))
		.output(z.object({ login: z.string(), role })),
	setPassword: command(null, ['NOT_FOUND', 'NOT_ALLOWED', 'INPUT_INVALID'])
		.input(inCompany.extend({ login: z.string(), password: z.string() }))
		.output(z.object({ login: z.string() })),
	/** A token for REST: one company, and all of the maker's permissions or those that are named. It is told once, here, and stored nowhere. */
	createToken: command('ManageUsers', ['TEXT_INVALID', 'INPUT_INVALID', 'NOT_ALLOWED'])
		.input(
			inCompany.extend({
				name: z.string().min(1).max(100),
				/** Until the end of this day in the company's time zone; without it, until it is revoked. */
				expires: civilDate.optional(),
				permissions: z.array(z.enum(PERMISSIONS)).min(1).optional(),
			}),
		)
		.output(accessToken.extend({ token: z.string() })),
	listTokens: query('ManageUsers')
		.input(inCompany)
		.output(z.object({ tokens: z.array(accessToken) })),
	revokeToken: command('ManageUsers', ['NOT_FOUND'])
		.input(inCompany.extend({ tokenId: z.uuid() }))
		.output(accessToken),
	permissions: query(null)
		.input(z.object({ companyId }))
		.output(z.object({ login: z.string(), role, permissions: z.array(z.enum(PERMISSIONS)) })),
};

export type AccessContract = typeof accessContract;
