import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The table of download grants (drizzle/0004_download_grants.sql) as types; schema.ts says how the two are held together. */

export const downloadGrants = sqliteTable('download_grants', {
	companyId: integer('company_id').notNull(),
	id: integer('id').notNull(),
	uuid: text('uuid').notNull(),
	userId: integer('user_id').notNull(),
	closeId: integer('close_id').notNull(),
	jobId: integer('job_id').notNull(),
	tokenSha256: text('token_sha256').notNull(),
	issuedAt: text('issued_at').notNull(),
	expiresAt: text('expires_at').notNull(),
	usedAt: text('used_at'),
});
