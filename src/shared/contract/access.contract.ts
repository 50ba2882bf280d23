import { z } from 'zod';
import { command, companyId, inCompany, PERMISSIONS, query } from './define.ts';

export const role = z.enum(['ADMIN', 'ACCOUNTANT', 'VIEWER']);

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
	permissions: query(null)
		.input(z.object({ companyId }))
		.output(z.object({ login: z.string(), role, permissions: z.array(z.enum(PERMISSIONS)) })),
};

export type AccessContract = typeof accessContract;
